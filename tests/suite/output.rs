//! What a build writes: every address that is promised, and what stands there.

use std::fs;
use std::process::Command;

use insta::assert_snapshot;

use crate::html::{self, elements, inside};
use crate::site::{Files, HANDBOOK, Ran, Site, page};

/// A handbook that has one of everything.
pub fn everything() -> Site {
    Site::new()
        .config("navigation: [faq, python, scoring]\nlogo: logo.svg\nfooter: Made *here*. See [the answers](pages/faq.md).")
        .file(
            "content/logo.svg",
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 10'/>",
        )
        .file(
            "content/pages/faq.md",
            "---\ntitle: Questions and answers\nreviewed: 2026-03-04\naliases: [help, /old/faq.html]\n---\n## Why\n\nSo. See [lists](../python/junior/lists.md), [data](data.csv).\n",
        )
        .file("content/pages/data.csv", "a,b\n")
        .file("content/pages/unused.csv", "a,b\n")
        .file(
            "content/pages/scoring.md",
            "---\ntitle: Scoring\naudience: interviewer\n---\nFrom 1 to 5, as [here](points.txt).\n",
        )
        .file("content/pages/points.txt", "1 2 3 4 5\n")
        .file(
            "content/python/junior/index.md",
            "---\ntitle: Junior\nquestions: [tuples]\n---\nParts.\n",
        )
        .file(
            "content/python/kits/screen.md",
            "---\ntitle: A short screen\nlevel: junior\nminutes: 20\nreviewed: 2026-02-03\n\
             opening: { minutes: 2, words: Say hello. }\n\
             questions: [tuples, { slug: gil, minutes: 7, note: Take your time. }]\n\
             closing: { minutes: 3, words: Say goodbye. }\n---\nKeep to the times.\n",
        )
        .question("senior/gil", |question| {
            question
                .set("title", "What does the `GIL` lock?")
                .set("topic", "concurrency")
                .set("kind", "design")
                .set("minutes", "12")
                .set("tags", "[threads, gil]")
                .set("by_level", "{ junior: Knows *of* it. }")
                .set("related", "[tuples, hidden]")
                .set("references", "[{ title: PEP 703, url: 'https://peps.python.org/pep-0703/' }]")
                .set("follow_ups", "[Why?, { ask: And `then`?, strong_answers: [Says so.] }]")
                .set("added", "2026-01-02")
                .set("reviewed", "2026-02-03")
                .set("aliases", "[lock, /old/gil]")
                .candidate("Read this:\n\n```python\nx += 1\n```\n\n![Two threads](threads.svg)")
                .answer("The interpreter's state, not *yours*.")
        })
        .file(
            "content/python/senior/threads.svg",
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'/>",
        )
        .question("senior/hidden", |question| {
            question
                .set("title", "What is still being written?")
                .set("tags", "[unfinished]")
                .set("added", "2026-11-19")
                .set("draft", "true")
        })
}

#[test]
fn every_promised_address_and_no_other() {
    assert_snapshot!(paths(&everything().built()), @"");
}

#[test]
fn the_candidate_edition_has_fewer() {
    let site = everything();
    let interviewer = site.built();
    let candidate = site.built_with(&["--edition", "candidate"]);
    let gone: Vec<&str> = interviewer
        .paths()
        .into_iter()
        .filter(|path| !candidate.has(path))
        .collect();
    assert_snapshot!(gone.join("\n"), @"");
    assert!(candidate.paths().iter().all(|path| interviewer.has(path)));
}

#[test]
fn a_handbook_of_one_question() {
    let site = Site::empty()
        .file("content/handbook.yaml", HANDBOOK)
        .question("junior/one", |question| question);
    assert_snapshot!(paths(&site.built()), @"");
}

#[test]
fn two_guides_share_levels_and_topics_but_not_pages() {
    let site = Site::new()
        .file("content/go/index.md", &page("Go", "The role."))
        .file(
            "content/go/senior/gil.md",
            &fs::read_to_string(Site::new().path("content/python/senior/gil.md"))
                .unwrap()
                .replace("What does the GIL lock?", "How does Go do without one?"),
        );
    let files = site.built();
    assert!(
        files
            .page("/go/gil/")
            .contains("How does Go do without one?")
    );
    assert!(
        files
            .page("/python/gil/")
            .contains("What does the GIL lock?")
    );
    assert!(files.has("go/topics/concurrency/index.html"));
    assert!(!files.has("go/topics/language/index.html"));
    assert!(!files.has("go/junior/index.html"));
    assert!(!files.page("/go/all/").contains("What does the GIL lock?"));
}

#[test]
fn the_feed() {
    assert_snapshot!(everything().built().text("feed.xml"), @"");
}

#[test]
fn the_feed_of_candidates_does_not_say_what_is_assessed() {
    let files = everything().built_with(&["--edition", "candidate"]);
    assert_snapshot!(files.text("feed.xml"), @"");
}

#[test]
fn the_newest_questions_come_first_in_the_feed_which_has_fifty_of_them() {
    let mut site = Site::new();
    for day in 1..=30 {
        for month in [1, 2] {
            let (slug, date) = (
                format!("q{month}-{day}"),
                format!("2026-{month:02}-{day:02}"),
            );
            if date > "2026-02-28".to_owned() {
                continue;
            }
            site = site.question(&format!("junior/{slug}"), |question| {
                question
                    .set("title", &format!("Question {slug}?"))
                    .set("added", &date)
            });
        }
    }
    let files = site.built();
    let days: Vec<&str> = files
        .text("feed.xml")
        .lines()
        .filter_map(|line| line.strip_prefix("<published>")?.split('T').next())
        .collect();
    assert_eq!(days.len(), 50);
    assert!(days.is_sorted_by(|a, b| a >= b), "{days:?}");
    assert_eq!(days[0], "2026-02-28");
}

#[test]
fn the_sitemap() {
    assert_snapshot!(everything().built().text("sitemap.xml"), @"");
}

#[test]
fn robots() {
    let files = Site::new().built_with(&["--base-url", "https://example.org/a/"]);
    assert_snapshot!(files.text("robots.txt"), @"");
}

#[test]
fn headers() {
    assert_snapshot!(Site::new().built().text("_headers"), @"");
}

#[test]
fn former_addresses_lead_on() {
    let files = everything().built();
    assert_snapshot!(files.text("_redirects"), @"");
    let lead = |path: &str| {
        let html = files.text(path);
        let refresh = elements(html)
            .iter()
            .find(|element| element.get("http-equiv") == Some("refresh"))
            .and_then(|element| element.get("content").map(str::to_owned));
        let links = html::values(html, "a", "href");
        assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"));
        assert_eq!(links.len(), 1);
        assert_eq!(refresh.unwrap(), format!("0; url={}", links[0]));
        links[0].clone()
    };
    assert_eq!(lead("python/lock/index.html"), "/python/gil/");
    assert_eq!(lead("old/gil/index.html"), "/python/gil/");
    assert_eq!(lead("help/index.html"), "/faq/");
    assert_eq!(lead("old/faq.html"), "/faq/");
}

#[test]
fn former_addresses_lead_on_below_a_base_path() {
    let files = everything().built_with(&["--base-url", "https://example.org/a/"]);
    assert_snapshot!(files.text("_redirects"), @"");
    assert!(files.page("/python/lock/").contains("url=/a/python/gil/"));
}

#[test]
fn the_page_for_addresses_that_lead_nowhere() {
    let files = everything().built();
    let html = files.text("404.html");
    assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"));
    assert!(!html.contains("rel=\"canonical\""));
    assert_snapshot!(html::text(inside(html, "main", ("id", "main"))), @"");
}

#[test]
fn the_schema_is_the_one_that_the_command_prints() {
    let site = Site::new();
    let printed = Ran::of(Command::new(env!("CARGO_BIN_EXE_viva")).arg("schema"));
    assert_eq!(site.built().text("schema/question.json"), printed.stdout);
}

#[test]
fn files_beside_pages_are_copied_as_they_are_when_a_page_names_them() {
    let bytes = [0_u8, 159, 146, 150, 13, 10, 0];
    let site = Site::new()
        .bytes("content/pages/data.zip", bytes)
        .bytes("content/pages/other.zip", bytes)
        .file(
            "content/pages/faq.md",
            &page("FAQ", "Here is [all](data.zip)."),
        );
    let files = site.built();
    assert_eq!(files.0["pages/data.zip"], bytes);
    assert!(!files.has("pages/other.zip"));
    assert!(files.page("/faq/").contains("href=\"/pages/data.zip\""));
}

fn paths(files: &Files) -> String {
    // Names of the theme's files change with their content.
    let paths: Vec<String> = files
        .paths()
        .into_iter()
        .map(|path| match path.strip_prefix("assets/") {
            Some(asset) => {
                let parts: Vec<&str> = asset.split('.').collect();
                assert_eq!(parts[1].len(), 16, "{path}");
                format!("assets/{}.….{}", parts[0], parts[2])
            }
            None => path.to_owned(),
        })
        .collect();
    paths.join("\n")
}
