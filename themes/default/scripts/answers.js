// One control and one key for all answers of a page. What was chosen last holds for every page.

import { onKey } from "./keys.js";
import { choose, preference } from "./preferences.js";

const control = document.querySelector("[data-answers-control]");
const answers = [...document.querySelectorAll("main details.reveal")];

const allOpen = () => answers.every((answer) => answer.open);

function name() {
  control.textContent = allOpen() ? control.dataset.close : control.dataset.open;
}

function setAll(open) {
  for (const answer of answers) answer.open = open;
  // Until now `early.js` and the style sheet showed what was chosen.
  delete document.documentElement.dataset.answers;
  name();
}

function toggle() {
  const open = !allOpen();
  // What the reader looks at stays where it is.
  const before = control.getBoundingClientRect().top;
  setAll(open);
  choose("answers", open ? "open" : "closed");
  scrollBy({ top: control.getBoundingClientRect().top - before, behavior: "instant" });
}

if (control && answers.length) {
  control.addEventListener("click", toggle);
  onKey("o", toggle);
  for (const answer of answers) answer.addEventListener("toggle", name);
  const chosen = preference("answers");
  if (chosen) setAll(chosen === "open");
  else name();
}
