//! Fields: given twice, unknown, missing, empty, of the wrong type, out of range.

use insta::assert_snapshot;

use crate::site::{Checked, Question, Site};

/// What is found when one question differs from a valid one.
fn question(change: impl FnOnce(Question) -> Question) -> Checked {
    Site::new().question("junior/x", change).check()
}

#[test]
fn fields_given_twice() {
    assert_snapshot!(question(|q| q.front("minutes: 7")), @"
    content/python/junior/x.md:10:1-8 V0106 error field `minutes` is given twice | keep one of them
    exit 1
    ");
    // Twice on one page, and one of them a third time.
    assert_snapshot!(question(|q| q.front("minutes: 7\nkind: coding\nminutes: 8")), @"
    content/python/junior/x.md:10:1-8 V0106 error field `minutes` is given twice | keep one of them
    content/python/junior/x.md:11:1-5 V0106 error field `kind` is given twice | keep one of them
    content/python/junior/x.md:12:1-8 V0106 error field `minutes` is given twice | keep one of them
    exit 1
    ");
    // In a map within, and on a page that is broken otherwise.
    assert_snapshot!(
        question(|q| q.without("kind").front("by_level: { junior: a, junior: b }\ntitle: Two")),
        @"
    content/python/junior/x.md:1:1-4 V0108 error a question needs the field `kind` | add a line `kind: …`
    content/python/junior/x.md:9:24-30 V0106 error field `junior` is given twice | keep one of them
    content/python/junior/x.md:10:1-6 V0106 error field `title` is given twice | keep one of them
    exit 1
    "
    );
    assert_snapshot!(
        question(|q| q.set("follow_ups", "\n  - ask: One?\n    ask: Two?")),
        @"
    content/python/junior/x.md:11:5-8 V0106 error field `ask` is given twice | keep one of them
    exit 1
    "
    );
}

#[test]
fn unknown_fields() {
    assert_snapshot!(question(|q| q.front("difficulty: hard")), @"
    content/python/junior/x.md:10:1-11 V0107 error a question has no field `difficulty` | a question has the fields `added`, `aliases`, `allow`, `assesses`, `by_level`, `draft`, `follow_ups`, `kind`, `minutes`, `red_flags`, `references`, `related`, `reviewed`, `strong_answers`, `tags`, `title` and `topic`
    exit 1
    ");
    assert_snapshot!(question(|q| q.front("tag: [a]")), @"
    content/python/junior/x.md:10:1-4 V0107 error a question has no field `tag` | did you mean `tags`?
    exit 1
    ");
    // One mistake, not a missing field as well.
    assert_snapshot!(question(|q| q.without("minutes").front("minuts: 3")), @"
    content/python/junior/x.md:9:1-7 V0107 error a question has no field `minuts` | did you mean `minutes`?
    exit 1
    ");
    assert_snapshot!(question(|q| q.without("red_flags").front("Red-Flags: [a]")), @"
    content/python/junior/x.md:9:1-10 V0107 error a question has no field `Red-Flags` | did you mean `red_flags`?
    exit 1
    ");
    // Within a field.
    assert_snapshot!(question(|q| q.set("follow_ups", "[{ ask: Why?, answer: So. }]")), @"
    content/python/junior/x.md:9:27-33 V0107 error a follow-up has no field `answer` | a follow-up has the fields `ask`, `assesses`, `red_flags` and `strong_answers`
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("follow_ups", "\n  - Why: because?")), @"
    content/python/junior/x.md:10:5-8 V0109 error an entry of `follow_ups` must be a text or a map with `ask`, not a map of other fields | quote a text that contains `: `
    exit 1
    ");
    assert_snapshot!(
        question(|q| q.front("references: [{ title: A, link: 'https://a.example/' }]")),
        @"
    content/python/junior/x.md:10:16-21 V0108 error a reference needs the field `url` | add a line `url: …`
    content/python/junior/x.md:10:26-30 V0107 error a reference has no field `link` | a reference has the fields `title` and `url`
    exit 1
    "
    );
    // A key that is no text.
    assert_snapshot!(question(|q| q.front("1: one\ntrue: two")), @"
    content/python/junior/x.md:10:1-2 V0107 error a question has no field `1` | a question has the fields `added`, `aliases`, `allow`, `assesses`, `by_level`, `draft`, `follow_ups`, `kind`, `minutes`, `red_flags`, `references`, `related`, `reviewed`, `strong_answers`, `tags`, `title` and `topic`
    content/python/junior/x.md:11:1-5 V0107 error a question has no field `true` | a question has the fields `added`, `aliases`, `allow`, `assesses`, `by_level`, `draft`, `follow_ups`, `kind`, `minutes`, `red_flags`, `references`, `related`, `reviewed`, `strong_answers`, `tags`, `title` and `topic`
    exit 1
    ");
    assert_snapshot!(question(|q| q.front("? [a]\n: three")), @"
    content/python/junior/x.md:10:3-4 V0103 error the name of a field must be a text
    exit 1
    ");
}

/// Each case is a page of its own in one handbook; each has one problem, with this code and
/// this in its message.
fn each(code: &str, cases: Vec<(String, Question)>) {
    let mut site = Site::new();
    let mut expected = Vec::new();
    for (number, (message, case)) in cases.into_iter().enumerate() {
        let slug = format!("junior/case-{number:03}");
        let shown = case.to_string();
        site = site.question(&slug, |_| case);
        expected.push((format!("content/python/{slug}.md"), message, shown));
    }
    let found = site.check();
    assert_eq!(found.problems.len(), expected.len(), "{found}");
    for (problem, (path, message, shown)) in found.problems.iter().zip(expected) {
        assert!(problem.starts_with(&path), "{problem}\n{shown}");
        assert!(
            problem.contains(&format!(" {code} error ")),
            "{problem}\n{shown}"
        );
        assert!(problem.contains(&message), "{problem}\n{shown}");
    }
}

#[test]
fn fields_that_are_missing() {
    let required = [
        "title",
        "topic",
        "kind",
        "minutes",
        "assesses",
        "strong_answers",
        "red_flags",
    ];
    let case = |name: &str| {
        let message = format!("a question needs the field `{name}` | add a line `{name}: …`");
        (message, Question::new().without(name))
    };
    each("V0108", required.map(case).into());
}

#[test]
fn fields_that_are_empty() {
    let mut cases = Vec::new();
    for (name, _) in FIELDS {
        for nothing in ["", "null", "~"] {
            cases.push((
                format!("`{name}` is empty"),
                Question::new().set(name, nothing),
            ));
        }
    }
    each("V0110", cases);
    assert_snapshot!(question(|q| q.set("title", "")), @"
    content/python/junior/x.md:2:1-6 V0110 error `title` is empty | give it a value, or remove it
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("title", "''")), @"
    content/python/junior/x.md:2:8-10 V0110 error `title` is empty | give it a value, or remove it
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("title", "' \u{a0} '")), @"
    content/python/junior/x.md:2:8-13 V0110 error `title` is empty | give it a value, or remove it
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("strong_answers", "[One., '']")), @"
    content/python/junior/x.md:7:24-26 V0110 error an entry of `strong_answers` is empty | give it a value, or remove it
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("strong_answers", "\n  - One.\n  -")), @"
    content/python/junior/x.md:9:4-4 V0110 error an entry of `strong_answers` is empty | give it a value, or remove it
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("strong_answers", "[]")), @"
    content/python/junior/x.md:7:17-18 V0110 error `strong_answers` is empty | write at least 2 entries
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("red_flags", "[]")), @"
    content/python/junior/x.md:8:12-13 V0110 error `red_flags` is empty | write at least 1 entry
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("by_level", "{ junior: , mid: '' }")), @"
    content/python/junior/x.md:10:13-19 V0110 error `junior` in `by_level` is empty | give it a value, or remove it
    content/python/junior/x.md:10:28-30 V0110 error `mid` in `by_level` is empty | give it a value, or remove it
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("strong_answers", "[One.]")), @"
    content/python/junior/x.md:7:17-18 V0112 error `strong_answers` needs at least 2 entries, not 1
    exit 1
    ");
}

/// Every field of a question and the type of its value.
const FIELDS: [(&str, &str); 17] = [
    ("title", "a text"),
    ("topic", "a text"),
    ("kind", "a text"),
    ("minutes", "a number"),
    ("assesses", "a text"),
    ("strong_answers", "a list"),
    ("red_flags", "a list"),
    ("tags", "a list"),
    ("by_level", "a map of fields"),
    ("follow_ups", "a list"),
    ("related", "a list"),
    ("references", "a list"),
    ("added", "a text"),
    ("reviewed", "a text"),
    ("aliases", "a list"),
    ("draft", "a boolean"),
    ("allow", "a list"),
];

#[test]
fn values_of_the_wrong_type() {
    // A value of each type for a field of each type. Nothing but the type is told of.
    let values = [
        ("a text", "words"),
        ("a number", "3"),
        ("a fraction", "3.5"),
        ("a boolean", "true"),
        ("a list", "[a, b]"),
        ("a map of fields", "{ a: b }"),
    ];
    let mut cases = Vec::new();
    for (name, right) in FIELDS {
        for (kind, value) in values.iter().filter(|(kind, _)| *kind != right) {
            cases.push((format!(", not {kind}"), Question::new().set(name, value)));
        }
    }
    each("V0109", cases);
}

#[test]
fn entries_of_the_wrong_type() {
    assert_snapshot!(question(|q| q.set("strong_answers", "[One., 2, [Three.], { four: 4 }, true]")), @"
    content/python/junior/x.md:7:24-25 V0109 error an entry of `strong_answers` must be a text, not a number | put it between quotes: '2'
    content/python/junior/x.md:7:27-28 V0109 error an entry of `strong_answers` must be a text, not a list
    content/python/junior/x.md:7:37-38 V0109 error an entry of `strong_answers` must be a text, not a map of fields | quote a text that contains `: `
    content/python/junior/x.md:7:50-54 V0109 error an entry of `strong_answers` must be a text, not a boolean | put it between quotes: 'true'
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("follow_ups", "[1, [Why?], true]")), @"
    content/python/junior/x.md:9:14-15 V0109 error an entry of `follow_ups` must be a text or a map with `ask`, not a number
    content/python/junior/x.md:9:17-18 V0109 error an entry of `follow_ups` must be a text or a map with `ask`, not a list
    content/python/junior/x.md:9:25-29 V0109 error an entry of `follow_ups` must be a text or a map with `ask`, not a boolean
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("references", "[PEP 8, 8]")), @"
    content/python/junior/x.md:10:14-19 V0109 error an entry of `references` must be a map of fields, not a text
    content/python/junior/x.md:10:21-22 V0109 error an entry of `references` must be a map of fields, not a number
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("by_level", "{ junior: 1, mid: [a] }")), @"
    content/python/junior/x.md:10:21-22 V0109 error `junior` in `by_level` must be a text, not a number | put it between quotes: '1'
    content/python/junior/x.md:10:29-30 V0109 error `mid` in `by_level` must be a text, not a list
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("tags", "[3, [a], yes]")), @"
    content/python/junior/x.md:10:8-9 V0109 error an entry of `tags` must be a text, not a number | put it between quotes: '3'
    content/python/junior/x.md:10:11-12 V0109 error an entry of `tags` must be a text, not a list
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("allow", "[near-duplicate]")), @"
    content/python/junior/x.md:10:9-23 V0109 error an entry of `allow` must be a map of fields, not a text
    exit 1
    ");
}

#[test]
fn values_out_of_range() {
    let case = |minutes: &str| {
        let message = format!("`minutes` must be from 1 to 240, not {minutes}");
        (message, Question::new().set("minutes", minutes))
    };
    each(
        "V0111",
        ["0", "-1", "241", "65536", "9999999999999999999"]
            .map(case)
            .into(),
    );
    assert_eq!(question(|q| q.set("minutes", "1")).problems, [""; 0]);
    let most = question(|q| {
        q.set("minutes", "240")
            .front("allow: [{ rule: minutes, reason: It is the most. }]")
    });
    assert_eq!(most.problems, [""; 0]);
    assert_snapshot!(question(|q| q.set("minutes", "241")), @"
    content/python/junior/x.md:5:10-13 V0111 error `minutes` must be from 1 to 240, not 241
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("minutes", "7.5")), @"
    content/python/junior/x.md:5:10-13 V0109 error `minutes` must be a whole number, not a fraction
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("minutes", "ten")), @"
    content/python/junior/x.md:5:10-13 V0109 error `minutes` must be a whole number, not a text
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("added", "20.11.2026").set("reviewed", "2026-02-30")), @"
    content/python/junior/x.md:10:8-18 V0111 error `20.11.2026` is not a date | write year, month and day: 2026-11-20
    content/python/junior/x.md:11:11-21 V0111 error `2026-02-30` is not a date | write year, month and day: 2026-11-20
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("added", "20261120").set("reviewed", "2026-11-20T10:00")), @"
    content/python/junior/x.md:10:8-16 V0109 error `added` must be a date such as 2026-11-20, not a number
    content/python/junior/x.md:11:11-27 V0111 error `2026-11-20T10:00` is not a date | write year, month and day: 2026-11-20
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("tags", "[GIL, a b, ä, a--b, '']")), @"
    content/python/junior/x.md:10:8-11 V0111 error `GIL` can't be part of an address | write `gil`: small letters, digits and hyphens
    content/python/junior/x.md:10:13-16 V0111 error `a b` can't be part of an address | write `a-b`: small letters, digits and hyphens
    content/python/junior/x.md:10:18-19 V0111 error `ä` can't be part of an address | write `a`: small letters, digits and hyphens
    content/python/junior/x.md:10:21-25 V0111 error `a--b` can't be part of an address | write `a-b`: small letters, digits and hyphens
    content/python/junior/x.md:10:27-29 V0110 error an entry of `tags` is empty | give it a value, or remove it
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("aliases", "[Old Name, /a/../b, //x, 'https://x.example/']")), @"
    content/python/junior/x.md:10:11-19 V0111 error `Old Name` can't be part of an address | write `old-name`: small letters, digits and hyphens
    content/python/junior/x.md:10:21-28 V0111 error `/a/../b` can't be a former address | write a path such as `/python/old-name/`: letters, digits and `-._~`
    content/python/junior/x.md:10:30-33 V0111 error `//x` can't be a former address | write a path such as `/python/old-name/`: letters, digits and `-._~`
    content/python/junior/x.md:10:35-55 V0111 error `https://x.example/` can't be a former address | write a path such as `/python/old-name/`: letters, digits and `-._~`
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("related", "[a/b/c, '../x.md', '/x', Lists]")), @"
    content/python/junior/x.md:10:11-16 V0111 error `a/b/c` is not the name of a question | write `a/c`: the name of its file, without `.md`
    content/python/junior/x.md:10:18-27 V0111 error `../x.md` is not the name of a question | write `x`: the name of its file, without `.md`
    content/python/junior/x.md:10:29-33 V0111 error `/x` is not the name of a question | write its file's name without `.md`, or `guide/name`
    content/python/junior/x.md:10:35-40 V0111 error `Lists` is not the name of a question | write its file's name without `.md`, or `guide/name`
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("draft", "yes")), @"
    content/python/junior/x.md:10:8-11 V0109 error `draft` must be `true` or `false`, not a text
    exit 1
    ");
}

#[test]
fn entries_that_stand_twice() {
    assert_snapshot!(
        question(|q| q
            .set("tags", "[a, b, a]")
            .set("related", "[lists, gil, lists]")
            .set("aliases", "[old, old]")),
        @"
    content/python/junior/x.md:10:14-15 V0208 error `a` stands twice in `tags` | remove one of them
    content/python/junior/x.md:11:23-28 V0208 error `lists` stands twice in `related` | remove one of them
    content/python/junior/x.md:12:16-19 V0208 error `old` stands twice in `aliases` | remove one of them
    exit 1
    "
    );
}

#[test]
fn fields_of_one_line_hold_no_blocks() {
    assert_snapshot!(question(|q| q.set("assesses", "'# Whether'")), @"
    content/python/junior/x.md:6:12-21 V0309 error this field takes one paragraph of text | no list, heading, quote, table, code block or second paragraph can stand here; a backslash before its first sign makes it text
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("assesses", "|\n  One.\n\n  Two.")), @"
    content/python/junior/x.md:9:3-7 V0309 error this field takes one paragraph of text | no list, heading, quote, table, code block or second paragraph can stand here; a backslash before its first sign makes it text
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("red_flags", "[\"- a\\n- b\", '    code', '> quote']")), @"
    content/python/junior/x.md:8:14-17 V0309 error this field takes one paragraph of text | no list, heading, quote, table, code block or second paragraph can stand here; a backslash before its first sign makes it text
    content/python/junior/x.md:8:38-45 V0309 error this field takes one paragraph of text | no list, heading, quote, table, code block or second paragraph can stand here; a backslash before its first sign makes it text
    exit 1
    ");
}
