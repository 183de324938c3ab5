//! Nothing stands out of the page at the side, on the narrowest phones too.

use super::driver::Browser;
use super::{PAGES, servers, shipped};
use crate::site::{Files, Site};

/// The widths of a small and of a usual phone.
const WIDTHS: [u32; 2] = [320, 390];

/// Everything that is wider than the window, and not within something that scrolls by itself.
const WIDER: &str = "(() => {
    const scrolls = element => {
        for (let e = element.parentElement; e && e !== document.body; e = e.parentElement)
            if (getComputedStyle(e).overflowX !== 'visible') return true;
        return false;
    };
    const wide = [...document.body.querySelectorAll('*')]
        .filter(e => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 1 && !scrolls(e))
        .map(e => `<${e.localName} class=\"${e.className}\"> to ${e.getBoundingClientRect().right}`);
    const page = document.scrollingElement.scrollWidth;
    if (page > innerWidth) wide.unshift(`the page: ${page}`);
    return wide.slice(0, 5);
})()";

/// Whether something is closed.
pub const CLOSES: &str = "document.querySelector('details:not([open])') !== null";

/// Shows all that opens.
pub const OPEN: &str = "document.querySelectorAll('details').forEach(part => part.open = true)";

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn every_kind_of_page_fits() {
    let plain = servers::plain(shipped().built());
    fits(&plain, PAGES.into_iter().chain(["404.html"]));
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn what_is_long_scrolls_or_breaks() {
    let word = "x".repeat(300);
    let code = format!("```python\nx = '{word}'\n```");
    let quoted = code.replace('\n', "\n> ");
    let row = "| cell ".repeat(12) + "|\n";
    let table = format!(
        "{row}{}|\n{}|\n",
        "|---".repeat(12),
        "| a wider cell ".repeat(12)
    );
    let link = format!("<https://example.com/{word}> and `{word}` and *{word}*");
    let all = format!(
        "{code}\n\n{table}\n{link}\n\n### {word}\n\n> {quoted}\n\n- - - {link}\n\n> [!NOTE]\n> {word}\n\n\
         ![{word}](wide.svg)\n\n{word}[^1]\n\n[^1]: {link}\n",
    );
    let site = Site::new()
        .config(&format!("navigation: [faq]\nfooter: {word}"))
        .file(
            "content/python/mid/wide.svg",
            "<svg xmlns='http://www.w3.org/2000/svg' width='3000' height='10'/>",
        )
        .file(
            "content/pages/faq.md",
            &format!("---\ntitle: {word}\n---\n{}", all.replace("wide.svg", "../python/mid/wide.svg")),
        )
        .question("mid/wide", |question| {
            question
                .set("title", &format!("What is {word} and `{word}`?"))
                .set("tags", &format!("[{}]", "t".repeat(60)))
                .set("assesses", &word)
                .set("strong_answers", &format!("['`{word}`', {word}]"))
                .set("red_flags", &format!("['`{word}`', {word}]"))
                .set("by_level", &format!("{{ junior: '`{word}`' }}"))
                .set("follow_ups", &format!("[{word}, {{ ask: {word}, strong_answers: [{word}] }}]"))
                .set("references", &format!("[{{ title: {word}, url: 'https://{}.example/{word}' }}]", "h".repeat(60)))
                .set("related", "[lists]")
                .candidate(&all.replace("[^1]", "[^2]"))
                .answer(&all)
        })
        .question("junior/lists", |question| question.set("related", "[wide]"))
        .file(
            "content/python/kits/wide.md",
            &format!(
                "---\ntitle: {word}\nlevel: mid\nminutes: 10\nquestions: [{{ slug: wide, note: {word} }}]\n\
                 opening: {{ minutes: 2, words: {word} }}\n---\n{word}\n"
            ),
        );
    let files = site.built();
    let pages: Vec<String> = files
        .paths()
        .iter()
        .filter_map(|path| Some(path.strip_suffix("index.html")?.to_owned()))
        .collect();
    fits(&servers::plain(files), pages.iter().map(String::as_str));
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn what_stands_out_is_noticed() {
    let wrong = "<div class=\"wide\">Wide.</div></main>";
    let style = "</title><link rel=\"stylesheet\" href=\"/wide.css\">";
    let mut files = Site::new().built();
    let page = files.page("/python/lists/").replace("</main>", wrong);
    let page = page.replace("</title>", style);
    files.0.insert("wrong/index.html".to_owned(), page.into());
    for (css, noticed) in [
        (".wide { width: 2000px }", "the page: "),
        (
            ".wide { width: 2000px } :root, body { overflow-x: hidden !important }",
            "<div class",
        ),
    ] {
        files.0.insert("wide.css".to_owned(), css.into());
        let plain = servers::plain(Files(files.0.clone()));
        let found = wider(&plain, ["wrong/"].into_iter());
        assert!(found.contains(noticed), "{css}: {found}");
    }
}

fn fits<'p>(site: &str, pages: impl Iterator<Item = &'p str>) {
    let found = wider(site, pages);
    assert!(found.is_empty(), "{found}");
}

/// What stands out of pages, a line each.
fn wider<'p>(site: &str, pages: impl Iterator<Item = &'p str>) -> String {
    let browser = Browser::start();
    let mut wider = Vec::new();
    for page in pages {
        browser.open(&format!("{site}{page}"));
        browser.value(OPEN);
        for width in WIDTHS {
            browser.resize(width, 844);
            let found = browser.value(WIDER);
            if found.as_array().is_none_or(|found| !found.is_empty()) {
                wider.push(format!("/{page} at {width}: {found}"));
            }
        }
    }
    wider.join("\n")
}
