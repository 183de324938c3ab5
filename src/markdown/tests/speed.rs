//! No input is slow: a megabyte of anything is walked in a moment (`cargo test --release`).

use std::time::{Duration, Instant};

use super::*;

/// Far above what is measured, so that a busy machine fails no test; quadratic growth does.
const LONGEST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 5 });

fn soups() -> Vec<(&'static str, String)> {
    // Unoptimised code is slower by far.
    const LENGTH: usize = if cfg!(debug_assertions) {
        1 << 17
    } else {
        1 << 20
    };
    let of = |piece: &str| piece.repeat(LENGTH / piece.len());
    let mut soups: Vec<(&str, String)> = [
        "[",
        "]",
        "![",
        "[a](",
        "[a][b] ",
        "[^a]",
        "[^a",
        "<",
        "<a ",
        "<u>",
        "</u>",
        "<x>",
        "<!--",
        "<!-- -->",
        "<?",
        "*",
        "*a ",
        "**a*",
        "_a_ ",
        "~",
        "`",
        "`` ` ",
        "|",
        "|a",
        "|a|\n|-|\n",
        "a|b\n-|-\n",
        "> ",
        "> a\n\n",
        "- a\n",
        "# a\n\n",
        "&amp;",
        "&#x202e;",
        "\\",
        "\\[",
        "https://ab.io ",
        "://",
        "http://",
        "a@b.c ",
        "[a]: b\n",
        "[^a]: b\n\n",
        "a\n",
        "\n",
        "é",
        "```\n",
        "~~~ x y\n",
        "<details>\n\n",
        "<details>\n<summary>",
        "<abbr title=\"",
        "<dl>&lt;",
        "    a\n\n",
        "\t",
        "((",
        "{",
        "$",
        "![a](b.png)",
        "[a](javascript:b) ",
        "<https://a.b>",
        "- [x] a\n",
        "> [!X]\n\n",
    ]
    .into_iter()
    .map(|piece| (piece, of(piece)))
    .collect();
    soups.push(("quotes", "> ".repeat(10_000) + "a"));
    soups.push(("lists", "- ".repeat(10_000) + "a"));
    soups.push((
        "lists over lines",
        (0..1000).fold(String::new(), |text, depth| {
            text + &" ".repeat(depth * 2) + "- a\n"
        }),
    ));
    soups.push(("brackets", "[".repeat(50_000) + &"]".repeat(50_000)));
    soups.push((
        "links in brackets",
        "[".repeat(50_000) + &"](a)".repeat(50_000),
    ));
    soups.push((
        "code",
        (1..1000).fold(String::new(), |text, length| {
            text + &"`".repeat(length) + " "
        }),
    ));
    soups.push(("emphasis", "*a ".repeat(50_000) + &"b* ".repeat(50_000)));
    soups.push(("html block", "<details>\n".to_owned() + &of("<x y=")));
    soups.push(("script", "<script>\n".to_owned() + &of("</scrip")));
    soups.push((
        "entities in a block",
        "<details>\n".to_owned() + &of("&notin;&#65;"),
    ));
    soups.push(("footnotes", of("[^a] ") + "\n\n[^a]: b"));
    soups.push((
        "definitions",
        (0..20_000).fold(String::new(), |text, n| {
            text + &format!("[^{n}] [x][{n}]\n\n[^{n}]: b\n\n[{n}]: c\n\n")
        }),
    ));
    soups.push((
        "undefined",
        (0..50_000).fold(String::new(), |text, n| {
            text + &format!("[^u{n}] [x][{n}]\n")
        }) + "\n[a]: b\n",
    ));
    soups.push((
        "one reference",
        of("[a] ") + "\n\n[a]: " + &"b".repeat(1000),
    ));
    soups.push(("headings", of("## a\n")));
    soups.push((
        "columns",
        "|a".repeat(20_000) + "\n" + &"|-".repeat(20_000) + "\n" + &"|\n".repeat(2000),
    ));
    soups.push(("open fences", of("> ```\n> </u\n\n<u>\n\n")));
    soups
}

#[test]
fn nothing_is_slow() {
    for (name, text) in soups() {
        let start = Instant::now();
        let (walked, _) = walk(question, &text);
        let took = start.elapsed();
        drop(walked);
        assert!(took < LONGEST, "{name:?} took {took:?}");
    }
}

#[test]
fn titles_of_backticks_are_not_slow() {
    let start = Instant::now();
    let text: String = (1..400).map(|length| "`".repeat(length) + " ").collect();
    title(&text);
    title(&"`a``".repeat(100_000));
    assert!(start.elapsed() < LONGEST);
}
