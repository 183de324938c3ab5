// The preview's part in a page that is being written: it reloads the page when its own bytes have
// changed, exchanges the style sheet, and shows what is wrong. No published page has it.

const FOLDER = new URL("./", import.meta.url);
const KEPT = "viva-preview";
const WAIT = 1000; // before a refused connection is tried again
const SILENCE = 40_000; // without a sign of life a connection is dead; the server gives one in 15 s

const page = document.querySelector("script[data-preview]").dataset.preview;
let state = {};

// ---- Being told of changes -------------------------------------------------------------------

// Browsers open six connections to a server, and each stream of events takes one. So one tab listens
// and tells the others; when it goes, the next one in the line listens.
const channel = "BroadcastChannel" in window ? new BroadcastChannel(KEPT) : undefined;

function listen() {
  let source;
  let heard = Date.now();
  let told;
  const open = () => {
    source?.close();
    heard = Date.now();
    source = new EventSource(new URL("events", FOLDER));
    source.addEventListener("beat", () => (heard = Date.now()));
    source.addEventListener("state", ({ data }) => {
      heard = Date.now();
      told = data;
      channel?.postMessage(data);
      receive(data);
    });
    source.addEventListener("error", ({ target }) => {
      // It tries again by itself, but not after an answer that is an error.
      if (target === source && source.readyState === EventSource.CLOSED) setTimeout(open, WAIT);
    });
  };
  const wake = () => {
    if (document.visibilityState === "visible" && Date.now() - heard > SILENCE / 2) open();
  };
  open();
  setInterval(() => Date.now() - heard > SILENCE && open(), SILENCE / 4);
  for (const woken of ["online", "pageshow", "focus"]) addEventListener(woken, wake);
  document.addEventListener("visibilitychange", wake);
  addEventListener("pagehide", () => source.close());
  return () => told;
}

let last = () => undefined;
channel?.addEventListener("message", ({ data }) => {
  if (data !== "?") receive(data);
  else if (last()) channel.postMessage(last());
});
if (channel && navigator.locks) {
  channel.postMessage("?");
  navigator.locks.request(KEPT, () => {
    last = listen();
    return new Promise(() => {});
  });
} else last = listen();

function receive(data) {
  const next = JSON.parse(data);
  if (next.instance === state.instance && next.version === state.version) return;
  state = next;
  exchangeStyle();
  showProblems();
  compare();
}

// ---- The page --------------------------------------------------------------------------------

let comparing = false;
let once_more = false;

/** Reloads the page if the server would send another one. */
async function compare() {
  once_more = comparing;
  if (comparing) return;
  comparing = true;
  try {
    const url = new URL("page", FOLDER);
    url.searchParams.set("path", location.pathname);
    const answer = await fetch(url, { cache: "no-store" });
    const now = answer.ok ? (await answer.json()).page : page;
    if (now !== page) {
      keep();
      location.reload();
      return;
    }
  } catch {
    // The server is away; when it is back, there is a new state.
  }
  comparing = false;
  if (once_more) compare();
}

function exchangeStyle() {
  const links = [...document.querySelectorAll("link[rel=stylesheet]")];
  const link = links.findLast(({ href }) => /\/assets\/style\.[0-9a-f]{16}\.css$/.test(href));
  if (!link || !state.style || link.getAttribute("href") === state.style) return;
  const next = link.cloneNode();
  next.href = state.style;
  // Both hold for a moment, so that the page is never without.
  next.addEventListener("load", () => link.remove());
  link.after(next);
}

// ---- What a reader did, kept over a reload ---------------------------------------------------

const FIELDS = "input:not([type=password], [type=file], [type=hidden]), textarea, select";

/** Elements with names that hold while the page around them changes. */
function named(selector) {
  const counts = new Map();
  return [...document.querySelectorAll(selector)].map((element) => {
    const mark = element.id || element.name || element.querySelector?.("summary")?.textContent.trim();
    const place = element.closest("[id]:not(main)")?.id ?? "";
    const name = `${element.localName} ${place} ${mark ?? ""} ${element.type ?? ""}`;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return [`${name} ${count}`, element];
  });
}

const isBox = ({ type }) => type === "checkbox" || type === "radio";

function keep() {
  const fields = named(FIELDS);
  const focused = fields.find(([, field]) => field === document.activeElement);
  const seen = [...document.querySelectorAll("main [id]")].findLast(
    (element) => element.checkVisibility?.() && element.getBoundingClientRect().top <= 100,
  );
  const kept = {
    path: location.pathname,
    top: scrollY,
    seen: seen && { id: seen.id, top: seen.getBoundingClientRect().top },
    open: named("details").map(([name, { open }]) => [name, open]),
    fields: fields.map(([name, field]) => [name, isBox(field) ? field.checked : field.value]),
    focused: focused && [focused[0], focused[1].selectionStart, focused[1].selectionEnd],
  };
  history.scrollRestoration = "manual";
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(kept));
  } catch {
    // Where nothing may be stored, the tab's history remembers.
    history.replaceState({ ...history.state, [KEPT]: kept }, "");
  }
}

function taken() {
  let kept;
  try {
    kept = JSON.parse(sessionStorage.getItem(KEPT));
    sessionStorage.removeItem(KEPT);
  } catch {
    kept = undefined;
  }
  if (history.state?.[KEPT]) {
    const { [KEPT]: remembered, ...others } = history.state;
    kept ??= remembered;
    history.replaceState(Object.keys(others).length ? others : null, "");
  }
  return kept?.path === location.pathname ? kept : undefined;
}

function restore(kept) {
  const open = new Map(kept.open);
  for (const [name, details] of named("details")) details.open = open.get(name) ?? details.open;
  const values = new Map(kept.fields);
  for (const [name, field] of named(FIELDS)) {
    const value = values.get(name);
    const property = isBox(field) ? "checked" : "value";
    if (value !== undefined && value !== field[property]) {
      field[property] = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    if (kept.focused?.[0] !== name) continue;
    field.focus({ preventScroll: true });
    const [, start, end] = kept.focused;
    if (Number.isInteger(start)) field.setSelectionRange(start, end);
  }
  const place = () => {
    const seen = kept.seen && document.getElementById(kept.seen.id);
    const top = seen ? scrollY + seen.getBoundingClientRect().top - kept.seen.top : kept.top;
    scrollTo({ top, behavior: "instant" });
  };
  place();
  // What comes late may move things, and what the reader does from then on counts.
  const settle = () => {
    place();
    // Any sooner, and the browser would scroll to where the old page was.
    setTimeout(() => (history.scrollRestoration = "auto"), WAIT);
  };
  if (document.readyState === "complete") settle();
  else addEventListener("load", settle, { once: true });
}

const kept = taken();
if (kept) restore(kept);

// ---- What is wrong ---------------------------------------------------------------------------

let host;
let closed; // what was shown when the reader closed it
let isListed = false; // whether warnings are shown

function element(name, properties = {}, children = []) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

async function showProblems() {
  const { errors, warnings, version } = state;
  if (!errors && !warnings) {
    host?.remove();
    host = closed = undefined;
    return;
  }
  let found;
  try {
    found = await (await fetch(new URL("problems", FOLDER), { cache: "no-store" })).json();
  } catch {
    return;
  }
  // Another state has come in between.
  if (state.version === version) show(found);
}

function show(found) {
  if (!host) {
    host = document.createElement("viva-preview");
    host.attachShadow({ mode: "open" });
    document.documentElement.append(host);
  }
  const of = (severity) => found.shown.filter((problem) => problem.severity === severity);
  const text = JSON.stringify(of("error"));
  const parts = [element("link", { rel: "stylesheet", href: new URL("preview.css", FOLDER) })];
  if (found.errors && closed !== text) {
    parts.push(panel("error", found.errors, of("error"), found.editor, () => (closed = text), found));
  } else if (found.warnings && isListed) {
    const close = () => (isListed = false);
    parts.push(panel("warning", found.warnings, of("warning"), found.editor, close, found));
  } else {
    const parts_of_label = [counted(found.errors, "error"), counted(found.warnings, "warning")];
    const label = parts_of_label.filter(Boolean).join(", ");
    const corner = element("button", { type: "button", className: "corner", textContent: label });
    corner.addEventListener("click", () => {
      closed = undefined;
      isListed = true;
      show(found);
      host.shadowRoot.querySelector(".close")?.focus();
    });
    parts.push(corner);
  }
  host.shadowRoot.replaceChildren(...parts);
}

const counted = (count, word) => count && `${count} ${word}${count === 1 ? "" : "s"}`;

function panel(severity, count, problems, editor, close, found) {
  const button = element("button", { type: "button", className: "close", textContent: "Close" });
  button.addEventListener("click", () => {
    close();
    show(found);
  });
  const title = element("h2", { id: "title", textContent: counted(count, severity) });
  const more = count - problems.length;
  const made = element("section", { className: `panel ${severity}` }, [
    element("header", {}, [title, button]),
    ...problems.map((problem) => report(problem, editor)),
    ...(more > 0 ? [element("p", { textContent: `${more} more: the terminal has them` })] : []),
  ]);
  made.setAttribute("role", severity === "error" ? "alert" : "region");
  made.setAttribute("aria-labelledby", "title");
  made.tabIndex = -1;
  made.addEventListener("keydown", ({ key }) => key === "Escape" && button.click());
  return made;
}

/** The terminal's text; its places can be clicked where an editor is known. */
function report({ text }, editor) {
  const lines = text.split("\n").map((line, number) => {
    const place = /^(\s*(?:-->|:::) )(.+?)(?::(\d+):(\d+))?$/.exec(line);
    const end = number ? "\n" : "";
    if (place && editor) {
      const [, arrow, path, row = 1, column = 1] = place;
      const link = element("button", {
        type: "button",
        className: "place",
        textContent: line.slice(arrow.length),
        title: "Open in the editor",
      });
      link.addEventListener("click", () => openPlace(link, { path, line: +row, column: +column }));
      return [end + arrow, link];
    }
    const isTitle = /^(error|warning)\[/.test(line);
    return [end, element(isTitle ? "strong" : "span", { textContent: line })];
  });
  return element("pre", { tabIndex: 0 }, lines.flat());
}

async function openPlace(link, place) {
  const answer = await fetch(new URL("open", FOLDER), {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Viva-Token": state.token },
    body: JSON.stringify(place),
  }).catch(() => undefined);
  if (!answer?.ok) link.title = (await answer?.text()) ?? "The server is away";
  link.classList.toggle("failed", !answer?.ok);
}

// ---- Service workers -------------------------------------------------------------------------

// Another site may have had this port and left one, which would answer in the server's place.
navigator.serviceWorker?.getRegistrations?.().then(
  (workers) => workers.forEach((worker) => worker.unregister()),
  () => {},
);
