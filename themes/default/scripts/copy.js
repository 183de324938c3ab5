// Puts code and whole questions on the clipboard.

import { onKey } from "./keys.js";

const status = document.querySelector("#copied");

/** Whether it worked. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Browsers keep the clipboard from pages that came without encryption. This is the way of old.
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    if (!copied) return false;
  }
  // Emptied first: a status is read out when it changes.
  status.textContent = "";
  requestAnimationFrame(() => (status.textContent = status.dataset.text));
  return true;
}

/** Shows on the button for a moment that it worked. */
function confirm(button) {
  const words = button.textContent;
  if (button.dataset.done === words) return;
  button.textContent = button.dataset.done;
  setTimeout(() => (button.textContent = words), 1500);
}

/** The code without the prompts and the answers of an interpreter's session. */
function code(block) {
  const lines = block.textContent.split("\n");
  const prompt = /^(>>>|\.\.\.)( |$)/;
  const typed = lines.filter((line) => prompt.test(line));
  const isSession = block.querySelector(".p") && typed.length;
  return isSession ? typed.map((line) => line.replace(prompt, "")).join("\n") : block.textContent;
}

const model = document.querySelector("#copy-code").content.firstElementChild;
for (const pre of document.querySelectorAll("main pre.code")) {
  const block = document.createElement("div");
  block.className = "copyable";
  const button = model.cloneNode(true);
  button.addEventListener("click", async () => {
    if (await copy(code(pre))) confirm(button);
  });
  pre.replaceWith(block);
  block.append(pre, button);
}

const whole = document.querySelector("[data-copy-question]");
if (whole) {
  const copyQuestion = async () => {
    const { markdown } = await import("./markdown.js");
    if (await copy(markdown(document.querySelector("main")))) confirm(whole);
  };
  whole.addEventListener("click", copyQuestion);
  onKey("c", copyQuestion);
}
