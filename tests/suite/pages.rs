//! What built pages show: orders, neighbours, dates, kits, drafts.

use insta::assert_snapshot;

use crate::everything::everything;
use crate::html::{self, elements, inside, text};
use crate::site::{Files, Site, page};

/// Addresses that a part of a page links to, in order, without repetition.
fn links(html: &str) -> String {
    let mut links = html::values(html, "a", "href");
    links.dedup();
    links.join("\n")
}

fn main(files: &Files, address: &str) -> String {
    inside(files.page(address), "main", ("id", "main")).to_owned()
}

/// The address of the page before or after.
fn neighbour(html: &str, rel: &str) -> Option<String> {
    elements(html)
        .iter()
        .find(|element| element.name == "a" && element.get("rel") == Some(rel))
        .and_then(|element| element.get("href").map(str::to_owned))
}

/// Four questions of one level: `c` and `a` are listed, the rest follows by topic and title.
fn ordered() -> Site {
    Site::new()
        .file(
            "content/python/mid/index.md",
            "---\ntitle: Mid\nquestions: [c, a]\n---\n",
        )
        .remove("content/python/mid/decorators.md")
        .question("mid/a", |q| {
            q.set("title", "Alpha?").set("topic", "runtime")
        })
        .question("mid/b", |q| {
            q.set("title", "Zulu?").set("topic", "language")
        })
        .question("mid/c", |q| {
            q.set("title", "Charlie?").set("topic", "runtime")
        })
        .question("mid/d", |q| q.set("title", "mike?").set("topic", "runtime"))
        .question("mid/e", |q| {
            q.set("title", "Bravo?").set("topic", "concurrency")
        })
        .question("mid/f", |q| q.set("title", "Lima?").set("topic", "runtime"))
}

#[test]
fn neighbours_follow_the_level_s_list_then_topics_then_titles() {
    let files = ordered().built();
    let order = ["c", "a", "b", "e", "f", "d"].map(|slug| format!("/python/{slug}/"));
    for pair in order.windows(2) {
        let (before, after) = (&pair[0], &pair[1]);
        assert_eq!(neighbour(files.page(before), "next").as_ref(), Some(after));
        assert_eq!(neighbour(files.page(after), "prev").as_ref(), Some(before));
    }
    // They are those of the level.
    assert_eq!(neighbour(files.page(&order[0]), "prev"), None);
    assert_eq!(neighbour(files.page(&order[5]), "next"), None);
    assert_eq!(neighbour(files.page("/python/tuples/"), "next"), None);
}

#[test]
fn a_level_lists_its_questions_by_topic_in_that_order() {
    let files = ordered().built();
    assert_snapshot!(links(&main(&files, "/python/mid/")), @"
    /
    /python/
    #topic-language
    #topic-concurrency
    #topic-runtime
    /python/topics/language/
    /python/b/
    /python/topics/concurrency/
    /python/e/
    /python/topics/runtime/
    /python/c/
    /python/a/
    /python/f/
    /python/d/
    ");
}

#[test]
fn guides_are_no_neighbours() {
    let site = Site::new()
        .file("content/zig/index.md", &page("Zig", "The role."))
        .file(
            "content/zig/junior/one.md",
            &std::fs::read_to_string(Site::new().path("content/python/senior/gil.md"))
                .unwrap()
                .replace("What does the GIL lock?", "What is comptime?"),
        );
    let files = site.built();
    assert_eq!(neighbour(files.page("/python/gil/"), "next"), None);
    assert_eq!(neighbour(files.page("/zig/one/"), "prev"), None);
}

#[test]
fn the_whole_guide_is_in_reading_order() {
    let files = ordered().built();
    let html = main(&files, "/python/all/");
    let titles: Vec<String> = html
        .match_indices("<h3")
        .map(|(at, _)| text(html[at..].split("</h3>").next().unwrap()))
        .collect();
    assert_snapshot!(titles.join("\n"), @"
    What is a list?
    When is a tuple better than a list?
    Charlie?
    Alpha?
    Zulu?
    Bravo?
    Lima?
    mike?
    What does the GIL lock?
    ");
}

#[test]
fn topics_and_tags_list_their_questions() {
    let files = everything().built();
    assert_snapshot!(links(&main(&files, "/python/topics/concurrency/")), @"
    /
    /python/
    /python/senior/
    /python/gil/
    ");
    assert_snapshot!(links(&main(&files, "/tags/threads/")), @"
    /
    /questions/
    /python/senior/
    /python/gil/
    ");
    assert!(!files.has("tags/unfinished/index.html"));
    let files = everything()
        .edit(
            "content/python/mid/decorators.md",
            "topic: runtime",
            "topic: language",
        )
        .built();
    assert!(!files.has("python/topics/runtime/index.html"));
}

#[test]
fn a_question_s_page() {
    let files = everything().built();
    assert_snapshot!(text(&main(&files, "/python/gil/")), @"The Test Handbook Python Senior What does the GIL lock? What it assesses Whether it is known. LevelSenior TopicConcurrency KindDesign Time to allow12 minutes Reading time1 minute Last reviewed3 February 2026 Tagsthreadsgil On this page Show the candidate Model answer What strong answers contain Red flags What answers sound like at each level Follow-up questions References Related questions Open all answers Copy as Markdown Print with answers Show the candidate Read this:x += 1 Model answer The interpreter's state, not yours. What strong answers contain 3 points Says what it is. Says why it is so. Says when it is not. Red flags 1 point Says nothing. What answers sound like at each level Junior Knows of it. Follow-up questions Why? And then? What strong answers contain Says so. References PEP 703 peps.python.org Related questions When is a tuple better than a list? Junior Concept 5 min");
}

#[test]
fn a_question_s_page_for_candidates() {
    let files = everything().built_with(&["--edition", "candidate"]);
    assert_snapshot!(text(&main(&files, "/python/gil/")), @"The Test Handbook Python Senior What does the GIL lock? LevelSenior TopicConcurrency KindDesign Time to allow12 minutes Reading time1 minute Last reviewed3 February 2026 Tagsthreadsgil On this page What you are given Follow-up questions Related questions Copy as Markdown Print What you are given Read this:x += 1 Follow-up questions Why? And then? Related questions When is a tuple better than a list? Junior Concept 5 min");
}

#[test]
fn a_kit_s_page() {
    let files = everything().built();
    assert_snapshot!(text(&main(&files, "/python/kits/screen/")), @"The Test Handbook Python A short screen LevelJunior Length20 minutes Planned17 minutes Questions2 Last reviewed3 February 2026 Running order MinutePart 0–2 OpeningSay hello. 2–7 When is a tuple better than a list? Language Concept 5 min 7–14 What does the GIL lock? Concurrency Design 7 min Take your time. 14–17 ClosingSay goodbye. How to run it Keep to the times.");
}

#[test]
fn dates_are_for_people_and_for_programs() {
    let site = everything();
    let files = site.built();
    let times = |address: &str| {
        let main = main(&files, address);
        elements(&main)
            .iter()
            .filter(|element| element.name == "time")
            .map(|element| {
                let shown = main[element.end..].split('<').next().unwrap();
                format!("{} {shown}", element.get("datetime").unwrap())
            })
            .collect::<Vec<_>>()
            .join(", ")
    };
    assert_eq!(times("/python/gil/"), "2026-02-03 3 February 2026");
    assert_eq!(times("/faq/"), "2026-03-04 4 March 2026");
    assert_eq!(times("/python/kits/screen/"), "2026-02-03 3 February 2026");
    assert_eq!(times("/python/lists/"), "");
}

#[test]
fn a_question_that_nobody_reviewed_shows_when_it_was_added() {
    let site = Site::new().question("junior/new", |question| {
        question
            .set("title", "Is it new?")
            .set("added", "2026-11-19")
    });
    assert!(
        site.built()
            .page("/python/new/")
            .contains("19 November 2026")
    );
}

#[test]
fn drafts_are_nowhere_until_they_are_asked_for() {
    let site = everything();
    let with = |files: &Files| {
        let mut holding: Vec<String> = Vec::new();
        for (path, bytes) in &files.0 {
            let text = format!("{path}\n{}", String::from_utf8_lossy(bytes));
            if text.contains("is still being written") || text.contains("hidden/") {
                holding.push(path.clone());
            }
        }
        holding.join("\n")
    };
    assert_eq!(with(&site.built()), "");
    assert_eq!(with(&site.built_with(&["--edition", "candidate"])), "");
    let files = site.built_with(&["--drafts"]);
    assert_snapshot!(with(&files), @"
    .viva-files
    feed.xml
    python/all/index.html
    python/gil/index.html
    python/hidden/index.html
    python/senior/index.html
    python/topics/language/index.html
    questions.json
    questions/index.html
    schema/question.json
    search/index.json
    sitemap.xml
    tags/unfinished/index.html
    ");
    assert!(links(&main(&files, "/python/gil/")).contains("/python/hidden/"));
}

#[test]
fn the_navigation_is_in_the_order_of_the_configuration() {
    let files = everything().built();
    let home = files.page("/");
    let header = inside(home, "header", ("class", "site-header"));
    assert_snapshot!(links(header), @"
    /
    /faq/
    /python/
    /scoring/
    /questions/
    ");
    let files = everything().built_with(&["--edition", "candidate"]);
    assert!(!files.page("/").contains("/scoring/"));
}

#[test]
fn the_page_that_is_read_is_marked_in_the_navigation() {
    let files = everything().built();
    let marked = |address: &str| {
        let header = inside(files.page(address), "header", ("class", "site-header"));
        elements(header)
            .iter()
            .filter_map(|element| Some((element.get("href")?, element.get("aria-current")?)))
            .map(|(href, current)| format!("{href} {current}"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    assert_eq!(marked("/python/"), "/python/ page");
    assert_eq!(marked("/python/gil/"), "/python/ true");
    assert_eq!(marked("/faq/"), "/faq/ page");
    assert_eq!(marked("/questions/"), "/questions/ page");
    assert_eq!(marked("/"), "/ page");
}

#[test]
fn the_footer_and_the_logo_are_the_handbook_s() {
    let files = everything().built_with(&["--base-url", "https://example.org/a/"]);
    let home = files.page("/");
    let footer = inside(home, "footer", ("class", "site-footer"));
    assert!(
        footer.contains("Made <em>here</em>. See <a href=\"/a/faq/\">the answers</a>."),
        "{footer}"
    );
    let images: Vec<_> = elements(home)
        .into_iter()
        .filter(|e| e.name == "img")
        .collect();
    assert_eq!(images.len(), 1);
    assert_eq!(images[0].get("src"), Some("/a/logo.svg"));
}

#[test]
fn every_address_in_a_page_is_below_the_base_path() {
    let files = everything().built_with(&["--base-url", "https://example.org/a/b/"]);
    for (path, bytes) in &files.0 {
        if !html::has_ending(path, "html") {
            continue;
        }
        let html = std::str::from_utf8(bytes).unwrap();
        for element in elements(html) {
            for address in [element.get("href"), element.get("src")]
                .into_iter()
                .flatten()
            {
                let elsewhere = address.starts_with('#') || address.contains(':');
                assert!(
                    elsewhere || address.starts_with("/a/b/"),
                    "{path}: {address}"
                );
            }
        }
    }
}

#[test]
fn edit_links_lead_to_the_file_in_the_repository() {
    let site = everything().config("repository: https://github.com/example/handbook/");
    let files = site.built();
    let edit = |address: &str| {
        html::values(files.page(address), "a", "href")
            .into_iter()
            .find(|link| link.contains("/edit/"))
    };
    let file = |path: &str| {
        Some(format!(
            "https://github.com/example/handbook/edit/HEAD/content/{path}"
        ))
    };
    assert_eq!(edit("/python/gil/"), file("python/senior/gil.md"));
    assert_eq!(edit("/faq/"), file("pages/faq.md"));
    assert_eq!(edit("/python/kits/screen/"), file("python/kits/screen.md"));
    assert_eq!(edit("/python/junior/"), file("python/junior/index.md"));
    assert_eq!(edit("/tags/gil/"), None);
}

#[test]
fn every_page_leads_to_the_forms_of_the_repository() {
    let site = everything().config("repository: https://github.com/example/handbook/");
    let files = site.built();
    let forms = |path: &str| {
        html::values(files.text(path), "a", "href")
            .into_iter()
            .filter(|link| link.contains("/issues/"))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        forms("python/gil/index.html"),
        [
            "https://github.com/example/handbook/issues/new?template=problem.yml\
             &title=What%20does%20the%20GIL%20lock%3F\
             &address=https%3A%2F%2Fexample%2Eorg%2Fpython%2Fgil%2F\
             &body=https%3A%2F%2Fexample%2Eorg%2Fpython%2Fgil%2F",
            "https://github.com/example/handbook/issues/new?template=question.yml",
        ]
    );
    let pages = |path: &&str| files.text(path).contains("site-footer");
    let html = files
        .paths()
        .into_iter()
        .filter(|path| path.ends_with("index.html"));
    for path in html.filter(pages) {
        assert_eq!(forms(path).len(), 2, "{path}");
    }
    assert!(!everything().built().page("/").contains("/issues/"));
}
