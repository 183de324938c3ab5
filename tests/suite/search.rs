//! The index of the search: what is in it, what is not, and what it says of the synonyms.

use insta::assert_snapshot;
use serde_json::Value;

use crate::site::{Files, Site};

fn manifest(files: &Files) -> Value {
    serde_json::from_str(files.text("search/index.json")).unwrap()
}

/// All terms of an index, whichever files they are in.
fn terms(files: &Files) -> Vec<String> {
    let manifest = manifest(files);
    let vocabulary: Value = match manifest["terms"]["vocabulary"].as_str() {
        Some(name) => serde_json::from_str(files.text(&format!("search/{name}"))).unwrap(),
        None => manifest["terms"]["terms"].clone(),
    };
    let mut before = String::new();
    let entries = vocabulary.as_str().unwrap().split(' ');
    entries
        .map(|entry| {
            let shared = u32::from_str_radix(&entry[..1], 32).unwrap() as usize;
            before.truncate(shared);
            before.push_str(&entry[1..]);
            before.clone()
        })
        .collect()
}

fn parts(files: &Files) -> Vec<&str> {
    let mut parts = files.paths();
    parts.retain(|path| path.starts_with("search/parts/"));
    parts
}

#[test]
fn the_index_of_a_small_handbook_is_one_file() {
    let files = Site::empty()
        .file(
            "content/handbook.yaml",
            "title: T\ndescription: D\nbase_url: https://example.org/\nlanguage: en\n\
             licence: CC-BY-4.0\nlevels: [{ id: mid, title: Mid }]\n\
             topics: [{ id: language, title: Language }]\n",
        )
        .file("content/index.md", "---\ntitle: T\n---\n")
        .file("content/python/index.md", "---\ntitle: Python\n---\n")
        .file("content/python/mid/index.md", "---\ntitle: Mid\n---\n")
        .question("mid/one", |question| {
            question
                .set("title", "'What does `len()` count?'")
                .set("tags", "[lists]")
        })
        .question("mid/two", |question| {
            question.set("title", "When is `is` <wrong>?")
        })
        .built();
    assert!(parts(&files).is_empty());
    let mut manifest = manifest(&files);
    let postings = manifest["terms"]["postings"].take();
    let postings = postings.as_str().unwrap().split(' ');
    let table: Vec<String> = terms(&files)
        .into_iter()
        .zip(postings)
        .map(|(term, postings)| format!("{term} {postings}"))
        .collect();
    assert_snapshot!(table.join("\n"));
    assert_snapshot!(serde_json::to_string_pretty(&manifest).unwrap());
}

/// As many questions as make an index of many files.
fn large() -> Site {
    (0..400).fold(Site::new(), |site, number| {
        site.question(&format!("mid/question-{number}"), |question| {
            let words: Vec<String> = (0..40)
                .map(|word| format!("word{}x", (number * 7 + word * 13) % 977))
                .collect();
            question
                .set("title", &format!("What is number {number}?"))
                .answer(&words.join(" "))
        })
    })
}

#[test]
fn a_large_index_is_many_small_files_that_can_be_cached_for_ever() {
    let files = large().built();
    let manifest = manifest(&files);
    let named: Vec<String> = ["/terms/shards", "/pages/chunks"]
        .iter()
        .flat_map(|list| manifest.pointer(list).unwrap().as_array().unwrap().clone())
        .chain([
            manifest["facets"].clone(),
            manifest["terms"]["vocabulary"].clone(),
        ])
        .map(|name| format!("search/{}", name.as_str().unwrap()))
        .collect();
    let mut sorted: Vec<&str> = named.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    assert_eq!(
        sorted,
        parts(&files),
        "what is there is named and the reverse"
    );
    assert!(named.len() > 8, "{named:?}");
    for name in &named {
        assert!(files.0[name].len() < 40_000, "{name}");
        let hash = name.rsplit('.').nth(1).unwrap();
        assert_eq!(hash.len(), 16, "{name}");
    }
    assert!(files.text("search/index.json").len() < 8_000);
    let headers = files.text("_headers");
    assert!(
        headers.contains("/search/parts/*\n  Cache-Control: public, max-age=31536000, immutable"),
        "{headers}"
    );
    // A change of one question leaves most files as they are.
    let other = large()
        .edit(
            "content/python/mid/question-399.md",
            "What is number 399?",
            "What is the last number?",
        )
        .built();
    let kept = parts(&other)
        .into_iter()
        .filter(|part| files.has(part))
        .count();
    assert!(kept * 4 > named.len(), "{kept} of {}", named.len());
}

#[test]
fn the_candidates_index_has_no_word_of_the_interviewers() {
    let secret = |word: &str| format!("Names the {word} of it.");
    let site = Site::new().question("mid/secret", |question| {
        question
            .set("title", "What is shown?")
            .set("tags", "[shown-tag]")
            .set("assesses", &secret("zassesses"))
            .set(
                "strong_answers",
                &format!("[{}, {}]", secret("zstrong"), secret("zstronger")),
            )
            .set("red_flags", &format!("[{}]", secret("zflag")))
            .set("by_level", &format!("{{ mid: {} }}", secret("zlevel")))
            .set(
                "follow_ups",
                &format!(
                    "[{{ ask: Why shownask?, assesses: {}, strong_answers: [{}, {}], red_flags: [{}] }}]",
                    secret("zasks"),
                    secret("zfollow"),
                    secret("zfollows"),
                    secret("zfollowflag")
                ),
            )
            .set(
                "references",
                "[{ title: Zreference, url: https://example.org/ }]",
            )
            .candidate("The shownprompt.")
            .answer("The zanswer.\n\n### Zheading\n\n`zsymbol`\n\n```python\nzsample = 1\n```")
    });
    let whole = terms(&site.built());
    let secrets: Vec<&String> = whole.iter().filter(|term| term.starts_with('z')).collect();
    assert_eq!(secrets.len(), 13, "{secrets:?}");
    let files = site.built_with(&["--edition", "candidate"]);
    let terms = terms(&files);
    for word in ["shown", "tag", "shownask", "shownprompt"] {
        assert!(terms.iter().any(|term| term == word), "{word}: {terms:?}");
    }
    for path in files.paths() {
        if path.starts_with("search/") {
            assert!(!files.text(path).to_lowercase().contains("zans"), "{path}");
        }
    }
    let leaked: Vec<&String> = terms.iter().filter(|term| term.starts_with('z')).collect();
    assert!(leaked.is_empty(), "{leaked:?}");
}

#[test]
fn a_draft_is_not_found_before_it_is_published() {
    let site = Site::new().question("mid/draft", |question| {
        question
            .set("title", "What is unpublished?")
            .set("draft", "true")
    });
    let has = |files: &Files| terms(files).contains(&"unpublish".to_owned());
    assert!(!has(&site.built()));
    assert!(has(&site.built_with(&["--drafts"])));
}

#[test]
fn a_question_is_found_by_what_else_its_words_are_called() {
    let site = || {
        Site::new().question("mid/isolated", |question| {
            question.set("title", "What is a virtual environment?")
        })
    };
    let has = |files: &Files| terms(files).contains(&"venv".to_owned());
    assert!(!has(&site().built()));
    let synonyms = "- [venv, Virtual Environments]\n";
    assert!(has(&site().file("content/synonyms.yaml", synonyms).built()));
}

#[test]
fn synonyms_that_can_not_be_applied() {
    let check = |text: &str| Site::new().file("content/synonyms.yaml", text).check();
    assert_snapshot!(check("GIL: global interpreter lock\n"), @"
    content/synonyms.yaml:1:1-2 V0109 error `synonyms` must be a list, not a map of fields
    exit 1
    ");
    assert_snapshot!(check("- GIL\n- [lock]\n- []\n- [3, GIL, lock]\n"), @"
    content/synonyms.yaml:1:3-6 V0109 error an entry of `synonyms` must be a list, not a text | write `[one, two]`, or a line `- …` for each
    content/synonyms.yaml:2:3-4 V0112 error `synonyms` needs at least 2 entries, not 1
    content/synonyms.yaml:3:3-4 V0110 error `synonyms` is empty | write at least 2 entries
    content/synonyms.yaml:4:4-5 V0109 error an entry of `synonyms` must be a text, not a number | put it between quotes: '3'
    content/synonyms.yaml:4:12-16 V0213 error the search can't tell `lock` from a phrase that stands here already | keep it once; join groups that mean the same
    exit 1
    ");
    assert_snapshot!(check("- [GIL, global lock]\n- [GILs, other]\n- ['?!', mark]\n- [one two three four five six seven, many]\n"), @"
    content/synonyms.yaml:2:4-8 V0213 error the search can't tell `GILs` from a phrase that stands here already | keep it once; join groups that mean the same
    content/synonyms.yaml:3:4-8 V0213 error `?!` has nothing that can be searched for | write words or names of code
    content/synonyms.yaml:4:4-37 V0213 error `one two three four five six seven` is longer than 6 words | write what people type
    exit 1
    ");
    assert_snapshot!(check("- [GIL, *gil]\n"), @"
    content/synonyms.yaml:1:9-10 V0105 error anchors (`&`) and aliases (`*`) are not used here | write the value out; quote a text that begins with `&` or `*`
    exit 1
    ");
    assert_snapshot!(check("- [GIL, \"global\u{202e} lock\"]\n"), @"
    content/synonyms.yaml:1:16-17 V0011 error U+202E reorders the text around it | remove it: what is shown would differ from what is written
    exit 1
    ");
    assert_snapshot!(check(""), @"
    content/synonyms.yaml:1:1-1 V0109 error `synonyms` must be a list, not nothing
    exit 1
    ");
    assert_snapshot!(check("# None yet.\n[]\n"), @"exit 0");
}
