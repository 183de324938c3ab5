//! questions.json, which other programs read.

use std::fmt::Write as _;

use insta::assert_snapshot;

use crate::everything::everything;
use crate::site::{Files, Site};

#[test]
fn for_interviewers() {
    let files = everything().built();
    assert_snapshot!(lines(&files), @r#"
    description: "A handbook for tests."
    edition: "interviewer"
    guides:
    - {"id":"python","title":"Python","url":"/python/"}
    kits:
    - {"id":"python/screen","level":"junior","minutes":20,"questions":[{"minutes":5,"question":"python/tuples"},{"minutes":7,"question":"python/gil"}],"title":"A short screen","url":"/python/kits/screen/"}
    language: "en"
    levels:
    - {"id":"junior","summary":"Knows the parts.","title":"Junior"}
    - {"id":"mid","summary":"Builds alone.","title":"Mid"}
    - {"id":"senior","summary":"Chooses designs.","title":"Senior"}
    licence: "CC-BY-4.0"
    pages:
    - {"title":"Questions and answers","url":"/faq/"}
    - {"title":"Scoring","url":"/scoring/"}
    questions:
    - {"aliases":[],"answer":"When nobody should change it.\n\n### Hashing\n\nIt can be a key.","assesses":"Whether it is known.","by_level":{},"follow_ups":[{"ask":"Why?"}],"guide":"python","id":"python/tuples","kind":"concept","level":"junior","minutes":5,"prompt":"","red_flags":["Says nothing."],"references":[],"related":[],"slug":"tuples","strong_answers":["Says what it is.","Says why it is so.","Says when it is not."],"tags":[],"title":"When is a tuple better than a list?","topic":"language","url":"/python/tuples/"}
    - {"aliases":[],"answer":"It is what it is.","assesses":"Whether it is known.","by_level":{},"follow_ups":[{"ask":"Why?"}],"guide":"python","id":"python/lists","kind":"concept","level":"junior","minutes":5,"prompt":"Two words suffice.","red_flags":["Says nothing."],"references":[],"related":[],"slug":"lists","strong_answers":["Says what it is.","Says why it is so.","Says when it is not."],"tags":[],"title":"What is a list?","topic":"language","url":"/python/lists/"}
    - {"aliases":[],"answer":"It takes a function and returns another.","assesses":"Whether it is known.","by_level":{},"follow_ups":[{"ask":"Why?"}],"guide":"python","id":"python/decorators","kind":"coding","level":"mid","minutes":5,"prompt":"","red_flags":["Says nothing."],"references":[],"related":[],"slug":"decorators","strong_answers":["Says what it is.","Says why it is so.","Says when it is not."],"tags":[],"title":"What does a decorator do?","topic":"runtime","url":"/python/decorators/"}
    - {"added":"2026-01-02","aliases":["/python/lock/","/old/gil/"],"answer":"The interpreter's state, not *yours*.","assesses":"Whether it is known.","by_level":{"junior":"Knows *of* it."},"follow_ups":[{"ask":"Why?"},{"ask":"And `then`?","strong_answers":["Says so."]}],"guide":"python","id":"python/gil","kind":"design","level":"senior","minutes":12,"prompt":"Read this:\n\n```python\nx += 1\n```\n\n![Two threads](threads.svg)","red_flags":["Says nothing."],"references":[{"title":"PEP 703","url":"https://peps.python.org/pep-0703/"}],"related":["python/tuples"],"reviewed":"2026-02-03","slug":"gil","strong_answers":["Says what it is.","Says why it is so.","Says when it is not."],"tags":["threads","gil"],"title":"What does the `GIL` lock?","topic":"concurrency","url":"/python/gil/"}
    title: "The Test Handbook"
    topics:
    - {"id":"language","summary":"What is written.","title":"Language"}
    - {"id":"concurrency","summary":"Things at once.","title":"Concurrency"}
    - {"id":"runtime","summary":"What it becomes.","title":"Runtime"}
    url: "https://example.org/"
    version: 1
    "#);
}

#[test]
fn for_candidates() {
    let files = everything().built_with(&["--edition", "candidate"]);
    assert_snapshot!(lines(&files), @r#"
    description: "A handbook for tests."
    edition: "candidate"
    guides:
    - {"id":"python","title":"Python","url":"/python/"}
    kits:
    language: "en"
    levels:
    - {"id":"junior","summary":"Knows the parts.","title":"Junior"}
    - {"id":"mid","summary":"Builds alone.","title":"Mid"}
    - {"id":"senior","summary":"Chooses designs.","title":"Senior"}
    licence: "CC-BY-4.0"
    pages:
    - {"title":"Questions and answers","url":"/faq/"}
    questions:
    - {"aliases":[],"follow_ups":[{"ask":"Why?"}],"guide":"python","id":"python/tuples","kind":"concept","level":"junior","minutes":5,"prompt":"","related":[],"slug":"tuples","tags":[],"title":"When is a tuple better than a list?","topic":"language","url":"/python/tuples/"}
    - {"aliases":[],"follow_ups":[{"ask":"Why?"}],"guide":"python","id":"python/lists","kind":"concept","level":"junior","minutes":5,"prompt":"Two words suffice.","related":[],"slug":"lists","tags":[],"title":"What is a list?","topic":"language","url":"/python/lists/"}
    - {"aliases":[],"follow_ups":[{"ask":"Why?"}],"guide":"python","id":"python/decorators","kind":"coding","level":"mid","minutes":5,"prompt":"","related":[],"slug":"decorators","tags":[],"title":"What does a decorator do?","topic":"runtime","url":"/python/decorators/"}
    - {"added":"2026-01-02","aliases":["/python/lock/","/old/gil/"],"follow_ups":[{"ask":"Why?"},{"ask":"And `then`?"}],"guide":"python","id":"python/gil","kind":"design","level":"senior","minutes":12,"prompt":"Read this:\n\n```python\nx += 1\n```\n\n![Two threads](threads.svg)","related":["python/tuples"],"reviewed":"2026-02-03","slug":"gil","tags":["threads","gil"],"title":"What does the `GIL` lock?","topic":"concurrency","url":"/python/gil/"}
    title: "The Test Handbook"
    topics:
    - {"id":"language","summary":"What is written.","title":"Language"}
    - {"id":"concurrency","summary":"Things at once.","title":"Concurrency"}
    - {"id":"runtime","summary":"What it becomes.","title":"Runtime"}
    url: "https://example.org/"
    version: 1
    "#);
}

#[test]
fn addresses_are_below_the_base_path() {
    let files = everything().built_with(&["--base-url", "https://example.org/a/"]);
    let data: serde_json::Value = serde_json::from_str(files.text("questions.json")).unwrap();
    assert_eq!(data["url"], "https://example.org/a/");
    let gil = &data["questions"][3];
    assert_eq!(gil["url"], "/a/python/gil/");
    assert_eq!(
        gil["aliases"],
        serde_json::json!(["/a/python/lock/", "/a/old/gil/"])
    );
}

#[test]
fn texts_keep_every_sign() {
    let text = "Say \"`x < y`\" & so on: naïve, 🦀, \\d+, </script>.";
    let site = Site::new().question("junior/signs", |question| {
        question
            .set("title", &format!("'{text}'"))
            .candidate("A\ttab and `</script>`.")
            .answer("So.")
    });
    let files = site.built();
    let data: serde_json::Value = serde_json::from_str(files.text("questions.json")).unwrap();
    let question = data["questions"]
        .as_array()
        .unwrap()
        .iter()
        .find(|question| question["id"] == "python/signs")
        .unwrap();
    assert_eq!(question["title"], text);
    assert_eq!(question["prompt"], "A\ttab and `</script>`.");
}

/// The data with a line for each field, and for each entry of a list.
fn lines(files: &Files) -> String {
    let data: serde_json::Value = serde_json::from_str(files.text("questions.json")).unwrap();
    let mut lines = String::new();
    for (name, value) in data.as_object().unwrap() {
        match value.as_array() {
            Some(entries) => {
                writeln!(lines, "{name}:").unwrap();
                for entry in entries {
                    writeln!(lines, "- {entry}").unwrap();
                }
            }
            None => writeln!(lines, "{name}: {value}").unwrap(),
        }
    }
    lines
}
