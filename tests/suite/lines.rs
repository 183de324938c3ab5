//! Mistakes in values that are more than a word: each on its own line and in its own column.

use insta::assert_snapshot;

use crate::site::{Question, Site};

/// What is found in a question that differs from a valid one, without its path.
fn found(change: impl FnOnce(Question) -> Question) -> String {
    let found = Site::new().question("junior/x", change).check();
    found.to_string().replace("content/python/junior/x.md:", "")
}

/// The same of `assesses`, which stands on line 6.
fn assesses(value: &str) -> String {
    found(|question| question.set("assesses", value))
}

#[test]
fn a_map_in_place_of_a_text_may_begin_with_any_letter() {
    assert_snapshot!(found(|q| q.set("red_flags", "\n  - Über: there is none.")), @"
    9:5-6 V0109 error an entry of `red_flags` must be a text, not a map of fields | quote a text that contains `: `
    exit 1
    ");
    assert_snapshot!(found(|q| q.set("title", "\n  日: When")), @"
    3:3-4 V0109 error `title` must be a text, not a map of fields | quote a text that contains `: `
    exit 1
    ");
    let site = Site::new().edit(
        "content/handbook.yaml",
        "title: The Test Handbook",
        "title: { é: x }",
    );
    assert_snapshot!(site.check(), @"
    content/handbook.yaml:1:8-9 V0109 error `title` must be a text, not a map of fields | quote a text that contains `: `
    exit 1
    ");
}

#[test]
fn folded_and_literal_blocks() {
    assert_snapshot!(assesses(">-\n  Whether the candidate\n  follows 日本 [x](nope.md) and\n\n  writes <b>bold\n  and TODO"), @"
    8:14-26 V0402 error there is no file `content/python/junior/nope.md` | paths are relative to the page's own folder
    10:10-13 V0502 error the tag `b` is not allowed | write `**text**`
    11:7-11 V0918 warning `TODO` marks a part that is still to be written | write it, or take it out; a word that is meant stands between backticks
    exit 1
    ");
    assert_snapshot!(assesses("|\n  Whether they\n  - follow 日本 [x](nope.md)\n"), @"
    8:3-27 V0309 error this field takes one paragraph of text | no list, heading, quote, table, code block or second paragraph can stand here; a backslash before its first sign makes it text
    exit 1
    ");
    assert_snapshot!(assesses(">2-\n   Whether\n  it is [x](nope.md)"), @"
    8:9-21 V0402 error there is no file `content/python/junior/nope.md` | paths are relative to the page's own folder
    exit 1
    ");
    assert_snapshot!(assesses("|-\n  \"Quoted\" and [x](nope.md)\n  'again' TODO"), @"
    7:16-28 V0402 error there is no file `content/python/junior/nope.md` | paths are relative to the page's own folder
    8:11-15 V0918 warning `TODO` marks a part that is still to be written | write it, or take it out; a word that is meant stands between backticks
    exit 1
    ");
}

#[test]
fn plain_texts_of_several_lines() {
    assert_snapshot!(assesses("Whether the\n    candidate [x](nope.md)\n    and <b>bold</b> TODO"), @"
    7:15-27 V0402 error there is no file `content/python/junior/nope.md` | paths are relative to the page's own folder
    8:9-12 V0502 error the tag `b` is not allowed | write `**text**`
    8:21-25 V0918 warning `TODO` marks a part that is still to be written | write it, or take it out; a word that is meant stands between backticks
    exit 1
    ");
    assert_snapshot!(found(|q| q.set("red_flags", "\n  - Says\n    nothing <b>at\n    all\n  - Says [x](nope.md)")), @"
    10:13-16 V0502 error the tag `b` is not allowed | write `**text**`
    12:10-22 V0402 error there is no file `content/python/junior/nope.md` | paths are relative to the page's own folder
    exit 1
    ");
}

#[test]
fn quotes_of_both_kinds() {
    assert_snapshot!(assesses("'Whether it''s the\n    candidate''s [x](nope.md)\n    and <b>bold TODO'"), @"
    7:18-30 V0402 error there is no file `content/python/junior/nope.md` | paths are relative to the page's own folder
    8:9-12 V0502 error the tag `b` is not allowed | write `**text**`
    8:17-21 V0918 warning `TODO` marks a part that is still to be written | write it, or take it out; a word that is meant stands between backticks
    exit 1
    ");
    assert_snapshot!(assesses(r#""Whether \u65e5\x41 \"the\" \
    candidate [x](nope.md)
    and \u202e <b>bold TODO""#), @"
    7:15-27 V0402 error there is no file `content/python/junior/nope.md` | paths are relative to the page's own folder
    8:9-15 V0011 error U+202E reorders the text around it | remove it: what is shown would differ from what is written
    8:16-19 V0502 error the tag `b` is not allowed | write `**text**`
    8:24-28 V0918 warning `TODO` marks a part that is still to be written | write it, or take it out; a word that is meant stands between backticks
    exit 1
    ");
    assert_snapshot!(found(|q| q.set("red_flags", r#"["Says \"[x](nope.md)\"", 'it''s <b>so']"#)), @"
    8:21-33 V0402 error there is no file `content/python/junior/nope.md` | paths are relative to the page's own folder
    8:45-48 V0502 error the tag `b` is not allowed | write `**text**`
    exit 1
    ");
}
