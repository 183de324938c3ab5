// The search field. Everything else of the search is loaded when someone goes to it.

import { onKey } from "./keys.js";

const form = document.querySelector("[data-search]");
const field = form.querySelector("[type=search]");
const facets = document.querySelector("[data-facets]");

let begun;
function begin() {
  const script = form.dataset.search === "page" ? () => import("./questions.js") : () => import("./suggestions.js");
  begun ??= script().then(({ start }) => start(form, facets));
  // Without a connection, the next one who comes by tries again, and the list is there as ever.
  begun.catch(() => {
    begun = undefined;
    delete document.documentElement.dataset.searching;
  });
}

onKey("/", () => {
  field.focus();
  field.select();
});
for (const part of [form, facets]) {
  for (const kind of ["focusin", "input"]) part?.addEventListener(kind, begin);
}
// Whoever typed before this ran, or comes with a search in the address, need not ask twice.
if (document.activeElement === field || (form.dataset.search === "page" && location.search)) begin();
