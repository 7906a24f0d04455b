// A member's point becomes a slider: dragged, or moved by keys, it asks what if the member stood there.
// A click that does not move it opens the actor's page, as the link did that it replaces.
import { keys, say } from "./desk.js";

const SVG = "http://www.w3.org/2000/svg";
const PAUSE = 60; // ms without a further move before a first answer is asked for
const REST = 500; // ms before the whole one is
const FAR = 10; // points for Page Up and Page Down
const STILL = 3; // pixels within which a press is a click

const moved = new Map(); // words of the command line -> value
let waiting = 0;
let resting = 0;

function sliders() {
  for (const link of document.querySelectorAll("a.mark[data-what-if]")) {
    const slider = document.createElementNS(SVG, "g");
    slider.setAttribute("class", "mark");
    slider.setAttribute("role", "slider");
    slider.setAttribute("tabindex", "0");
    slider.setAttribute("aria-label", `What if ${link.dataset.name} stood elsewhere`);
    slider.setAttribute("aria-describedby", "how-to-ask");
    slider.setAttribute("aria-orientation", "horizontal");
    slider.setAttribute("aria-valuemin", "0");
    slider.setAttribute("aria-valuemax", "100");
    slider.append(...link.childNodes);
    const row = {
      slider,
      words: link.dataset.whatIf,
      name: link.dataset.name,
      was: Number(link.dataset.value),
      value: Number(link.dataset.value),
      href: link.getAttribute("href"),
      item: link.closest("li"),
      at: link.parentNode,
      track: link.closest("svg.track"),
    };
    row.figure = row.item.querySelector(".stand-figure");
    row.told = row.figure.textContent;
    link.replaceWith(slider);
    show(row);
    slider.addEventListener("keydown", (event) => pressed(row, event));
    slider.addEventListener("pointerdown", (event) => dragged(row, event));
    rows.push(row);
  }
  document.querySelector(".stands")?.classList.add("scripted");
}

let rows = [];

function show(row) {
  const there = Math.round(row.value);
  row.at.setAttribute("x", `${row.value}%`);
  row.slider.setAttribute("aria-valuenow", String(there));
  const elsewhere = row.value !== row.was;
  row.slider.setAttribute("aria-valuetext", elsewhere ? `${there}; on record ${row.told}` : row.told);
  row.item.classList.toggle("moved", elsewhere);
  row.figure.textContent = elsewhere ? `${Math.round(row.was)} → ${there}` : row.told;
}

function put(row, value) {
  row.value = Math.min(100, Math.max(0, value));
  show(row);
  if (row.value === row.was) moved.delete(row.words);
  else moved.set(row.words, row.value);
  clearTimeout(waiting);
  clearTimeout(resting);
  waiting = setTimeout(ask, PAUSE, true);
  resting = setTimeout(ask, REST, false);
}

function pressed(row, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const far = event.shiftKey ? FAR : 1;
  const here = Math.round(row.value);
  const to = {
    ArrowRight: here + far, ArrowUp: here + far, ArrowLeft: here - far, ArrowDown: here - far,
    PageUp: here + FAR, PageDown: here - FAR, Home: 0, End: 100, Escape: row.was,
  }[event.key];
  if (to !== undefined) {
    put(row, to);
  } else if (event.key === "Enter") {
    location.assign(moved.size ? document.getElementById("what-if-on").href : row.href);
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

function dragged(row, event) {
  if (event.button !== 0) return;
  event.preventDefault();
  row.slider.focus();
  row.slider.setPointerCapture(event.pointerId);
  const start = event.clientX;
  let moving = false;
  const move = (now) => {
    moving ||= Math.abs(now.clientX - start) > STILL;
    if (!moving) return;
    const box = row.track.getBoundingClientRect();
    put(row, Math.round(((now.clientX - box.left) / box.width) * 100));
  };
  const stop = (last) => {
    row.slider.removeEventListener("pointermove", move);
    row.slider.removeEventListener("pointerup", stop);
    row.slider.removeEventListener("pointercancel", stop);
    if (!moving && last.type === "pointerup") location.assign(row.href);
  };
  row.slider.addEventListener("pointermove", move);
  row.slider.addEventListener("pointerup", stop);
  row.slider.addEventListener("pointercancel", stop);
}

function quoted(words) {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(words) ? words : `'${words.replaceAll("'", `'"'"'`)}'`;
}

function ask(few) {
  const panel = document.getElementById("what-if");
  panel.hidden = moved.size === 0;
  if (moved.size === 0) return;
  const chart = document.querySelector(".stands").dataset;
  const changes = [...moved].map(([words, value]) => `${words}=${value}`).join("; ");
  const query = new URLSearchParams({ "what-if": changes });
  if (chart.asOf) query.set("as-of", chart.asOf);
  document.getElementById("what-if-words").textContent = rows
    .filter((row) => row.value !== row.was)
    .map((row) => `${row.name} stood at ${Math.round(row.value)} instead of ${Math.round(row.was)}`)
    .join(" and ");
  document.getElementById("what-if-on").href = `${chart.decide}?${query}`;
  const command = document.getElementById("what-if-command");
  const day = chart.asOf ? ` --as-of ${chart.asOf}` : "";
  command.textContent = `winset decide ${quoted(command.dataset.place)}${day} --what-if ${quoted(changes)}`;
  if (few) query.set("few", "true");
  window.htmx.ajax("GET", `${chart.decide}/answer?${query}`, { target: "#what-if-answer", swap: "innerHTML", select: "#verdict" });
}

function back() {
  for (const row of rows) {
    row.value = row.was;
    show(row);
  }
  moved.clear();
  clearTimeout(waiting);
  clearTimeout(resting);
  document.getElementById("what-if").hidden = true;
  say("All are back where the record puts them.");
}

function start() {
  rows = [];
  moved.clear();
  sliders();
  document.getElementById("what-if-back")?.addEventListener("click", back);
}

start();
document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "standing-now" || event.target.id === "standing-now") start();
});
keys({
  "→ ←": ["on a member’s point: what if it stood elsewhere, by 1; with Shift by 10", () => {}],
  "Home End": ["on a member’s point: to either end of the scale", () => {}],
});
