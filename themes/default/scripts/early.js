// Runs before the first paint, so that nothing changes its colour or place afterwards. It is no
// module: those wait until the page has been read.
(() => {
  const root = document.documentElement;
  root.dataset.script = "";
  // A list that is about to be replaced is not shown before.
  if (location.search) root.dataset.searching = "";
  try {
    const kept = JSON.parse(localStorage.getItem("viva") ?? "{}");
    if (kept.scheme) root.dataset.scheme = kept.scheme;
    if (kept.answers) root.dataset.answers = kept.answers;
  } catch {
    // Without storage the system decides.
  }
})();
