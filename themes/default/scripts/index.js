// The index's files as the build wrote them: `src/search/FORMAT.md` describes them.

import { stem } from "./tokens.js";

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
export function place(terms, term) {
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
export class Manifest {
  constructor(json, get) {
    this.json = json;
    this.get = get;
    this.isEnglish = json.language.split("-")[0] === "en";
    this.stem = this.isEnglish ? stem : (token) => token;
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
export function lettersOf(term) {
  let set = 0;
  for (let at = 0; at < term.length; at += 1) set |= 1 << (term.charCodeAt(at) & 31);
  return set;
}
