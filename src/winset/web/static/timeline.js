// Steps through the events by key; the filters work by themselves as soon as one is changed.
import { keys } from "/static/desk.js";
import { stepping } from "/static/stepping.js";

const { step, open } = stepping(".event");
keys({
  j: ["next event", () => step(1)],
  k: ["event before", () => step(-1)],
  o: ["open its words", open],
});
document.documentElement.classList.add("scripted");
