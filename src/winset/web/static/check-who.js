// Whose statement it is: a text box with suggestions, by the combobox pattern of the ARIA Authoring Practices.

import { say } from "./desk.js";

const PAUSE = 120; // milliseconds after a key before suggestions are asked for

export function editWho(card, { address, keep }) {
  if (card.querySelector(".editor")) return;
  const form = document.getElementById("who-editor").content.firstElementChild.cloneNode(true);
  const input = form.querySelector("input");
  const list = form.querySelector("[role=listbox]");
  let active = -1;
  let timer = 0;
  let asked = 0;

  const options = () => [...list.querySelectorAll("[role=option]")];

  function point(number) {
    const found = options();
    active = found.length && number !== null ? (number + found.length) % found.length : -1;
    found.forEach((each, at) => each.setAttribute("aria-selected", String(at === active)));
    if (active < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", found[active].id);
      found[active].scrollIntoView({ block: "nearest" });
    }
  }

  async function suggest() {
    const number = ++asked;
    const answer = await fetch(`${address}/whom?q=${encodeURIComponent(input.value)}`, { headers: { "HX-Request": "true" } });
    if (number !== asked || !form.isConnected) return;
    if (!answer.ok) return;
    list.innerHTML = await answer.text();
    input.setAttribute("aria-expanded", String(options().length > 0));
    point(input.value.trim() ? 0 : null);
  }

  function close() {
    form.remove();
    card.focus({ preventScroll: true });
  }

  function done() {
    const option = options()[active];
    const actor = option ? option.dataset.key : input.value.trim();
    if (!actor) {
      say("No name yet: type one, or press Esc.");
      return;
    }
    keep(actor);
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    active = -1;
    timer = setTimeout(suggest, PAUSE);
  });
  input.addEventListener("keydown", async (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") point(active + 1);
    else if (event.key === "ArrowUp") point(active < 0 ? -1 : active - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter") {
      clearTimeout(timer);
      if (active < 0 && input.value.trim()) await suggest(); // typed faster than suggestions came
      done();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    event.stopPropagation();
    point(options().indexOf(option));
    done();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    done();
  });
  form.querySelector("[data-editor=cancel]").addEventListener("click", (event) => {
    event.stopPropagation();
    close();
  });
  card.append(form);
  input.focus();
  suggest();
}
