// A question page as Markdown, for a document or an applicant-tracking system. It is made from what
// the page shows, so links are whole addresses, and an edition has no more than its page.

/** The whole question: title, facts, and all parts with what they reveal. */
export function markdown(main) {
  const facts = [...main.querySelectorAll(".facts > div")].map((fact) => {
    const values = [...fact.querySelectorAll("dd")].map((value) => value.textContent.trim());
    return `- ${fact.querySelector("dt").textContent.trim()}: ${values.join(", ")}`;
  });
  const parts = [
    `# ${line(main.querySelector("h1"))}`,
    facts.join("\n"),
    line(main.querySelector(".page-head .assesses")),
    ...blocks(main.querySelector(".text")),
    `<${document.querySelector("link[rel=canonical]")?.href ?? location.href}>`,
  ];
  return `${parts.filter(Boolean).join("\n\n")}\n`;
}

const SKIPPED = ".pager, .related, .tools, .references .meta, .footnotes-title, .permalink, .footnote-back, .copyable > button, svg, template";
const INLINE = "a, abbr, b, br, cite, code, del, dfn, em, i, img, input, ins, kbd, mark, q, s, samp, small, span, strong, sub, sup, time, u, var";
// Markdown has no sign for these; their tags stand in it as they are.
const KEPT = ["abbr", "cite", "dfn", "ins", "kbd", "mark", "q", "samp", "small", "sub", "sup", "u", "var"];
const ALERTS = ["note", "tip", "important", "warning", "caution"];

/** The blocks below an element; text and inline elements between blocks are paragraphs. */
function blocks(parent) {
  const found = [];
  let run = "";
  const close = () => {
    const text = lineStart(run.trim());
    if (text) found.push(text);
    run = "";
  };
  for (const node of parent?.childNodes ?? []) {
    if (node.nodeType === Node.TEXT_NODE) run += escaped(node.data);
    else if (node.nodeType !== Node.ELEMENT_NODE || node.matches(SKIPPED)) continue;
    else if (node.matches("p.label, b.label")) {
      // The name of what follows.
      close();
      found.push(`**${line(node)}**`);
    } else if (node.matches(INLINE)) run += inline(node);
    else {
      close();
      found.push(...block(node));
    }
  }
  close();
  return found;
}

function block(element) {
  const { localName } = element;
  if (/^h[1-6]$/.test(localName)) return [`${"#".repeat(localName[1])} ${line(element)}`];
  if (element.matches(".alert")) return [alert(element)];
  switch (localName) {
    case "p":
      return [lineStart(line(element))].filter(Boolean);
    case "pre":
      return [fence(element)];
    case "ul":
    case "ol":
      return [list(element)];
    case "dl":
      return [definitions(element)];
    case "blockquote":
      return [quoted(blocks(element).join("\n\n"))];
    case "table":
      return [table(element)];
    case "hr":
      return ["---"];
    case "summary": {
      const heading = element.querySelector("h1, h2, h3, h4, h5, h6");
      return heading ? block(heading) : [`**${line(element)}**`];
    }
    default:
      return blocks(element);
  }
}

function fence(pre) {
  const code = pre.querySelector("code");
  const language = /language-(\S+)/.exec(code.className)?.[1] ?? "";
  const text = code.textContent.replace(/\n?$/, "\n");
  const ticks = "`".repeat(Math.max(3, longest(text, /`+/g) + 1));
  return `${ticks}${language}\n${text}${ticks}`;
}

function list(element) {
  const isFootnotes = element.closest(".footnotes") && element.localName === "ol";
  const items = [...element.children].map((item, index) => {
    const box = item.querySelector(":scope > input, :scope > p:first-child > input");
    const task = box ? `[${box.checked ? "x" : " "}] ` : "";
    const sign = element.localName === "ul" ? "- " : `${(element.start || 1) + index}. `;
    const start = isFootnotes ? `[^${(element.start || 1) + index}]: ` : sign;
    const parts = blocks(item);
    const isTight = !isFootnotes && (parts.length < 2 || item.querySelector(":scope > :is(ul, ol)"));
    const indent = isFootnotes ? "    " : " ".repeat(sign.length);
    return start + task + parts.join(isTight ? "\n" : "\n\n").replace(/\n(?=.)/g, `\n${indent}`);
  });
  return items.join(items.some((item) => item.includes("\n\n")) ? "\n\n" : "\n");
}

function definitions(element) {
  const terms = [...element.querySelectorAll("dt")].map((term) => {
    const meaning = [];
    for (let next = term.nextElementSibling; next?.localName === "dd"; next = next.nextElementSibling) {
      meaning.push(blocks(next).join("\n\n").replace(/\n(?=.)/g, "\n  "));
    }
    return `- **${line(term)}**: ${meaning.join(" ")}`;
  });
  return terms.join("\n");
}

function alert(element) {
  const kind = ALERTS.find((kind) => element.classList.contains(kind)) ?? "note";
  const [title, ...rest] = element.children;
  const body = rest.flatMap((child) => block(child)).join("\n\n");
  return quoted(title ? `[!${kind.toUpperCase()}]\n${body}` : body);
}

function table(element) {
  const cell = (cell) => line(cell).replaceAll("|", "\\|");
  const rows = [...element.rows].map((row) => `| ${[...row.cells].map(cell).join(" | ")} |`);
  const rule = [...element.rows[0].cells].map((cell) => {
    if (cell.matches(".center")) return ":-:";
    return cell.matches(".right") ? "--:" : "---";
  });
  return [rows[0], `| ${rule.join(" | ")} |`, ...rows.slice(1)].join("\n");
}

const quoted = (text) => text.replace(/^(?=.)/gm, "> ").replace(/^$/gm, ">");

/** All of an element's text with its inline marks, on one line. */
function line(element) {
  const text = [...(element?.childNodes ?? [])].map((node) => inline(node)).join("");
  return text.replace(/\\\n +/g, "\\\n").trim();
}

function inline(node) {
  if (node.nodeType === Node.TEXT_NODE) return escaped(node.data);
  if (node.nodeType !== Node.ELEMENT_NODE || node.matches(SKIPPED)) return "";
  const inner = () => [...node.childNodes].map((child) => inline(child)).join("");
  if (node.matches(".footnote-ref")) return `[^${node.textContent.trim()}]`;
  switch (node.localName) {
    case "code":
      return codeSpan(node.textContent);
    case "em":
    case "i":
      return `*${inner()}*`;
    case "strong":
    case "b":
      return `**${inner()}**`;
    case "del":
    case "s":
      return `~~${inner()}~~`;
    case "br":
      return "\\\n";
    case "a":
      return `[${inner()}](${node.href})`;
    case "img":
      return `![${escaped(node.alt)}](${node.src})`;
    default:
      if (!KEPT.includes(node.localName)) return inner();
      return `${node.outerHTML.slice(0, node.outerHTML.indexOf(">") + 1)}${inner()}</${node.localName}>`;
  }
}

function codeSpan(text) {
  const ticks = "`".repeat(longest(text, /`+/g) + 1);
  const space = /^`|`$/.test(text) ? " " : "";
  return ticks + space + text + space + ticks;
}

const longest = (text, sign) => Math.max(0, ...(text.match(sign) ?? []).map((found) => found.length));

/** What would be a sign of Markdown keeps its place in a text. */
function escaped(text) {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\`*[\]<]/g, "\\$&")
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_");
}

const lineStart = (text) => text.replace(/^(#{1,6} |[-+>] |\d+[.)] )/, (sign) => sign.replace(/[#\-+>.)]/, "\\$&"));
