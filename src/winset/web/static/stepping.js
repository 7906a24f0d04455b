// Moves the focus along a list of things on a page, from the one that has it, or from the one that was last left.

export function stepping(selector) {
  let last = null;
  const all = () => [...document.querySelectorAll(selector)].filter((each) => each.offsetParent !== null);
  const here = () => document.activeElement?.closest(selector) ?? (last?.isConnected ? last : null);

  function to(thing) {
    if (!thing) return;
    last = thing;
    thing.focus({ preventScroll: true });
    thing.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const things = all();
    const at = things.indexOf(here());
    to(things[at < 0 ? (by > 0 ? 0 : things.length - 1) : Math.min(things.length - 1, Math.max(0, at + by))]);
  }

  return { step, to, here, open: () => here()?.querySelector("a.opens")?.click() };
}
