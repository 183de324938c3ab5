//! Rules of judgment: warnings, their levels, exceptions from them, and what they find.

mod code;
mod points;
mod text;
mod whole;

use insta::assert_snapshot;

use crate::site::{self, Question, Ran, Site};

/// What is found in a question that differs from a valid one, without its path.
fn question(change: impl FnOnce(Question) -> Question) -> String {
    let found = Site::new().question("junior/x", change).check();
    found.to_string().replace("content/python/junior/x.md:", "")
}

/// What is found in a page of its own, without its path. Its text begins on line 4.
fn page(body: &str) -> String {
    let text = site::page("Questions and answers", body);
    let found = Site::new().file("content/pages/faq.md", &text).check();
    found.to_string().replace("content/pages/faq.md:", "")
}

fn with_a_warning() -> Site {
    Site::new().question("junior/lists", |question| question.without("follow_ups"))
}

#[test]
fn warnings_alone_are_0_unless_they_are_denied() {
    let site = with_a_warning();
    assert_eq!(site.check().code, 0);
    assert_eq!(site.check_with(&["--deny-warnings"]).code, 1);
    // They are still called warnings.
    assert_eq!(
        site.check().problems,
        site.check_with(&["--deny-warnings"]).problems
    );
    assert_eq!(Site::new().check_with(&["--deny-warnings"]).code, 0);
}

#[test]
fn the_handbook_gives_rules_their_level() {
    let with = |rules: &str| {
        with_a_warning()
            .config(&format!("rules: {rules}"))
            .check()
            .to_string()
    };
    assert_snapshot!(with("{ follow-ups: error }"), @"
    content/python/junior/lists.md:2:8-19 V0901 error the question has no follow-ups | add `follow_ups:` with at least one question that goes deeper
    exit 1
    ");
    assert_snapshot!(with("{ V0901: error }"), @"
    content/python/junior/lists.md:2:8-19 V0901 error the question has no follow-ups | add `follow_ups:` with at least one question that goes deeper
    exit 1
    ");
    assert_snapshot!(with("{ v0901: off }"), @"exit 0");
    assert_snapshot!(with("{ follow-ups: warning }"), @"
    content/python/junior/lists.md:2:8-19 V0901 warning the question has no follow-ups | add `follow_ups:` with at least one question that goes deeper
    exit 0
    ");
    assert_snapshot!(with("{ follow-ups: false }"), @"
    content/handbook.yaml:14:22-27 V0109 error `follow-ups` in `rules` must be `error`, `warning` or `off`, not a boolean
    content/python/junior/lists.md:2:8-19 V0901 warning the question has no follow-ups | add `follow_ups:` with at least one question that goes deeper
    exit 1
    ");
    assert_snapshot!(with("{ follow-ups: off, V0901: error }"), @"
    content/handbook.yaml:14:27-32 V0208 error the rule `follow-ups` stands twice in `rules` | remove one of them
    exit 1
    ");
}

#[test]
fn pages_make_exceptions() {
    let with = |allow: &str| {
        Site::new().question("junior/lists", |q| {
            q.without("follow_ups").front(&format!("allow: {allow}"))
        })
    };
    let one = "[{ rule: follow-ups, reason: It stands alone. }]";
    assert_snapshot!(with(one).check(), @"exit 0");
    assert_snapshot!(with("[{ rule: V0901, reason: It stands alone. }]").check(), @"exit 0");
    // One that is not needed is told of, and that can be allowed or turned off.
    let unused = "[{ rule: follow-ups, reason: A. }, { rule: near-duplicate, reason: B. }]";
    assert_snapshot!(with(unused).check(), @"
    content/python/junior/lists.md:9:51-65 V0906 warning the page does not break the rule `near-duplicate` | remove the exception
    exit 0
    ");
    assert_snapshot!(with(unused).config("rules: { allow-unused: off }").check(), @"exit 0");
    // A rule that is off is broken by nobody.
    assert_snapshot!(with(one).config("rules: { follow-ups: off }").check(), @"exit 0");
    // Not for another page.
    let two = with(one).question("junior/x", |q| q.set("title", "Why?").without("follow_ups"));
    assert_snapshot!(two.check(), @"
    content/python/junior/x.md:2:8-12 V0901 warning the question has no follow-ups | add `follow_ups:` with at least one question that goes deeper
    exit 0
    ");
    // It works on a page that is broken otherwise, and is not called useless there.
    let broken = with(one).edit(
        "content/python/junior/lists.md",
        "minutes: 5",
        "minutes: 500",
    );
    assert_snapshot!(broken.check(), @"
    content/python/junior/lists.md:5:10-13 V0111 error `minutes` must be from 1 to 240, not 500
    exit 1
    ");
    let footnote = Site::new().question("junior/x", |q| {
        q.set("minutes", "0")
            .candidate("A.\n\n[^a]: B.")
            .front("allow: [{ rule: footnote-unused, reason: A. }]")
    });
    assert_snapshot!(footnote.check(), @"
    content/python/junior/x.md:5:10-11 V0111 error `minutes` must be from 1 to 240, not 0
    exit 1
    ");
}

#[test]
fn near_duplicates() {
    let body = "Given a sorted array of distinct integers, find where a value stands, or should.";
    let site = Site::new()
        .question("junior/x", |q| {
            q.set("title", "Binary search?").candidate(body)
        })
        .question("senior/y", |q| {
            q.set("title", "A binary search?").candidate(body)
        })
        .question("mid/z", |q| {
            q.set("title", "Unbalanced parentheses?")
                .candidate("Count them.")
        });
    assert_snapshot!(site.check(), @"
    content/python/senior/y.md:2:8-24 V0907 warning the question is 100 % the same as `content/python/junior/x.md`: both say `binary`, `search`, `given`, `sorted`, `array`, `distinct`, `integers`, `find` and 2 more | merge them, or give the reason why both are needed under `allow`
    exit 0
    ");
    let site = site.question("senior/y", |q| {
        q.set("title", "A binary search?")
            .candidate(body)
            .front("allow: [{ rule: near-duplicate, reason: Harder. }]")
    });
    assert_snapshot!(site.check(), @"exit 0");
}

#[test]
fn today_says_what_long_ago_means() {
    let site = Site::new()
        .config("review_after: 18 months")
        .question("junior/x", |q| q.front("reviewed: 2025-01-15"))
        .file(
            "content/pages/faq.md",
            "---\ntitle: FAQ\nreviewed: 2025-02-15\n---\n## Why\n",
        );
    let on = |day: &str| {
        let ran = Ran::of(&mut site.command(&["check", "--today", day, "--format", "json"]));
        (ran.code, ran.stdout.matches("V0902").count())
    };
    assert_eq!(on("2026-07-15"), (0, 0));
    assert_eq!(on("2026-07-16"), (0, 1));
    assert_eq!(on("2026-08-15"), (0, 1));
    assert_eq!(on("2026-08-16"), (0, 2));
    assert_snapshot!(site.check(), @"
    content/pages/faq.md:3:11-21 V0902 warning the facts were last reviewed on 2025-02-15, before 2025-05-20 | check them against their sources, then set `reviewed` to the day on which you did
    content/python/junior/x.md:10:11-21 V0902 warning the facts were last reviewed on 2025-01-15, before 2025-05-20 | check them against their sources, then set `reviewed` to the day on which you did
    exit 0
    ");
}
