//! Every address that a built site names leads to something, and every page is led to.

use std::collections::{BTreeMap, BTreeSet};

use crate::html::{Element, elements, has_ending};
use crate::site::{Files, Site, page};

/// Attributes whose value is an address.
const ADDRESSES: [&str; 5] = ["href", "src", "action", "poster", "data-src"];

/// Attributes whose value is a list of ids.
const IDS: [&str; 5] = [
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "for",
    "headers",
];

#[test]
fn the_shipped_handbook() {
    let site = Site::shipped();
    for edition in ["interviewer", "candidate"] {
        for base in ["https://example.org/", "https://example.org/a/guide/"] {
            let files = site.built_with(&["--edition", edition, "--base-url", base]);
            let crawl = Crawl::new(&files, base);
            assert_eq!(crawl.problems(), "", "{edition} at {base}");
            assert!(crawl.followed > 2000, "only {} links", crawl.followed);
        }
    }
}

#[test]
fn a_handbook_with_everything() {
    let site = crate::everything::everything();
    for edition in ["interviewer", "candidate"] {
        for base in ["https://example.org/", "https://example.org/a/"] {
            let files = site.built_with(&["--edition", edition, "--base-url", base, "--drafts"]);
            assert_eq!(
                Crawl::new(&files, base).problems(),
                "",
                "{edition} at {base}"
            );
        }
    }
}

#[test]
fn headings_that_are_called_as_the_theme_s_parts() {
    let headings = [
        "Main",
        "Question",
        "Contents",
        "Answer",
        "Strong answers",
        "Red flags",
        "By level",
        "Follow ups",
        "References",
        "Related",
        "Topics",
        "Junior",
        "Fn 1",
        "Fnref 1",
        "Search",
        "Settings",
        "Settings title",
        "Copied",
        "Copy code",
    ]
    .map(|words| format!("## {words}\n\nText.[^1]\n\n"))
    .concat();
    let text = format!("{headings}[^1]: A note.\n");
    let answer = text.replace("## ", "### ");
    let site = Site::new()
        .file("content/index.md", &page("Home", &text))
        .file("content/python/index.md", &page("Python", &text))
        .file("content/python/junior/index.md", &page("Junior", &text))
        .file("content/pages/faq.md", &page("FAQ", &text))
        .file(
            "content/python/kits/screen.md",
            &page("Screen", &text).replace(
                "---\n##",
                "level: junior\nminutes: 30\nquestions: [headings]\n---\n##",
            ),
        )
        .question("junior/headings", |question| {
            question
                .set("title", "Which parts has a page?")
                .set(
                    "references",
                    "[{ title: One, url: 'https://example.org/' }]",
                )
                .set("related", "[gil]")
                .set("by_level", "{ junior: Less. }")
                .candidate(&text.replace("## Answer", "## The answer"))
                .answer(&answer.replace("[^1]", "[^2]"))
        });
    let files = site.built();
    assert_eq!(Crawl::new(&files, "https://example.org/").problems(), "");
}

#[test]
fn what_is_wrong_is_found() {
    let files = |main: &str, other: &str| {
        Files(BTreeMap::from([
            ("index.html".to_owned(), main.as_bytes().to_vec()),
            ("a/index.html".to_owned(), other.as_bytes().to_vec()),
        ]))
    };
    let problems = |main: &str, other: &str| {
        let files = files(main, other);
        Crawl::new(&files, "https://example.org/").problems()
    };
    let link = "<a href=\"/a/\">a</a>";
    assert_eq!(problems(link, ""), "");
    assert_eq!(problems("", ""), "nothing leads to a/index.html");
    let with = |html: &str| problems(&format!("{link}{html}"), "<p id=x>");
    assert_eq!(with("<a href='/b/'>"), "index.html: `/b/` leads to nothing");
    assert_eq!(with("<a href='/a'>"), "index.html: `/a` leads to nothing");
    assert_eq!(
        with("<a href='a/'>"),
        "index.html: `a/` is no address from the root"
    );
    assert_eq!(with("<a href='/a/#x'>"), "");
    assert_eq!(
        with("<a href='/a/#y'>"),
        "index.html: `/a/#y` leads to no part of the page"
    );
    assert_eq!(
        with("<a href='#y'>"),
        "index.html: `#y` leads to no part of the page"
    );
    assert_eq!(
        with("<p id=y><p id=y>"),
        "index.html: the id `y` stands twice"
    );
    assert_eq!(
        with("<p aria-labelledby='y'>"),
        "index.html: aria-labelledby `y` is no id"
    );
    assert_eq!(
        with("<link rel=canonical href='https://example.org/c/'>"),
        "index.html: `https://example.org/c/` leads to nothing"
    );
    assert_eq!(with("<a href='https://example.com/c/'>"), "");
    assert_eq!(with("<!-- <a href='/b/'> -->"), "");
    assert_eq!(
        with("<meta http-equiv=refresh content='0; url=/b/'>"),
        "index.html: `/b/` leads to nothing"
    );
}

/// A site whose links were followed.
pub struct Crawl {
    problems: BTreeSet<String>,
    pub followed: usize,
}

impl Crawl {
    /// `base` is where the site stands.
    pub fn new(files: &Files, base: &str) -> Self {
        let pages: BTreeMap<&str, Vec<Element>> = files
            .0
            .keys()
            .filter(|path| has_ending(path, "html"))
            .map(|path| (path.as_str(), elements(files.text(path))))
            .collect();
        let ids: BTreeMap<&str, Vec<&str>> = pages
            .iter()
            .map(|(path, elements)| {
                let ids = elements.iter().filter_map(|element| element.get("id"));
                (*path, ids.collect())
            })
            .collect();
        let mut walk = Walk {
            files,
            base,
            base_path: base
                .splitn(4, '/')
                .nth(3)
                .map_or_else(|| "/".to_owned(), |p| format!("/{p}")),
            ids,
            led_to: BTreeSet::new(),
            crawl: Self {
                problems: BTreeSet::new(),
                followed: 0,
            },
        };
        for (path, elements) in &pages {
            walk.page(path, elements);
        }
        walk.other_files();
        walk.orphans(&pages);
        walk.crawl
    }

    pub fn problems(&self) -> String {
        self.problems.iter().cloned().collect::<Vec<_>>().join("\n")
    }
}

struct Walk<'f> {
    files: &'f Files,
    base: &'f str,
    base_path: String,
    ids: BTreeMap<&'f str, Vec<&'f str>>,
    led_to: BTreeSet<String>,
    crawl: Crawl,
}

impl Walk<'_> {
    fn page(&mut self, path: &str, elements: &[Element]) {
        let mut seen = BTreeSet::new();
        for id in self.ids[path].clone() {
            if !seen.insert(id) {
                self.problem(path, &format!("the id `{id}` stands twice"));
            }
        }
        for element in elements {
            for (name, value) in &element.attributes {
                if ADDRESSES.contains(&name.as_str()) {
                    self.link(path, value);
                } else if IDS.contains(&name.as_str()) {
                    for id in value.split_whitespace() {
                        if !seen.contains(id) {
                            self.problem(path, &format!("{name} `{id}` is no id"));
                        }
                    }
                }
            }
            if element.name == "meta"
                && let Some(content) = element.get("content")
                && let Some((_, url)) = content.split_once("url=")
            {
                self.link(path, url);
            }
            if element.get("property") == Some("og:image") {
                self.link(path, element.get("content").unwrap_or_default());
            }
        }
    }

    fn link(&mut self, path: &str, address: &str) {
        self.crawl.followed += 1;
        let Some(rest) = self.below_base(address) else {
            if let Some(id) = address.strip_prefix('#') {
                self.anchor(path, path, address, id);
            } else if !["https://", "http://", "mailto:"]
                .iter()
                .any(|s| address.starts_with(s))
            {
                self.problem(path, &format!("`{address}` is no address from the root"));
            }
            return;
        };
        let (target, anchor) = rest.split_once('#').unwrap_or((rest, ""));
        let target = target.split('?').next().unwrap_or_default();
        let mut file = percent_encoding::percent_decode_str(target)
            .decode_utf8_lossy()
            .into_owned();
        if file.is_empty() || file.ends_with('/') {
            file.push_str("index.html");
        }
        if !self.files.has(&file) {
            self.problem(path, &format!("`{address}` leads to nothing"));
            return;
        }
        self.anchor(path, &file, address, anchor);
        if file != path {
            self.led_to.insert(file);
        }
    }

    /// What follows the site's own address.
    fn below_base<'a>(&self, address: &'a str) -> Option<&'a str> {
        address
            .strip_prefix(self.base)
            .or_else(|| address.strip_prefix(self.base_path.as_str()))
    }

    fn anchor(&mut self, path: &str, file: &str, address: &str, id: &str) {
        if !id.is_empty() && !self.ids.get(file).is_some_and(|ids| ids.contains(&id)) {
            self.problem(path, &format!("`{address}` leads to no part of the page"));
        }
    }

    /// Addresses in feeds, maps and data.
    fn other_files(&mut self) {
        for path in self.files.paths() {
            if ["xml", "json", "txt", "webmanifest"]
                .iter()
                .any(|ending| has_ending(path, ending))
            {
                let text = self.files.text(path);
                for (at, _) in text.match_indices(self.base) {
                    let end = text[at..]
                        .find(['"', '<', '\'', '\n', ' '])
                        .map_or(text.len(), |n| at + n);
                    self.link(path, &text[at..end]);
                }
            }
            if has_ending(path, "js") {
                let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
                for import in self.files.text(path).split("\"./").skip(1) {
                    let name = import.split('"').next().unwrap_or_default();
                    self.link(path, &format!("{}{folder}/{name}", self.base_path));
                }
            }
            if path == "questions.json" {
                let data: serde_json::Value = serde_json::from_str(self.files.text(path)).unwrap();
                for list in ["guides", "questions", "kits", "pages"] {
                    for entry in data[list].as_array().unwrap() {
                        self.link(path, entry["url"].as_str().unwrap());
                    }
                }
            }
            if path == "manifest.webmanifest" {
                let data: serde_json::Value = serde_json::from_str(self.files.text(path)).unwrap();
                for icon in data["icons"].as_array().unwrap() {
                    self.link(path, icon["src"].as_str().unwrap());
                }
            }
            if path == "_redirects" {
                for line in self.files.text(path).lines() {
                    for address in line.split(' ').take(2) {
                        self.link(path, address);
                    }
                }
            }
        }
    }

    /// Whoever starts at the home page finds everything.
    fn orphans(&mut self, pages: &BTreeMap<&str, Vec<Element>>) {
        for path in self.files.paths() {
            let asked_for_by_name = [
                "index.html",
                "404.html",
                "_headers",
                "_redirects",
                "robots.txt",
                "sitemap.xml",
                "speculation-rules.json",
                "questions.json",
                ".viva-files",
            ]
            .contains(&path)
                || path.starts_with("schema/")
                || path.starts_with("search/");
            let moved = pages.get(path).is_some_and(|elements| {
                elements
                    .iter()
                    .any(|element| element.get("http-equiv") == Some("refresh"))
            });
            if !asked_for_by_name && !moved && !self.led_to.contains(path) {
                let problem = format!("nothing leads to {path}");
                self.crawl.problems.insert(problem);
            }
        }
    }

    fn problem(&mut self, path: &str, problem: &str) {
        self.crawl.problems.insert(format!("{path}: {problem}"));
    }
}
