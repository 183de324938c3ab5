//! Everybody can read and use the pages, as far as axe-core can tell: in both colour schemes, on a
//! phone and on a desk, with all closed and all open.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::driver::Browser;
use super::layout::{CLOSES, OPEN};
use super::servers::Served;
use super::{PAGES, extremes, preview, search, servers, shipped};
use crate::html_valid;
use crate::site::Site;

/// Width and colour scheme.
const VIEWS: [(u32, &str); 4] = [
    (1440, "dark"),
    (1440, "light"),
    (390, "light"),
    (390, "dark"),
];

#[test]
#[ignore = "needs Chromium, ChromeDriver and Node.js packages: tests/run installs them"]
fn the_first_half_of_all_kinds_of_page() {
    accessible(&shipped(), &PAGES[..PAGES.len() / 2]);
}

#[test]
#[ignore = "needs Chromium, ChromeDriver and Node.js packages: tests/run installs them"]
fn the_second_half_of_all_kinds_of_page() {
    let rest = [&PAGES[PAGES.len() / 2..], &["404.html"]].concat();
    accessible(&shipped(), &rest);
}

#[test]
#[ignore = "needs Chromium, ChromeDriver and Node.js packages: tests/run installs them"]
fn everything_that_markdown_can_do() {
    let pages = ["markdown/", "python/markdown/", "python/kits/words/"];
    accessible(&html_valid::with_all_of_markdown(), &pages);
}

#[test]
#[ignore = "needs Chromium, ChromeDriver and Node.js packages: tests/run installs them"]
fn what_is_long_wide_or_written_from_right_to_left() {
    accessible(&extremes::right_to_left(), &["python/arabic/"]);
    accessible(
        &extremes::site(),
        &["python/wide/", "python/bare/", "python/asked/"],
    );
}

#[test]
#[ignore = "needs Chromium, ChromeDriver and Node.js packages: tests/run installs them"]
fn the_search_with_its_results_and_filters_open() {
    let plain = servers::plain(shipped().built());
    let browser = Browser::start();
    let axe = source();
    let mut found = Vec::new();
    let mut look = |state: &str| {
        browser.value(&format!("(() => {{{axe}}})()"));
        for (width, scheme) in VIEWS {
            browser.resize(width, 900);
            browser.prefer(scheme);
            for violation in violations(&browser) {
                found.push(format!("{state} {width} {scheme}: {violation}"));
            }
        }
    };
    browser.open(&format!("{plain}python/decorators/"));
    browser.press("/dec");
    search::until_found(&browser, "decorator");
    look("results below the field");
    browser.press("\u{e015}");
    look("one of them chosen");
    browser.press("xyzzyx");
    search::until_found(&browser, "No question matches");
    look("none");
    browser.open(&format!(
        "{plain}questions/?q=decorator&level=mid&level=nobody"
    ));
    search::until_results(&browser, "decorator");
    browser.value(OPEN);
    look("results on the page");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
#[ignore = "needs Chromium, ChromeDriver and Node.js packages: tests/run installs them"]
fn the_preview_with_mistakes_and_with_warnings() {
    let served = |site: &Site| Served::start(site, &[]);
    let browser = Browser::start();
    let axe = source();
    let mut found = Vec::new();
    let mut look = |state: &str, part: &str| {
        browser.value(&format!("(() => {{{axe}}})()"));
        preview::wait_for(
            &browser,
            &format!(
                "!!document.querySelector('viva-preview')?.shadowRoot.querySelector('{part}')?.checkVisibility()"
            ),
            &Value::Bool(true),
        );
        for (width, scheme) in VIEWS {
            browser.resize(width, 900);
            browser.prefer(scheme);
            for violation in violations(&browser) {
                found.push(format!("{state} {width} {scheme}: {violation}"));
            }
        }
    };
    let broken = Site::new().question("mid/broken", |q| q.set("topic", "langage"));
    let server = served(&broken);
    browser.open(&server.url);
    look("mistakes", ".panel");
    let warned = Site::new().question("mid/warned", |q| q.without("follow_ups"));
    let server = served(&warned);
    browser.open(&format!("{}python/warned/", server.url));
    look("a count", ".corner");
    browser.run(
        "document.querySelector('viva-preview').shadowRoot.querySelector('.corner').click(); done()",
    );
    look("warnings", ".panel");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

fn accessible(site: &Site, pages: &[&str]) {
    let plain = servers::plain(site.built());
    let browser = Browser::start();
    let axe = source();
    let mut found = Vec::new();
    for page in pages {
        browser.open(&format!("{plain}{page}"));
        browser.value(&format!("(() => {{{axe}}})()"));
        let mut look = |state| {
            for (width, scheme) in VIEWS {
                browser.resize(width, 900);
                browser.prefer(scheme);
                for violation in violations(&browser) {
                    found.push(format!("/{page} {state} {width} {scheme}: {violation}"));
                }
            }
        };
        if browser.value(CLOSES) == true {
            look("closed");
            browser.value(OPEN);
        }
        look("open");
        if page.is_empty() || page.ends_with("markdown/") {
            browser.press("?");
            look("with the dialog");
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
#[ignore = "needs Chromium, ChromeDriver and Node.js packages: tests/run installs them"]
fn a_barrier_is_found() {
    let mut files = Site::new().built();
    let wrong = "<img src=\"/a.png\"><p class=\"pale\">Pale words.</p></main>";
    let page = files
        .page("/python/lists/")
        .replace("</main>", wrong)
        .replace(
            "</head>",
            "<link rel=\"stylesheet\" href=\"/pale.css\"></head>",
        );
    files.0.insert("wrong/index.html".to_owned(), page.into());
    let pale = "@media (prefers-color-scheme: dark) { .pale { background: #000; color: #222 } }";
    files.0.insert("pale.css".to_owned(), pale.into());
    let plain = servers::plain(files);
    let browser = Browser::start();
    browser.open(&format!("{plain}wrong/"));
    browser.value(&format!("(() => {{{}}})()", source()));
    let rules = |scheme| {
        browser.prefer(scheme);
        violations(&browser).join("\n")
    };
    let light = rules("light");
    assert!(
        light.contains("image-alt") && !light.contains("color-contrast"),
        "{light}"
    );
    let dark = rules("dark");
    assert!(
        dark.contains("image-alt") && dark.contains("color-contrast"),
        "{dark}"
    );
}

/// axe-core as one script.
fn source() -> String {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/web/node_modules/axe-core/axe.min.js");
    fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}: npm ci --prefix tests/web", path.display()))
}

/// The rules that the page breaks as it is shown now, each with the first place.
fn violations(browser: &Browser) -> Vec<String> {
    let found = browser.run(
        "axe.run({resultTypes: ['violations']}).then(
            result => done(result.violations.map(rule =>
                `${rule.id}: ${rule.help}: ${rule.nodes.length} times, as in ${rule.nodes[0].html}: `
                + rule.nodes[0].failureSummary)),
            error => done([String(error)]))",
    );
    let found: Vec<Value> = found.as_array().unwrap().clone();
    found
        .iter()
        .map(|rule| rule.as_str().unwrap().to_owned())
        .collect()
}
