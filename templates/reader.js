// The reader's levels: the page's choice for every text, a text's own choice, and the memory of both. Without this script the
// style sheet shows what is chosen, for as long as the page is open.
"use strict";
{
  const page = document.getElementById("_levels"), key = "briefings/" + page.dataset.memory;
  const texts = new Map([...document.querySelectorAll(".choose")].map(choose => [choose.querySelector("input").name, choose]));
  const level = () => page.elements._level.value;
  const follows = choose => choose.querySelector("." + level() + " input"); // every text has an answer to every level
  let own = {};

  // What the style sheet shows is also what a screen reader hears as chosen.
  function show() {
    for (const [name, choose] of texts) {
      const radio = [...choose.children].find(label => label.className === own[name])?.control ?? follows(choose);
      if (radio === follows(choose)) delete own[name];
      radio.checked = true;
    }
    document.documentElement.dataset.each = Object.keys(own).length ? "own" : "page";
  }

  // A browser that forbids storage remembers nothing.
  function remember() {
    try {
      localStorage.setItem(key, JSON.stringify({ page: level(), own }));
    } catch {}
  }

  function recall() {
    try {
      const kept = JSON.parse(localStorage.getItem(key)) ?? {};
      const radio = [...page.elements._level].find(radio => radio.value === kept.page);
      if (radio) radio.checked = true;
      for (const name of texts.keys()) if (typeof kept.own?.[name] === "string") own[name] = kept.own[name];
    } catch {}
  }

  // Texts of another length must not carry away what is being read: the first text that begins under the bar stays in place.
  function inPlace(change) {
    const bar = page.getBoundingClientRect().bottom, top = choose => choose.closest(".levels").getBoundingClientRect().top;
    const first = [...texts.values()].find(choose => top(choose) >= bar), before = first && top(first);
    change();
    if (first && scrollY) scrollBy({ top: top(first) - before, behavior: "instant" });
  }

  function everywhere() {
    own = {};
    inPlace(show);
    remember();
  }

  page.addEventListener("change", everywhere);
  document.getElementById("_each").addEventListener("reset", event => {
    event.preventDefault();
    everywhere();
    page.elements._level[0].closest("fieldset").querySelector(":checked").focus();
  });
  for (const [name, choose] of texts)
    choose.addEventListener("change", event => {
      own[name] = event.target.parentElement.className;
      show();
      remember();
    });
  document.documentElement.style.overflowAnchor = "none"; // or the browser would move the page a second time: see inPlace()
  recall();
  show();
}
