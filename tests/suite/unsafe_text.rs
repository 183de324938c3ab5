//! Titles, names and characters that would be more than the text that they look like.

use insta::assert_snapshot;

use crate::site::{Question, Site};

/// What is found in a question that differs from a valid one, without its path.
fn question(change: impl FnOnce(Question) -> Question) -> String {
    let found = Site::new().question("junior/x", change).check();
    found.to_string().replace("content/python/junior/x.md:", "")
}

#[test]
fn markup_in_titles_and_names() {
    let attack = "<img src=x onerror=alert(1)> </script><script>alert(1)</script> \" ' & `<b>`";
    let quoted = format!("'{}'", attack.replace('\'', "''"));
    let site = Site::new()
        .edit("content/handbook.yaml", "The Test Handbook", &quoted)
        .edit("content/handbook.yaml", "A handbook for tests.", &quoted)
        .edit("content/handbook.yaml", "CC-BY-4.0", &quoted)
        .edit(
            "content/handbook.yaml",
            "title: Language, summary: What is written.",
            &format!("title: {quoted}, summary: {quoted}"),
        )
        .edit(
            "content/handbook.yaml",
            "title: Junior, summary: Knows the parts.",
            &format!("title: {quoted}, summary: {quoted}"),
        )
        .file("content/index.md", &format!("---\ntitle: {quoted}\n---\n"))
        .file(
            "content/python/index.md",
            &format!("---\ntitle: {quoted}\n---\n"),
        )
        .file(
            "content/pages/faq.md",
            &format!("---\ntitle: {quoted}\n---\n"),
        )
        .question("junior/x", |q| {
            q.set("title", &quoted)
                .set("added", "2026-01-01")
                .front(&format!(
                    "references: [{{ title: {quoted}, url: 'https://example.org/' }}]"
                ))
        });
    let files = site.built();
    for (path, bytes) in &files.0 {
        let text = String::from_utf8_lossy(bytes);
        if [".html", ".xml"]
            .iter()
            .any(|ending| path.ends_with(ending))
        {
            assert!(!text.contains("<img src=x"), "{path}");
            assert!(!text.contains("<script>alert"), "{path}");
            assert!(!text.contains("<b>"), "{path}");
        }
    }
    assert!(
        files
            .page("/python/x/")
            .contains("&lt;img src=x onerror=alert(1)&gt;")
    );
}

#[test]
fn characters_that_reorder_or_hide() {
    assert_snapshot!(question(|q| q.candidate("a\u{202e}b \u{2066}c \u{200f}d")), @"
    11:2-3 V0011 error U+202E reorders the text around it | remove it: what is shown would differ from what is written
    11:5-6 V0011 error U+2066 reorders the text around it | remove it: what is shown would differ from what is written
    11:8-9 V0916 warning U+200F has no width: nobody sees it | remove it
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("title", "a\u{202e}b")), @"
    2:9-10 V0011 error U+202E reorders the text around it | remove it: what is shown would differ from what is written
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("title", "\"a\\u202Eb\"")), @"
    2:10-16 V0011 error U+202E reorders the text around it | remove it: what is shown would differ from what is written
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("assesses", "\"a\\u202Eb \\x07\"")), @"
    6:13-19 V0011 error U+202E reorders the text around it | remove it: what is shown would differ from what is written
    6:21-25 V0010 error U+0007 is a control character | remove it
    exit 1
    ");
    assert_snapshot!(question(|q| q.candidate("a&#x202e;b &#8238; &#7;")), @"
    11:2-10 V0011 error U+202E reorders the text around it | remove it: what is shown would differ from what is written
    11:12-19 V0011 error U+202E reorders the text around it | remove it: what is shown would differ from what is written
    11:20-24 V0010 error U+0007 is a control character | remove it
    exit 1
    ");
    assert_snapshot!(question(|q| q.candidate("```text\na\u{202e}b\n```")), @"
    12:2-3 V0011 error U+202E reorders the text around it | remove it: what is shown would differ from what is written
    exit 1
    ");
    assert_snapshot!(question(|q| q.front("references: [{ title: \"a\\u2067b\", url: 'https://example.org/' }]")), @"
    10:25-31 V0011 error U+2067 reorders the text around it | remove it: what is shown would differ from what is written
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("title", "!!binary YeKArmI=")), @"
    2:8-16 V0105 error tags (`!`) are not used here | quote a text that begins with `!`
    exit 1
    ");
    let site = Site::new().edit(
        "content/handbook.yaml",
        "The Test Handbook",
        "\"a\\u202Eb\"",
    );
    assert_snapshot!(site.check(), @"
    content/handbook.yaml:1:10-16 V0011 error U+202E reorders the text around it | remove it: what is shown would differ from what is written
    exit 1
    ");
}
