//! The editor's set-up in CONTRIBUTING.md, tried with the language server that editors start.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::site::{Ran, Site};

const PAGE: &str = "content/python/mid/new.md";

/// Front matter half written, and Markdown that is no YAML.
fn page(lines: &str) -> String {
    format!(
        "---\ntitle: Why?\n{lines}\n---\n\nSay: *why*, `a: b`: \"so\"?\n\n## Answer\n\n- [x]: {{y\n"
    )
}

/// What VS Code's settings in CONTRIBUTING.md say, by section.
fn settings() -> Value {
    let text = include_str!("../../CONTRIBUTING.md");
    let json = text.split("```json\n").nth(1).unwrap();
    let all: Value = serde_json::from_str(json.split("```").next().unwrap()).unwrap();
    let of_yaml = all.as_object().unwrap().iter().map(|(name, value)| {
        (
            name.strip_prefix("yaml.").unwrap().to_owned(),
            value.clone(),
        )
    });
    let mut yaml: serde_json::Map<String, Value> = of_yaml.collect();
    // Nothing is fetched while tests run.
    yaml.insert("schemaStore".to_owned(), json!({ "enable": false }));
    json!({ "yaml": yaml })
}

/// A handbook with schemas made by the commands of CONTRIBUTING.md.
fn handbook() -> Site {
    let site = Site::new().question("senior/locks", |question| {
        question
            .set("title", "What is a `Lock` for?")
            .set("tags", "[gil, lock]")
    });
    let text = include_str!("../../CONTRIBUTING.md");
    let commands: Vec<(&str, &str)> = text
        .lines()
        .filter_map(|line| {
            let rest = line.strip_prefix("cargo run --release -- schema ")?;
            rest.split_once(" > ")
        })
        .collect();
    assert_eq!(commands.len(), 3);
    for (of, file) in commands {
        let mut command = Command::new(env!("CARGO_BIN_EXE_viva"));
        let made = Ran::of(command.args(["schema", of]).current_dir(site.root()));
        assert_eq!(made.code, 0);
        site.write(file, made.stdout);
    }
    site
}

/// What the language server answers to each `(path, text, after, want)`.
fn answers(site: &Site, asks: &[(&str, String, &str, &str)]) -> Vec<String> {
    let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/web");
    let asks: Vec<Value> = asks
        .iter()
        .map(|(path, text, after, want)| {
            assert!(text.contains(after), "{after}");
            json!({ "path": path, "text": text, "after": after, "want": want })
        })
        .collect();
    let request = json!({ "root": site.root(), "settings": settings(), "asks": asks });
    let mut node = Command::new("node")
        .arg("editor.mjs")
        .current_dir(&web)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = node.stdin.take().unwrap();
    input.write_all(request.to_string().as_bytes()).unwrap();
    drop(input);
    let output = node.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let answers: Vec<String> =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {said}"));
    // Hover texts name the schema's file.
    let without_file = |answer: String| {
        let lines = answer.lines().filter(|line| !line.starts_with("Source: "));
        lines.collect::<Vec<_>>().join("\n").trim_end().to_owned()
    };
    answers.into_iter().map(without_file).collect()
}

#[test]
#[ignore = "needs Node.js packages: tests/run installs them"]
fn names_are_completed_and_fields_explained() {
    let site = handbook();
    let question = |lines: &str| page(lines);
    let asks = [
        (PAGE, question("topic: "), "topic: ", "completion"),
        (PAGE, question("kind: "), "kind: ", "completion"),
        (PAGE, question("tags: []"), "tags: [", "completion"),
        (
            PAGE,
            question("related:\n  - "),
            "related:\n  - ",
            "completion",
        ),
        (
            PAGE,
            question("by_level:\n  s"),
            "by_level:\n  s",
            "completion",
        ),
        (PAGE, question("red_flags: []"), "red_f", "hover"),
        (PAGE, question("topic: runtime"), "topic: run", "hover"),
        (
            "content/python/kits/new.md",
            question("level: "),
            "level: ",
            "completion",
        ),
        (
            "content/handbook.yaml",
            "rules:\n  near-dup: off\n".to_owned(),
            "rules:\n  near-dup",
            "completion",
        ),
    ];
    let mut answers = answers(&site, &asks);
    let rules = answers.pop().unwrap();
    assert_snapshot!(answers.join("\n\n"), @"
    language: Language: What is written.
    concurrency: Concurrency: Things at once.
    runtime: Runtime: What it becomes.

    concept: Explain how something works or why it is so.
    coding: Write code.
    predict-output: Say what given code prints, and why.
    debugging: Find what is wrong.
    design: Plan something larger.
    experience: Tell of own work.

    gil
    lock

    decorators: What does a decorator do?
    gil: What does the GIL lock?
    lists: What is a list?
    locks: What is a Lock for?
    tuples: When is a tuple better than a list?

    junior: Junior: Knows the parts.
    mid: Mid: Builds alone.
    senior: Senior: Chooses designs.

    #### A question of an interview handbook

    What speaks against the candidate, as it can be heard in an interview. Inline Markdown.

    #### A question of an interview handbook

    The id of a topic of handbook.yaml.

    Allowed Values:

    * `runtime`: Runtime: What it becomes.
    * `language`: Language: What is written.
    * `concurrency`: Concurrency: Things at once.

    junior: Junior: Knows the parts.
    mid: Mid: Builds alone.
    senior: Senior: Chooses designs.
    ");
    let rule = "near-duplicate: V0907: two questions ask nearly the same";
    assert!(rules.lines().any(|line| line == rule), "{rules}");
}

#[test]
#[ignore = "needs Node.js packages: tests/run installs them"]
fn pages_that_are_no_questions_are_left_alone() {
    let site = handbook();
    let asks = [
        "content/python/mid/index.md",
        "content/pages/new.md",
        "README.md",
    ]
    .map(|path| (path, page("topic: "), "topic: ", "completion"));
    assert_eq!(answers(&site, &asks), ["", "", ""]);
}
