//! One helper: the input beside everything that is expected of it.

mod blocks;
mod code;
mod footnotes;
mod links;
mod pieces;
mod questions;
mod raw_html;
mod soup;
mod speed;

use std::fmt::Write as _;
use std::sync::Arc;

use super::*;

const PATH: &str = "content/python/senior/x.md";
/// The text is said to stand here in its file, so that a forgotten offset shows.
const OFFSET: usize = 1000;

fn path() -> Arc<str> {
    Arc::from(PATH)
}

type Walk = fn(Input<'_>, &mut Vec<Diagnostic>) -> Walked;

fn walk(how: Walk, text: &str) -> (Walked, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let path = path();
    let input = Input {
        path: &path,
        text,
        place: Place::Offset(OFFSET),
    };
    let walked = how(input, &mut diagnostics);
    crate::diag::tidy(&mut diagnostics);
    (walked, diagnostics)
}

/// The HTML with its marks as `{href:0}`.
fn shown(fragment: &Fragment) -> String {
    let mut out = String::new();
    let mut from = 0;
    for (at, mark) in &fragment.marks {
        let at = *at as usize;
        out.push_str(&fragment.html[from..at]);
        from = at;
        let _ = match mark {
            Mark::Href(n) => write!(out, "{{href:{n}}}"),
            Mark::Image(n) => write!(out, "{{image:{n}}}"),
            Mark::IdPrefix => write!(out, "{{}}"),
            Mark::Section => Ok(()),
            Mark::HeadingLevel(n) => write!(out, "{{{n}}}"),
            Mark::Code(n) => write!(out, "{{code:{n}}}"),
            Mark::Word(word) => write!(out, "{{{word:?}}}"),
        };
    }
    out.push_str(&fragment.html[from..]);
    out
}

/// A line a diagnostic: its rule and what is underlined.
fn told(text: &str, diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let span = diagnostic.primary.as_ref().map(|label| label.span.clone());
        let span = span.unwrap_or_default();
        let under = &text[span.start - OFFSET..span.end - OFFSET];
        let _ = write!(out, "\n! {} {under:?}", diagnostic.rule.name);
    }
    out
}

#[track_caller]
fn check_with(how: Walk, text: &str, expected: &str) {
    let (walked, diagnostics) = walk(how, text);
    let mut found = shown(&walked.shown.fragment);
    if let Some(answer) = &walked.answer {
        let _ = write!(found, "\n---- answer\n{}", shown(&answer.fragment));
    }
    found.push_str(&told(text, &diagnostics));
    assert_eq!(found.trim(), expected.trim(), "\nof {text:?}");
}

/// A page's HTML, then a line `! rule "underlined"` a diagnostic.
#[track_caller]
fn check(text: &str, expected: &str) {
    check_with(page, text, expected);
}

#[track_caller]
fn check_inline(text: &str, expected: &str) {
    check_with(inline, text, expected);
}

#[track_caller]
fn check_question(text: &str, expected: &str) {
    check_with(question, text, expected);
}

/// Only what is wrong.
#[track_caller]
fn wrong(how: Walk, text: &str, expected: &str) {
    let (_, diagnostics) = walk(how, text);
    assert_eq!(
        told(text, &diagnostics).trim(),
        expected.trim(),
        "\nof {text:?}: {diagnostics:#?}"
    );
}

/// The only diagnostic's message and help.
#[track_caller]
fn said(how: Walk, text: &str) -> String {
    let (_, diagnostics) = walk(how, text);
    assert_eq!(diagnostics.len(), 1, "{diagnostics:#?}");
    let diagnostic = &diagnostics[0];
    format!(
        "{}; {}",
        diagnostic.message,
        diagnostic.help.as_deref().unwrap_or("-")
    )
}
