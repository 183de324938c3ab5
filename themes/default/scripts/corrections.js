// Terms that may have been meant where none is as typed.

import { lettersOf, place } from "./index.js";

const TRUST = { split: 0.8, typo: 0.45, root: 0.45 };

// What a word that is not typed to its end lies farther from a term than one that is.
const UNTYPED = 0.4;
// What each further slip takes from the trust.
const FARTHER = 0.5;
// Corrections of one word.
const MOST_TYPOS = 6;

/**
 * How many slips lie between what was typed and a term: letters wrong, left out, put in, or two
 * exchanged. `Infinity` above `most`. If `begun`, only the term's beginning counts.
 */
function slips(typed, term, most, begun = false) {
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

function bits(set) {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** The terms with the fewest slips. */
export function mistyped(terms, letters, typed, key, isOpen) {
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
    const set = letters[at];
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
    .map((entry) => ({ ...entry, trust: TRUST.typo * (1 - FARTHER * (entry.rank - 1)) }));
}

/** Two words between which no space was typed. */
export function split(manifest, terms, letters, typed) {
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
export function ofRoot(terms, key) {
  const least = Math.max(5, Math.ceil(key.length * 0.6));
  if (key.length < least) return [];
  const root = key.slice(0, least);
  const found = [];
  for (let at = place(terms, root); terms[at]?.startsWith(root); at += 1) {
    if (!terms[at].includes("~")) found.push({ terms: [terms[at]], trust: TRUST.root });
  }
  return found.slice(0, MOST_TYPOS);
}
