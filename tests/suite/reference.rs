//! `viva explain` and `viva schema` say what the other commands do.

use std::process::Command;

use crate::site::{Ran, Site};

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

#[test]
fn the_schema_knows_the_fields_that_the_parser_knows() {
    let ran = viva(&["schema"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let schema: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    // The site has the same.
    assert_eq!(Site::new().built().text("schema/question.json"), ran.stdout);
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
        let said = found
            .problems
            .iter()
            .find(|line| line.contains("has no field"))
            .unwrap();
        let listed = said.split(" has the fields ").nth(1).unwrap();
        let parsers: Vec<&str> = listed.split('`').skip(1).step_by(2).collect();
        assert_eq!(properties(part), parsers, "{what}");
        // And those that it says are required, by leaving each out.
        let required: Vec<&str> = part["required"]
            .as_array()
            .unwrap()
            .iter()
            .map(|name| name.as_str().unwrap())
            .collect();
        for property in parsers {
            if what == "a question" {
                let left_out = Site::new()
                    .question("junior/x", |q| q.without(property))
                    .check();
                assert_eq!(
                    left_out.code == 1,
                    required.contains(&property),
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
