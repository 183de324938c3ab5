// The print button, and whether answers are printed: without scripts the box alone does that.

import { choose, preference } from "./preferences.js";

const box = document.querySelector("[data-print-answers]");
// Pages for candidates have no answers.
if (box) {
  box.checked = preference("paper") !== "closed";
  box.addEventListener("change", () => choose("paper", box.checked ? undefined : "closed"));
}
document.querySelector("[data-print]").addEventListener("click", () => print());
