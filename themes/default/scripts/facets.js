// The filters of the page of all questions.

import { numbers } from "./search.js";

/** From here on a number says which facet it is that stops a question. */
const STOPPED = 2;

/** The filters of these boxes, for columns of the index and what it says of itself. */
export function openFilters(boxes) {
  const tellers = new Map(boxes.map((box) => [box, teller(box)]));
  return (columns, about) => filtering(boxes, tellers, columns, about);
}

/** Writes a number beside a box. */
function teller(box) {
  const label = box.closest("label");
  const count = label.querySelector("[data-count]");
  let told;
  return (n) => {
    if (n === told) return;
    told = n;
    count.textContent = numbers.format(n);
    label.classList.toggle("none", n === 0);
  };
}

/** What the filters let pass: any of one facet will do, but all facets must. */
function filtering(boxes, tellers, columns, about) {
  const ids = { guide: about.guides, level: about.levels, topic: about.topics, kind: about.kinds.map((id) => ({ id })) };
  const facets = [...new Set(boxes.map((box) => box.name))].map((name) => {
    const own = boxes.filter((box) => box.name === name);
    const checked = own.filter((box) => box.checked);
    if (name === "tag") {
      const having = new Set(checked.flatMap((box) => columns.tags.get(box.value) ?? []));
      return { own, passes: checked.length ? (question) => having.has(question) : undefined };
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
          tellers.get(box)(n);
        }
      }
    },
  };
}
