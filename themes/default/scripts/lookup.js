// Looks questions up in the index that the build made: `src/search/FORMAT.md` describes its files.
// Nothing here knows of the page; whoever calls gives `load`, which gets a file's JSON.

import { mistyped, ofRoot, split } from "./corrections.js";
import { Manifest, place } from "./index.js";
import { tokens } from "./tokens.js";

// What is added for a word that is found in other forms than as typed, in the order of trust.
const TRUST = { exact: 1, joined: 0.95, part: 0.2, partAlone: 0.6, prefix: 0.75, begunAlone: 0.75, begun: 0.4, stemmed: 0.4, pair: 0.3 };

// A search of more words is a text: only its first ones count.
const MOST_WORDS = 24;
// A short beginning of a word is the beginning of many: those that say most count.
const MOST_PREFIXED = 160;
// No beginning of a word counts for less than a word in this share of all questions.
const COMMON = 0.25;
// What is left of the score of a page that has next to nothing of what was typed.
const PARTIAL = 0.4;
// What a word counts for that nobody knows, beside impacts.
const UNKNOWN = 8;
// Words of every question that are no words of Python, and what they and single letters count for.
const FILLERS = new Set(
  "a an the of to at my your our i me we you it its do does did how what why when which who can could should would will shall there that these those be am are was were get gets got vs versus please".split(" "),
);
const FILLER = 0.2;
const LETTER = 0.4;

/**
 * An index. `load(name)` promises the JSON of a file below `search/`; a file that fails is asked for
 * again when it is needed again.
 */
export function openIndex(load) {
  const promises = new Map();
  const get = (name, read) => {
    if (!promises.has(name)) {
      const promise = load(name).then(read);
      promise.catch(() => promises.delete(name));
      promises.set(name, promise);
    }
    return promises.get(name);
  };
  const manifest = () => get("index.json", (json) => new Manifest(json, get));
  return {
    /** Forgets everything, since the files of a site that was built anew have other names. */
    forget: () => promises.clear(),
    /** What the index says of itself. */
    about: async () => (await manifest()).json,
    /** See `find`. */
    find: async (query, wanted) => find(await manifest(), query, wanted),
    /** Path, title (HTML) and sentence of questions by their numbers; `undefined` for what failed. */
    pages: async (numbers) => (await manifest()).pages(numbers),
    /** A number for each question, by facet, and the questions of each tag. */
    facets: async () => (await manifest()).facets(),
  };
}

/**
 * Finds questions. `wanted.accepts(number)` says whether the facets let one pass, `wanted.limit` how
 * many of the best are asked for. Promises:
 * - `hits`: numbers of the best questions, best first; `total`: how many the facets let pass;
 * - `matches`: numbers of all that have one of the words;
 * - `terms`: the terms of the index that were found, to be marked;
 * - `failed`: whether a file could not be loaded that might have held more.
 */
async function find(manifest, query, { accepts = () => true, limit = 20 } = {}) {
  const words = tokens(query).slice(0, MOST_WORDS);
  // What ends with a space is typed to its end.
  const isOpen = /[\p{Alphabetic}\p{N}_]$/u.test(query);
  const state = { manifest, failed: false, isAlone: words.length === 1 };
  const found = await Promise.all(
    words.map((word, at) => {
      const neighbour = words[at + 1]?.[0];
      return lookUp(state, word, isOpen && at === words.length - 1, neighbour);
    }),
  );
  found.push(...(await neighbours(state, words, isOpen)));
  // Two words that are one in the index.
  for (let at = 0; at + 1 < words.length; at += 1) found[at + 1].ways.push(...found[at].joined);
  const { questions } = manifest.json;
  const total = new Float32Array(questions);
  const covered = new Float32Array(questions);
  const own = new Float32Array(questions);
  let all = 0;
  const terms = new Set();
  for (const { ways, weight } of found) {
    all += weight;
    own.fill(0);
    for (const { sum, trust } of ways) {
      // The parts of a name count together.
      const best = sum.length > 1 ? new Float32Array(questions) : own;
      for (const { term, pages, impacts } of sum) {
        terms.add(term);
        for (let at = 0; at < pages.length; at += 1) {
          const score = trust * impacts[at];
          if (sum.length > 1) best[pages[at]] += score / sum.length;
          else if (best[pages[at]] < score) best[pages[at]] = score;
        }
      }
      if (best !== own) {
        for (let page = 0; page < questions; page += 1) own[page] = Math.max(own[page], best[page]);
      }
    }
    for (let page = 0; page < questions; page += 1) {
      if (own[page] > 0) {
        total[page] += own[page];
        covered[page] += weight;
      }
    }
  }
  const matches = [];
  for (let page = 0; page < questions; page += 1) {
    if (total[page] > 0) matches.push(page);
    // Pages that have all words come before those that have some.
    const share = all > 0 ? covered[page] / all : 0;
    total[page] *= PARTIAL + (1 - PARTIAL) * share * share;
  }
  // Words that are in nearly all questions tell none apart.
  if (!matches.length && words.length && found.every(({ isCommon }) => isCommon)) {
    for (let page = 0; page < questions; page += 1) matches.push(page);
  }
  const accepted = matches.filter(accepts);
  return { hits: best(accepted, total, limit), total: accepted.length, matches, terms, failed: state.failed };
}

/**
 * Several terms for one word count as one term that is as common as all of them together. Otherwise
 * the rarest, which is meant least often, would count most.
 */
function evened(ways, questions) {
  const rarity = (found) => Math.log(1 + (questions - found + 0.5) / (found + 0.5));
  const size = ({ sum }) => Math.max(...sum.map(({ pages }) => pages.length));
  const together = rarity(Math.min(COMMON * questions, ways.reduce((all, way) => all + size(way), 0)));
  return ways.map((way) => ({ ...way, trust: way.trust * Math.min(1, together / rarity(size(way))) }));
}

/** The numbers with the highest scores; of equal ones the first. */
function best(matches, scores, limit) {
  if (matches.length <= 4 * limit) {
    return matches.toSorted((a, b) => scores[b] - scores[a] || a - b).slice(0, limit);
  }
  const kept = [];
  for (const page of matches) {
    const score = scores[page];
    if (kept.length === limit && score <= scores[kept.at(-1)]) continue;
    let at = kept.length;
    while (at > 0 && scores[kept[at - 1]] < score) at -= 1;
    kept.splice(at, 0, page);
    if (kept.length > limit) kept.pop();
  }
  return kept;
}

/**
 * The ways in which a word is in the index, each with its trust, what the word weighs beside others,
 * and what it is together with the word after it.
 */
async function lookUp(state, [typed, ...parts], isOpen, neighbour) {
  const { manifest } = state;
  const key = manifest.stem(typed);
  const get = async (term) => (await shard(state, manifest.shardOf(term)))?.get(term);
  const [exact, ...partly] = await Promise.all([key, ...parts.map(manifest.stem)].map(get));
  const ways = [];
  if (exact) ways.push({ sum: [exact], trust: TRUST.exact });
  const known = partly.filter(Boolean);
  if (known.length) ways.push({ sum: known, trust: exact ? TRUST.part : TRUST.partAlone });
  const { questions } = manifest.json;
  if (typed.length > 1 && (isOpen || !ways.length)) {
    const begun = evened(await prefixed(state, typed, key, exact), questions);
    // `micros` is on its way to `microservices` rather than a form of `micro`.
    if (state.isAlone && exact && key !== typed && begun.length) ways[0].trust = TRUST.stemmed;
    ways.push(...begun);
  }
  if (!ways.length) ways.push(...evened(await corrected(state, typed, key, isOpen), questions));
  const joined = [];
  if (neighbour && !exact?.highest) {
    const whole = await get(manifest.stem(typed + neighbour));
    if (whole) joined.push({ sum: [whole], trust: TRUST.joined });
  } else if (neighbour && typed.length + neighbour.length > 4) {
    const whole = await get(manifest.stem(typed + neighbour));
    if (whole) joined.push({ sum: [whole], trust: TRUST.joined });
  }
  ways.push(...joined);
  const weight = exact
    ? exact.highest
    : Math.max(UNKNOWN * (ways.length ? 0 : 1), ...ways.map(({ sum, trust }) => trust * sum[0].highest));
  const share = worth(typed, manifest);
  for (const way of ways) way.trust *= share;
  return { ways, weight: weight * share, joined, isCommon: exact?.pages.length === 0 };
}

/** What a word counts for beside others: in `lambda x: x + i`, `lambda` says what is meant. */
function worth(typed, manifest) {
  if (/^[a-z]$/.test(typed)) return LETTER;
  return manifest.isEnglish && FILLERS.has(typed) ? FILLER : 1;
}

/** Words that stand side by side in titles and headings as they were typed: more, but not needed. */
async function neighbours(state, words, isOpen) {
  const { manifest } = state;
  const pairs = words.slice(1).map(async ([typed], at) => {
    const beginning = `${manifest.stem(words[at][0])}~`;
    const term = beginning + manifest.stem(typed);
    const near = await shard(state, manifest.shardOf(term));
    if (!near) return [];
    const exact = near.get(term);
    if (exact) return [{ sum: [exact], trust: TRUST.pair }];
    if (!isOpen || at < words.length - 2) return [];
    const longer = [];
    for (let at = place(near.terms, beginning + typed); near.terms[at]?.startsWith(beginning + typed); at += 1) {
      longer.push({ sum: [near.at(at)], trust: TRUST.pair * TRUST.prefix });
    }
    return longer;
  });
  return (await Promise.all(pairs)).map((ways) => ({ ways, weight: 0, joined: [], isCommon: true }));
}

/** A shard, or `undefined` where it can't be loaded. */
async function shard(state, number) {
  try {
    return await state.manifest.shard(number);
  } catch {
    state.failed = true;
    return undefined;
  }
}

/** Terms that begin with what was typed. */
async function prefixed(state, typed, key, exact) {
  const { manifest } = state;
  const shards = await Promise.all(manifest.shardsOf(typed).map((number) => shard(state, number)));
  const found = [];
  for (const each of shards) {
    if (!each) continue;
    for (let at = place(each.terms, typed); each.terms[at]?.startsWith(typed); at += 1) {
      const highest = each.highest(at);
      if (highest && each.terms[at] !== key) found.push({ each, at, highest });
    }
  }
  found.sort((a, b) => b.highest - a.highest);
  const trust = exact?.highest ? (state.isAlone ? TRUST.begunAlone : TRUST.begun) : TRUST.prefix;
  return found.slice(0, MOST_PREFIXED).map(({ each, at }) => ({ sum: [each.at(at)], trust }));
}

/** Terms that may have been meant: with slips, as two words, or of the same root. */
async function corrected(state, typed, key, isOpen) {
  const { manifest } = state;
  if (typed.length < 4) return [];
  let found = [];
  try {
    const { terms, letters } = await manifest.vocabulary();
    found = mistyped(terms, letters, typed, key, isOpen);
    if (!found.length) found = [...split(manifest, terms, letters, typed), ...ofRoot(terms, key)];
  } catch {
    state.failed = true;
  }
  const ways = await Promise.all(
    found.map(async ({ terms, trust }) => {
      const sum = await Promise.all(
        terms.map(async (term) => (await shard(state, manifest.shardOf(term)))?.get(term)),
      );
      return { sum: sum.filter((postings) => postings?.highest), trust };
    }),
  );
  return ways.filter(({ sum }) => sum.length);
}
