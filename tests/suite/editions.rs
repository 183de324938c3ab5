//! The candidate edition holds nothing that is the interviewer's: tried with a mark in every field
//! of a small handbook, and with every text of the handbook that stands in this repository.

use std::collections::BTreeSet;

use crate::secrets::{self, Search, Secret};
use crate::site::{Files, Site, page};

/// Marks that both editions show.
const PUBLIC: [&str; 10] = [
    "zqaskbare",
    "zqaskwhole",
    "zqguidetitle",
    "zqhometitle",
    "zqleveltitle",
    "zqpromptcode",
    "zqprompttext",
    "zqquestion",
    "zqtag",
    "zqtitle",
];

/// Marks of the interviewer.
const INTERVIEWER: [&str; 41] = [
    "zqalternative",
    "zqanswercell",
    "zqanswercode",
    "zqanswerheading",
    "zqanswertext",
    "zqassesses",
    "zqbylevel",
    "zqdefinition",
    "zqdownload",
    "zqfollowupassesses",
    "zqfollowupflag",
    "zqfollowupstrong",
    "zqfootnote",
    "zqguidedescription",
    "zqguideword",
    "zqhomedescription",
    "zqhomeword",
    "zqimage",
    "zqimagetitle",
    "zqkit",
    "zqkitclosing",
    "zqkitdescription",
    "zqkitheading",
    "zqkitnote",
    "zqkitopening",
    "zqkittitle",
    "zqkitword",
    "zqlatelink",
    "zqlatenote",
    "zqlevelword",
    "zqlink",
    "zqlinktitle",
    "zqpage",
    "zqpagealias",
    "zqpagedescription",
    "zqpagetitle",
    "zqpageword",
    "zqredflag",
    "zqreferencetitle",
    "zqreferenceurl",
    "zqstrong",
];

/// Marks that nobody is shown.
const NOBODY: [&str; 6] = [
    "zqallowreason",
    "zqanswercomment",
    "zqdraft",
    "zqdraftword",
    "zqpromptcomment",
    "zqyamlcomment",
];

const QUESTION: &str = r#"---
# zqyamlcomment
title: What is zqtitle?
topic: language
kind: concept
tags: [zqtag]
minutes: 5
assesses: Whether zqassesses is known.
strong_answers: [Says `zqstrong`., Says more.]
red_flags: [Says *zqredflag*.]
by_level: { junior: Says zqbylevel. }
follow_ups:
  - Why zqaskbare?
  - ask: Why zqaskwhole?
    assesses: Whether zqfollowupassesses is known.
    strong_answers: [Says zqfollowupstrong.]
    red_flags: [Says zqfollowupflag.]
references: [{ title: About zqreferencetitle, url: "https://zqreferenceurl.example/" }]
allow: [{ rule: follow-ups, reason: Because of zqallowreason. }]
---
Look at zqprompttext. <!-- zqpromptcomment -->

[^late]: As zqlatenote says.

[late]: https://zqlatelink.example/

```python
zqpromptcode = 1
```

## Answer

It is zqanswertext.[^note] <!-- zqanswercomment -->

### Of zqanswerheading

```python
zqanswercode = 1
```

| a | b |
|---|---|
| c | zqanswercell |

![Shows zqalternative](zqimage.svg "Shows zqimagetitle") and [zqlink](zqdownload.txt "Shows zqlinktitle")
and [another][name] and [one more][late].[^late]

[^note]: As zqfootnote says.

[name]: https://zqdefinition.example/
"#;

const KIT: &str = "\
---
title: Kit of zqkittitle
description: For zqkitdescription.
minutes: 30
level: junior
opening: { minutes: 1, words: Say zqkitopening. }
questions: [{ slug: zqquestion, note: Mind zqkitnote. }]
closing: { minutes: 1, words: Say zqkitclosing. }
---
Keep to zqkitword.

## On zqkitheading
";

fn marked() -> Site {
    let words = |name: &str| {
        format!(
            "---\ntitle: For zq{name}title\ndescription: Of zq{name}description.\n\
             audience: interviewer\n---\n## About zq{name}word\n"
        )
    };
    let alias = "audience: interviewer\naliases: [zqpagealias]";
    Site::new()
        .config("navigation: [python, zqpage]")
        .file("content/index.md", &words("home"))
        .file("content/python/index.md", &words("guide"))
        .file(
            "content/python/mid/index.md",
            &words("level").replace("description: Of zqleveldescription.\n", ""),
        )
        .file(
            "content/pages/zqpage.md",
            &words("page").replace("audience: interviewer", alias),
        )
        .file("content/python/senior/zqquestion.md", QUESTION)
        .file(
            "content/python/senior/zqimage.svg",
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'/>",
        )
        .file("content/python/senior/zqdownload.txt", "All is told here.")
        .file("content/python/kits/zqkit.md", KIT)
        .question("mid/zqdraft", |question| {
            question.set("draft", "true").answer("Ask zqdraftword.")
        })
}

#[test]
fn every_mark_is_where_it_belongs() {
    let all: BTreeSet<&str> = [&PUBLIC[..], &INTERVIEWER, &NOBODY]
        .concat()
        .into_iter()
        .collect();
    let site = marked();
    let shown = |edition: &str| {
        let files = site.built_with(&["--edition", edition]);
        let found: BTreeSet<&str> = all
            .iter()
            .copied()
            .filter(|mark| holds(&files, mark))
            .collect();
        found
    };
    let public: BTreeSet<&str> = PUBLIC.into_iter().collect();
    assert_eq!(shown("candidate"), public);
    let both: BTreeSet<&str> = PUBLIC.into_iter().chain(INTERVIEWER).collect();
    assert_eq!(shown("interviewer"), both);
}

/// Whether the word stands in a file or its path, not as the beginning of another one.
fn holds(files: &Files, word: &str) -> bool {
    files.0.iter().any(|(path, bytes)| {
        let text = format!("{path}\n{}", String::from_utf8_lossy(bytes)).to_lowercase();
        text.match_indices(word).any(|(at, _)| {
            !text[at + word.len()..].starts_with(|next: char| next.is_ascii_alphabetic())
        })
    })
}

#[test]
fn drafts_are_shown_to_interviewers_who_ask_for_them() {
    let files = marked().built_with(&["--drafts"]);
    assert!(files.has("python/zqdraft/index.html"));
}

#[test]
fn a_page_for_interviewers_has_no_address_in_the_candidate_edition() {
    let site = Site::new().file(
        "content/pages/scoring.md",
        &page("Scoring", "From 1 to 5.").replace("---\nFrom", "audience: interviewer\n---\nFrom"),
    );
    assert!(site.built().has("scoring/index.html"));
    assert!(
        !site
            .built_with(&["--edition", "candidate"])
            .has("scoring/index.html")
    );
}

/// Without the search's coded numbers and terms, which look like words and are none. Another test
/// reads the terms: `search::the_candidates_index_has_no_word_of_the_interviewers`.
fn readable(mut files: Files) -> Files {
    let coded = ["terms.", "vocabulary.", "facets."].map(|kind| format!("search/parts/{kind}"));
    files
        .0
        .retain(|path, _| !coded.iter().any(|start| path.starts_with(start)));
    let path = "search/index.json";
    let mut index: serde_json::Value = serde_json::from_str(files.text(path)).unwrap();
    for field in ["terms", "facets"] {
        assert!(!index[field].take().is_null(), "{field}");
    }
    files.0.insert(path.to_owned(), index.to_string().into());
    files
}

#[test]
fn no_text_of_an_interviewer_is_in_the_shipped_candidate_edition() {
    let site = Site::shipped();
    let texts = secrets::collect(site.root());
    let shared = Search::new(&texts.secret).in_texts(&texts.public);
    let listed = |secrets: &mut dyn Iterator<Item = &Secret>| {
        let lines: Vec<String> = secrets.map(ToString::to_string).collect();
        lines.join("\n")
    };
    assert!(
        shared.len() * 100 <= texts.secret.len(),
        "{} stand in public texts too:\n{}",
        shared.len(),
        listed(&mut shared.iter().copied())
    );
    let secret: Vec<&Secret> = texts
        .secret
        .iter()
        .filter(|secret| !shared.contains(secret))
        .collect();
    assert!(secret.len() > 2000, "only {} pieces", secret.len());
    let search = Search::new(secret.iter().copied());

    let candidate = site.built_with(&["--edition", "candidate"]);
    let candidate = readable(candidate);
    let told = search.in_files(&candidate);
    assert!(told.is_empty(), "{told:#?}");

    // The same search does find what is there.
    let interviewer = site.built();
    let shown = search.in_files(&interviewer);
    let lost = secret.len() - shown.len();
    assert!(
        lost * 100 <= secret.len(),
        "{lost} of {} not found:\n{}",
        secret.len(),
        listed(
            &mut secret
                .iter()
                .copied()
                .filter(|secret| !shown.contains_key(secret))
        )
    );
}

#[test]
fn the_shipped_candidate_edition_names_no_address_of_the_interviewer_s() {
    let site = Site::shipped();
    let interviewer = site.built();
    let candidate = site.built_with(&["--edition", "candidate"]);
    let kept: BTreeSet<&str> = candidate.paths().into_iter().collect();
    let gone: Vec<String> = interviewer
        .paths()
        .into_iter()
        .filter(|path| !kept.contains(path))
        .filter_map(|path| Some(format!("/{}", path.strip_suffix("index.html")?)))
        .collect();
    assert!(
        gone.iter().any(|address| address == "/scoring/"),
        "{gone:?}"
    );
    assert!(
        gone.iter().any(|address| address.contains("/kits/")),
        "{gone:?}"
    );
    for (path, bytes) in &candidate.0 {
        let text = String::from_utf8_lossy(bytes);
        for address in &gone {
            assert!(!text.contains(address.as_str()), "{path} names {address}");
        }
    }
}
