// Looks questions up in the index that the build made: `src/search/FORMAT.md` describes its files.
// Nothing here knows of the page; whoever calls gives `load`, which gets a file's JSON.

import { stem, tokens } from "./tokens.js";

// What is added for a word that is found in other forms than as typed, in the order of trust.
const TRUST = { exact: 1, joined: 0.95, part: 0.3, partAlone: 0.8, split: 0.8, prefix: 0.75, begun: 0.5, typo: 0.45, root: 0.45, pair: 0.3 };

// A search of more words is a text: only its first ones count.
const MOST_WORDS = 24;
// A short beginning of a word is the beginning of many: those that say most count.
const MOST_PREFIXED = 160;
// What a word that is not typed to its end lies farther from a term than one that is.
const UNTYPED = 0.4;
// Corrections of one word.
const MOST_TYPOS = 6;
// No beginning of a word counts for less than a word in this share of all questions.
const COMMON = 0.25;
// What a word counts for that nobody knows, beside impacts.
const UNKNOWN = 8;

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

const LAST = digits("0123456789abcdefghijklmnopqrstuv");
const BEFORE = digits("QRSTUVWXYZwxyz!#$%&()*+,-./:;<=>");
const IMPACT = digits("ABCDEFGHIJKLMNOP");

function digits(alphabet) {
  const values = new Int8Array(128).fill(-1);
  for (let at = 0; at < alphabet.length; at += 1) values[alphabet.charCodeAt(at)] = at;
  return values;
}

/** Calls `found` with every number of a text, and `impact` with what is no digit. */
function numbers(text, found, impact) {
  let high = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (LAST[code] >= 0) {
      found(high * 32 + LAST[code]);
      high = 0;
    } else if (BEFORE[code] >= 0) high = high * 32 + BEFORE[code];
    else impact(IMPACT[code]);
  }
}

function column(text) {
  const values = [];
  numbers(text, (value) => values.push(value));
  return values;
}

function ascending(text) {
  const values = [];
  let next = 0;
  numbers(text, (gap) => {
    values.push(next + gap);
    next += gap + 1;
  });
  return values;
}

/** Sorted terms from a text in which each is written after the one before it. */
function readTerms(text) {
  let before = "";
  return text.split(" ").map((entry) => {
    before = before.slice(0, LAST[entry.charCodeAt(0)]) + entry.slice(1);
    return before;
  });
}

/** The place of the first term that is not before this one. */
function place(terms, term) {
  let [low, high] = [0, terms.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (terms[middle] < term) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Sorted terms with their postings, which are read when they are needed. */
class Shard {
  constructor({ terms, postings }, impacts) {
    this.terms = readTerms(terms);
    this.texts = postings.split(" ");
    this.impacts = impacts;
    this.read = new Map();
  }

  /** The postings of a term, or `undefined`. */
  get(term) {
    const at = place(this.terms, term);
    return this.terms[at] === term ? this.at(at) : undefined;
  }

  /** Questions and impacts, the highest first. */
  at(at) {
    if (!this.read.has(at)) {
      const [pages, impacts] = [[], []];
      let [impact, next] = [0, 0];
      numbers(
        this.texts[at],
        (gap) => {
          pages.push(next + gap);
          impacts.push(impact);
          next += gap + 1;
        },
        (level) => {
          impact = this.impacts[level];
          next = 0;
        },
      );
      this.read.set(at, { term: this.terms[at], pages, impacts, highest: impacts[0] ?? 0 });
    }
    return this.read.get(at);
  }

  /** The highest impact of the term at a place, without reading the others. */
  highest(at) {
    const text = this.texts[at];
    return text ? this.impacts[IMPACT[text.charCodeAt(0)]] : 0;
  }
}

/** The first file, and the way to the others. */
class Manifest {
  constructor(json, get) {
    this.json = json;
    this.get = get;
    this.stem = json.language.split("-")[0] === "en" ? stem : (token) => token;
    const { terms, pages } = json;
    if (terms.postings !== undefined) {
      this.whole = new Shard(terms, json.impacts);
    }
    if (!Array.isArray(pages)) this.firsts = ascending(pages.from);
  }

  shard(number) {
    if (this.whole) return this.whole;
    return this.get(this.json.terms.shards[number], (json) => new Shard(json, this.json.impacts));
  }

  /** The numbers of the shards that may have terms with this beginning. */
  shardsOf(beginning) {
    if (this.whole) return [0];
    const { from } = this.json.terms;
    const first = Math.max(0, place(from, beginning) - (from[place(from, beginning)] === beginning ? 0 : 1));
    let last = first;
    while (last + 1 < from.length && from[last + 1].startsWith(beginning)) last += 1;
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  }

  shardOf(term) {
    return this.shardsOf(term)[0];
  }

  /** All terms with a set of their letters each, to find what was mistyped. */
  vocabulary() {
    const withLetters = (terms) => ({ terms, letters: Uint32Array.from(terms, lettersOf) });
    if (this.whole) {
      this.all ??= withLetters(this.whole.terms);
      return this.all;
    }
    return this.get(this.json.terms.vocabulary, (text) => withLetters(readTerms(text)));
  }

  async pages(numbers) {
    if (!this.firsts) return numbers.map((number) => this.json.pages[number]);
    const chunkOf = (number) => {
      const at = place(this.firsts, number);
      return this.firsts[at] === number ? at : at - 1;
    };
    const load = (number) => this.get(this.json.pages.chunks[chunkOf(number)], (json) => json);
    const chunks = await Promise.allSettled(numbers.map(load));
    return numbers.map((number, at) => chunks[at].value?.[number - this.firsts[chunkOf(number)]]);
  }

  facets() {
    const read = ({ tags, ...columns }) => {
      const facets = { tags: new Map(tags.map(([tag, text]) => [tag, ascending(text)])) };
      for (const name of Object.keys(columns)) facets[name] = column(columns[name]);
      return facets;
    };
    const { facets } = this.json;
    if (typeof facets === "string") return this.get(facets, read);
    this.columns ??= read(facets);
    return this.columns;
  }
}

/** A set of 32 kinds of letters: two words with few different ones may be a slip apart. */
function lettersOf(term) {
  let set = 0;
  for (let at = 0; at < term.length; at += 1) set |= 1 << (term.charCodeAt(at) & 31);
  return set;
}

function bits(set) {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/**
 * How many slips lie between what was typed and a term: letters wrong, left out, put in, or two
 * exchanged. `Infinity` above `most`. If `begun`, only the term's beginning counts.
 */
export function slips(typed, term, most, begun = false) {
  const [m, n] = [typed.length, begun ? Math.min(term.length, typed.length + most) : term.length];
  if (Math.abs(m - n) > most && !(begun && n > m)) return Infinity;
  let [before, last, row] = [[], Array.from({ length: n + 1 }, (_, j) => j), []];
  for (let i = 1; i <= m; i += 1) {
    row = [i];
    let least = i;
    for (let j = 1; j <= n; j += 1) {
      const same = typed[i - 1] === term[j - 1];
      let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      const exchanged = i > 1 && j > 1 && typed[i - 1] === term[j - 2] && typed[i - 2] === term[j - 1];
      if (exchanged) cost = Math.min(cost, before[j - 2] + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return Infinity;
    [before, last] = [last, row];
  }
  const found = begun ? Math.min(...last) : last[n];
  return found <= most ? found : Infinity;
}

/** How many slips a word of this length may have. */
const mostSlips = (length) => (length < 4 ? 0 : length < 7 ? 1 : 2);

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
  const state = { manifest, failed: false };
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
    total[page] *= 0.25 + 0.75 * share * share;
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
    ways.push(...evened(await prefixed(state, typed, key, exact), questions));
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
  return { ways, weight, joined, isCommon: exact?.pages.length === 0 };
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
  const trust = exact?.highest ? TRUST.begun : TRUST.prefix;
  return found.slice(0, MOST_PREFIXED).map(({ each, at }) => ({ sum: [each.at(at)], trust }));
}

/** Terms that may have been meant: with slips, as two words, or of the same root. */
async function corrected(state, typed, key, isOpen) {
  const { manifest } = state;
  if (typed.length < 4) return [];
  const near = await shard(state, manifest.shardOf(key));
  let found = near ? mistyped(near.terms, undefined, typed, key, isOpen) : [];
  // One slip after the first letters, and nothing else need be looked through.
  if (found[0]?.distance !== 1) {
    try {
      const { terms, letters } = await manifest.vocabulary();
      found = mistyped(terms, letters, typed, key, isOpen);
      if (!found.length) found = [...split(manifest, terms, letters, typed), ...ofRoot(terms, key)];
    } catch {
      state.failed = true;
    }
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

/** The terms with the fewest slips. */
function mistyped(terms, letters, typed, key, isOpen) {
  const most = mostSlips(typed.length);
  // Terms have no endings, and what looks like one may be a slip itself.
  const endings = ["", "s", "es", "ed", "ing", "e"].filter((ending) => typed.endsWith(ending));
  const bases = [...new Set([...endings.map((ending) => typed.slice(0, typed.length - ending.length)), key])]
    .filter((base) => base === typed || base.length > 3)
    .map((base) => ({ base, set: lettersOf(base), most: mostSlips(base.length) }));
  const found = [];
  for (let at = 0; at < terms.length; at += 1) {
    const term = terms[at];
    if (term.length < 3 || term.includes("~")) continue;
    const set = letters ? letters[at] : lettersOf(term);
    let distance = Infinity;
    for (const { base, set: own, most } of bases) {
      if (Math.abs(base.length - term.length) > most || bits(set ^ own) > 2 * most) continue;
      distance = Math.min(distance, slips(base, term, most));
    }
    // What is not yet typed is no slip.
    if (isOpen && distance > 1 && bits(~set & bases[0].set) <= most) {
      distance = Math.min(distance, slips(typed, term, most, true) + UNTYPED);
    }
    if (distance <= most + UNTYPED) {
      // Few mistype the first letter.
      const first = term[0] === typed[0] ? 0 : 0.3;
      found.push({ terms: [term], distance, rank: distance + first });
    }
  }
  found.sort((a, b) => a.rank - b.rank || a.terms[0].length - b.terms[0].length);
  const least = found[0]?.rank ?? 0;
  return found
    .filter(({ rank }) => rank < least + 0.8)
    .slice(0, MOST_TYPOS)
    .map((entry) => ({ ...entry, trust: TRUST.typo * (1 - 0.18 * (entry.rank - 1)) }));
}

/** Two words between which no space was typed. */
function split(manifest, terms, letters, typed) {
  const has = (word) => terms[place(terms, manifest.stem(word))] === manifest.stem(word);
  const found = [];
  for (let at = 2; at + 2 <= typed.length; at += 1) {
    const [first, second] = [typed.slice(0, at), typed.slice(at)];
    if (has(first) && has(second)) {
      found.push({ terms: [manifest.stem(first), manifest.stem(second)], trust: TRUST.split, balance: Math.min(at, typed.length - at) });
    }
  }
  if (found.length) return found.sort((a, b) => b.balance - a.balance).slice(0, 2);
  // One of the two may have a slip, too.
  for (let at = 4; at + 4 <= typed.length; at += 1) {
    const halves = [typed.slice(0, at), typed.slice(at)];
    for (const [sure, unsure] of [halves, halves.toReversed()]) {
      if (!has(sure)) continue;
      const key = manifest.stem(unsure);
      const [near] = mistyped(terms, letters, unsure, key, false);
      if (near?.distance === 1) {
        found.push({ terms: [manifest.stem(sure), ...near.terms], trust: TRUST.split * 0.8, balance: Math.min(at, typed.length - at) });
      }
    }
  }
  return found.sort((a, b) => b.balance - a.balance).slice(0, 2);
}

/** Terms that begin alike: `serialization` and `serialised`. */
function ofRoot(terms, key) {
  const least = Math.max(5, Math.ceil(key.length * 0.6));
  if (key.length < least) return [];
  const root = key.slice(0, least);
  const found = [];
  for (let at = place(terms, root); terms[at]?.startsWith(root); at += 1) found.push({ terms: [terms[at]], trust: TRUST.root });
  return found.slice(0, MOST_TYPOS);
}
