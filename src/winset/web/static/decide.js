// Levers: a slider and a number for each; while one moves a first answer comes from few draws, at rest the whole one.
import { keys, say } from "./desk.js";

document.documentElement.classList.add("scripted");

const form = () => document.getElementById("levers");
const pair = (field, type) => form().querySelector(`input[type=${type}][data-lever="${CSS.escape(field)}"]`);

function documented(number) {
  return number.placeholder === "–" ? "" : number.placeholder;
}

// One lever shows one value, however it was moved.
function show(field, from) {
  const number = pair(field, "number");
  const range = pair(field, "range");
  if (!number || !range) return;
  if (from === range) number.value = range.value;
  else if (number.value !== "") range.value = number.value;
  else range.value = documented(number) || (Number(range.min) + Number(range.max)) / 2;
  const moved = number.value !== "";
  range.setAttribute("aria-valuetext", moved ? number.value : documented(number) ? `${documented(number)}, as documented` : "nothing on record");
  const row = number.closest(".lever");
  const any = [...row.querySelectorAll("input[type=number]")].some((input) => input.value !== "");
  row.classList.toggle("moved", any);
  row.querySelector("[data-reset]").hidden = !any;
  if (!row.classList.contains("unset")) return;
  // how much it cares means nothing before it is supposed to stand somewhere
  const [position, ...others] = row.querySelectorAll(".lever-part");
  const nowhere = position.querySelector("input[type=number]").value === "";
  for (const input of others.flatMap((part) => [...part.querySelectorAll("input")])) input.disabled = nowhere;
}

function changed(target) {
  target.dispatchEvent(new Event("change", { bubbles: true }));
}

function reset(rows) {
  let last = null;
  for (const row of rows) {
    for (const number of row.querySelectorAll("input[type=number]")) {
      if (number.value === "") continue;
      number.value = "";
      show(number.dataset.lever, number);
      last = number;
    }
  }
  return last;
}

document.addEventListener("input", (event) => {
  const field = event.target.dataset?.lever;
  if (field && form()?.contains(event.target)) show(field, event.target);
}, true); // before the request is made

document.addEventListener("keydown", (event) => {
  // an empty number begins at what is documented, not at the end of the scale
  if (event.target.matches?.("#levers input[type=number]") && event.target.value === "" && /^Arrow(Up|Down)$/.test(event.key)) {
    event.target.value = documented(event.target);
  }
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("button");
  if (!button) return;
  if (button.dataset.reset !== undefined) {
    const row = button.closest(".lever");
    const last = reset([row]);
    row.querySelector("input[type=range]").focus();
    if (last) changed(last);
  } else if (button.dataset.resetAll !== undefined) {
    const further = document.getElementById("further");
    const last = reset(form().querySelectorAll(".lever")) ?? (further.value === "" ? null : further);
    further.value = "";
    if (last) changed(last);
  } else if (button.dataset.copy) {
    const link = document.getElementById(button.dataset.copy).href;
    try {
      await navigator.clipboard.writeText(link);
      say("The link is copied.");
    } catch {
      say(`Copy it from here: ${link}`); // no clipboard outside of https and of this machine
    }
  }
});

// Only what was moved is asked; few draws while it moves.
document.body.addEventListener("htmx:configRequest", (event) => {
  if (event.target.id !== "levers") return;
  const asked = event.detail.formData;
  for (const name of new Set([...asked.keys()])) {
    const values = asked.getAll(name).filter((value) => value !== "");
    asked.delete(name);
    for (const value of values) asked.append(name, value);
  }
  if (event.detail.triggeringEvent?.type === "input") {
    asked.set("few", "true");
    document.getElementById("later")?.classList.add("behind");
  }
});

document.body.addEventListener("htmx:afterSwap", (event) => {
  const answer = document.getElementById("answer");
  if (event.detail.requestConfig?.elt?.id !== "levers" || event.detail.target.id !== "answer" || !answer) return;
  document.getElementById("told").textContent = answer.dataset.said; // seen as the heading that stays in sight
  const query = new URL(answer.dataset.link, location.href).searchParams;
  document.querySelector("[data-changes]").value = query.getAll("what-if").join("; ");
});

// On another page of this case's history the levers stand elsewhere: that page was made by the server as it is.
window.addEventListener("htmx:historyRestore", () => document.documentElement.classList.add("scripted"));

keys({ "→ ←": ["on a lever: a step", () => {}], "Home End": ["on a lever: to its end", () => {}] });
