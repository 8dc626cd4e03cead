// The script of a deck: output/writers/html.py inlines it. Without it, the slides are a list with their notes.
"use strict";
const root = document.documentElement, bar = document.getElementById("_bar");
const leaves = [...document.querySelectorAll(".leaf")], notes = [...document.querySelectorAll(".speaker")];
const at = bar.querySelector(".at"), clock = bar.querySelector(".clock");
const speaks = location.hash === "#presenter";
let now = 0, mode = "list", other = null, started = Date.now();

function go(to, told) {
  now = Math.max(0, Math.min(leaves.length - 1, to));
  for (const [number, leaf] of leaves.entries()) {
    if (number === now) leaf.dataset.at = "now";
    else if (number === now + 1) leaf.dataset.at = "next";
    else delete leaf.dataset.at;
  }
  at.textContent = `${now + 1} / ${leaves.length}`;
  if (mode === "list") leaves[now].scrollIntoView();
  else if (!bar.contains(document.activeElement)) leaves[now].focus({ preventScroll: mode !== "all" });
  if (mode === "speak") document.querySelector("[data-at='now'] .speaker")?.scrollTo(0, 0);
  if (!told) tell();
}

// The deck and its presenter's window tell each other which slide is shown.
function tell() {
  for (const there of [other, speaks && window.opener]) if (there && !there.closed) there.postMessage({ slide: now }, "*");
}

function show(next) {
  mode = root.dataset.mode = next;
  for (const note of notes) note.open = next === "speak";
  for (const leaf of leaves) leaf.tabIndex = next === "all" ? 0 : -1;
  if (document.activeElement === document.body || next === "show") document.activeElement.blur();
  go(now, true);
}

// A second window with the notes; in this window if the browser opens none.
function present() {
  other = window.open(location.href.split("#")[0] + "#presenter", "_blank", "width=1280,height=720");
  if (!other) show(mode === "speak" ? "show" : "speak");
}

const actions = {
  on: () => go(now + 1),
  back: () => go(now - 1),
  first: () => go(0),
  last: () => go(leaves.length - 1),
  all: () => show(mode === "all" ? (speaks ? "speak" : "show") : "all"),
  list: () => show(mode === "list" ? (speaks ? "speak" : "show") : "list"),
  speak: () => (speaks ? show("speak") : present()),
  show: () => {
    show("show");
    if (document.fullscreenElement) document.exitFullscreen();
    else root.requestFullscreen?.().catch(() => {}); // a browser that refuses still shows one slide over the window
  },
};
const keys = {
  ArrowRight: "on", ArrowDown: "on", PageDown: "on", " ": "on", Enter: "on",
  ArrowLeft: "back", ArrowUp: "back", PageUp: "back", Backspace: "back",
  Home: "first", End: "last", o: "all", Escape: "all", f: "show", p: "speak", l: "list",
};

addEventListener("keydown", event => {
  const name = keys[event.key];
  if (!name || event.ctrlKey || event.metaKey || event.altKey) return;
  const focused = document.activeElement, pressed = event.key === " " || event.key === "Enter";
  if (pressed && focused.closest("button, a, summary")) return;
  // A list is scrolled by the keys that turn slides elsewhere.
  if (mode === "list" && (["on", "back", "first", "last"].includes(name))) return;
  event.preventDefault();
  if (mode === "all" && pressed) return choose(focused.closest(".leaf"));
  actions[name]();
});

function choose(leaf) {
  if (!leaf) return;
  now = leaves.indexOf(leaf);
  show(speaks ? "speak" : "show");
  tell();
}

bar.addEventListener("click", event => actions[event.target.dataset.do]?.());

// A tap or click turns the slide: back on the left third, on elsewhere. A swipe turns it too.
let from = null;
addEventListener("pointerdown", event => { from = event.isPrimary ? [event.clientX, event.clientY] : null; });
addEventListener("pointerup", event => {
  if (!from || event.button || event.target.closest("button, a, summary, .speaker, .bar") || mode === "list") return;
  const across = event.clientX - from[0], down = event.clientY - from[1];
  from = null;
  if (mode === "all") return choose(event.target.closest(".leaf"));
  if (Math.abs(across) > 40 && Math.abs(across) > Math.abs(down)) go(now + (across < 0 ? 1 : -1));
  else if (Math.abs(across) < 10 && Math.abs(down) < 10) go(now + (event.clientX < innerWidth / 3 ? -1 : 1));
});

addEventListener("message", event => {
  if (event.source !== other && event.source !== window.opener) return;
  if (event.data === "hello") tell();
  else if (Number.isInteger(event.data?.slide)) go(event.data.slide, true);
});

function tick() {
  const seconds = Math.floor((Date.now() - started) / 1000), pair = n => String(n).padStart(2, "0");
  const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  clock.textContent = mode === "speak" ? `${time} · ${pair(Math.floor(seconds / 60))}:${pair(seconds % 60)}` : "";
}

bar.hidden = false;
setInterval(tick, 1000);
const named = leaves.findIndex(leaf => "#" + leaf.id === location.hash);
if (named > 0) now = named;
// A narrow window reads the deck as a list; so does whoever follows a link into the notes.
show(speaks ? "speak" : location.hash && named < 0 || innerWidth < 640 ? "list" : "show");
tick();
if (speaks && window.opener) window.opener.postMessage("hello", "*");
