// What the list below the field and the page of all questions have in common.

import { openIndex } from "./lookup.js";

/** Nobody reads a longer search in an address. */
export const LONGEST_QUERY = 500;

/** The index of a form's site. */
export const openSite = (form) =>
  openIndex(async (name) => {
    // The first file has one name for ever: a site that was published anew has another one there.
    const response = await fetch(form.dataset.index + name, name === "index.json" ? { cache: "no-cache" } : {});
    if (!response.ok) throw new Error(`${response.status} ${response.url}`);
    return response.json();
  });

/** A text of the interface with its gaps filled. */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap);

// Made once: they take longer to make than all that a search does.
const { lang } = document.documentElement;
const plural = new Intl.PluralRules(lang);
export const numbers = new Intl.NumberFormat(lang);

/** A counted text, of which an element has a form for each kind of number. */
export function count(form, name, n) {
  const text = form.getAttribute(`data-${name}-${plural.select(n)}`) ?? form.getAttribute(`data-${name}-other`);
  return fill(text, { n: numbers.format(n) });
}

/** Tells those who hear the page, once they pause. */
export function announcer(status) {
  let timer;
  return (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => (status.textContent = text), 400);
  };
}

/** Measures from the reader's action to the results, for `performance.getEntriesByName`. */
export function measure(event) {
  if (event) performance.measure("search", { start: event.timeStamp, end: performance.now() });
}

/** The message for files that did not come, with a button that tries again. */
export function failure(form, again) {
  const message = document.createElement("p");
  message.className = "failed";
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = form.dataset.retry;
  button.addEventListener("click", again);
  message.append(form.dataset.failed, " ", button);
  return message;
}
