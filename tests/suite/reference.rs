//! `viva explain` and `viva schema` say what the other commands do.

use std::process::Command;

use serde_json::json;

use crate::site::{Checked, Question, Ran, Site, page};

/// A command without a handbook.
fn viva(args: &[&str]) -> Ran {
    Ran::of(
        Command::new(env!("CARGO_BIN_EXE_viva"))
            .env_remove("VIVA_BASE_URL")
            .args(args),
    )
}

#[test]
fn explain_lists_finds_and_suggests() {
    let all = viva(&["explain"]);
    assert_eq!((all.code, all.stderr.as_str()), (0, ""));
    assert_eq!(all.stdout.lines().count(), viva::diag::rules::ALL.len());
    assert!(
        all.stdout.starts_with("V0001  error    handbook-missing "),
        "{}",
        all.stdout
    );
    for rule in viva::diag::rules::ALL {
        let by_code = viva(&["explain", rule.code]);
        assert_eq!(
            (by_code.code, by_code.stderr.as_str()),
            (0, ""),
            "{}",
            rule.code
        );
        let first = format!("{} {} ({}; ", rule.code, rule.name, rule.severity.as_str());
        assert!(by_code.stdout.starts_with(&first), "{}", by_code.stdout);
    }
    let by_name = viva(&["explain", "field-unknown"]).stdout;
    assert_eq!(by_name, viva(&["explain", "v0107"]).stdout);
    for (wrong, said) in [
        (
            "field-unkown",
            "error: there is no rule `field-unkown`; did you mean `field-unknown`?\n",
        ),
        (
            "zzz",
            "error: there is no rule `zzz`; `viva explain` lists all of them\n",
        ),
    ] {
        let ran = viva(&["explain", wrong]);
        assert_eq!(
            (ran.code, ran.stdout.as_str(), ran.stderr.as_str()),
            (2, "", said)
        );
    }
}

/// The names below `properties` of a part of the schema.
fn properties(part: &serde_json::Value) -> Vec<String> {
    part["properties"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect()
}

/// A schema, as the command prints it.
fn schema(site: &Site, of: &str) -> serde_json::Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_viva"));
    let ran = Ran::of(command.args(["schema", of, "--root"]).arg(site.root()));
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let schema: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    schema
}

/// The names that the parser lists when it meets a field that is like no other.
fn parsers(found: &Checked) -> Vec<String> {
    let said = found
        .problems
        .iter()
        .find(|line| line.contains("has no field"))
        .unwrap();
    let listed = said.split(" has the fields ").nth(1).unwrap();
    let names = listed.split('`').skip(1).step_by(2);
    names.map(str::to_owned).collect()
}

#[test]
fn the_other_schemas_know_the_fields_that_the_parser_knows() {
    const UNKNOWN: &str = "zzzzzzzzzzzzzzzzzzzzzz: 1";
    let kit = |lines: &str| {
        let text = format!("---\ntitle: A\nminutes: 5\nlevel: mid\n{lines}\n---\n");
        Site::new().file("content/python/kits/x.md", &text).check()
    };
    let kits = schema(&Site::new(), "kit");
    let listed = "questions: [decorators]";
    let parts = &kits["definitions"];
    for (part, lines) in [
        (&kits, format!("{listed}\n{UNKNOWN}")),
        (
            &parts["SlotParts"],
            format!("questions: [{{ slug: decorators, {UNKNOWN} }}]"),
        ),
        (
            &parts["Part"],
            format!("{listed}\nopening: {{ minutes: 1, words: A., {UNKNOWN} }}"),
        ),
    ] {
        assert_eq!(part["additionalProperties"], false, "{lines}");
        assert_eq!(properties(part), parsers(&kit(&lines)), "{lines}");
    }
    let handbook = schema(&Site::new(), "handbook");
    let parts = &handbook["definitions"];
    let samples = "samples: { python: { command: [python3, \"{file}\"], ";
    for (part, lines) in [
        (&handbook, UNKNOWN.to_owned()),
        (&parts["Samples"], format!("{samples}{UNKNOWN} }} }}")),
    ] {
        assert_eq!(part["additionalProperties"], false, "{lines}");
        let found = Site::new().config(&lines).check();
        assert_eq!(properties(part), parsers(&found), "{lines}");
    }
    for (part, list) in [("Level", "levels:"), ("Topic", "topics:")] {
        let entry = format!("{list}\n  - {{ id: new, title: New, {UNKNOWN} }}");
        let found = Site::new()
            .edit("content/handbook.yaml", list, &entry)
            .check();
        assert_eq!(properties(&parts[part]), parsers(&found), "{part}");
    }
}

#[test]
fn the_schema_offers_the_names_of_the_handbook() {
    let site = Site::new()
        .question("junior/tagged", |question| question.set("tags", "[gil]"))
        .file("content/rust/index.md", &page("Rust", "The role."))
        .file("content/rust/mid/index.md", &page("Mid", "Features."))
        .file(
            "content/rust/mid/lists.md",
            &Question::new().set("title", "Vec?").to_string(),
        );
    let question = schema(&site, "question");
    let fields = &question["properties"];
    assert_eq!(
        fields["topic"]["enum"],
        json!(["language", "concurrency", "runtime"])
    );
    assert_eq!(
        fields["topic"]["markdownEnumDescriptions"][1],
        "Concurrency: Things at once."
    );
    assert_eq!(fields["tags"]["items"]["anyOf"][0]["enum"], json!(["gil"]));
    assert_eq!(
        fields["related"]["items"]["enum"],
        json!([
            "decorators",
            "gil",
            "lists",
            "python/decorators",
            "python/gil",
            "python/lists",
            "python/tagged",
            "python/tuples",
            "rust/lists",
            "tagged",
            "tuples"
        ])
    );
    assert_eq!(properties(&fields["by_level"]), ["junior", "mid", "senior"]);
    let kit = schema(&site, "kit");
    assert_eq!(
        kit["properties"]["level"]["enum"],
        json!(["junior", "mid", "senior"])
    );
    // Names are free where no handbook is.
    let free = schema(&Site::empty(), "question");
    assert!(free["properties"]["topic"].get("enum").is_none());
    assert!(free["properties"]["by_level"].get("properties").is_none());
}

#[test]
fn the_schema_knows_the_fields_that_the_parser_knows() {
    let schema = schema(&Site::new(), "question");
    let definitions = &schema["definitions"];
    for (what, part, field) in [
        ("a question", &schema, "NONE: 1"),
        (
            "a follow-up",
            &definitions["FollowUpParts"],
            "follow_ups: [{ ask: Why?, NONE: 1 }]",
        ),
        (
            "a reference",
            &definitions["Reference"],
            "references: [{ title: A, url: 'https://a.example/', NONE: 1 }]",
        ),
        (
            "an exception",
            &definitions["Allow"],
            "allow: [{ rule: near-duplicate, reason: A., NONE: 1 }]",
        ),
    ] {
        assert_eq!(part["additionalProperties"], false, "{what}");
        // The parser's own list, from its help on a field that is like no other.
        let (name, _) = field.split_once(':').unwrap();
        let unknown = "zzzzzzzzzzzzzzzzzzzzzz";
        let question = |field: &str| {
            Site::new()
                .question("junior/x", |q| q.without(name).front(field))
                .check()
        };
        let found = question(&field.replace("NONE", unknown));
        let parsers = parsers(&found);
        assert_eq!(properties(part), parsers, "{what}");
        // And those that it says are required, by leaving each out.
        let required: Vec<&str> = part["required"]
            .as_array()
            .unwrap()
            .iter()
            .map(|name| name.as_str().unwrap())
            .collect();
        for property in &parsers {
            if what == "a question" {
                let left_out = Site::new()
                    .question("junior/x", |q| q.without(property))
                    .check();
                assert_eq!(
                    left_out.code == 1,
                    required.contains(&property.as_str()),
                    "{property}"
                );
            }
        }
    }
    // The kinds and limits.
    let kinds = definitions["Kind"].to_string();
    for kind in [
        "concept",
        "coding",
        "predict-output",
        "debugging",
        "design",
        "experience",
    ] {
        assert!(kinds.contains(&format!("\"{kind}\"")), "{kinds}");
        assert_eq!(
            Site::new()
                .question("junior/x", |q| q.set("kind", kind))
                .check()
                .code,
            0
        );
    }
    assert_eq!(schema["properties"]["minutes"]["minimum"], 1);
    assert_eq!(schema["properties"]["minutes"]["maximum"], 240);
}
