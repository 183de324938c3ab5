// The dialog of choices and shortcuts.

import { onKey } from "./keys.js";
import { choose, onChoiceElsewhere, preference } from "./preferences.js";

const dialog = document.querySelector("#settings");
const schemes = dialog.querySelectorAll("[name=scheme]");
const keys = dialog.querySelector("[name=keys]");

function show() {
  const scheme = preference("scheme") ?? "";
  for (const choice of schemes) choice.checked = choice.value === scheme;
  keys.checked = preference("keys") !== "off";
  const root = document.documentElement;
  if (scheme) root.dataset.scheme = scheme;
  else delete root.dataset.scheme;
}

for (const choice of schemes) {
  choice.addEventListener("change", () => {
    choose("scheme", choice.value || undefined);
    show();
  });
}
keys.addEventListener("change", () => choose("keys", keys.checked ? undefined : "off"));

const open = () => dialog.showModal();
document.querySelector("[data-opens=settings]").addEventListener("click", open);
onKey("?", open);
// A click beside it closes it, as Escape does.
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});

onChoiceElsewhere(show);
show();
