//! What pages say in their heads, for search engines, previews of links and feed readers.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use insta::assert_snapshot;
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::everything::everything;
use crate::html::{self, Element};
use crate::site::{Files, Site};

/// Search engines read no more of a sitemap. <https://www.sitemaps.org/protocol.html>
const LONGEST_ADDRESS: usize = 2048;

#[test]
fn every_page_says_once_what_it_is() {
    for (site, base) in [
        (Site::shipped(), "https://example.org/"),
        (everything(), "https://example.org/a/"),
    ] {
        let title = if base.ends_with("/a/") {
            "The Test Handbook"
        } else {
            "The Python Interview Handbook"
        };
        for edition in ["interviewer", "candidate"] {
            let files = site.built_with(&["--base-url", base, "--edition", edition]);
            for (path, page) in pages(&files) {
                let address = format!("{base}{}", path.trim_end_matches("index.html"));
                let og = |name: &str| page.meta("property", &format!("og:{name}"));
                assert!(!page.title.is_empty(), "{path}");
                assert_eq!(page.link("canonical"), address);
                assert_eq!(og("url"), address);
                let description = page.meta("name", "description");
                assert!(!description.is_empty(), "{path}");
                assert!(description.chars().count() <= 200, "{path}");
                assert_eq!(og("description"), description, "{path}");
                assert!(page.title.starts_with(&og("title")), "{path}");
                assert_eq!(og("site_name"), title, "{path}");
                assert_eq!(og("locale"), "en", "{path}");
                let is_text = ["page question", "page"].contains(&page.class.as_str());
                let kind = if is_text { "article" } else { "website" };
                assert_eq!(og("type"), kind, "{path}");
                let feed = page.link("alternate");
                let feed = feed.strip_prefix(base.trim_start_matches("https://example.org"));
                assert!(files.has(feed.unwrap()), "{path}");
            }
        }
    }
}

#[test]
fn no_two_pages_of_the_shipped_handbook_say_the_same() {
    let files = Site::shipped().built();
    let mut titles = BTreeMap::new();
    let mut descriptions = BTreeMap::new();
    for (path, page) in pages(&files) {
        let description = page.meta("name", "description");
        for (said, text) in [(&mut titles, page.title), (&mut descriptions, description)] {
            if let Some(other) = said.insert(text.clone(), path.clone()) {
                panic!("{path} and {other} say: {text}");
            }
        }
    }
}

#[test]
fn lists_say_what_they_hold() {
    let site = Site::new()
        .question("senior/gil", |question| {
            question
                .set("topic", "concurrency")
                .set("tags", "[threads]")
                .set("minutes", "12")
        })
        .edit(
            "content/handbook.yaml",
            "title: Concurrency, summary: Things at once.",
            "title: Concurrency",
        )
        .file("content/python/index.md", "---\ntitle: Python\n---\n")
        .file("content/python/mid/index.md", "---\ntitle: Mid\n---\n")
        .file("content/pages/faq.md", "---\ntitle: Questions\n---\n");
    let files = site.built();
    let said: String = pages(&files)
        .map(|(path, page)| format!("{path}: {}\n", page.meta("name", "description")))
        .collect::<Vec<_>>()
        .concat();
    assert_snapshot!(said, @"
    faq/index.html: Questions · The Test Handbook
    index.html: A handbook for tests.
    python/all/index.html: Python: 4 questions on one page, for reading and printing.
    python/decorators/index.html: Whether it is known.
    python/gil/index.html: Whether it is known.
    python/index.html: Python: 4 questions by level and topic.
    python/junior/index.html: Parts.
    python/lists/index.html: Whether it is known.
    python/mid/index.html: Python, Mid: 1 question by topic, 5 minutes. Builds alone.
    python/senior/index.html: Systems.
    python/topics/concurrency/index.html: Python, Concurrency: 1 question by level, 12 minutes.
    python/topics/language/index.html: Python, Language: 2 questions by level, 10 minutes. What is written.
    python/topics/runtime/index.html: Python, Runtime: 1 question by level, 5 minutes. What it becomes.
    python/tuples/index.html: Whether it is known.
    questions/index.html: The Test Handbook: 4 questions by level.
    tags/threads/index.html: The Test Handbook: 1 question tagged threads, by level.
    ");
}

#[test]
fn parts_of_a_list_are_told_apart() {
    let site = (0..501).fold(Site::new(), |site, number| {
        site.question(&format!("mid/q{number}"), |question| {
            question.set("title", &format!("What is number {number}?"))
        })
    });
    let files = site.built();
    for (first, second, title) in [
        ("questions/", "questions/2/", "All questions (2 of 2)"),
        (
            "python/all/",
            "python/all/3/",
            "Python: all questions (3 of 3)",
        ),
    ] {
        let (first, second) = (Page::new(files.page(first)), Page::new(files.page(second)));
        assert_eq!(second.meta("property", "og:title"), title);
        let description = second.meta("name", "description");
        assert!(description.starts_with(&first.meta("name", "description")));
        assert!(description.ends_with(&title[title.len() - 9..]));
    }
}

#[test]
fn the_locale_is_written_as_open_graph_has_it() {
    for (language, locale) in [
        ("en", "en"),
        ("pt-BR", "pt_BR"),
        ("zh-Hans-cn", "zh_CN"),
        ("sr-Latn", "sr"),
    ] {
        let site = Site::new().edit(
            "content/handbook.yaml",
            "language: en",
            &format!("language: {language}"),
        );
        let files = site.built();
        let page = Page::new(files.page("/"));
        assert_eq!(page.meta("property", "og:locale"), locale);
    }
}

#[test]
fn what_is_no_page_has_no_canonical_address_of_its_own() {
    let files = everything().built();
    let lost = Page::new(files.text("404.html"));
    assert!(!lost.title.is_empty());
    assert!(!lost.meta("name", "description").is_empty());
    assert_eq!(lost.meta("name", "robots"), "noindex");
    assert!(lost.links("canonical").is_empty());
    let moved = Page::new(files.page("/help/"));
    assert_eq!(moved.meta("name", "robots"), "noindex");
    assert_eq!(moved.link("canonical"), "https://example.org/faq/");
}

#[test]
fn the_sitemap_lists_each_page_and_keeps_to_the_protocol() {
    for (site, base) in [
        (Site::shipped(), "https://example.org/"),
        (everything(), "https://example.org/a/"),
    ] {
        let files = site.built_with(&["--base-url", base]);
        let pages: BTreeSet<String> = pages(&files)
            .map(|(_, page)| page.link("canonical"))
            .collect();
        let entries = sitemap(files.text("sitemap.xml"));
        let listed: BTreeSet<String> = entries.iter().map(|(at, _)| at.clone()).collect();
        assert_eq!(listed.len(), entries.len());
        assert_eq!(listed, pages);
        for (address, changed) in entries {
            assert!(address.len() < LONGEST_ADDRESS, "{address}");
            assert!(changed.is_none_or(|day| day.parse::<jiff::civil::Date>().is_ok()));
        }
        let robots = files.text("robots.txt");
        assert!(robots.ends_with(&format!("\nSitemap: {base}sitemap.xml\n")));
    }
}

/// The entries of a sitemap: address, and day of the last change.
fn sitemap(xml: &str) -> Vec<(String, Option<String>)> {
    let mut reader = Reader::from_str(xml);
    let mut open = Vec::new();
    let mut entries = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                if open.is_empty() {
                    let space = start.try_get_attribute("xmlns").unwrap().unwrap();
                    assert_eq!(&*space.value, "http://www.sitemaps.org/schemas/sitemap/0.9");
                }
                open.push(name);
                if open == ["urlset", "url"] {
                    entries.push((String::new(), None));
                }
            }
            Event::Text(text) => match (open.join(" ").as_str(), entries.last_mut()) {
                ("urlset url loc", Some((address, _))) => address.push_str(&text),
                ("urlset url lastmod", Some((_, changed))) => *changed = Some(text.to_string()),
                (place, _) => assert!(text.trim().is_empty(), "{} in {place}", &*text),
            },
            Event::End(_) => drop(open.pop()),
            Event::Decl(_) => {}
            Event::Eof => return entries,
            other => panic!("a sitemap has no {other:?}"),
        }
    }
}

/// The pages that others shall find, by their files.
fn pages(files: &Files) -> impl Iterator<Item = (String, Page)> {
    files.paths().into_iter().filter_map(|path| {
        if Path::new(path).extension() != Some("html".as_ref()) {
            return None;
        }
        let page = Page::new(files.text(path));
        page.metas("name", "robots")
            .is_empty()
            .then(|| (path.to_owned(), page))
    })
}

struct Page {
    elements: Vec<Element>,
    title: String,
    /// Of its main part.
    class: String,
}

impl Page {
    fn new(html: &str) -> Self {
        let elements = html::elements(html);
        let mut titles = elements.iter().filter(|element| element.name == "title");
        let rest = &html[titles.next().unwrap().end..];
        assert!(titles.next().is_none());
        let main = elements.iter().find(|element| element.name == "main");
        Self {
            title: html::decoded(&rest[..rest.find("</title>").unwrap()]),
            class: main.and_then(|main| main.get("class")).unwrap().to_owned(),
            elements,
        }
    }

    fn metas(&self, attribute: &str, name: &str) -> Vec<String> {
        self.values("meta", attribute, name, "content")
    }

    fn meta(&self, attribute: &str, name: &str) -> String {
        only(self.metas(attribute, name), name)
    }

    fn links(&self, relation: &str) -> Vec<String> {
        self.values("link", "rel", relation, "href")
    }

    fn link(&self, relation: &str) -> String {
        only(self.links(relation), relation)
    }

    fn values(&self, element: &str, attribute: &str, name: &str, value: &str) -> Vec<String> {
        self.elements
            .iter()
            .filter(|found| found.name == element && found.get(attribute) == Some(name))
            .map(|found| found.get(value).unwrap().to_owned())
            .collect()
    }
}

fn only(mut values: Vec<String>, name: &str) -> String {
    assert_eq!(values.len(), 1, "{name}: {values:?}");
    values.remove(0)
}
