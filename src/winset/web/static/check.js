// Reading and checking: one statement is chosen at a time, every key is a button of the bar, every act one small POST.

import { keys, say } from "./desk.js";
import { editWords, newWords, wordsOpen } from "./check-words.js";
import { editWho } from "./check-who.js";

const desk = document.getElementById("desk");
const list = document.getElementById("statements");
const bar = document.getElementById("acts");
const address = desk.dataset.address;
const reading = desk.dataset.document !== undefined;
const wide = matchMedia("(min-width: 60rem)");
const busy = new Map(); // statement -> what is under way for it, so that acts on one follow each other
let chosen = "";

const cardOf = (id) => document.getElementById(`s-${id}`);
const current = () => cardOf(chosen);
const all = () => [...list.querySelectorAll(".statement")];
const shown = () => all().filter((card) => card.offsetParent !== null);
const isOpen = (card) => card.dataset.state === "open" || card.dataset.state === "conflict";

export function choose(card, { focus = true, text = true } = {}) {
  const before = current();
  if (before) {
    before.classList.remove("on");
    before.removeAttribute("aria-current");
    before.tabIndex = -1;
  }
  for (const mark of desk.querySelectorAll("mark.on")) mark.classList.remove("on");
  chosen = card ? card.dataset.id : "";
  if (!card) return;
  card.classList.add("on");
  card.setAttribute("aria-current", "true");
  card.tabIndex = 0;
  for (const mark of marksOf(chosen)) mark.classList.add("on");
  if (focus) card.focus({ preventScroll: true });
  bring(card, card.closest(".cards"), focus);
  if (text && reading && wide.matches) bring(marksOf(chosen, "#text")[0], document.querySelector(".text-pane"), true);
}

function marksOf(id, where = "#desk") {
  return document.querySelector(where)?.querySelectorAll(`mark[data-s~="${id}"]`) ?? [];
}

function bring(element, pane, wanted) {
  if (!element || !wanted) return;
  const scrolls = pane && pane.scrollHeight > pane.clientHeight + 1 && getComputedStyle(pane).overflowY !== "visible";
  const box = element.getBoundingClientRect();
  if (scrolls) {
    const around = pane.getBoundingClientRect();
    if (box.top < around.top + 8 || box.bottom > around.bottom - 8) {
      pane.scrollTop += box.top - around.top - around.height / 5;
    }
    return;
  }
  const top = bar.getBoundingClientRect().height + 12; // the bar stays at the top of a narrow window
  const bottom = innerHeight - 60; // what is said stays at its end
  if (box.top < top || box.bottom > bottom) scrollBy(0, box.top - top);
}

function step(by) {
  const cards = shown();
  const at = cards.indexOf(current());
  const next = cards[at < 0 ? 0 : at + by];
  if (next) choose(next);
  else if (by > 0) atEnd();
}

function atEnd() {
  const onward = document.querySelector("[data-act-next]");
  if (onward) {
    onward.focus();
    say("The last one here. Enter goes on.");
  } else say("The last one.");
}

function toNextOpen(from) {
  const cards = all();
  const at = cards.indexOf(from);
  const next = [...cards.slice(at + 1), ...cards.slice(0, at)].find((card) => isOpen(card) && card.offsetParent !== null);
  if (next) {
    choose(next);
    return;
  }
  const onward = document.querySelector("[data-act-next]");
  if (onward) onward.focus();
}

function count() {
  const states = all().map((card) => card.dataset.state);
  const number = (wanted) => states.filter((state) => state === wanted).length;
  const open = states.length - number("coded") - number("wrong");
  document.getElementById("progress").textContent =
    `${open} open, ${number("coded")} coded, ${number("wrong")} wrong of ${states.length} here`;
  for (const card of all()) {
    for (const mark of marksOf(card.dataset.id)) mark.classList.toggle("left-out", card.dataset.state === "wrong");
  }
}

// -- acts

export function act(id, path, values = {}) {
  const before = busy.get(id) ?? Promise.resolve();
  const after = before.then(() => send(id, path, values)).catch(() => say("Not kept: the server does not answer."));
  busy.set(id, after);
  return after;
}

async function send(id, path, values) {
  const card = cardOf(id);
  if (!card) return;
  const sent = { ...values, place: reading ? "read" : "check", version: card.dataset.version, codes: card.dataset.codes };
  await htmx.ajax("POST", `${address}/statements/${id}/${path}`, { source: card, target: card, swap: "outerHTML", values: sent });
  renewed(id);
}

export async function mark(documentId, values) {
  await htmx.ajax("POST", `${address}/documents/${encodeURIComponent(documentId)}/statements`, {
    source: list,
    target: list,
    swap: "beforeend",
    values: { ...values, place: reading ? "read" : "check" },
  });
}

async function fetched(id, now) {
  const place = reading ? "read" : "check";
  await htmx.ajax("GET", `${address}/statements/${now}/card?place=${place}`, { source: list, target: cardOf(id), swap: "outerHTML" });
  if (now !== id && chosen === id) chosen = now;
  renewed(now);
}

function renewed(id) {
  const card = cardOf(id);
  if (card && id === chosen) {
    const lost = document.activeElement === document.body;
    choose(card, { focus: lost, text: false });
  }
  count();
}

async function undo(number) {
  const values = number ? { number } : {};
  await htmx.ajax("POST", `${address}/statements/undo`, { source: bar, target: "#said", swap: "none", values });
}

async function newText() {
  if (!reading) return;
  const { document: id, part } = desk.dataset;
  await htmx.ajax("GET", `${address}/documents/${encodeURIComponent(id)}/text?part=${part}`, { source: desk, target: "#text", swap: "outerHTML" });
  if (current()) choose(current(), { focus: false });
  count();
}

// Both events come with an answer, before it is put into the page: what they lead to waits until it is.
document.body.addEventListener("desk:became", (event) => {
  const { from, to } = event.detail;
  setTimeout(() => {
    const card = cardOf(to);
    if (!from) inOrder(card);
    if (card && (!from || chosen === from)) choose(card);
    newText();
    count();
  });
});

document.body.addEventListener("desk:changed", (event) => {
  setTimeout(async () => {
    let words = false;
    for (const { at, now, spans } of event.detail.cards) {
      words ||= spans;
      if (now && cardOf(at)) await fetched(at, now);
      else if (!now && cardOf(at)) leave(cardOf(at));
    }
    if (words) await newText();
    const first = event.detail.cards.find(({ now }) => now && cardOf(now));
    if (first) choose(cardOf(first.now));
    count();
  });
});

function leave(card) {
  const next = card.nextElementSibling ?? card.previousElementSibling;
  const was = card.dataset.id === chosen;
  card.remove();
  if (was && next?.matches(".statement")) choose(next);
}

function inOrder(card) {
  if (!card) return;
  document.getElementById("none-yet")?.remove();
  const begins = (each) => Number.parseInt(`${each.dataset.source},${each.dataset.contents}`.match(/\d+/)?.[0] ?? "0", 10);
  const later = all().find((each) => each !== card && each.dataset.document === card.dataset.document && begins(each) > begins(card));
  if (later) later.before(card);
}

const acts = {
  next: () => step(1),
  previous: () => step(-1),
  first: () => shown()[0] && choose(shown()[0]),
  last: () => shown()[0] && choose(shown().at(-1)),
  accept: (card) => {
    act(card.dataset.id, "accept");
    toNextOpen(card);
  },
  wrong: (card) => {
    const verdict = card.dataset.state === "wrong" ? "right" : "wrong";
    act(card.dataset.id, "verdict", { verdict });
    if (verdict === "wrong") toNextOpen(card);
  },
  stance: (card, button) => {
    act(card.dataset.id, "code", { stance: button.dataset.stance });
    toNextOpen(card);
  },
  who: (card) => editWho(card, { address, keep: (actor) => act(card.dataset.id, "actor", { actor }) }),
  spans: (card) => editWords(card, { keep: (values) => act(card.dataset.id, "spans", values) }),
  mark: (card) => newWords(card, { list, keep: mark }),
  undo: (_card, button) => undo(button?.dataset.number),
  open: (_card, button) => {
    const pressed = list.classList.toggle("open-only");
    button.setAttribute("aria-pressed", String(pressed));
    if (pressed && current()?.offsetParent === null) step(1);
  },
  again: (card, button) => act(card.dataset.id, button.dataset.path, JSON.parse(button.dataset.values)),
  theirs: (card) => fetched(card.dataset.id, card.dataset.id),
};
const ALONE = new Set(["undo", "open", "next", "previous", "first", "last", "mark"]); // need no chosen statement

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  const card = event.target.closest(".statement");
  if (button) {
    const about = button.closest(".statement") ?? current();
    if (!about && !ALONE.has(button.dataset.act)) {
      say("No statement is chosen: press j.");
      return;
    }
    if (wordsOpen() && !ALONE.has(button.dataset.act)) return;
    acts[button.dataset.act](about, button);
    return;
  }
  const link = event.target.closest("a.choose, a.to-card");
  if (link) {
    event.preventDefault();
    choose(link.matches(".choose") ? card : cardOf(link.id.slice(2)));
    return;
  }
  if (card && !event.target.closest("a, button, input, form")) {
    choose(card, { focus: !getSelection().toString() });
    return;
  }
  const words = event.target.closest("#text mark");
  if (words && !wordsOpen() && getSelection().isCollapsed) {
    const ids = words.dataset.s.split(" ").filter(cardOf);
    const next = ids[(ids.indexOf(chosen) + 1) % ids.length];
    if (next) choose(cardOf(next), { text: false });
  }
});

// -- keys: each presses its button, so that what a key does and what a click does is one thing

const press = (selector) => () => bar.querySelector(selector)?.click();
const table = {
  j: ["next statement", press("[data-act=next]")],
  k: ["previous statement", press("[data-act=previous]")],
  g: ["first statement", press("[data-act=first]")],
  G: ["last statement", press("[data-act=last]")],
  "/": ["search", () => document.getElementById("search")?.focus()],
};
const coding = {
  a: ["accept: the machine's stance becomes yours", press("[data-act=accept]")],
  x: ["wrong: does not count (again: it does)", press("[data-act=wrong]")],
  1: ["−2: against, firmly", press("[data-stance='-2']")],
  2: ["−1: against, leaning", press("[data-stance='-1']")],
  3: ["0: neutral", press("[data-stance='0']")],
  4: ["+1: for, leaning", press("[data-stance='+1']")],
  5: ["+2: for, firmly", press("[data-stance='+2']")],
  n: ["not about the proposal", press("[data-stance=none]")],
  u: ["unclear", press("[data-stance=unclear]")],
  w: ["whose statement it is", press("[data-act=who]")],
  e: ["edit its words: source, cue, content", press("[data-act=spans]")],
  m: ["new statement, of selected words", press("[data-act=mark]")],
  z: ["undo the last thing you did", press("[data-act=undo]")],
  o: ["only what is open, or all", press("[data-act=open]")],
};
const single = document.getElementById("single-keys");
single.checked = localStorage.getItem("desk-single-keys") !== "off";
single.addEventListener("change", () => localStorage.setItem("desk-single-keys", single.checked ? "on" : "off"));
const bound = bar.querySelector("[data-act=accept]") ? { ...table, ...coding } : table;
keys(Object.fromEntries(Object.entries(bound).map(([key, [label, run]]) => [key, [label, (event) => single.checked && run(event)]])));

const asked = location.hash.startsWith("#s-") ? document.getElementById(location.hash.slice(1)) : null;
const first = asked ?? all().find(isOpen) ?? all()[0];
if (first) choose(first, { focus: asked !== null });
if (asked) asked.scrollIntoView({ block: "center" });
count();

// Origins are worked out while the page is in use: a statement may have other words by then, and no card to tell it on.
document.body.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.xhr.responseURL.includes("/origins?")) return;
  const told = new DOMParser().parseFromString(event.detail.serverResponse, "text/html");
  for (const each of told.querySelectorAll(".origin")) {
    if (!document.getElementById(each.id)) each.remove();
  }
  event.detail.serverResponse = told.body.innerHTML;
});
