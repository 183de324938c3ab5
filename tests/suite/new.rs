//! `viva new`: what it asks, what it writes, what it refuses.

use std::io::Write as _;
use std::process::{Command, Stdio};

use insta::assert_snapshot;

use crate::site::{Ran, Site, TODAY};

/// A handbook with one guide, and a question that others can be like.
fn handbook() -> Site {
    Site::new().question("mid/wraps", |question| {
        question
            .set("title", "Why does a decorator use `functools.wraps`?")
            .front("aliases: [keeping-a-name]")
    })
}

/// Runs `viva new` with somebody who types these lines.
fn new(site: &Site, args: &[&str], typed: &str) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_viva"))
        .args(["new", "--today", TODAY, "--root"])
        .arg(site.root())
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    // Whoever asks nothing may be gone already.
    let _ = input.write_all(typed.as_bytes());
    drop(input);
    Ran::from(child.wait_with_output().unwrap())
}

fn text(site: &Site, path: &str) -> String {
    std::fs::read_to_string(site.path(path)).unwrap()
}

#[test]
fn with_all_arguments_nothing_is_asked() {
    let site = handbook();
    let ran = new(
        &site,
        &[
            "What does `dict.setdefault` return?",
            "--level=junior",
            "--topic=language",
            "--kind=coding",
        ],
        "",
    );
    let path = "content/python/junior/what-does-dict-setdefault-return.md";
    assert_eq!((ran.code, ran.stdout), (0, format!("{path}\n")));
    assert_snapshot!(ran.stderr, @"
    The page is there. Next:
    1. Write the parts that are marked `TODO`; `viva serve` shows the page while you do.
    2. `viva check` tells what is left, and `viva test python/what-does-dict-setdefault-return` runs the code samples.
    3. Put `what-does-dict-setdefault-return` where it belongs in `content/python/junior/index.md`, if it has a place there.
    ");
    assert_snapshot!(text(&site, path), @r#"
    ---
    title: "What does `dict.setdefault` return?"
    topic: language
    kind: coding
    minutes: 15
    # One sentence.
    assesses: "TODO: whether the candidate …"
    # Three to six points, as they can be heard.
    strong_answers:
      - "TODO: says that …"
      - "TODO: explains why …"
      - "TODO: names a case in which …"
    # Two to four, as they can be heard; none of them the mere opposite of a point above.
    red_flags:
      - "TODO: says that …"
      - "TODO: can't tell …"
    follow_ups:
      - ask: "TODO: a question that goes deeper"
        strong_answers:
          - "TODO: says that …"
        red_flags:
          - "TODO: says that …"
    added: 2026-11-20
    reviewed: 2026-11-20
    ---

    TODO: the task, with an example of what goes in and what comes out.

    ## Answer

    TODO: the answer in a sentence or two, then how it works, an example, and the limits.
    "#);
}

#[test]
fn what_is_left_is_marked_and_nothing_else_is_wrong() {
    for kind in [
        "concept",
        "coding",
        "predict-output",
        "debugging",
        "design",
        "experience",
    ] {
        let site = handbook();
        let kind = format!("--kind={kind}");
        let args = [
            "A: \"b\" # c?",
            "--level=mid",
            "--topic=runtime",
            &kind,
            "--slug=abc",
        ];
        assert_eq!(new(&site, &args, "").code, 0, "{kind}");
        let marks = text(&site, "content/python/mid/abc.md")
            .matches("TODO:")
            .count();
        let checked = site.check();
        assert_eq!(
            (checked.code, checked.problems.len()),
            (0, marks),
            "{kind}: {checked}"
        );
        for problem in &checked.problems {
            assert!(problem.contains(" V0918 warning "), "{problem}");
        }
    }
}

#[test]
fn what_is_missing_is_asked_for() {
    let site = handbook();
    let typed = "\nWhat is a generator?\nsenoir\nsenior\nzzz\nlanguage\n\ngil\ngenerators\n";
    let ran = new(&site, &[], typed);
    assert_eq!(ran.stdout, "content/python/senior/generators.md\n");
    assert_snapshot!(ran.stderr, @"
    The question: a question has a title
    The question: The level (junior, mid, senior): there is no level `senoir`; did you mean `senior`?
    The level (junior, mid, senior): The topic (language, concurrency, runtime): there is no topic `zzz`; there are language, concurrency, runtime
    The topic (language, concurrency, runtime): The kind (concept, coding, predict-output, debugging, design, experience) [concept]: The name in the address [what-is-a-generator]: the question can't be called `gil`: `content/python/senior/gil.md` has it already
    The name in the address [what-is-a-generator]: 
    The page is there. Next:
    1. Write the parts that are marked `TODO`; `viva serve` shows the page while you do.
    2. `viva check` tells what is left, and `viva test python/generators` runs the code samples.
    3. Put `generators` where it belongs in `content/python/senior/index.md`, if it has a place there.
    ");
    let page = text(&site, "content/python/senior/generators.md");
    assert!(page.contains("title: \"What is a generator?\"\n"), "{page}");
    assert!(page.contains("kind: concept\n"), "{page}");
}

#[test]
fn where_nobody_answers_it_says_what_to_give() {
    for (typed, option) in [
        ("", "give it as an argument"),
        ("What is a set?\n", "give `--level`"),
        ("What is a set?\nmid\n", "give `--topic`"),
        ("What is a set?\nmid\nruntime\n", "give `--kind`"),
        ("What is a set?\nmid\nruntime\n\n", "give `--slug`"),
    ] {
        let site = handbook();
        let before = site.paths();
        let ran = new(&site, &[], typed);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{typed}");
        assert!(ran.stderr.contains(option), "{}", ran.stderr);
        assert_eq!(site.paths(), before, "{typed}");
    }
}

#[test]
fn a_question_that_may_be_there_already_stops_it() {
    let site = handbook();
    let before = site.paths();
    let args = [
        "What is `functools.wraps` good for in decorators?",
        "--level=mid",
        "--topic=runtime",
    ];
    let ran = new(&site, &args, "");
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert_snapshot!(ran.stderr, @"
    These may ask the same:
      66 % What does a decorator do? (content/python/mid/decorators.md)
      64 % Why does a decorator use functools.wraps? (content/python/mid/wraps.md)
    Nothing was written. With `--force`, it is.
    ");
    assert_eq!(site.paths(), before);

    // Somebody who is asked can say yes.
    let title = "What is `functools.wraps` good for in decorators?\n";
    let no = new(&site, &[], &format!("{title}n\n"));
    assert_eq!((no.code, site.paths()), (1, before));
    let yes = new(&site, &[], &format!("{title}y\nmid\nruntime\n\n\n"));
    assert_eq!(yes.code, 0, "{}", yes.stderr);

    let forced = new(
        &handbook(),
        &[&args[..], &["--kind=concept", "--force"]].concat(),
        "",
    );
    assert_eq!(forced.code, 0, "{}", forced.stderr);
}

#[test]
fn names_that_a_question_can_t_have() {
    let site = handbook();
    let before = site.paths();
    let mut said = String::new();
    for slug in [
        "Sets",
        "a--b",
        "../x",
        "",
        "mid",
        "topics",
        "wraps",
        "keeping-a-name",
    ] {
        let slug = format!("--slug={slug}");
        let args = [
            "What is a set?",
            "--level=mid",
            "--topic=runtime",
            "--kind=concept",
            &slug,
        ];
        let ran = new(&site, &args, "");
        assert_eq!(ran.code, 2, "{slug}");
        said.push_str(&ran.stderr);
    }
    assert_snapshot!(said, @"
    error: the question can't be called `Sets`: an address has small letters, digits and single hyphens
    error: the question can't be called `a--b`: an address has small letters, digits and single hyphens
    error: the question can't be called `../x`: an address has small letters, digits and single hyphens
    error: the question can't be called ``: an address has small letters, digits and single hyphens
    error: the question can't be called `mid`: the site needs that name for itself
    error: the question can't be called `topics`: the site needs that name for itself
    error: the question can't be called `wraps`: `content/python/mid/wraps.md` has it already
    error: the question can't be called `keeping-a-name`: `content/python/mid/wraps.md` had it formerly
    ");
    assert_eq!(site.paths(), before);
}

#[test]
fn wrong_arguments() {
    let site = handbook();
    let mut said = String::new();
    for wrong in [
        &["--level=senoir"][..],
        &["--level=mid", "--topic=zzz"],
        &["--level=mid", "--topic=runtime", "--kind=code"],
        &["--guide=pyhton"],
    ] {
        let ran = new(&site, &[&["What is a set?"], wrong].concat(), "");
        assert_eq!(ran.code, 2, "{wrong:?}");
        said.push_str(&ran.stderr);
    }
    for title in ["", "  ", "a\nb"] {
        let ran = new(&site, &[title], "");
        assert_eq!(ran.code, 2, "{title:?}");
        said.push_str(&ran.stderr);
    }
    for title in ["What is a\u{202e}b?", "What is a\u{200b}b?"] {
        let ran = new(&site, &[title], "");
        assert_eq!(ran.code, 1, "{title:?}");
        said.push_str(&ran.stderr);
    }
    // A title that gives no name that is free, and nobody who could say another.
    let args = ["--level=mid", "--topic=runtime", "--kind=concept"];
    let ran = new(&site, &[&["All"], &args[..]].concat(), "");
    assert_eq!(ran.code, 2);
    said.push_str(&ran.stderr);
    assert_snapshot!(said, @"
    error: there is no level `senoir`; did you mean `senior`?
    error: there is no topic `zzz`; there are language, concurrency, runtime
    error: there is no kind `code`; there are concept, coding, predict-output, debugging, design, experience
    error: there is no guide `pyhton`; did you mean `python`?
    error: a question has a title
    error: a question has a title
    error: a title is one line of text
    error: U+202E reorders the text around it
      remove it: what is shown would differ from what is written
    error: U+200B has no width: nobody sees it
      remove it
    the question can't be called `all`: the site needs that name for itself
    The name in the address: 
    error: nobody answers: give `--slug`
    ");
}

#[test]
fn several_guides_are_asked_for() {
    let site = handbook()
        .file(
            "content/rust/index.md",
            &crate::site::page("Rust", "The role."),
        )
        .file(
            "content/rust/mid/index.md",
            &crate::site::page("Mid", "Features."),
        );
    let args = [
        "What is a set?",
        "--level=mid",
        "--topic=runtime",
        "--kind=concept",
    ];
    let ran = new(&site, &args, "rust\n");
    assert_eq!(
        ran.stdout, "content/rust/mid/what-is-a-set.md\n",
        "{}",
        ran.stderr
    );
}

#[test]
fn a_page_that_is_broken_elsewhere_does_not_stop_it() {
    let site = handbook().file("content/python/mid/broken.md", "no front matter");
    let args = [
        "What is a set?",
        "--level=mid",
        "--topic=runtime",
        "--kind=concept",
    ];
    assert_eq!(new(&site, &args, "").code, 0);
}

#[test]
fn without_a_handbook_there_is_nothing_to_add_to() {
    let ran = new(&Site::empty(), &["What is a set?"], "");
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("V0001"), "{}", ran.stderr);
}

#[test]
fn a_configuration_that_is_no_text_is_told_as_the_check_does() {
    let site = handbook().bytes("content/handbook.yaml", b"\xff");
    let ran = new(&site, &["What is new?"], "");
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("error[V0003]"), "{}", ran.stderr);
}
