//! What `viva explain` says is true: each bad example breaks its rule and no other, and each good
//! one breaks none. Rules of samples are shown by `viva test`, all others by `viva check`.
//!
//! An example is a fence whose info names a file after its language. The language `yaml` tells the
//! fields in which a question's front matter, or handbook.yaml, differs from a valid one; any other
//! language the whole file. A fence without a file is for reading alone.

use std::fs;
use std::path::Path;

use rayon::prelude::*;
use viva::diag::rules::{self, Rule};

use crate::site::{Checked, HANDBOOK, Site};

/// Rules whose bad example can't be a text file of a handbook, and the test that breaks them.
const NOT_FILES: &[(&str, &str)] = &[
    ("handbook-missing", "nothing_in_the_folder"),
    ("file-unreadable", "unreadable_files_and_folders"),
    ("file-encoding", "bytes_that_are_no_text"),
    ("file-too-large", "a_huge_file"),
    ("file-outside", "symbolic_links"),
    ("content-empty", "no_guide"),
    ("address-gone", "an_address_that_was_published"),
    ("link-dead", "pages_that_are_gone"),
    (
        "link-moved",
        "redirects_for_good_are_told_and_others_are_not",
    ),
    ("link-unsure", "answers_that_say_nothing_of_the_page"),
    ("link-anchor", "parts_of_pages"),
];

/// A question to which nothing can be objected. Examples replace its fields.
const QUESTION: &str = "\
title: When is a dataclass better than a dict?
topic: language
kind: concept
minutes: 5
assesses: Whether the candidate chooses a type by its use.
strong_answers: [Names known fields., Names checks of types., Weighs the cost.]
red_flags: [Says that there is no difference.]
follow_ups: [What does `frozen=True` change?]
";

const BODY: &str = "## Answer\n\nA dataclass suits records whose fields are known in advance.\n";

/// A file of an example.
#[derive(Debug)]
struct Example {
    language: String,
    path: String,
    text: String,
}

#[test]
fn bad_examples_break_their_rule_alone_and_good_ones_none() {
    let wrong: Vec<String> = rules::ALL
        .par_iter()
        .flat_map_iter(|rule| wrong_with(rule))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn wrong_with(rule: &Rule) -> Vec<String> {
    let mut wrong = Vec::new();
    let bad = examples(rule, "## Bad");
    let good = examples(rule, "## Good");
    let is_file = !NOT_FILES.iter().any(|(name, _)| *name == rule.name);
    if bad.is_empty() == is_file {
        wrong.push(format!(
            "{}: a bad example with a file: {is_file}",
            rule.name
        ));
    }
    if is_file {
        let checked = tried(rule, &laid_over(&bad));
        let codes = checked.codes();
        if codes.is_empty() || codes.iter().any(|code| *code != rule.code) {
            wrong.push(format!("{} {}, bad:\n{checked}", rule.code, rule.name));
        }
    }
    if is_file || !good.is_empty() {
        let checked = tried(rule, &laid_over(&good));
        if !checked.problems.is_empty() || checked.code != 0 {
            wrong.push(format!("{} {}, good:\n{checked}", rule.code, rule.name));
        }
    }
    wrong
}

/// What shows the rule. An example of a sample has nothing else wrong with it.
fn tried(rule: &Rule, site: &Site) -> Checked {
    if !rule.code.starts_with("V07") {
        return site.check();
    }
    let check = site.check();
    if check.problems.is_empty() {
        site.checked(&mut site.command(&["test", "--format", "json"]))
    } else {
        check
    }
}

#[test]
fn rules_that_the_test_shows_say_so() {
    for rule in rules::ALL {
        assert_eq!(
            rule.code.starts_with("V07"),
            rule.explanation.contains("`viva test`"),
            "{}",
            rule.name
        );
    }
}

#[test]
fn every_rule_without_an_example_to_run_has_a_test_of_its_own() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite");
    let tests: String = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension() == Some("rs".as_ref()) && !path.ends_with("explain.rs"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    for (name, test) in NOT_FILES {
        let rule = rules::find(name).unwrap_or_else(|| panic!("there is no rule {name}"));
        let Some((_, rest)) = tests.split_once(&format!("fn {test}()")) else {
            panic!("there is no test `{test}` for {name}");
        };
        let body = rest.split("\n}\n").next().unwrap();
        assert!(
            body.contains(rule.code),
            "{test} says nothing of {}",
            rule.code
        );
    }
}

#[test]
fn explanations_have_one_form() {
    for rule in rules::ALL {
        let text = rule.explanation;
        let (why, rest) = text.split_once("\n\n## Bad\n\n").expect(rule.name);
        let (_, good) = rest.split_once("\n\n## Good\n\n").expect(rule.name);
        assert!(
            (80..600).contains(&why.len()),
            "{}: {}",
            rule.name,
            why.len()
        );
        assert!(
            !why.contains('\n'),
            "{}: one paragraph, on one line",
            rule.name
        );
        assert!(good.contains("```"), "{}", rule.name);
        assert!(text.ends_with("```\n"), "{}", rule.name);
    }
}

/// The fences of a section that name a file.
fn examples(rule: &Rule, heading: &str) -> Vec<Example> {
    let section = rule
        .explanation
        .split_once(heading)
        .unwrap_or_else(|| panic!("{} lacks {heading}", rule.name))
        .1;
    let mut examples = Vec::new();
    let mut lines = section.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("## ") {
            break;
        }
        let info = line.trim_start_matches('`');
        let fence = &line[..line.len() - info.len()];
        if fence.len() < 3 {
            continue;
        }
        let mut text = String::new();
        for line in lines.by_ref().take_while(|line| *line != fence) {
            text.push_str(line);
            text.push('\n');
        }
        if let Some((language, path)) = info.split_once(' ') {
            examples.push(Example {
                language: language.to_owned(),
                path: path.to_owned(),
                text,
            });
        }
    }
    examples
}

/// The valid handbook with an example's files in it.
fn laid_over(examples: &[Example]) -> Site {
    let mut site = Site::new();
    for Example {
        language,
        path,
        text,
    } in examples
    {
        site = match (language.as_str(), path.as_str()) {
            ("yaml", "content/handbook.yaml") => site.file(path, &with_fields(HANDBOOK, text)),
            ("yaml", page) if page.starts_with("content/") => {
                let fields = with_fields(QUESTION, text);
                site.file(path, &format!("---\n{fields}---\n{BODY}"))
            }
            _ => site.file(path, text),
        };
    }
    site
}

/// `base` with the fields of `changes` instead of its own of the same name.
fn with_fields(base: &str, changes: &str) -> String {
    let mut fields = fields(base);
    for (name, text) in self::fields(changes) {
        match fields.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = text,
            None => fields.push((name, text)),
        }
    }
    fields.into_iter().map(|(_, text)| text).collect()
}

/// Names and lines of the fields of the first level.
fn fields(yaml: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in yaml.split_inclusive('\n') {
        match fields.last_mut() {
            Some((_, text)) if line.starts_with([' ', '\n', '-']) => text.push_str(line),
            _ => {
                let name = line.split(':').next().unwrap_or_default();
                fields.push((name.to_owned(), line.to_owned()));
            }
        }
    }
    fields
}
