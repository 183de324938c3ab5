import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

// The plugin lies in a folder of its own, not in this one.
const require = createRequire(process.env.VIVA_BENCH_ELEVENTY + "/package.json");
const plugin = require.resolve("@11ty/eleventy-plugin-syntaxhighlight");
const { default: syntaxHighlight } = await import(pathToFileURL(plugin));
const { default: markdownIt } = await import(pathToFileURL(require.resolve("markdown-it")));

const byTitle = (a, b) => (a.data.title < b.data.title ? -1 : 1);

export default function (config) {
  const inline = markdownIt();
  config.addPlugin(syntaxHighlight);
  config.addPassthroughCopy("style.css");
  config.addFilter("inline", (text) => inline.renderInline(text));
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addCollection("questions", (api) => api.getFilteredByTag("question").sort(byTitle));
  const groups = (name, keys) =>
    config.addCollection(name, (api) => {
      const found = new Map();
      for (const page of api.getFilteredByTag("question").sort(byTitle)) {
        for (const key of keys(page.data)) {
          if (!found.has(key)) found.set(key, []);
          found.get(key).push(page);
        }
      }
      return [...found].sort().map(([id, pages]) => ({ id, pages }));
    });
  groups("byLevel", (data) => [data.level]);
  groups("byTopic", (data) => [data.topic]);
  groups("byTag", (data) => data.labels);
  return { markdownTemplateEngine: false, htmlTemplateEngine: "njk" };
}
