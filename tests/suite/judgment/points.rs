//! What a question has and how it is weighed: strong answers, red flags, minutes, twins.

use insta::assert_snapshot;

use super::question;
use crate::site::{Question, Site};

#[test]
fn strong_answers() {
    assert_snapshot!(question(|q| q.set("strong_answers", "[Names it., Weighs it.]")), @"
    7:1-15 V0908 warning the question has only 2 strong answers | write at least 3: what would a good answer contain, and a very good one?
    exit 0
    ");
    assert_snapshot!(question(|q| {
        q.without("strong_answers")
            .front("strong_answers:\n  - Names it.\n  - Weighs it.")
    }), @"
    9:1-15 V0908 warning the question has only 2 strong answers | write at least 3: what would a good answer contain, and a very good one?
    exit 0
    ");
    // One is an error of its own, and no second message.
    assert_snapshot!(question(|q| q.set("strong_answers", "[Names it.]")), @"
    7:17-18 V0112 error `strong_answers` needs at least 2 entries, not 1
    exit 1
    ");
    // A follow-up may have fewer.
    assert_snapshot!(question(|q| {
        q.set("follow_ups", "[{ ask: Why?, strong_answers: [Says why.] }]")
    }), @"exit 0");
}

#[test]
fn red_flags_that_only_negate() {
    let points = |strong: &str, flag: &str| {
        question(|q| {
            q.without("strong_answers").without("red_flags").front(&format!(
                "strong_answers:\n  - {strong}\n  - Weighs the cost.\n  - Tries it out.\nred_flags:\n  - {flag}"
            ))
        })
    };
    assert_snapshot!(points("Mentions the GIL.", "Doesn't mention the *GIL*."), @"
    13:5-31 V0909 warning this red flag only negates a strong answer | name what a weak candidate says or does instead, or remove it
    exit 0
    ");
    assert_snapshot!(points("\"Never blocks the loop.\"", "'Blocks the loop.'"), @"
    13:6-22 V0909 warning this red flag only negates a strong answer | name what a weak candidate says or does instead, or remove it
    exit 0
    ");
    assert_snapshot!(points("Says it.", "Says nothing."), @"exit 0");
    // It says what a weak candidate believes.
    assert_snapshot!(points("Mentions the GIL.", "Says that the GIL makes all code safe."), @"exit 0");
    assert_snapshot!(points("Mentions the GIL.", "Does not mention what the GIL costs threads."), @"exit 0");
    assert_snapshot!(points("Says that lists can change.", "Says that tuples can't."), @"exit 0");
    // The follow-up has its own pair; across the pairs nothing is compared.
    assert_snapshot!(question(|q| {
        q.without("follow_ups").front("\
follow_ups:
  - ask: And then?
    strong_answers: [Closes the file.]
    red_flags: [Doesn't close the file.]
  - ask: And else?
    red_flags: [Never says what it is.]")
    }), @"
    12:17-40 V0909 warning this red flag only negates a strong answer | name what a weak candidate says or does instead, or remove it
    exit 0
    ");
}

#[test]
fn minutes() {
    let with = |kind: &str, minutes: &str, words: usize| {
        question(|q| {
            q.set("kind", kind)
                .set("minutes", minutes)
                .answer(&"word ".repeat(words))
        })
    };
    assert_snapshot!(with("concept", "3", 600), @"
    5:1-8 V0910 warning 3 minutes are too few: reading the prompt and saying the answer takes 4 | give it 4 minutes or more, or part the question
    exit 0
    ");
    assert_snapshot!(with("concept", "4", 600), @"exit 0");
    assert_snapshot!(with("coding", "4", 50), @"
    5:1-8 V0910 warning 4 minutes are too few for a question of the kind `coding` | give it 5 minutes or more, or another kind
    exit 0
    ");
    assert_snapshot!(with("coding", "5", 50), @"exit 0");
    assert_snapshot!(with("predict-output", "31", 100), @"
    5:1-8 V0910 warning 31 minutes are too many for a question of the kind `predict-output` | give it 30 minutes or fewer, or part the question
    exit 0
    ");
    assert_snapshot!(with("design", "60", 100), @"
    5:1-8 V0910 warning 60 minutes are too many for an answer of 100 words | give it fewer minutes, or write what a candidate can reach in that time
    exit 0
    ");
    assert_snapshot!(with("design", "60", 120), @"exit 0");
    // Code is written, not said: its words don't count.
    let code = format!("So.\n\n```python\n{}```", "x = 1\n".repeat(400));
    assert_snapshot!(question(|q| q.set("kind", "coding").set("minutes", "20").answer(&code)), @"exit 0");
}

#[test]
fn twins_across_levels() {
    let asks = |question: Question, title: &str| {
        question
            .set("title", title)
            .candidate("Given two sorted lists of integers, return one sorted list of all of them.")
    };
    let site = Site::new()
        .question("junior/merge", |q| {
            asks(q, "How would you merge two lists?")
        })
        .question("senior/merging", |q| {
            asks(q, "How do you merge two huge lists?")
        })
        // Half of its words are others.
        .question("mid/split", |q| {
            q.set("title", "How would you split a list?")
                .candidate("Given one list of integers, return the odd ones before the even ones.")
        });
    assert_snapshot!(site.check(), @"
    content/python/senior/merging.md:2:8-40 V0907 warning the question is 90 % the same as `content/python/junior/merge.md`: both say `merge`, `two`, `lists`, `given`, `sorted`, `integers`, `return`, `one` and 1 more | merge them, or give the reason why both are needed under `allow`
    exit 0
    ");
    // Where the other one is, people see too.
    let told = crate::site::Ran::of(&mut site.command(&["check"])).stderr;
    assert!(
        told.contains("content/python/junior/merge.md:2:8"),
        "{told}"
    );
    // The exception belongs where the message stands.
    let allow = "allow: [{ rule: near-duplicate, reason: The lists are huge. }]";
    let site = site.question("senior/merging", |q| {
        asks(q, "How do you merge two huge lists?").front(allow)
    });
    assert_snapshot!(site.check(), @"exit 0");
}
