//! `viva init`: a handbook for any role that is whole as it is.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use insta::assert_snapshot;

use crate::site::{Ran, Site, TODAY};

fn init(site: &Site, args: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_viva"));
    let command = command.args(["init", "--today", TODAY]).args(args);
    Ran::of(command.current_dir(site.root()))
}

#[test]
fn it_builds_checks_and_tests_without_a_change() {
    for role in [
        "Data engineer",
        "C++ / C# developer",
        "Ärztin",
        "UX & product",
        "O'Reilly’s 2nd (part-time)",
        "true",
        "null",
        "404",
    ] {
        let site = Site::empty();
        let ran = init(&site, &["--role", role]);
        assert_eq!(
            (ran.code, ran.stdout.as_str()),
            (0, ""),
            "{role}: {}",
            ran.stderr
        );
        for command in [
            &["check", "--deny-warnings"][..],
            &["test"],
            &["build"],
            &["build", "--edition=candidate"],
        ] {
            let ran = Ran::of(&mut site.command(command));
            assert_eq!(ran.code, 0, "{role} {command:?}: {}", ran.stderr);
        }
    }
}

#[test]
fn what_it_writes() {
    let site = Site::empty();
    let ran = init(&site, &["--role", "Data engineer"]);
    assert_snapshot!(ran.stderr, @"
    19 files are there. Next:
    1. `viva serve --open` shows the site while you write.
    2. Put your own words into `content/handbook.yaml` and `content/data-engineer/index.md`.
    3. `viva new` begins a question; the three that are there show how one is made.
    4. `viva check` and `viva test` before you share it; `viva build` makes the website.
    ");
    assert_snapshot!(site.paths().join("\n"), @"
    .github/ISSUE_TEMPLATE/config.yml
    .github/ISSUE_TEMPLATE/problem.yml
    .github/ISSUE_TEMPLATE/question.yml
    .github/dependabot.yml
    .github/pull_request_template.md
    .github/workflows/handbook.yml
    .gitignore
    README.md
    content/data-engineer/index.md
    content/data-engineer/junior/index.md
    content/data-engineer/junior/order-of-texts.md
    content/data-engineer/kits/first-interview.md
    content/data-engineer/mid/fault-that-took-long.md
    content/data-engineer/mid/index.md
    content/data-engineer/senior/index.md
    content/data-engineer/senior/system-that-nobody-knows.md
    content/handbook.yaml
    content/index.md
    netlify.toml
    ");
    assert_eq!(site.command(&["build"]).status().unwrap().code(), Some(0));
    let home = site.files().page("/").to_owned();
    assert!(
        home.contains("The Data engineer Interview Handbook"),
        "{home}"
    );
}

#[test]
fn nothing_is_left_unfilled() {
    let site = Site::empty();
    init(&site, &["--role", "Data engineer"]);
    for name in site.paths() {
        let text = fs::read_to_string(site.path(&name)).unwrap();
        for value in [
            "{title",
            "{role",
            "{guide",
            "{day",
            "{junior",
            "{description",
        ] {
            assert!(!text.contains(value), "{name} has {value}");
        }
    }
}

#[test]
fn into_a_folder_that_is_not_there_yet() {
    let site = Site::empty();
    let ran = init(
        &site,
        &[
            "deep/down",
            "--role=Tester",
            "--title=How we hire: \"testers\" #1",
        ],
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let text = fs::read_to_string(site.path("deep/down/content/handbook.yaml")).unwrap();
    assert!(
        text.starts_with("title: \"How we hire: \\\"testers\\\" #1\"\n"),
        "{text}"
    );
}

#[test]
fn nothing_that_is_there_is_touched() {
    for path in [
        "content/pages/old.md",
        "README.md",
        ".gitignore",
        ".github/dependabot.yml",
    ] {
        let site = Site::empty().file(path, "mine");
        let before: BTreeSet<String> = site.paths().into_iter().collect();
        let ran = init(&site, &["--role", "Tester"]);
        assert_eq!(ran.code, 2, "{path}");
        assert!(ran.stderr.contains("already"), "{}", ran.stderr);
        assert_eq!(
            site.paths().into_iter().collect::<BTreeSet<_>>(),
            before,
            "{path}"
        );
        assert_eq!(fs::read_to_string(site.path(path)).unwrap(), "mine");
    }
}

#[test]
fn roles_that_can_t_be_an_address() {
    let mut said = String::new();
    for role in [
        "",
        "  ",
        "???",
        "<b>x</b>",
        "tags",
        "pages",
        &"x".repeat(300),
        "a\nb\u{202e}",
    ] {
        let site = Site::empty();
        let ran = init(&site, &["--role", role]);
        assert_eq!((ran.code, site.paths().len()), (2, 0), "{role}");
        said.push_str(&ran.stderr);
    }
    // Without a word, it asks, and nobody answers here.
    let site = Site::empty();
    let mut command = Command::new(env!("CARGO_BIN_EXE_viva"));
    let command = command.arg("init").current_dir(site.root());
    let ran = Ran::of(command.stdin(std::process::Stdio::null()));
    assert_eq!(ran.code, 2);
    said.push_str(&ran.stderr);
    assert_snapshot!(said, @r"
    error: a role's name has letters
    error: a role's name has letters
    error: a role's name has no `?`
    error: a role's name has no `<`
    error: the site needs the name `tags` for itself
    error: the site needs the name `pages` for itself
    error: a role's name has at most 60 letters
    error: a role's name has no `\u{202e}`
    Whom are the interviews for (such as Data engineer): 
    error: nobody answers: give `--role`
    ");
}

#[test]
fn a_title_that_reorders_text_is_refused() {
    let site = Site::empty();
    let ran = init(&site, &["--role=Tester", "--title=\u{202e}abc"]);
    assert_eq!((ran.code, site.paths().len()), (2, 0));
    assert_snapshot!(ran.stderr, @"error: the title: U+202E reorders the text around it");
}

#[test]
fn where_something_can_t_be_written_nothing_stays() {
    // A file stands where a folder must go.
    let site = Site::empty().file(".github/ISSUE_TEMPLATE", "mine");
    let ran = init(&site, &["--role", "Tester"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("ISSUE_TEMPLATE"), "{}", ran.stderr);
    assert_eq!(site.paths(), [".github/ISSUE_TEMPLATE"]);
}
