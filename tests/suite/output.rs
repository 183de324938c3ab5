//! What a build writes: every address that is promised, and what stands there.

use std::fs;
use std::process::Command;

use insta::assert_snapshot;
use viva::plan::{LISTED, WHOLE};

use crate::crawl::Crawl;
use crate::everything::everything;
use crate::html::{self, elements, inside};
use crate::site::{Files, HANDBOOK, Ran, Site, page};

#[test]
fn every_promised_address_and_no_other() {
    assert_snapshot!(paths(&everything().built()), @"
    .viva-files
    404.html
    _headers
    _redirects
    assets/apple-touch-icon.….png
    assets/favicon.….svg
    assets/icon-192.….png
    assets/icon-512.….png
    assets/icon-maskable-512.….png
    assets/pictures/….png × 15
    assets/scripts/answers.….js
    assets/scripts/copy.….js
    assets/scripts/corrections.….js
    assets/scripts/early.….js
    assets/scripts/facets.….js
    assets/scripts/find.….js
    assets/scripts/index.….js
    assets/scripts/keys.….js
    assets/scripts/lookup.….js
    assets/scripts/markdown.….js
    assets/scripts/marks.….js
    assets/scripts/preferences.….js
    assets/scripts/print.….js
    assets/scripts/questions.….js
    assets/scripts/search.….js
    assets/scripts/settings.….js
    assets/scripts/suggestions.….js
    assets/scripts/tokens.….js
    assets/style.….css
    faq/index.html
    feed.xml
    help/index.html
    index.html
    logo.svg
    manifest.webmanifest
    old/faq.html
    old/gil/index.html
    pages/data.csv
    pages/points.txt
    python/all/index.html
    python/decorators/index.html
    python/gil/index.html
    python/index.html
    python/junior/index.html
    python/kits/screen/index.html
    python/lists/index.html
    python/lock/index.html
    python/mid/index.html
    python/senior/index.html
    python/senior/threads.svg
    python/topics/concurrency/index.html
    python/topics/language/index.html
    python/topics/runtime/index.html
    python/tuples/index.html
    questions.json
    questions/index.html
    robots.txt
    schema/question.json
    scoring/index.html
    search/index.json
    sitemap.xml
    speculation-rules.json
    tags/gil/index.html
    tags/threads/index.html
    ");
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
    assert_snapshot!(shown(&gone), @"
    assets/pictures/….png × 2
    pages/points.txt
    python/kits/screen/index.html
    scoring/index.html
    ");
    assert!(candidate.paths().iter().all(|path| interviewer.has(path)));
}

#[test]
fn a_handbook_of_one_question() {
    let site = Site::empty()
        .file("content/handbook.yaml", HANDBOOK)
        .question("junior/one", |question| question);
    assert_snapshot!(paths(&site.built()), @"
    .viva-files
    404.html
    _headers
    _redirects
    assets/apple-touch-icon.….png
    assets/favicon.….svg
    assets/icon-192.….png
    assets/icon-512.….png
    assets/icon-maskable-512.….png
    assets/pictures/….png × 5
    assets/scripts/answers.….js
    assets/scripts/copy.….js
    assets/scripts/corrections.….js
    assets/scripts/early.….js
    assets/scripts/facets.….js
    assets/scripts/find.….js
    assets/scripts/index.….js
    assets/scripts/keys.….js
    assets/scripts/lookup.….js
    assets/scripts/markdown.….js
    assets/scripts/marks.….js
    assets/scripts/preferences.….js
    assets/scripts/print.….js
    assets/scripts/questions.….js
    assets/scripts/search.….js
    assets/scripts/settings.….js
    assets/scripts/suggestions.….js
    assets/scripts/tokens.….js
    assets/style.….css
    feed.xml
    index.html
    manifest.webmanifest
    python/all/index.html
    python/index.html
    python/junior/index.html
    python/one/index.html
    python/topics/language/index.html
    questions.json
    questions/index.html
    robots.txt
    schema/question.json
    search/index.json
    sitemap.xml
    speculation-rules.json
    ");
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
fn long_lists_take_several_pages() {
    let mut site = Site::new();
    for number in 0..LISTED {
        site = site.question(&format!("junior/q{number}"), |question| {
            question.set("title", &format!("What is number {number} of {number}?"))
        });
    }
    let files = site.built();
    for (list, last) in [("questions", 2), ("python/all", LISTED / WHOLE + 1)] {
        assert!(files.has(&format!("{list}/index.html")));
        assert!(!files.has(&format!("{list}/1/index.html")));
        assert!(files.has(&format!("{list}/{last}/index.html")));
        assert!(!files.has(&format!("{list}/{}/index.html", last + 1)));
    }
    assert_eq!(Crawl::new(&files, "https://example.org/").problems(), "");
}

#[test]
fn the_feed() {
    assert_snapshot!(everything().built().text("feed.xml"), @r#"
    <?xml version="1.0" encoding="utf-8"?>
    <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
    <title>The Test Handbook</title>
    <subtitle>A handbook for tests.</subtitle>
    <id>https://example.org/</id>
    <link rel="self" href="https://example.org/feed.xml" type="application/atom+xml"/>
    <link rel="alternate" href="https://example.org/" type="text/html"/>
    <updated>2026-02-03T00:00:00Z</updated>
    <rights>CC-BY-4.0</rights>
    <author>
    <name>The Test Handbook</name>
    </author>
    <entry>
    <title>What does the GIL lock?</title>
    <id>https://example.org/python/gil/</id>
    <link rel="alternate" href="https://example.org/python/gil/" type="text/html"/>
    <published>2026-01-02T00:00:00Z</published>
    <updated>2026-02-03T00:00:00Z</updated>
    <category term="senior"/>
    <category term="concurrency"/>
    <summary>Whether it is known.</summary>
    </entry>
    </feed>
    "#);
}

#[test]
fn the_feed_of_candidates_does_not_say_what_is_assessed() {
    let files = everything().built_with(&["--edition", "candidate"]);
    assert_snapshot!(files.text("feed.xml"), @r#"
    <?xml version="1.0" encoding="utf-8"?>
    <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
    <title>The Test Handbook</title>
    <subtitle>A handbook for tests.</subtitle>
    <id>https://example.org/</id>
    <link rel="self" href="https://example.org/feed.xml" type="application/atom+xml"/>
    <link rel="alternate" href="https://example.org/" type="text/html"/>
    <updated>2026-02-03T00:00:00Z</updated>
    <rights>CC-BY-4.0</rights>
    <author>
    <name>The Test Handbook</name>
    </author>
    <entry>
    <title>What does the GIL lock?</title>
    <id>https://example.org/python/gil/</id>
    <link rel="alternate" href="https://example.org/python/gil/" type="text/html"/>
    <published>2026-01-02T00:00:00Z</published>
    <updated>2026-02-03T00:00:00Z</updated>
    <category term="senior"/>
    <category term="concurrency"/>
    <summary>Read this:</summary>
    </entry>
    </feed>
    "#);
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
            if date.as_str() > "2026-02-28" {
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
    assert_snapshot!(everything().built().text("sitemap.xml"), @r#"
    <?xml version="1.0" encoding="utf-8"?>
    <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <url><loc>https://example.org/</loc></url>
    <url><loc>https://example.org/faq/</loc><lastmod>2026-03-04</lastmod></url>
    <url><loc>https://example.org/python/</loc></url>
    <url><loc>https://example.org/python/all/</loc></url>
    <url><loc>https://example.org/python/decorators/</loc></url>
    <url><loc>https://example.org/python/gil/</loc><lastmod>2026-02-03</lastmod></url>
    <url><loc>https://example.org/python/junior/</loc></url>
    <url><loc>https://example.org/python/kits/screen/</loc><lastmod>2026-02-03</lastmod></url>
    <url><loc>https://example.org/python/lists/</loc></url>
    <url><loc>https://example.org/python/mid/</loc></url>
    <url><loc>https://example.org/python/senior/</loc></url>
    <url><loc>https://example.org/python/topics/concurrency/</loc></url>
    <url><loc>https://example.org/python/topics/language/</loc></url>
    <url><loc>https://example.org/python/topics/runtime/</loc></url>
    <url><loc>https://example.org/python/tuples/</loc></url>
    <url><loc>https://example.org/questions/</loc></url>
    <url><loc>https://example.org/scoring/</loc></url>
    <url><loc>https://example.org/tags/gil/</loc></url>
    <url><loc>https://example.org/tags/threads/</loc></url>
    </urlset>
    "#);
}

#[test]
fn robots() {
    let files = Site::new().built_with(&["--base-url", "https://example.org/a/"]);
    assert_snapshot!(files.text("robots.txt"), @"
    User-agent: *
    Allow: /

    Sitemap: https://example.org/a/sitemap.xml
    ");
}

#[test]
fn headers() {
    assert_snapshot!(Site::new().built().text("_headers"), @r#"
    /*
      Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'
      Referrer-Policy: strict-origin-when-cross-origin
      X-Content-Type-Options: nosniff
      Permissions-Policy: camera=(), geolocation=(), microphone=(), browsing-topics=()
      Cross-Origin-Opener-Policy: same-origin
      Speculation-Rules: "/speculation-rules.json"
    /assets/*
      Cache-Control: public, max-age=31536000, immutable
    /search/parts/*
      Cache-Control: public, max-age=31536000, immutable
    /manifest.webmanifest
      Content-Type: application/manifest+json
    /questions.json
      Access-Control-Allow-Origin: *
    /schema/*
      Access-Control-Allow-Origin: *
    /speculation-rules.json
      Content-Type: application/speculationrules+json
      Cache-Control: public, max-age=86400
    "#);
}

#[test]
fn former_addresses_lead_on() {
    let files = everything().built();
    assert_snapshot!(files.text("_redirects"), @"
    /help/ /faq/ 301!
    /old/faq.html /faq/ 301!
    /old/gil/ /python/gil/ 301!
    /python/lock/ /python/gil/ 301!
    ");
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
    assert_snapshot!(files.text("_redirects"), @"
    /a/help/ /a/faq/ 301!
    /a/old/faq.html /a/faq/ 301!
    /a/old/gil/ /a/python/gil/ 301!
    /a/python/lock/ /a/python/gil/ 301!
    ");
    assert!(files.page("/python/lock/").contains("url=/a/python/gil/"));
}

#[test]
fn the_page_for_addresses_that_lead_nowhere() {
    let files = everything().built();
    let html = files.text("404.html");
    assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"));
    assert!(!html.contains("rel=\"canonical\""));
    assert_snapshot!(html::text(inside(html, "main", ("id", "main"))), @"This page does not exist The address leads nowhere. The page may have moved, or the link has a slip in it. Go to the home page Python Look through all questions");
}

#[test]
fn the_schema_is_the_one_that_the_command_prints() {
    let site = Site::new();
    let mut command = Command::new(env!("CARGO_BIN_EXE_viva"));
    let printed = Ran::of(command.args(["schema", "--root"]).arg(site.root()));
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
    shown(&files.paths())
}

/// Names of the theme's files change with their content, those of pictures with what they show.
fn shown(paths: &[&str]) -> String {
    let pictures = "assets/pictures/";
    let mut lines: Vec<String> = Vec::new();
    let mut drawn = 0;
    for path in paths {
        if let Some(name) = path.strip_prefix(pictures) {
            assert_eq!(name.len(), "0123456789abcdef0123456789abcdef.png".len());
            drawn += 1;
            if drawn > 1 {
                lines.pop();
            }
            lines.push(format!("{pictures}….png × {drawn}"));
        } else if let Some(asset) = path.strip_prefix("assets/") {
            let parts: Vec<&str> = asset.split('.').collect();
            assert_eq!(parts[1].len(), 16, "{path}");
            lines.push(format!("assets/{}.….{}", parts[0], parts[2]));
        } else {
            lines.push((*path).to_owned());
        }
    }
    lines.join("\n")
}
