// Opens a document beside the brief with one passage marked. Without this script every link still jumps to its place.
(() => {
  "use strict";
  const reader = document.getElementById("reader");
  if (!reader || typeof reader.showModal !== "function") return;
  const find = (selector) => reader.querySelector(selector);
  const roles = ["content", "source", "cue", "passage"];
  const held = (piece, key) => roles.filter((role) => (piece.getAttribute("data-" + role) || "").split(" ").includes(key));

  function marked(text, key) {
    const copy = text.cloneNode(true);
    for (const element of copy.querySelectorAll("[id]")) element.removeAttribute("id");
    for (const piece of copy.querySelectorAll("mark")) {
      const own = held(piece, key);
      if (own.length) piece.className = "on " + own.join(" ");
      else piece.replaceWith(...piece.childNodes);
    }
    copy.normalize();
    return copy;
  }

  function open(link) {
    const key = link.hash.slice(1);
    const source = document.getElementById(link.dataset.document);
    if (!source || !key) return false;
    const copy = marked(source.querySelector(".text"), key);
    const pieces = copy.querySelectorAll("mark.on");
    if (!pieces.length) return false;
    const title = source.querySelector("h3").textContent;
    find("#reader-title").textContent = title;
    find(".source-line").textContent = source.querySelector(".source-line").textContent.replace(/\s*·\s*address\s*$/, "");
    const passage = copy.querySelector("mark.passage.on") !== null;
    find(".legend-statement").hidden = passage;
    find(".legend-passage").hidden = !passage;
    const which = [link.dataset.statement ? "Statement " + link.dataset.statement : "", link.dataset.identified || ""];
    find(".which").textContent = which.filter(Boolean).join(", ");
    const reading = find(".reading");
    reading.replaceChildren(copy);
    const first = copy.querySelector("mark.content.on") || pieces[0];
    const words = [...copy.querySelectorAll("mark.content.on, mark.passage.on")].map((piece) => piece.textContent).join(" … ");
    reading.setAttribute("aria-label", title + ". Marked passage: " + (words || first.textContent));
    reader.showModal();
    reading.focus({ preventScroll: true });
    reading.scrollTop += first.getBoundingClientRect().top - reading.getBoundingClientRect().top - reading.clientHeight / 3;
    return true;
  }

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a[data-document]");
    if (link && open(link)) event.preventDefault();
    const inner = event.target.closest('a[href^="#"]');
    if (inner && !event.defaultPrevented) unfold(inner.hash);
  });
  // A link may lead into what is folded; it is opened on the way.
  function unfold(hash) {
    let fold = document.getElementById(hash.slice(1));
    for (fold = fold && fold.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  }
  window.addEventListener("hashchange", () => unfold(location.hash));
  unfold(location.hash);
  find(".close").addEventListener("click", () => reader.close());
  reader.addEventListener("click", (event) => {
    if (event.target === reader) reader.close();
  });

  // What is about the proposal belongs on paper even where it is folded; the rest stays in the file.
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open]):not(.other)")];
    for (const element of folded) element.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const element of folded) element.open = false;
  });
})();
