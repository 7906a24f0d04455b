// An edge opens the words behind it, which the list below holds.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".network a.edge");
  if (!link) return;
  const words = document.getElementById(link.getAttribute("href").slice(1));
  if (!words) return;
  event.preventDefault();
  for (const other of document.querySelectorAll(".network a.edge.on")) other.classList.remove("on");
  link.classList.add("on");
  words.closest("details").open = true;
  words.closest("li").scrollIntoView({ block: "center" });
  words.focus({ preventScroll: true });
});

document.addEventListener("input", (event) => {
  if (event.target.id === "n") event.target.removeAttribute("aria-valuetext"); // the old time is no longer true
});
