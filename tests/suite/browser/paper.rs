//! What a page is on paper, from the PDF that the browser prints.

use std::process::Command;

use serde_json::json;

use super::driver::Browser;
use super::{servers, shipped};
use crate::site::Ran;

/// The text of each sheet of A4.
fn printed(browser: &Browser) -> Vec<String> {
    let options = json!({"paperWidth": 8.27, "paperHeight": 11.69, "preferCSSPageSize": true});
    let pdf = browser.devtools("Page.printToPDF", &options);
    let file = tempfile::NamedTempFile::new().unwrap();
    let encoded = pdf["data"].as_str().unwrap();
    std::fs::write(file.path(), decoded(encoded)).unwrap();
    let ran = Ran::of(
        Command::new("pdftotext")
            .arg("-layout")
            .arg(file.path())
            .arg("-"),
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let sheets = ran.stdout.split('\u{c}');
    let mut sheets: Vec<String> = sheets.map(str::to_owned).collect();
    // Each ends with a form feed.
    sheets.pop();
    sheets
}

/// <https://www.rfc-editor.org/rfc/rfc4648#section-4>
fn decoded(base64: &str) -> Vec<u8> {
    const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::with_capacity(base64.len() / 4 * 3);
    let (mut bits, mut held) = (0_u32, 0);
    for sign in base64.bytes().filter(|&sign| sign != b'=') {
        let value = SIGNS.iter().position(|&known| known == sign).unwrap();
        bits = bits << 6 | u32::try_from(value).unwrap();
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xff) as u8);
        }
    }
    bytes
}

fn has(sheets: &[String], words: &str) -> bool {
    // Lines break anywhere on paper.
    let text = sheets.join(" ");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.contains(words)
}

#[test]
#[ignore = "needs Chromium, ChromeDriver and pdftotext: tests/run checks for them"]
fn a_question_s_answers_are_open_on_paper_or_not_there() {
    let plain = servers::plain(shipped().built());
    let browser = Browser::start();
    browser.open(&format!("{plain}python/gil-and-architecture/"));
    let sheets = printed(&browser);
    let answers = [
        "a thread must hold the global interpreter lock",
        "States the rule exactly",
        "Says that Python can't do threads",
        "Goes on to the layout of a whole service",
        "Says that they are green threads",
        "https://peps.python.org/pep-0703/",
        "Whether the candidate reasons from CPython's execution model",
    ];
    for answer in answers {
        assert!(has(&sheets, answer), "{answer}");
    }
    for control in [
        "Open all answers",
        "Copy as Markdown",
        "Skip to",
        "On this page",
    ] {
        assert!(!has(&sheets, control), "{control}");
    }

    browser.click("[data-print-answers]");
    // It is kept for the next question.
    browser.open(&format!("{plain}python/gil-and-architecture/"));
    let sheets = printed(&browser);
    for answer in answers {
        assert!(!has(&sheets, answer), "{answer}");
    }
    for shown in [
        "How does the GIL shape",
        "Are Python's threads real threads?",
    ] {
        assert!(has(&sheets, shown), "{shown}");
    }
}

#[test]
#[ignore = "needs Chromium, ChromeDriver and pdftotext: tests/run checks for them"]
fn all_questions_are_a_book() {
    let files = shipped().built();
    let titles =
        crate::html::values(files.page("/python/all/"), "article", "aria-labelledby").len();
    assert!(titles > 20, "{titles}");
    let plain = servers::plain(files);
    let browser = Browser::start();
    browser.open(&format!("{plain}python/all/"));
    let sheets = printed(&browser);
    assert!(sheets[0].contains("Contents"), "{}", sheets[0]);
    let firsts = browser
        .value("[...document.querySelectorAll('.book-question > h3')].map(e => e.textContent)");
    let mut after = 0;
    for title in firsts.as_array().unwrap() {
        let start: String = title.as_str().unwrap().chars().take(24).collect();
        let at = (after + 1..sheets.len()).find(|&sheet| {
            let head: Vec<&str> = sheets[sheet]
                .lines()
                .filter(|l| !l.trim().is_empty())
                .take(3)
                .collect();
            head.iter().any(|line| line.contains(&start))
        });
        let at = at.unwrap_or_else(|| panic!("`{start}` begins no sheet after {after}"));
        after = at;
    }
}

#[test]
#[ignore = "needs Chromium, ChromeDriver and pdftotext: tests/run checks for them"]
fn no_heading_is_the_last_line_of_a_sheet() {
    let plain = servers::plain(shipped().built());
    let browser = Browser::start();
    for page in [
        "python/all/",
        "python/",
        "faq/",
        "running-the-interview/",
        "questions/",
    ] {
        browser.open(&format!("{plain}{page}"));
        // The book's contents name its questions too; each of these begins a sheet.
        let headings = browser.value(
            "[...document.querySelectorAll('main :is(h2:not(.book-level > *), h3:not(.book-question > *), h4, h5, .label)')].map(e => e.innerText.trim()).filter(Boolean)",
        );
        let headings: Vec<&str> = headings
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|h| h.as_str())
            .collect();
        assert!(headings.len() > 3, "{page}: {headings:?}");
        let sheets = printed(&browser);
        for (number, sheet) in sheets.iter().enumerate() {
            let lines: Vec<&str> = sheet
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .collect();
            // The last is the sheet's number.
            let last = lines.len().checked_sub(2).map_or("", |at| lines[at]);
            assert!(
                !headings.contains(&last),
                "{page}, sheet {}: `{last}`",
                number + 1
            );
        }
    }
}
