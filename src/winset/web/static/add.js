// Files by drag and drop, what was chosen in words, and how much of it is sent; reading is told by the server.
import { keys, say } from "/static/desk.js";

const form = document.getElementById("files-form");
const input = document.getElementById("files");
const drop = document.getElementById("drop");
const sending = document.getElementById("sending");
const chosen = document.getElementById("chosen");
const NAMED = 4;

function describe() {
  const files = [...input.files];
  const size = files.reduce((sum, file) => sum + file.size, 0);
  let line = "";
  if (files.length) {
    const names = files.slice(0, NAMED).map((file) => file.name).join(", ");
    const rest = files.length > NAMED ? ` and ${files.length - NAMED} more` : "";
    line = `${files.length === 1 ? "1 file" : `${files.length} files`}, ${megabytes(size)}: ${names}${rest}`;
  }
  const most = Number(form.dataset.mostFiles);
  const bytes = Number(form.dataset.mostBytes);
  let refusal = "";
  if (files.length > most) refusal = `${files.length} files: at most ${most} at once`;
  else if (size > bytes) refusal = `${megabytes(size)}: at most ${megabytes(bytes)} at once`;
  input.setCustomValidity(refusal);
  chosen.textContent = refusal || line;
}

function megabytes(bytes) {
  return bytes < 100_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

input.addEventListener("change", describe);
describe();

for (const kind of ["dragenter", "dragover"]) {
  drop.addEventListener(kind, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    drop.classList.add("over");
  });
}
for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
  if (!event.dataTransfer?.files.length) return;
  event.preventDefault();
  input.files = event.dataTransfer.files;
  describe();
  form.querySelector("button.primary").focus();
});
// A file that misses the field is not opened in place of the desk.
for (const kind of ["dragover", "drop"]) {
  window.addEventListener(kind, (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
}

form.addEventListener("htmx:xhr:progress", (event) => {
  const { loaded, total, lengthComputable } = event.detail;
  if (!lengthComputable || !total) return;
  sending.hidden = loaded >= total;
  sending.value = loaded / total;
});

for (const each of document.querySelectorAll("form.way")) {
  const button = each.querySelector("button.primary");
  each.addEventListener("htmx:beforeRequest", () => {
    button.disabled = true;
  });
  each.addEventListener("htmx:afterRequest", (event) => {
    if (event.target !== each) return;
    button.disabled = false;
    sending.hidden = true;
    if (!event.detail.successful) return;
    each.reset();
    describe();
    say("Sent: reading begins.");
  });
  each.addEventListener("htmx:sendError", () => say("Nothing was sent: the desk does not answer."));
}

keys({
  f: ["choose files", () => input.click()],
  a: ["write an address", () => document.getElementById("addresses").focus()],
  t: ["paste a text", () => document.getElementById("text").focus()],
});
