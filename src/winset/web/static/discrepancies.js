// Keys of the page on which discrepancies are settled: step, choose, give a reason, settle, take back.
import { keys, say } from "/static/desk.js";
import { stepping } from "/static/stepping.js";

const { step, to, here, open } = stepping(".difference");
document.documentElement.classList.add("scripted");

function choose(key) {
  const at = here();
  const form = at?.querySelector(".settle");
  const radio = form?.querySelector(`input[data-key="${key}"]`);
  if (!radio) return;
  form.open = true;
  radio.checked = true;
  say(`Chosen: ${radio.closest("label").firstChild.nextSibling.textContent.trim()}. Enter settles it, r gives a reason.`);
}

const table = {
  j: ["next", () => step(1)],
  k: ["the one before", () => step(-1)],
  o: ["open the words of the first telling", open],
  b: ["both are right", () => choose("b")],
  n: ["neither is right", () => choose("n")],
  x: ["no discrepancy", () => choose("x")],
  r: ["give a reason", () => reason()],
  u: ["take back what was settled", () => here()?.querySelector(".reopen")?.click()],
};
for (const number of "123456789") table[number] = [`telling ${number} is right`, () => choose(number)];
for (const number of "456789") if (!document.querySelector(`input[data-key="${number}"]`)) delete table[number];
keys(table);

function reason() {
  const form = here()?.querySelector(".settle");
  if (!form) return;
  form.open = true;
  form.querySelector("input[name=why]").focus();
}

// Enter on the discrepancy itself settles it as chosen; on a button or link it does what it always does.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches?.(".difference")) return;
  const form = event.target.querySelector(".settle form");
  if (form?.querySelector("input[name=verdict]:checked")) form.requestSubmit();
  event.preventDefault();
});

// After a settlement the focus stays where the work is.
document.addEventListener("htmx:afterSwap", (event) => {
  const id = event.detail.target?.id;
  if (id?.startsWith("d-")) to(document.getElementById(id));
});
