// The search as readers see it: a list that opens below the field of every page, and the page of all
// questions with its filters. `lookup.js` finds; this shows.

import { openIndex } from "./lookup.js";
import { stem, tokens } from "./tokens.js";

/** Questions in the list below the field. */
const FEW = 7;
/** Questions that the page shows at a time. */
const MANY = 20;
/** From here on a number says which facet it is that stops a question. */
const STOPPED = 2;
/** Nobody reads a longer search in an address. */
const LONGEST_QUERY = 500;

/** Begins to search with a form. `facets` holds the filters, where the page has them. */
export function start(form, facets) {
  const index = openIndex(async (name) => {
    // The first file has one name for ever: a site that was published anew has another one there.
    const response = await fetch(form.dataset.index + name, name === "index.json" ? { cache: "no-cache" } : {});
    if (!response.ok) throw new Error(`${response.status} ${response.url}`);
    return response.json();
  });
  if (form.dataset.search === "page") page(form, facets, index);
  else popup(form, index);
}

/** A text of the interface with its gaps filled. */
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap);

// Made once: they take longer to make than all that a search does.
const { lang } = document.documentElement;
const plural = new Intl.PluralRules(lang);
const numbers = new Intl.NumberFormat(lang);

/** A counted text, of which an element has a form for each kind of number. */
function count(form, name, n) {
  const text = form.getAttribute(`data-${name}-${plural.select(n)}`) ?? form.getAttribute(`data-${name}-other`);
  return fill(text, { n: numbers.format(n) });
}

/** Tells those who hear the page, once they pause. */
function announcer(status) {
  let timer;
  return (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => (status.textContent = text), 400);
  };
}

/** Measures from the reader's action to the results, for `performance.getEntriesByName`. */
function measure(event) {
  if (event) performance.measure("search", { start: event.timeStamp, end: performance.now() });
}

/** The message for files that did not come, with a button that tries again. */
function failure(form, again) {
  const message = document.createElement("p");
  message.className = "failed";
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = form.dataset.retry;
  button.addEventListener("click", again);
  message.append(form.dataset.failed, " ", button);
  return message;
}

// Below the field of every page

function popup(form, index) {
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
        element.append(...marked(title, found.terms));
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

// The page of all questions

function page(form, facets, index) {
  const field = form.querySelector("[type=search]");
  const results = document.querySelector("[data-results]");
  const everything = [...results.childNodes];
  const summary = document.querySelector("[data-summary]");
  const ofEverything = summary.textContent;
  const pager = document.querySelector(".pager");
  const note = document.querySelector("[data-note]");
  const say = announcer(form.querySelector("[role=status]"));
  const item = form.querySelector("template").content.firstElementChild;
  const boxes = [...facets.querySelectorAll("input")];
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
      const filter = filtering(boxes, columns, about);
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
        results.replaceChildren(...everything);
        summary.textContent = ofEverything;
        say("");
      }
      if (pager) pager.hidden = hasSearch();
      results.dataset.results = query;
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
      link.append(...marked(title, found.terms));
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
      if (sentence) excerpt.append(...marked(escaped(sentence), found.terms));
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
    // Browsers refuse addresses that change all the time.
    if (isTyping) timer = setTimeout(keep, 300);
    else keep();
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

/** What the filters let pass: any of one facet will do, but all facets must. */
function filtering(boxes, columns, about) {
  const ids = { guide: about.guides, level: about.levels, topic: about.topics, kind: about.kinds.map((id) => ({ id })) };
  const facets = [...new Set(boxes.map((box) => box.name))].map((name) => {
    const own = boxes.filter((box) => box.name === name);
    const checked = own.filter((box) => box.checked);
    if (name === "tag") {
      const having = new Set(checked.flatMap((box) => columns.tags.get(box.value) ?? []));
      return { own, passes: checked.length ? (question) => having.has(question) : undefined, has: undefined };
    }
    // Other facets have one value for each question.
    const column = name === "minutes" ? columns.minutes : columns[`${name}s`];
    const covers = (box) => {
      if (name !== "minutes") {
        const number = ids[name].findIndex(({ id }) => id === box.value);
        return (value) => value === number;
      }
      const [from, to] = box.value.split("-").map(Number);
      return (value) => value >= from && value <= (to || Infinity);
    };
    const tests = checked.map(covers);
    const passes = tests.length ? (question) => tests.some((test) => test(column[question])) : undefined;
    return { own, passes, column, covers };
  });
  const asked = facets.filter(({ passes }) => passes);
  return {
    accepts: (question) => asked.every(({ passes }) => passes(question)),
    /** Writes beside each box how many of the questions it would leave, the other facets as they are. */
    tell(questions) {
      // 1 where no facet stops a question, `STOPPED` and more for the one that does, 0 where more do.
      const states = new Uint8Array(about.questions);
      for (const question of questions) {
        let state = 1;
        for (let at = 0; at < asked.length && state; at += 1) {
          if (!asked[at].passes(question)) state = state === 1 ? STOPPED + at : 0;
        }
        states[question] = state;
      }
      for (const facet of facets) {
        const own = asked.includes(facet) ? STOPPED + asked.indexOf(facet) : 1;
        const counts = [];
        if (facet.column) {
          for (const question of questions) {
            const state = states[question];
            if (state !== 1 && state !== own) continue;
            const value = facet.column[question];
            counts[value] = (counts[value] ?? 0) + 1;
          }
        }
        for (const box of facet.own) {
          let n = 0;
          if (facet.column) {
            const covers = facet.covers(box);
            counts.forEach((of, value) => (n += covers(value) ? of : 0));
          } else {
            for (const question of columns.tags.get(box.value) ?? []) {
              if (states[question] === 1 || states[question] === own) n += 1;
            }
          }
          const label = box.closest("label");
          const text = numbers.format(n);
          const count = label.querySelector("[data-count]");
          if (count.textContent === text) continue;
          count.textContent = text;
          label.classList.toggle("none", n === 0);
        }
      }
    },
  };
}

/** Text as HTML. */
function escaped(text) {
  const element = document.createElement("p");
  element.textContent = text;
  return element.innerHTML;
}

const WORDS = /[\p{Alphabetic}\p{N}\p{M}_]+(?:['’.][\p{Alphabetic}\p{N}\p{M}_]+)*|[=!<>+\-*\/%&|^~:@]+|\[\]|\{\}/gu;
const PAIRED = /[\u1100-\u11ff\u3005-\u30ff\u3400-\u9fff\uac00-\ud7ff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;

const termsOf = new Map();

/** Whether a word of a text is among the terms that were found. */
function isAmong(word, terms) {
  if (!termsOf.has(word)) {
    // As many words as a reader sees in an hour.
    if (termsOf.size > 20_000) termsOf.clear();
    termsOf.set(word, tokens(word).flat().flatMap((token) => [token, stem(token)]));
  }
  return termsOf.get(word).some((term) => terms.has(term));
}

/** The nodes of a piece of the index's own HTML, with the words that were found in `mark` elements. */
function marked(html, terms) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const walker = document.createTreeWalker(template.content, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  const isFound = (word) => isAmong(word, terms);
  for (const text of texts) {
    const parts = [];
    const add = (part, isMark) => {
      if (!part) return;
      if (!isMark) return parts.push(part);
      const mark = document.createElement("mark");
      mark.textContent = part;
      parts.push(mark);
    };
    let from = 0;
    for (const { 0: word, index } of text.data.matchAll(WORDS)) {
      add(text.data.slice(from, index), false);
      from = index + word.length;
      if (PAIRED.test(word)) {
        // Where there are no spaces, the letters of every pair that was found.
        const letters = [...word];
        const found = letters.map((letter, at) => isFound(letters.slice(at, at + 2).join("")) || (at > 0 && isFound(letters[at - 1] + letter)));
        for (const [at, letter] of letters.entries()) add(letter, found[at]);
      } else add(word, isFound(word));
    }
    add(text.data.slice(from), false);
    text.replaceWith(...parts);
  }
  return template.content.childNodes;
}
