// The list that opens below the search field of every page.

import { markedHtml } from "./marks.js";
import { LONGEST_QUERY, announcer, count, failure, fill, measure, openSite } from "./search.js";

/** Questions in the list. */
const FEW = 7;

/** Begins to search with a form. */
export function start(form) {
  const index = openSite(form);
  const field = form.querySelector("[type=search]");
  const box = form.querySelector("[data-found]");
  const list = box.querySelector("[role=listbox]");
  const note = box.querySelector("[data-note]");
  const say = announcer(form.querySelector("[role=status]"));
  const option = form.querySelector("template").content.firstElementChild;
  let turn = 0;
  let active = -1;

  const options = () => [...list.children];
  function show(isOpen) {
    box.hidden = !isOpen;
    field.setAttribute("aria-expanded", isOpen);
    if (!isOpen) choose(-1);
  }
  function choose(number) {
    active = number;
    for (const [at, each] of options().entries()) each.setAttribute("aria-selected", at === active);
    if (active < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", options()[active].id);
      options()[active].scrollIntoView({ block: "nearest" });
    }
  }
  const address = () => `${form.action}?${new URLSearchParams({ q: field.value.trim().slice(0, LONGEST_QUERY) })}`;
  function item(number, href) {
    const element = option.cloneNode(true);
    element.id = `found-${number}`;
    element.href = href;
    return element;
  }

  async function search(event) {
    const mine = ++turn;
    const query = field.value.trim();
    if (!query) {
      list.replaceChildren();
      say("");
      return show(false);
    }
    try {
      const found = await index.find(field.value.slice(0, LONGEST_QUERY), { limit: FEW });
      const pages = await index.pages(found.hits);
      if (mine !== turn) return;
      const there = pages.filter(Boolean);
      const items = there.map(([path, title], number) => {
        const element = item(number, form.dataset.base + path);
        element.append(...markedHtml(title, found.terms));
        return element;
      });
      if (found.total) {
        const all = item(items.length, address());
        all.className = "all";
        all.textContent = count(form, "all", found.total);
        items.push(all);
      }
      list.replaceChildren(...items);
      list.hidden = !items.length;
      const failed = found.failed || there.length < pages.length;
      const words = found.total ? count(form, "count", found.total) : fill(form.dataset.none, { query });
      note.replaceChildren(...(found.total ? [] : [words]));
      if (failed) note.append(failure(form, again));
      say(words);
    } catch {
      if (mine !== turn) return;
      list.replaceChildren();
      list.hidden = true;
      note.replaceChildren(failure(form, again));
    }
    note.hidden = !note.hasChildNodes();
    show(true);
    choose(-1);
    measure(event);
  }
  function again() {
    index.forget();
    field.focus();
    search();
  }

  field.addEventListener("input", search);
  field.addEventListener("focus", () => {
    if (field.value.trim() && box.hidden) search();
  });
  field.addEventListener("keydown", (event) => {
    const last = options().length - 1;
    if (event.isComposing) return;
    if (event.key === "Escape" && !box.hidden) {
      // The first one closes the list, a second one empties the field, as browsers do.
      event.preventDefault();
      show(false);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && last >= 0) {
      event.preventDefault();
      if (box.hidden) show(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      const next = active + step;
      choose(next > last ? -1 : next < -1 ? last : next);
    } else if (event.key === "Enter" && active >= 0 && !box.hidden) {
      event.preventDefault();
      options()[active].click();
    }
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) show(false);
  });
  // A press would take the focus from the field before it becomes a click.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  index.about().catch(() => {});
  search();
}
