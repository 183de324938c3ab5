//! The quick way gives what the careful way gives, or nothing.

use std::sync::Arc;

use proptest::prelude::*;

use super::{careful, plain};

/// Front matter as people write it.
const WRITTEN: &str = r#"title: "When is `a == b` true?: the rules"
topic: language
kind: concept
tags: [gil, "c++", asyncio]
minutes: 8
added: 2025-11-02
assesses: >-
  Whether the candidate knows what is compared,
  and what is not.
strong_answers:
  - Names both: first one, then the other.
  - 'Says it''s fast, and says why.'
  - |
    Two lines,
    kept.
red_flags:
    - "Says \u00e9t\u00e9, or \"never\"."
by_level: { junior: Knows it, senior: "Has seen it" }
follow_ups:
  - ask: What of `is`? # a remark
    assesses: Whether it is known.
    strong_answers:
    - Yes (mostly)
  - Is it a plain text
    that goes on below?
references:
  - { title: The Reference, url: https://docs.example.org/x/#y }
allow: {V0705: the reason}
"#;

fn agree(text: &str) {
    let Some(quick) = plain::read(text, 7) else {
        return;
    };
    let mut told = Vec::new();
    let slow = careful::read(&Arc::from("a.md"), text, 7, &mut told);
    assert_eq!(slow.as_ref(), Some(&quick), "{text}");
    assert!(told.is_empty(), "{text}: {told:?}");
}

#[test]
fn what_people_write_is_plain() {
    assert!(plain::read(WRITTEN, 0).is_some());
    agree(WRITTEN);
}

#[test]
fn whatever_is_special_is_left_to_the_careful_way() {
    for text in [
        "",
        "a:",
        "a: ~",
        "a: null",
        "a: yes",
        "a: 1.5",
        "a: 010",
        "a: -1",
        "a: .inf",
        "a: &x b",
        "a: !!str b",
        "<<: {a: b}",
        "a: b\na: c",
        "1: a",
        "true: a",
        "a: [b",
        "--- a",
        "a\n...\nb",
        "? {a: b}\n: c",
        "a: 12:30",
        "a: 0x1f",
    ] {
        assert_eq!(plain::read(text, 0), None, "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    /// A page with a few letters put in, taken out or exchanged.
    #[test]
    fn slips_of_the_fingers(
        slips in proptest::collection::vec((any::<proptest::sample::Index>(), "[a-z0-9 :\\-\\[\\]{}'\"#|>,&*!?~.\t\né€]{0,3}", 0..4_usize), 1..5),
    ) {
        let mut letters: Vec<char> = WRITTEN.chars().collect();
        for (at, put, taken) in slips {
            let at = at.index(letters.len());
            let end = letters.len().min(at + taken);
            letters.splice(at..end, put.chars());
        }
        agree(&letters.into_iter().collect::<String>());
    }

    /// Few lines of few letters.
    #[test]
    fn little_documents(text in "([ ]{0,4}(- )?([a-c]|\"a\"|'b'|12|a: |b: |\\[|\\]|\\{|\\}|, |: |#|\\||>-|é|2025-01-02| ){0,6}\n){1,6}") {
        agree(&text);
    }
}
