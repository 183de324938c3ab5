// The peers, each as its own guide says to use it for such pages, and Viva's search beside them.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as pagefind from "pagefind";

const require = createRequire(import.meta.url);

/** A question as one text, in the public data's Markdown. */
function text(question) {
  const list = (of) => of ?? [];
  return [
    question.assesses,
    ...list(question.strong_answers),
    ...list(question.red_flags),
    ...Object.values(question.by_level ?? {}),
    ...list(question.follow_ups).flatMap((ask) => [ask.ask, ask.assesses, ...list(ask.strong_answers), ...list(ask.red_flags)]),
    question.prompt,
    question.answer,
  ]
    .filter(Boolean)
    .join("\n");
}

/** The peers' libraries, the texts that they index, and Pagefind's index of the same pages. */
export async function files(out, questions, withPagefind = true) {
  const documents = questions.map((question, id) => ({
    id,
    path: question.url,
    title: question.title,
    labels: [question.topic, question.level, ...question.tags, question.slug.replaceAll("-", " ")].join(" "),
    text: text(question),
  }));
  const found = new Map([
    ["/peers/documents.json", Buffer.from(JSON.stringify(documents))],
    ["/peers/minisearch.js", readFileSync(require.resolve("minisearch").replace(/dist\/.*/, "dist/es/index.js"))],
    ["/peers/elasticlunr.js", readFileSync(require.resolve("elasticlunr"))],
  ]);
  if (withPagefind) {
    const { index } = await pagefind.createIndex();
    for (const { url } of questions) {
      const content = readFileSync(join(out, url, "index.html"), "utf8").replace('<main id="main"', '<main data-pagefind-body id="main"');
      await index.addHTMLFile({ url, content });
    }
    const { files } = await index.getFiles();
    for (const { path, content } of files) found.set(`/pagefind/${path}`, Buffer.from(content));
    await pagefind.close();
  }
  return found;
}

/** Each runs in the page: from queries to the paths of the first ten results. */
export const CONTESTANTS = [
  {
    name: "viva",
    run: async ({ names, queries }) => {
      const { openIndex } = await import(names.lookup);
      const index = openIndex(async (name) => (await fetch(`/search/${name}`)).json());
      const found = [];
      for (const query of queries) {
        const { hits } = await index.find(query, { limit: 10 });
        found.push((await index.pages(hits)).map(([path]) => path));
      }
      return found;
    },
  },
  {
    name: "MiniSearch",
    run: async ({ queries }) => {
      const { default: MiniSearch } = await import("/peers/minisearch.js");
      const search = new MiniSearch({
        fields: ["title", "labels", "text"],
        storeFields: ["path"],
        searchOptions: { boost: { title: 3, labels: 2 }, prefix: true, fuzzy: 0.2 },
      });
      search.addAll(await (await fetch("/peers/documents.json")).json());
      return queries.map((query) => search.search(query).slice(0, 10).map(({ path }) => path));
    },
  },
  {
    name: "Pagefind",
    run: async ({ queries }) => {
      const pagefind = await import("/pagefind/pagefind.js");
      const found = [];
      for (const query of queries) {
        const { results } = await pagefind.search(query);
        const data = await Promise.all(results.slice(0, 10).map((result) => result.data()));
        found.push(data.map(({ url }) => url));
      }
      return found;
    },
  },
  {
    name: "elasticlunr",
    run: async ({ queries }) => {
      await new Promise((done) => {
        const script = document.createElement("script");
        script.src = "/peers/elasticlunr.js";
        script.onload = done;
        document.head.append(script);
      });
      const { elasticlunr } = globalThis;
      const index = elasticlunr(function () {
        for (const field of ["title", "labels", "text"]) this.addField(field);
        this.setRef("id");
        this.saveDocument(false);
      });
      const documents = await (await fetch("/peers/documents.json")).json();
      for (const document of documents) index.addDoc(document);
      const options = { fields: { title: { boost: 3 }, labels: { boost: 2 }, text: { boost: 1 } }, expand: true };
      return queries.map((query) => index.search(query, options).slice(0, 10).map(({ ref }) => documents[ref].path));
    },
  },
];

/** MiniSearch behind a field: from the key to a list of twenty links in the page. */
export async function latency(chromium, site, typed) {
  const page = await chromium.newPage();
  await page.goto(`${site.url}404.html`);
  await page.evaluate(async () => {
    const { default: MiniSearch } = await import("/peers/minisearch.js");
    const search = new MiniSearch({
      fields: ["title", "labels", "text"],
      storeFields: ["path", "title"],
      searchOptions: { boost: { title: 3, labels: 2 }, prefix: true, fuzzy: 0.2 },
    });
    search.addAll(await (await fetch("/peers/documents.json")).json());
    const field = document.createElement("input");
    field.id = "peer";
    const list = document.createElement("ul");
    document.querySelector("main").replaceChildren(field, list);
    field.addEventListener("input", (event) => {
      const items = search.search(field.value).slice(0, 20).map(({ path, title }) => {
        const item = document.createElement("li");
        const link = document.createElement("a");
        link.href = path;
        link.textContent = title;
        item.append(link);
        return item;
      });
      list.replaceChildren(...items);
      performance.measure("peer", { start: event.timeStamp, end: performance.now() });
    });
  });
  await page.focus("#peer");
  for (const query of typed) {
    await page.fill("#peer", "");
    await page.keyboard.type(query, { delay: 40 });
    await page.waitForTimeout(60);
  }
  const times = await page.evaluate(() => performance.getEntriesByName("peer").map(({ duration }) => duration));
  await page.close();
  return times;
}
