// How good, how light and how quick the search is: see README.md in this folder.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import * as peers from "./peers.mjs";
import { kinds, queries } from "./queries.mjs";
import { browser, serve } from "./site.mjs";

const USAGE = `\
Usage: node benches/search/run.mjs [OPTIONS]

  --viva PATH     the program (target/release/viva)
  --root DIR      the handbook whose questions are searched for (.)
  --sizes N,N,…   made-up handbooks for bytes and latency (100,1000,10000); 0 for none
  --dir DIR       where to write them (the system's temporary folder)
  --rounds N      rounds of the latency, one contestant after the other (3)
  --missed        name every query that is not answered first`;

const { values: options } = parseArgs({
  options: {
    viva: { type: "string", default: "target/release/viva" },
    root: { type: "string", default: "." },
    sizes: { type: "string", default: "100,1000,10000" },
    dir: { type: "string", default: tmpdir() },
    rounds: { type: "string", default: "3" },
    missed: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (options.help) {
  console.log(USAGE);
  process.exit(0);
}

const viva = resolve(options.viva);
if (!existsSync(viva)) {
  console.error(`there is no ${viva}: cargo build --release`);
  process.exit(2);
}
const folder = mkdtempSync(join(options.dir, "viva-search-"));
const chromium = await browser();
try {
  await relevance();
  const sizes = options.sizes.split(",").map(Number).filter(Boolean);
  for (const size of sizes) await cost(size);
} finally {
  await chromium.close();
  rmSync(folder, { recursive: true, force: true });
}

function build(root, out) {
  execFileSync(viva, ["build", "--root", root, "--out", out], { stdio: ["ignore", "ignore", "pipe"] });
}

/** The lists of queries that the handbook is asked. */
async function relevance() {
  const out = join(folder, "handbook");
  build(options.root, out);
  const { questions } = JSON.parse(readFileSync(join(out, "questions.json"), "utf8"));
  for (const list of ["queries.yaml", "unseen.yaml"]) await judge(list, out, questions);
}

/** Success at 1, 3 and 10, and mean reciprocal rank. */
async function judge(list, out, questions) {
  const all = queries(list);
  const known = new Set(questions.map(({ slug }) => slug));
  const absent = new Set(all.flatMap(({ slugs }) => slugs).filter((slug) => !known.has(slug)));
  if (absent.size) console.log(`not in this handbook: ${[...absent].join(", ")}`);
  const asked = all.filter(({ slugs }) => slugs.some((slug) => known.has(slug)));
  const site = await serve(out, await peers.files(out, questions));
  // Pagefind runs WebAssembly, which the site's policy refuses.
  const page = await chromium.newPage({ bypassCSP: true });
  await page.goto(`${site.url}questions/`);
  console.log(`\n${list}: ${asked.length} queries, ${questions.length} questions\n`);
  const rows = [["", ...kinds(asked).flatMap((kind) => [kind, "", "", ""]), "all", "", "", ""]];
  rows.push(["", ...Array.from({ length: rows[0].length - 1 }, (_, at) => ["@1", "@3", "@10", "MRR"][at % 4])]);
  for (const contestant of peers.CONTESTANTS) {
    const found = await page.evaluate(contestant.run, { names: scripts(out), queries: asked.map(({ query }) => query) });
    const ranks = asked.map(({ slugs }, at) => found[at].slice(0, 10).findIndex((path) => slugs.includes(slug(path))) + 1);
    const of = (kind) => {
      const own = ranks.filter((_, at) => !kind || asked[at].kind === kind);
      const share = (passes) => ((100 * own.filter(passes).length) / own.length).toFixed(1);
      const reciprocal = own.reduce((sum, rank) => sum + (rank && 1 / rank), 0) / own.length;
      return [share((rank) => rank === 1), share((rank) => rank && rank <= 3), share((rank) => rank), reciprocal.toFixed(3)];
    };
    rows.push([contestant.name, ...kinds(asked).flatMap(of), ...of()]);
    if (options.missed && contestant.name === "viva") {
      for (const [at, rank] of ranks.entries()) {
        if (rank !== 1) console.log(`${asked[at].kind}: ${asked[at].query}: ${rank || "not found"}: ${found[at].slice(0, 3).map(slug).join(", ")}`);
      }
    }
  }
  print(rows);
  await page.close();
  site.close();
}

function slug(path) {
  return path.split("/").filter(Boolean).at(-1);
}

/** The site's scripts by the names that they have in the theme. */
function scripts(out) {
  const names = readdirSync(join(out, "assets/scripts"));
  return Object.fromEntries(names.map((name) => [name.split(".")[0], `/assets/scripts/${name}`]));
}

/** Bytes from the focus to the first results, and the time from a key to results in the page. */
async function cost(size) {
  const corpus = join(folder, "corpus");
  execFileSync("cargo", ["bench", "--bench", "build", "--", "--only", "viva", "--sizes", size, "--corpus", corpus], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const root = join(corpus, String(size), "viva");
  const out = join(folder, "site");
  build(root, out);
  const { questions } = JSON.parse(readFileSync(join(out, "questions.json"), "utf8"));
  const site = await serve(out, await peers.files(out, questions, false));
  const typed = words(questions);
  console.log(`\n${size} questions\n`);

  const bytes = [["bytes, gzip", "two words", "a word with a slip"]];
  for (const place of [`python/${questions[0].slug}/`, "questions/"]) {
    const row = [place === "questions/" ? "all questions" : "below a field"];
    for (const query of [typed[0], misspelt(typed[1])]) row.push(await weigh(site, place, query));
    bytes.push(row);
  }
  print(bytes);

  const contestants = new Map(["viva", "minisearch"].map((name) => [name, []]));
  for (let round = 0; round < Number(options.rounds); round += 1) {
    contestants.get("viva").push(...(await keystrokes(site, typed)));
    contestants.get("minisearch").push(...(await peers.latency(chromium, site, typed)));
  }
  const rows = [["ms, key to results in the page", "keys", "p50", "p95", "most"]];
  for (const [name, times] of contestants) {
    times.sort((a, b) => a - b);
    const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(2);
    rows.push([name, times.length, at(0.5), at(0.95), times.at(-1).toFixed(2)]);
  }
  print(rows);
  site.close();
  rmSync(out, { recursive: true });
  rmSync(corpus, { recursive: true });
}

/** Two words each of a few titles: as long as what people type. */
function words(questions) {
  const step = Math.max(1, Math.floor(questions.length / 12));
  return questions
    .filter((_, at) => at % step === 0)
    .slice(0, 12)
    .map(({ title }) => title.toLowerCase().match(/[a-z]{5,}/g)?.slice(-2).join(" ") ?? "python");
}

function misspelt(query) {
  return query.split(" ").at(-1).replace(/(.)(.)(?=..$)/, "$2$1");
}

async function weigh(site, place, query) {
  const context = await chromium.newContext();
  const page = await context.newPage();
  await page.goto(site.url + place, { waitUntil: "networkidle" });
  site.sent.length = 0;
  await page.focus("#search");
  await page.keyboard.insertText(query);
  await page.waitForSelector(".results a, #found a");
  await page.waitForLoadState("networkidle");
  const bytes = site.sent.reduce((sum, { bytes }) => sum + bytes, 0);
  const files = site.sent.length;
  await context.close();
  return `${(bytes / 1000).toFixed(1)} kB in ${files} files`;
}

/** Types every query twice; what the first time loads is there the second time. */
async function keystrokes(site, typed) {
  const page = await chromium.newPage();
  await page.goto(`${site.url}questions/`);
  await page.focus("#search");
  for (const query of typed) {
    await page.fill("#search", "");
    await page.keyboard.type(query, { delay: 15 });
    await page.waitForTimeout(150);
  }
  await page.evaluate(() => performance.clearMeasures("search"));
  for (const query of typed) {
    await page.fill("#search", "");
    await page.keyboard.type(query, { delay: 40 });
    await page.waitForTimeout(60);
  }
  const times = await page.evaluate(() => performance.getEntriesByName("search").map(({ duration }) => duration));
  await page.close();
  return times;
}

function print(rows) {
  const width = (column) => Math.max(...rows.map((row) => String(row[column] ?? "").length));
  const widths = rows[1].map((_, column) => width(column));
  for (const row of rows) {
    console.log(row.map((cell, at) => (at ? String(cell).padStart(widths[at]) : String(cell).padEnd(widths[at]))).join("  ").trimEnd());
  }
}
