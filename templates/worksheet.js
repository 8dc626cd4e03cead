// The script of a worksheet on a screen: compares digests of what is chosen with those of what is right. It sends and
// keeps nothing. Without it the page is a worksheet to print.
"use strict";
const box = document.querySelector(".checking"), [check, again] = box.querySelectorAll("button");
const tasks = [...document.querySelectorAll("[data-checks]")];

// FNV-1a of 64 bits, as in briefings/composing/worksheets/digest.py
function digest(...parts) {
  let value = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(parts.join(":")))
    value = BigInt.asUintN(64, (value ^ BigInt(byte)) * 0x100000001b3n);
  return value.toString(16).padStart(16, "0");
}

// What is chosen in each row of a question, with the row's letter; a choice is one row without a letter.
function chosen(task) {
  const rows = task.querySelectorAll("[data-row]");
  if (!rows.length) return [["", task.querySelector("input:checked")?.value ?? ""]];
  return [...rows].map(row => [row.dataset.row, row.value ?? row.querySelector("input:checked")?.value ?? ""]);
}

function mark(task) {
  const checks = task.dataset.checks.split(" "), rows = chosen(task);
  const open = rows.some(([, value]) => !value);
  const right = rows.every(([row, value], place) => digest(task.dataset.salt, row, value) === checks[place]);
  const state = open ? "open" : right ? "right" : "wrong";
  let told = task.querySelector(".told");
  if (!told) {
    told = document.createElement("p");
    told.className = "told screen";
    told.id = "_told-" + task.id;
    task.append(told);
    task.setAttribute("aria-describedby", told.id);
  }
  task.dataset.state = state;
  told.textContent = box.dataset[state];
  return right && !open;
}

check.addEventListener("click", () => {
  const right = tasks.filter(mark).length;
  box.querySelector("[role=status]").textContent =
    box.dataset.sum.replace("{right}", right).replace("{all}", tasks.length);
});
again.addEventListener("click", () => {
  for (const field of document.querySelectorAll(".task input, .task select, .task textarea")) {
    if (field.type === "radio") field.checked = false;
    else field.value = "";
  }
  for (const task of tasks) {
    task.querySelector(".told")?.remove();
    delete task.dataset.state;
    task.removeAttribute("aria-describedby");
  }
  box.querySelector("[role=status]").textContent = "";
  tasks[0]?.querySelector("input, select")?.focus();
});
if (tasks.length) check.parentElement.hidden = false;
