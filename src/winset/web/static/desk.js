// What every page shares: the list of keys (?), and an end to what was said.
// A page's own module calls keys({j: ["next", handler], ...}); a key never fires while somebody types.

const bound = new Map();

export function keys(table) {
  for (const [key, [label, handler]] of Object.entries(table)) bound.set(key, { label, handler });
}

export function say(text) {
  const line = document.createElement("p");
  line.textContent = text;
  document.getElementById("said").replaceChildren(line);
}

function typing(target) {
  return target.closest("input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select, [contenteditable]");
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  if (event.key === "?") {
    showKeys();
    event.preventDefault();
    return;
  }
  const found = bound.get(event.key);
  if (found && !document.querySelector("dialog[open]")) {
    event.preventDefault();
    found.handler(event);
  }
});

function showKeys() {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "keys-title");
  const title = document.createElement("h2");
  title.id = "keys-title";
  title.textContent = "Keys";
  const list = document.createElement("dl");
  list.className = "keys";
  const shown = [...bound].map(([key, { label }]) => [key === " " ? "space" : key, label]);
  for (const [key, label] of [...shown, ["?", "this list"], ["Esc", "close"]]) {
    const name = document.createElement("dt");
    const kbd = document.createElement("kbd");
    kbd.textContent = key;
    name.append(kbd);
    const what = document.createElement("dd");
    what.textContent = label;
    list.append(name, what);
  }
  const form = document.createElement("form");
  form.method = "dialog";
  const close = document.createElement("button");
  close.textContent = "Close";
  form.append(close);
  dialog.append(title, list, form);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

// On a narrow screen the jobs stand in one line that scrolls: the page that is open is brought into view.
document.querySelector(".top nav [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
