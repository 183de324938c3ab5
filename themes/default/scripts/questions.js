// The search on the page of all questions, with its filters.

import { openFilters } from "./facets.js";
import { marked, markedHtml } from "./marks.js";
import { LONGEST_QUERY, announcer, count, failure, fill, measure, openSite } from "./search.js";

/** Questions that are shown at a time. */
const MANY = 20;

/** Begins to search with a form; `facets` holds the filters. */
export function start(form, facets) {
  const index = openSite(form);
  const field = form.querySelector("[type=search]");
  const everything = document.querySelector("[data-results]");
  // Beside it: to take a long list out of the page and put it back takes longer than to hide it.
  const results = everything.cloneNode(false);
  results.hidden = true;
  results.removeAttribute("id");
  everything.after(results);
  const summary = document.querySelector("[data-summary]");
  const ofEverything = summary.textContent;
  const pager = document.querySelector(".pager");
  const note = document.querySelector("[data-note]");
  const say = announcer(form.querySelector("[role=status]"));
  const item = form.querySelector("template").content.firstElementChild;
  const boxes = [...facets.querySelectorAll("input")];
  const filterBy = openFilters(boxes);
  const clear = facets.querySelector("[data-clear]");
  let turn = 0;
  let limit = MANY;
  let isTyping = false;
  let timer;

  const chosen = () => boxes.filter((box) => box.checked);
  const hasSearch = () => field.value.trim() !== "" || chosen().length > 0;

  /** The address of what is searched for now. */
  function address() {
    const parameters = new URLSearchParams();
    const query = field.value.trim().slice(0, LONGEST_QUERY);
    if (query) parameters.set("q", query);
    for (const box of chosen()) parameters.append(box.name, box.value);
    const text = parameters.toString();
    return form.action + (text && `?${text}`);
  }

  /** Takes the search from the address; gives what of it means nothing. */
  function read() {
    const parameters = new URLSearchParams(location.search);
    field.value = parameters.get("q") ?? "";
    for (const box of boxes) box.checked = false;
    const ignored = [];
    for (const [name, value] of parameters) {
      if (name === "q") continue;
      const box = boxes.find((box) => box.name === name && box.value === value);
      if (box) box.checked = true;
      else ignored.push(`${name}=${value}`);
    }
    return ignored;
  }

  /** One step back undoes all that was typed in a row. */
  function keep() {
    clearTimeout(timer);
    if (address() !== location.href) {
      if (isTyping) history.replaceState(null, "", address());
      else history.pushState(null, "", address());
    }
    isTyping = true;
  }

  async function search(event, ignored = []) {
    const mine = ++turn;
    const query = field.value.trim();
    const notes = [];
    if (ignored.length) notes.push(fill(form.dataset.ignored, { parts: ignored.join(", ") }));
    clear.hidden = !chosen().length;
    try {
      const [about, columns] = await Promise.all([index.about(), index.facets()]);
      const filter = filterBy(columns, about);
      const found = query
        ? await index.find(field.value.slice(0, LONGEST_QUERY), { accepts: filter.accepts, limit })
        : browse(about.questions, filter.accepts, limit);
      const pages = hasSearch() ? await index.pages(found.hits) : [];
      if (mine !== turn) return;
      if (found.failed || pages.includes(undefined)) notes.push(failure(form, again));
      filter.tell(found.matches);
      if (hasSearch()) {
        show(found, pages, columns, about);
        const words = found.total ? count(form, "count", found.total) : fill(form.dataset.none, { query });
        summary.textContent = words;
        say(words);
      } else {
        summary.textContent = ofEverything;
        say("");
      }
      if (pager) pager.hidden = hasSearch();
      reveal(hasSearch() ? results : everything, query);
    } catch {
      if (mine !== turn) return;
      notes.push(failure(form, again));
    }
    delete document.documentElement.dataset.searching;
    note.replaceChildren(...notes);
    note.hidden = !notes.length;
    measure(event);
  }
  function again() {
    index.forget();
    search();
  }

  /** Makes one of the two lists the list of results. */
  function reveal(list, query) {
    for (const each of [everything, results]) {
      each.hidden = each !== list;
      if (each.hidden) {
        each.removeAttribute("id");
        delete each.dataset.results;
      }
    }
    list.id = "results";
    list.dataset.results = query;
  }

  function show(found, pages, columns, about) {
    const list = document.createElement("ul");
    list.className = "questions results";
    for (const [at, entry] of pages.entries()) {
      if (!entry) continue;
      const number = found.hits[at];
      const [path, title, sentence] = entry;
      const element = item.cloneNode(true);
      const link = element.querySelector("a");
      link.href = form.dataset.base + path;
      link.append(...markedHtml(title, found.terms));
      const facts = [
        ...(about.guides.length > 1 ? [about.guides[columns.guides[number]].title] : []),
        about.levels[columns.levels[number]].title,
        about.topics[columns.topics[number]].title,
        form.getAttribute(`data-kind-${about.kinds[columns.kinds[number]]}`),
        count(form, "minutes", columns.minutes[number]),
      ];
      const meta = element.querySelector(".meta");
      for (const fact of facts) {
        const span = document.createElement("span");
        span.textContent = fact;
        meta.append(span, " ");
      }
      const excerpt = element.querySelector("p");
      if (sentence) excerpt.append(...marked(sentence, found.terms));
      else excerpt.remove();
      list.append(element);
    }
    const parts = pages.length ? [list] : [];
    if (found.total > found.hits.length) {
      const more = document.createElement("button");
      more.type = "button";
      more.className = "more";
      more.textContent = form.dataset.more;
      more.addEventListener("click", async () => {
        const before = list.children.length;
        limit += MANY;
        await search();
        results.querySelectorAll(".results a")[before]?.focus();
      });
      parts.push(more);
    }
    results.replaceChildren(...parts);
  }

  field.addEventListener("input", (event) => {
    limit = MANY;
    search(event);
    clearTimeout(timer);
    // Results come before the address, and browsers refuse one that changes all the time.
    timer = setTimeout(keep, isTyping ? 300 : 0);
  });
  const pause = () => {
    if (isTyping) keep();
    isTyping = false;
  };
  field.addEventListener("change", pause);
  field.addEventListener("blur", pause);
  addEventListener("pagehide", pause);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    pause();
  });
  facets.addEventListener("change", (event) => {
    pause();
    limit = MANY;
    keep();
    isTyping = false;
    search(event);
  });
  clear.addEventListener("click", () => {
    for (const box of boxes) box.checked = false;
    pause();
    keep();
    isTyping = false;
    search();
    boxes[0]?.focus();
  });
  // From the field into the list and through it.
  document.addEventListener("keydown", (event) => {
    const links = [...results.querySelectorAll(".results a")];
    const from = event.target === field ? -1 : links.indexOf(event.target);
    if (from < 0 && event.target !== field) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !event.isComposing && !event.altKey) {
      const to = from + step;
      if (to >= links.length || to < -1) return;
      event.preventDefault();
      (links[to] ?? field).focus();
    } else if (event.key === "Escape" && from >= 0) field.focus();
  });
  addEventListener("popstate", () => {
    isTyping = false;
    clearTimeout(timer);
    search(undefined, read());
  });

  // What was typed or chosen before this ran is not undone by the address.
  const isNew = hasSearch();
  const ignored = isNew ? [] : read();
  if (isNew) keep();
  search(undefined, ignored);
}

/** All questions that the filters let pass, in the handbook's order. */
function browse(questions, accepts, limit) {
  const matches = Array.from({ length: questions }, (_, number) => number);
  const accepted = matches.filter(accepts);
  return { hits: accepted.slice(0, limit), matches, total: accepted.length, terms: new Set(), failed: false };
}
