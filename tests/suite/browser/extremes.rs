//! A handbook in which everything is as long, as wide or as bare as it can be.

use crate::site::{HANDBOOK, Site, page};

/// Everything that the format allows and no page was drawn for.
pub fn site() -> Site {
    let word = "x".repeat(200);
    let code = format!("```python\nx = '{}'\n```", "y".repeat(300));
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
    let asks: Vec<String> = (1..=40)
        .map(|number| {
            format!("{{ ask: 'What of case {number}, and why?', strong_answers: [Says so.] }}")
        })
        .collect();
    Site::new()
        .config(&format!("navigation: [faq]\nfooter: {word}"))
        .file(
            "content/python/mid/wide.svg",
            "<svg xmlns='http://www.w3.org/2000/svg' width='4000' height='4000'/>",
        )
        .file(
            "content/pages/faq.md",
            &format!(
                "---\ntitle: {word}\n---\n{}",
                all.replace("wide.svg", "../python/mid/wide.svg")
            ),
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
        .question("junior/titled", |question| {
            let title = "Why does this title go on and on ".repeat(9);
            question.set("title", &format!("{}?", title.trim_end()))
        })
        .question("senior/bare", |question| {
            question
                .set("title", "Is this enough?")
                .without("follow_ups")
        })
        .question("senior/asked", |question| {
            question
                .set("title", "What else could one ask?")
                .set("follow_ups", &format!("[{}]", asks.join(", ")))
        })
        .file(
            "content/python/kits/wide.md",
            &format!(
                "---\ntitle: {word}\nlevel: mid\nminutes: 10\nquestions: [{{ slug: wide, note: {word} }}]\n\
                 opening: {{ minutes: 2, words: {word} }}\n---\n{word}\n"
            ),
        )
}

/// A handbook in Arabic; code and the theme's untranslated words stand in it from left to right.
pub fn right_to_left() -> Site {
    let words = "ما الذي يحدث عندما تنفذ بايثون هذا السطر، ولماذا؟";
    Site::new()
        .file(
            "content/handbook.yaml",
            &HANDBOOK
                .replace("language: en", "language: ar")
                .replace("The Test Handbook", "دليل المقابلات"),
        )
        .file(
            "content/pages/faq.md",
            &page(
                words,
                &format!("## {words}\n\n{words}\n\n- {words}\n\n> {words}\n"),
            ),
        )
        .question("mid/arabic", |question| {
            question
                .set("title", words)
                .set("tags", "[gil, threads]")
                .set("assesses", words)
                .set("strong_answers", &format!("[{words}, {words}]"))
                .set("red_flags", &format!("[{words}]"))
                .set("by_level", &format!("{{ junior: {words} }}"))
                .set(
                    "follow_ups",
                    &format!("[{{ ask: {words}, strong_answers: [{words}] }}]"),
                )
                .set("related", "[lists]")
                .candidate(&format!(
                    "{words}\n\n```python\nprint('ok')  # {words}\n```"
                ))
                .answer(&format!(
                    "{words} `print()` {words}\n\n| {words} | b |\n|---|--:|\n| 1 | 2 |\n"
                ))
        })
}
