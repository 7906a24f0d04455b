// Which words are source, cue and content: set by dragging over the text, or by keys that move their ends.
// Places are Unicode code points of the document's text; a string of JavaScript counts UTF-16, so they are counted here.

import { say } from "./desk.js";

const PARTS = ["source", "cue", "content"];
const KEYS = { s: "source", c: "cue", t: "content" };
const SETTLED = 250; // milliseconds after which a selection that is still moving is taken
let editor = null;

export const wordsOpen = () => editor !== null;

export function editWords(card, { keep }) {
  if (editor) return;
  const root = textOf(card);
  open(card, root, {
    source: spans(card.dataset.source),
    cue: spans(card.dataset.cue),
    content: spans(card.dataset.contents),
  }, (values) => keep(values), () => card.focus({ preventScroll: true }));
}

// A new statement: of the selected words, else of the word after the chosen statement, with its source.
export function newWords(card, { list, keep }) {
  if (editor) return;
  const chosen = getSelection();
  const within = chosen.rangeCount && !chosen.isCollapsed ? rootAround(chosen.getRangeAt(0).commonAncestorContainer) : null;
  if (!within && !card) {
    say("Select words of the text first, or choose a statement.");
    return;
  }
  const root = within ?? textOf(card);
  const home = root.closest(".statement") ?? card;
  const documentId = home?.dataset.document ?? document.getElementById("desk").dataset.document;
  let parts;
  if (within) parts = { source: [], cue: [], content: [trimmed(root, selected(root))] };
  else {
    const ends = Math.max(...[card.dataset.source, card.dataset.cue, card.dataset.contents].flatMap(spans).map((span) => span[1]));
    const next = new Words(root).after(ends) ?? new Words(root).last();
    parts = { source: spans(card.dataset.source), cue: [], content: next ? [next] : [] };
  }
  getSelection().removeAllRanges();
  const draft = document.createElement("article");
  draft.className = "card draft";
  draft.setAttribute("aria-label", "New statement");
  const title = document.createElement("h3");
  title.textContent = "New statement";
  draft.append(title);
  if (card) card.after(draft);
  else list.prepend(draft);
  const leave = () => {
    draft.remove();
    card?.focus({ preventScroll: true });
  };
  open(draft, root, parts, async (values) => {
    await keep(documentId, values);
    draft.remove();
  }, leave);
}

function open(card, root, parts, keep, leave) {
  const form = document.getElementById("span-editor").content.firstElementChild.cloneNode(true);
  editor = new Editor(form, root, parts, keep, leave);
  card.append(form);
  editor.choose(parts.content.length || !parts.source.length ? "content" : "source");
  form.scrollIntoView({ block: "nearest" });
}

class Editor {
  constructor(form, root, parts, keep, leave) {
    Object.assign(this, { form, root, parts, keep, leave, part: "content", timer: 0 });
    this.words = new Words(root);
    form.addEventListener("click", (event) => {
      const button = event.target.closest("[data-editor]");
      if (!button) return;
      event.stopPropagation();
      this.press(button);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.done();
    });
    this.onKey = (event) => this.key(event);
    this.onSelect = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.take(), SETTLED);
    };
    this.onGone = () => {
      if (!form.isConnected) this.close();
    };
    addEventListener("keydown", this.onKey, true);
    document.addEventListener("selectionchange", this.onSelect);
    document.body.addEventListener("htmx:afterSwap", this.onGone);
    document.body.classList.add("editing-words");
  }

  close() {
    removeEventListener("keydown", this.onKey, true);
    document.removeEventListener("selectionchange", this.onSelect);
    document.body.removeEventListener("htmx:afterSwap", this.onGone);
    document.body.classList.remove("editing-words");
    clearTimeout(this.timer);
    this.form.remove();
    this.paint(true);
    editor = null;
  }

  async done() {
    const written = Object.fromEntries(PARTS.map((part) => [part, this.parts[part].map((span) => span.join("-")).join(",")]));
    if (!written.content && !written.cue) {
      this.tell("A statement needs a content or a cue.");
      say("A statement needs a content or a cue.");
      return;
    }
    const { keep } = this;
    this.close();
    await keep(written);
  }

  press(button) {
    const { editor: what, by, part } = button.dataset;
    if (what === "part") this.choose(part);
    else if (what === "start" || what === "end") this.move(what, Number(by), false);
    else if (what === "further") this.further();
    else if (what === "clear") this.clear();
    else if (what === "cancel") this.cancel();
  }

  cancel() {
    const { leave } = this;
    this.close();
    leave();
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest?.("input, textarea, select")) return;
    const arrows = { ArrowLeft: ["end", -1], ArrowRight: ["end", 1], ArrowUp: ["start", -1], ArrowDown: ["start", 1] };
    const pressed = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (KEYS[pressed]) this.choose(KEYS[pressed]);
    else if (arrows[event.key]) this.move(...arrows[event.key], event.shiftKey);
    else if (event.key === "+") this.further();
    else if (event.key === "Delete" || event.key === "Backspace") this.clear();
    else if (event.key === "Escape") this.cancel();
    else if (event.key === "Enter") {
      if (event.target.closest?.("button:not(.primary), a, summary") && this.form.contains(event.target) && event.target.dataset.editor !== "part") return;
      this.done();
    } else if (event.key === "?" || event.key === "Tab" || event.key === " ") return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  choose(part) {
    this.part = part;
    for (const button of this.form.querySelectorAll("[data-editor=part]")) {
      const on = button.dataset.part === part;
      button.setAttribute("aria-checked", String(on));
      button.tabIndex = on ? 0 : -1;
      if (on) button.focus({ preventScroll: true });
    }
    this.paint();
    this.tell(`${part}: ${this.told(part) || "empty"}`);
  }

  // The stretch that keys move: the last of its part.
  get span() {
    return this.parts[this.part].at(-1);
  }

  set span(span) {
    const parts = this.parts[this.part];
    parts[Math.max(0, parts.length - 1)] = span;
    if (this.part !== "content") parts.length = 1;
  }

  move(side, by, byCharacter) {
    const { words, root } = this;
    const [low, high] = bounds(root);
    if (!this.span) {
      this.further();
      return;
    }
    let [start, end] = this.span;
    if (side === "start") start = byCharacter ? start + by : words.start(start, by);
    else end = byCharacter ? end + by : words.end(end, by);
    if (start < low && this.span[0] >= low) start = low;
    if (end > high && this.span[1] <= high) end = high;
    if (start >= end) return;
    this.span = [start, end];
    this.paint();
    this.tell(`${side}: ${this.told(this.part)}`);
  }

  further() {
    const taken = PARTS.flatMap((part) => this.parts[part]);
    const after = Math.max(bounds(this.root)[0], ...taken.map((span) => span[1]));
    const word = this.words.after(after) ?? this.words.last();
    if (!word) return;
    if (this.part === "content") this.parts.content.push(word);
    else this.parts[this.part] = [word];
    this.paint();
    this.tell(`${this.part}: ${this.told(this.part)}`);
  }

  clear() {
    this.parts[this.part].pop();
    this.paint();
    this.tell(`${this.part}: ${this.told(this.part) || "empty"}`);
  }

  take() {
    const chosen = getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed || !this.root.contains(chosen.getRangeAt(0).commonAncestorContainer)) return;
    const span = trimmed(this.root, selected(this.root));
    if (!span) return;
    const last = this.span;
    const apart = this.part === "content" && this.adding && last && (span[0] >= last[1] || span[1] <= last[0]);
    if (apart) this.parts.content.push(span);
    else this.span = span;
    this.paint();
    this.tell(`${this.part}: ${this.told(this.part)}`);
  }

  told(part) {
    return this.parts[part].map((span) => text(this.root, span)).join(" […] ");
  }

  tell(words) {
    const line = this.form.querySelector("[data-editor=told]");
    if (line) line.textContent = words;
  }

  paint(empty = false) {
    if (!empty) for (const line of this.form.querySelectorAll(".part")) line.querySelector("q").textContent = this.told(line.dataset.part) || "nothing";
    if (!globalThis.CSS?.highlights) return; // the words stand in the editor too
    for (const part of PARTS) {
      CSS.highlights.delete(`edit-${part}`);
      const ranges = empty ? [] : this.parts[part].map((span) => rangeOf(this.root, span)).filter(Boolean);
      if (ranges.length) CSS.highlights.set(`edit-${part}`, new Highlight(...ranges));
    }
  }
}

// -- places

function spans(written) {
  return written ? written.split(",").map((part) => part.split("-").map(Number)) : [];
}

// Where the words of a statement are edited: in the document where it is beside it, else in the card's own passage.
function textOf(card) {
  const whole = document.getElementById("text");
  const begins = spans(card.dataset.contents)[0]?.[0] ?? spans(card.dataset.cue)[0]?.[0] ?? 0;
  if (whole?.checkVisibility?.() && matchMedia("(min-width: 60rem)").matches) {
    const [low, high] = bounds(whole);
    if (begins >= low && begins < high) return whole;
  }
  return card.querySelector(".passage") ?? whole;
}

function rootAround(node) {
  return (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("#text, .passage");
}

function bounds(root) {
  return [Number(root.dataset.start), Number(root.dataset.end)];
}

function* textNodes(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let at = Number(root.dataset.start);
  while (walker.nextNode()) {
    const length = points(walker.currentNode.data);
    yield { node: walker.currentNode, at, length };
    at += length;
  }
}

function points(words) {
  let count = 0;
  for (const _ of words) count += 1;
  return count;
}

function utf16(words, number) {
  let units = 0;
  let left = number;
  for (const character of words) {
    if (left === 0) break;
    units += character.length;
    left -= 1;
  }
  return units;
}

function rangeOf(root, [start, end]) {
  const range = document.createRange();
  let begun = false;
  for (const { node, at, length } of textNodes(root)) {
    if (!begun && start < at + length) {
      range.setStart(node, utf16(node.data, Math.max(0, start - at)));
      begun = true;
    }
    if (begun && end <= at + length) {
      range.setEnd(node, utf16(node.data, Math.max(0, end - at)));
      return range;
    }
  }
  return null; // some of it is not on this page
}

function text(root, span) {
  const [low, high] = bounds(root);
  if (span[0] < low || span[1] > high) return "(words outside this passage)";
  return rangeOf(root, span)?.toString() ?? "(words outside this passage)";
}

function selected(root) {
  const range = getSelection().getRangeAt(0);
  return [placeOf(root, range.startContainer, range.startOffset), placeOf(root, range.endContainer, range.endOffset)];
}

function placeOf(root, node, offset) {
  const before = document.createRange();
  before.setStart(root, 0);
  before.setEnd(node, offset);
  return Number(root.dataset.start) + points(before.toString());
}

function trimmed(root, [start, end]) {
  const range = rangeOf(root, [start, end]);
  if (!range) return [start, end];
  const words = range.toString();
  const before = points(words) - points(words.trimStart());
  const after = points(words) - points(words.trimEnd());
  return start + before < end - after ? [start + before, end - after] : null;
}

// The words of a stretch of text as places, so that an end can move by one.
class Words {
  constructor(root) {
    this.found = [];
    let at = Number(root.dataset.start);
    const segmenter = new Intl.Segmenter(document.documentElement.lang, { granularity: "word" });
    for (const { segment, isWordLike } of segmenter.segment(root.textContent)) {
      const length = points(segment);
      if (isWordLike) this.found.push([at, at + length]);
      at += length;
    }
  }

  start(place, by) {
    return by > 0
      ? this.found.find(([start]) => start > place)?.[0] ?? place
      : this.found.findLast(([start]) => start < place)?.[0] ?? place;
  }

  end(place, by) {
    return by > 0
      ? this.found.find(([, end]) => end > place)?.[1] ?? place
      : this.found.findLast(([, end]) => end < place)?.[1] ?? place;
  }

  after(place) {
    return this.found.find(([start]) => start >= place)?.slice();
  }

  last() {
    return this.found.at(-1)?.slice();
  }
}
