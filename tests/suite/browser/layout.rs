//! Nothing stands out of the page at the side, on the narrowest phones too, and no text lies upon
//! other text.

use super::driver::Browser;
use super::{PAGES, extremes, servers, shipped};
use crate::site::{Files, Site};

/// The widths of a small and of a usual phone, of a tablet and of a desk.
const WIDTHS: [u32; 4] = [320, 390, 768, 1440];

/// Pairs of texts of which one lies upon the other, as far as they can be seen.
const OVERLAPS: &str = "(() => {
    const lines = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const text = walker.currentNode;
        const element = text.parentElement;
        if (!text.data.trim() || !element.checkVisibility({opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true})) continue;
        if (element.closest('.unseen, .skip, sup, sub')) continue;
        const clip = {left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity};
        for (let e = element; e && e !== document.body; e = e.parentElement) {
            if (getComputedStyle(e).overflowX === 'visible') continue;
            const box = e.getBoundingClientRect();
            clip.left = Math.max(clip.left, box.left), clip.right = Math.min(clip.right, box.right);
        }
        const range = document.createRange();
        range.selectNodeContents(text);
        for (const box of range.getClientRects()) {
            // Boxes of lines are higher than their letters.
            const air = box.height * .2;
            const line = {text, left: Math.max(box.left, clip.left), right: Math.min(box.right, clip.right), top: box.top + air, bottom: box.bottom - air};
            if (line.right - line.left > 1 && line.bottom > line.top) lines.push(line);
        }
    }
    lines.sort((a, b) => a.top - b.top);
    const found = [];
    lines.forEach((a, i) => {
        for (let j = i + 1; j < lines.length && lines[j].top < a.bottom - 1; j++) {
            const b = lines[j];
            if (a.text !== b.text && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1)
                found.push(`'${a.text.data.trim().slice(0, 40)}' and '${b.text.data.trim().slice(0, 40)}'`);
        }
    });
    return found.slice(0, 5);
})()";

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
    for site in [extremes::site(), extremes::right_to_left()] {
        let files = site.built();
        let pages: Vec<String> = files
            .paths()
            .iter()
            .filter_map(|path| Some(path.strip_suffix("index.html")?.to_owned()))
            .collect();
        fits(&servers::plain(files), pages.iter().map(String::as_str));
    }
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
        (
            ".wide { position: absolute; inset: .7rem auto auto 1.5rem }",
            "'Wide.'",
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
            for problem in [WIDER, OVERLAPS] {
                let found = browser.value(problem);
                if found.as_array().is_none_or(|found| !found.is_empty()) {
                    wider.push(format!("/{page} at {width}: {found}"));
                }
            }
        }
    }
    wider.join("\n")
}
