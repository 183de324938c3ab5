// Shortcuts of a single key. They never act while someone types, and can be turned off:
// https://www.w3.org/TR/WCAG22/#character-key-shortcuts

import { preference } from "./preferences.js";

const actions = new Map();

/** Has a key do something on this page, and lists it among the shortcuts. */
export function onKey(key, act) {
  actions.set(key, act);
  for (const entry of document.querySelectorAll(`[data-key="${key}"]`)) entry.hidden = false;
}

function types(element) {
  const fields = "input:not([type=checkbox], [type=radio], [type=button]), textarea, select";
  return element.isContentEditable || element.matches?.(fields);
}

document.addEventListener("keydown", (event) => {
  const combined = event.ctrlKey || event.metaKey || event.altKey;
  if (combined || event.repeat || event.isComposing || event.defaultPrevented) return;
  if (preference("keys") === "off" || types(event.composedPath()[0])) return;
  if (document.querySelector("dialog[open]")) return;
  const act = actions.get(event.key);
  if (!act) return;
  event.preventDefault();
  act();
});

// Where the page has a question before or after it.
for (const [key, relation] of [["p", "prev"], ["n", "next"]]) {
  const link = document.querySelector(`main a[rel=${relation}]`);
  if (link) onKey(key, () => link.click());
}
