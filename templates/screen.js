// The only script, for screens; output/formats.py inlines it into the HTML file. Without it, links jump to their targets.
"use strict";
const opened = document.getElementById("_opened"), [name, what] = opened.children;
const there = opened.querySelector("a");
// browsers without the popover API follow the links
const called = "popover" in opened ? ".cite a, .number a" : ":not(*)";
let opener = null, quiet = false;

opened.hidden = called === ":not(*)";
for (const link of document.querySelectorAll(called)) dress(link);

// A citation, or a number with several reports, opens a popover instead of jumping, so it is a button to assistive technology.
function dress(link) {
  link.setAttribute("role", "button");
  link.setAttribute("aria-haspopup", "dialog");
  link.setAttribute("aria-expanded", "false");
  if (link.closest(".cite")) link.setAttribute("aria-label", source(link));
}

function source(link) {
  return opened.dataset.source + " " + link.textContent;
}

function close(comeBack) {
  if (!opener) return;
  const link = opener;
  opener = null;
  link.setAttribute("aria-expanded", "false");
  quiet = true; // coming back to a number does not open it again
  if (comeBack) link.focus();
  quiet = false;
  opened.hidePopover();
}

function open(link) {
  const target = document.getElementById(link.hash.slice(1));
  if (!target) return;
  const from = opened.contains(link) ? opener : link;
  if (opener && opener !== from) close();
  opener = from;
  opener.setAttribute("aria-expanded", "true");
  const copy = target.cloneNode(true);
  for (const part of copy.querySelectorAll("[id]")) part.removeAttribute("id");
  for (const part of copy.querySelectorAll(".back, .said, .gloss")) part.remove();
  const title = copy.querySelector("h3");
  const mine = link.parentElement.dataset.estimate;
  for (const row of copy.querySelectorAll("[data-estimate]"))
    if (row.dataset.estimate === mine) row.closest("li, tr").setAttribute("aria-current", "true");
  name.textContent = title ? "" : source(link);
  opened.setAttribute("aria-label", title ? title.textContent : source(link));
  what.replaceChildren(...copy.childNodes);
  there.hash = link.hash;
  if (!opened.matches(":popover-open")) opened.showPopover();
  opened.scrollTop = 0;
  place();
}

// Next to the text column if there is room, else below or above the line; on phones, CSS fixes it to the bottom.
function place() {
  opened.style.left = opened.style.top = "";
  const line = opener.getClientRects()[0], wide = opened.offsetWidth, high = opened.offsetHeight, from = scrollY;
  const column = opener.closest(".flow, main, body").getBoundingClientRect().right;
  const sheet = getComputedStyle(opened).position === "fixed";
  let left = column + 24, top = Math.min(line.top - 12, innerHeight - high - 12);
  if (sheet || left + wide + 12 > innerWidth) {
    left = Math.max(12, Math.min(line.left - 24, innerWidth - wide - 24));
    top = line.bottom + 6;
    const under = top + high + 6 - innerHeight;
    if (under > 0 && line.top > high + 12 && !sheet) top = line.top - high - 6;
    else if (under > 0) scrollBy({ top: under, behavior: "instant" });
  }
  if (sheet) return;
  opened.style.left = left + scrollX + "px";
  opened.style.top = Math.max(top + from, 12) + "px";
}

addEventListener("click", event => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest(called), keyboard = event.detail === 0;
  if (link) {
    event.preventDefault();
    if (link === opener && !keyboard) return close();
    open(link);
    if (keyboard) opened.focus();
  } else if (event.target.closest("#_opened button")) close(true);
  else if (!opened.contains(event.target) || event.target === there) close();
});

addEventListener("focusin", event => {
  const link = event.target;
  if (quiet || link === opener || opened.contains(link)) return;
  if (link.matches(".number a:focus-visible")) open(link);
  else close();
});

addEventListener("keydown", event => {
  const at = document.activeElement, stops = [...opened.querySelectorAll("a, button")];
  if (event.key === "Escape") close(opened.contains(at));
  else if (event.key === " " && at.matches(called)) {
    event.preventDefault();
    at.click();
  } else if (event.key === "Tab" && opened.contains(at)) {
    const edge = event.shiftKey ? [opened, stops[0]] : [stops.at(-1)];
    if (edge.includes(at)) close(true);
  }
});

addEventListener("resize", () => close());

// Mark the chapter that is being read in the table of contents.
const chapters = new Map([...document.querySelectorAll(".listed a")].map(a => [document.getElementById(a.hash.slice(1)), a]));
const seen = new Set();
const watch = new IntersectionObserver(entries => {
  for (const entry of entries) entry.isIntersecting ? seen.add(entry.target) : seen.delete(entry.target);
  let first = true;
  for (const [chapter, link] of chapters) {
    if (first && seen.has(chapter)) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    if (seen.has(chapter)) first = false;
  }
}, { rootMargin: "-10% 0px -60% 0px" });
for (const chapter of chapters.keys()) if (chapter) watch.observe(chapter);

// In a wide window, each paragraph has its sources in the margin, in short: only for the eye, since its calls lead to them.
const margin = document.createElement("div"), flow = document.querySelector(".flow");
margin.classList.add("standing", "screen");
margin.setAttribute("aria-hidden", "true");
if (flow) {
  flow.append(margin);
  new ResizeObserver(stand).observe(flow);
}

function stand() {
  margin.replaceChildren();
  if (getComputedStyle(margin).display === "none") return;
  const from = flow.getBoundingClientRect().top;
  let free = 0;
  for (const said of flow.querySelectorAll(".said")) {
    const notes = new Set([...said.querySelectorAll(".cite a")].map(call => call.hash));
    if (!notes.size) continue;
    const beside = margin.appendChild(document.createElement("ul"));
    for (const hash of notes) {
      const number = document.createElement("b");
      number.textContent = hash.replace("#note-", "");
      const item = beside.appendChild(document.createElement("li"));
      item.append(number, " " + document.getElementById(hash.slice(1)).dataset.short);
    }
    const top = Math.max(said.getBoundingClientRect().top - from, free);
    beside.style.top = top + "px";
    free = top + beside.offsetHeight + 12;
  }
}

// On phones, close the table of contents when a chapter is selected.
document.querySelector(".folded")?.addEventListener("click", event => {
  if (event.target.closest("a")) event.currentTarget.open = false;
});
