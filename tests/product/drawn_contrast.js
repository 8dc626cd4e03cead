// Of every drawing that a page shows: texts with less than 4.5:1 and marks with less than 3:1 against what is under them.
() => {
  const numbers = colour => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const channel = value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const luminance = colour => {
    const [red, green, blue] = numbers(colour).map(value => channel(value / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const page = getComputedStyle(document.documentElement).backgroundColor;
  const MEANING = /var\(--(ink|ink-soft|reported|speaker|line)\)/; // the other tokens are grounds, or divide

  // The colour under an element at a point of the window. A thin line under a text is no ground, a halo is one; a mark
  // of the same colour under a mark hides nothing.
  function ground(e, svg, x, y) {
    const mine = getComputedStyle(e);
    for (const under of document.elementsFromPoint(x, y)) {
      if (under === e || under === svg || !svg.contains(under) || under.closest("text")) continue;
      if (!(under.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
      const style = getComputedStyle(under);
      const at = new DOMPoint(x, y).matrixTransform(under.getScreenCTM().inverse());
      const line = style.stroke !== "none" && under.isPointInStroke(at);
      const colour = line ? style.stroke : style.fill;
      if (e.matches("text") ? line && !under.matches(".halos, .casing") : [mine.fill, mine.stroke].includes(colour)) continue;
      return colour;
    }
    return page;
  }

  const low = [];
  let texts = 0, marks = 0;
  for (const svg of document.querySelectorAll(".drawing svg")) {
    if (!svg.checkVisibility()) continue;
    svg.scrollIntoView({ block: "center", behavior: "instant" });
    const name = svg.closest(".drawing").id;
    for (const e of svg.querySelectorAll("text")) {
      texts += 1;
      const box = e.getBoundingClientRect(), fill = getComputedStyle(e).fill;
      const least = Math.min(...[0.1, 0.5, 0.9].map(
        part => contrast(fill, ground(e, svg, box.left + part * box.width, (box.top + box.bottom) / 2))));
      if (least < 4.5) low.push(`${name}: '${e.textContent}' ${least.toFixed(2)}`);
    }
    for (const e of svg.querySelectorAll("path, rect, circle, line, polyline")) {
      const style = getComputedStyle(e);
      const inks = ["stroke", "fill"].filter(
        name => style[name] !== "none" && MEANING.test(e.closest(`[${name}]`)?.getAttribute(name) ?? ""));
      if (!inks.length || !e.getTotalLength()) continue;
      marks += 1;
      const best = Math.max(...[0.02, 0.13, 0.29, 0.41, 0.57, 0.73, 0.89].map(part => {
        const at = e.getPointAtLength(part * e.getTotalLength());
        const on = new DOMPoint(at.x, at.y).matrixTransform(e.getScreenCTM());
        return Math.max(...inks.map(name => contrast(style[name], ground(e, svg, on.x, on.y))));
      }));
      if (best < 3) low.push(`${name}: ${e.outerHTML.slice(0, 100)} ${best.toFixed(2)}`);
    }
  }
  return { low, texts, marks };
}
