// What a reader chose, kept in this browser. `early.js` reads the same entry.

const ENTRY = "viva";

// For browsers that keep nothing: the choice holds as long as the page is open.
let unkept = {};

/** All choices, by name. */
function all() {
  try {
    return JSON.parse(localStorage.getItem(ENTRY) ?? "{}") ?? {};
  } catch {
    return unkept;
  }
}

/** A choice, or `undefined` where none was made. */
export function preference(name) {
  return all()[name];
}

/** Keeps a choice; `undefined` takes it back. */
export function choose(name, value) {
  const choices = { ...all(), [name]: value };
  unkept = choices;
  try {
    localStorage.setItem(ENTRY, JSON.stringify(choices));
  } catch {
    // It holds for this page.
  }
}

/** Calls `changed` after a choice was made in another tab. */
export function onChoiceElsewhere(changed) {
  addEventListener("storage", (event) => {
    if (event.key === ENTRY || event.key === null) changed();
  });
}
