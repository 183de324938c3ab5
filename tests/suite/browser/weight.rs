//! What a page costs: bytes, requests before the first paint, and room for fingers.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::json;

use super::driver::Browser;
use super::layout::OPEN;
use super::{PAGES, servers, shipped};

/// As a host compresses it.
fn compressed(bytes: &[u8]) -> usize {
    let mut gzip = Command::new("gzip")
        .args(["-6", "-c"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = gzip.stdin.take().unwrap();
    let bytes = bytes.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&bytes).unwrap());
    let output = gzip.wait_with_output().unwrap();
    writer.join().unwrap();
    output.stdout.len()
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn a_question_with_everything_that_it_loads_is_light() {
    const LIMIT: usize = 30_000;
    let site = shipped();
    let files = site.built();
    let plain = servers::plain(site.built());
    let browser = Browser::start();
    let mut heaviest = (0, String::new());
    for path in files.paths() {
        let Some(page) = path.strip_suffix("index.html") else {
            continue;
        };
        if !files
            .text(path)
            .contains("<main id=\"main\" class=\"page question\"")
        {
            continue;
        }
        browser.open(&format!("{plain}{page}"));
        let mut bytes = 0;
        let mut kinds = Vec::new();
        for request in browser.events().requests {
            let Some(path) = request.strip_prefix(&plain) else {
                continue;
            };
            let path = if path.ends_with('/') {
                format!("{path}index.html")
            } else {
                path.to_owned()
            };
            let is_picture = ["png", "jpg", "webp"]
                .iter()
                .any(|kind| path.ends_with(kind));
            assert!(!path.ends_with("woff2"), "{page} loads a font: {path}");
            if !is_picture {
                bytes += compressed(&files.0[&path]);
            }
            kinds.push(path);
        }
        assert!(
            kinds.iter().any(|path| path.contains("/scripts/")),
            "{kinds:?}"
        );
        heaviest = heaviest.max((bytes, format!("{page}: {kinds:#?}")));
    }
    let (bytes, page) = heaviest;
    assert!((8_000..LIMIT).contains(&bytes), "{bytes} bytes, {page}");
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn the_first_paint_waits_for_the_style_sheet_and_the_choice_of_colours_alone() {
    let plain = servers::plain(shipped().built());
    let browser = Browser::start();
    for page in PAGES {
        browser.open(&format!("{plain}{page}"));
        let waited = browser.value(
            "performance.getEntriesByType('resource')
                .filter(entry => entry.renderBlockingStatus === 'blocking')
                .map(entry => entry.name.replace(/.*[/]([a-z]+)[.].*[.]/, '$1.'))
                .sort()",
        );
        assert_eq!(waited, json!(["early.js", "style.css"]), "/{page}");
    }
}

/// Controls that a finger can't hit: smaller than 44 pixels each way, and no link in running text,
/// which <https://www.w3.org/TR/WCAG22/#target-size-enhanced> leaves to the text.
const SMALL: &str = "(() => {
    const inText = e => e.closest('p, li, dd, td, th')?.matches(
        '.prose *, .points *, .references *, .by-level *, .lead, .site-footer p, .order p, .welcome *, .ask, .revealed *, .group-title *, .guide > p');
    return [...document.querySelectorAll('a, button, summary, input, label')]
        .filter(e => e.checkVisibility({opacityProperty: true, visibilityProperty: true}) && !e.closest('.skip, .unseen') && !inText(e))
        .filter(e => !(e.matches('input') && e.closest('label')))
        .map(e => {
            const own = e.getBoundingClientRect();
            // A link may cover more than its own line.
            const over = getComputedStyle(e, '::after');
            const covers = over.position === 'absolute' && over.content !== 'none';
            const box = covers ? e.closest('li').getBoundingClientRect() : own;
            return [e, box];
        })
        .filter(([e, box]) => box.width > 0 && (box.height < 43.5 || box.width < 43.5))
        .map(([e, box]) => `${e.outerHTML.slice(0, 100)} ${Math.round(box.width)} x ${Math.round(box.height)}`)
        .slice(0, 6);
})()";

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn on_a_touch_screen_every_control_is_as_large_as_a_finger() {
    let plain = servers::plain(shipped().built());
    let browser = Browser::start();
    browser.devtools(
        "Emulation.setDeviceMetricsOverride",
        &json!({"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": true}),
    );
    let touch = json!({"enabled": true, "maxTouchPoints": 5});
    browser.devtools("Emulation.setTouchEmulationEnabled", &touch);
    let mut small = Vec::new();
    for page in PAGES.into_iter().chain(["404.html"]) {
        browser.open(&format!("{plain}{page}"));
        assert_eq!(
            browser.value("matchMedia('(pointer: coarse)').matches"),
            true
        );
        browser.value(OPEN);
        let found = browser.value(SMALL);
        for control in found.as_array().unwrap() {
            small.push(format!("/{page}: {control}"));
        }
    }
    assert!(small.is_empty(), "{}", small.join("\n"));
    // Whoever finds nothing anywhere may be looking away.
    browser.value(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<button>x</button>')",
    );
    assert_eq!(browser.value(SMALL).as_array().unwrap().len(), 1);
}
