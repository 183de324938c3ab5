//! Links: what they lead to exists, and is there for whoever reads them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diag::{Diagnostic, nearest_path, rules};
use crate::load::{AssetKind, CONFIG};
use crate::markdown::{Link, Part, Target};
use crate::model::{Address, At, Place};
use crate::parse::Parsed;

use super::{CALM, Facts};

/// Ids on a question's page that are not headings of its Markdown, and whose they are.
const QUESTION_IDS: [(&str, Part); 7] = [
    ("answer", Part::Answer),
    ("strong-answers", Part::Answer),
    ("red-flags", Part::Answer),
    ("by-level", Part::Answer),
    ("references", Part::Answer),
    ("follow-ups", Part::Shown),
    ("related", Part::Shown),
];

pub fn check(facts: &Facts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let addresses = Addresses::new(facts);
    for page in facts.pages {
        for link in &page.outline.links {
            let check = Check {
                facts,
                addresses: &addresses,
                page,
                link,
                calm: diagnostics.len() < CALM,
            };
            diagnostics.extend(check.target());
        }
    }
    if let Some(config) = facts.settings
        && let Some(footer) = &config.footer
    {
        let nowhere = Parsed {
            path: Arc::clone(&config.path),
            place: None,
            document: None,
            outline: crate::parse::Outline::default(),
            diagnostics: Vec::new(),
        };
        for link in &footer.links {
            let check = Check {
                facts,
                addresses: &addresses,
                page: &nowhere,
                link,
                calm: true,
            };
            diagnostics.extend(check.target());
        }
    }
}

/// Problems of links to files and to parts of the same page: a page's own, whose targets `index`
/// knows.
pub fn check_files(facts: &Facts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let addresses = Addresses::default();
    for page in facts.pages {
        for link in &page.outline.links {
            if let Target::File { .. } | Target::Anchor(_) = link.target {
                let check = Check {
                    facts,
                    addresses: &addresses,
                    page,
                    link,
                    calm: diagnostics.len() < CALM,
                };
                diagnostics.extend(check.target());
            }
        }
    }
}

/// What stands where in the site, as far as files name it.
#[derive(Default)]
pub struct Addresses<'f> {
    /// Pages that have a file, drafts included.
    pub pages: BTreeMap<String, &'f Parsed>,
    /// Pages and files that are made of others.
    pub made: BTreeSet<String>,
}

impl<'f> Addresses<'f> {
    pub fn new(facts: &Facts<'f>) -> Self {
        let pages = facts
            .pages
            .iter()
            .filter_map(|page| {
                let place = page.place.as_ref()?;
                Some((of_place(place).to_string(), page.as_ref()))
            })
            .collect();
        let mut made = BTreeSet::from(["/".to_owned(), "/questions/".to_owned()]);
        for file in [
            "404.html",
            "feed.xml",
            "questions.json",
            "robots.txt",
            "schema/question.json",
            "sitemap.xml",
            "speculation-rules.json",
        ] {
            made.insert(Address::file(file).to_string());
        }
        for guide in facts.index.guides() {
            made.insert(Address::page([guide]).to_string());
            made.insert(Address::page([guide, "all"]).to_string());
        }
        for page in facts.pages.iter().filter(|page| facts.is_shown(page)) {
            let Some(Place::Question { guide, level, .. }) = &page.place else {
                continue;
            };
            let names = &page.outline.names;
            made.insert(Address::page([guide.as_str(), level]).to_string());
            made.extend(names.topic.iter().map(|topic| topic_page(guide, topic)));
            made.extend(names.tags.iter().map(tag_page));
            // A page whose topic can't be read may be about any.
            if let (None, Some(config)) = (&names.topic, facts.config) {
                let topics = config.topics.iter().map(|topic| topic.id.as_str());
                made.extend(topics.map(|id| Address::page([guide, "topics", id]).to_string()));
            }
        }
        Self { pages, made }
    }

    /// Everything that a link can name.
    fn all(&self) -> impl Iterator<Item = &str> {
        self.pages.keys().chain(&self.made).map(String::as_str)
    }

    fn has(&self, path: &str) -> bool {
        self.pages.contains_key(path) || self.made.contains(path)
    }
}

fn topic_page(guide: &str, topic: &At<String>) -> String {
    Address::page([guide, "topics", &topic.value]).to_string()
}

fn tag_page(tag: &At<String>) -> String {
    Address::page(["tags", &tag.value]).to_string()
}

/// The address of a page by its place.
pub fn of_place(place: &Place) -> Address {
    match place {
        Place::Home => Address::home(),
        Place::Guide { guide } => Address::page([guide.as_str()]),
        Place::Level { guide, level } => Address::page([guide.as_str(), level]),
        Place::Question { guide, slug, .. } => Address::page([guide.as_str(), slug]),
        Place::Kit { guide, slug } => Address::page([guide.as_str(), "kits", slug]),
        Place::Page { slug } => Address::page([slug.as_str()]),
    }
}

struct Check<'c> {
    facts: &'c Facts<'c>,
    addresses: &'c Addresses<'c>,
    page: &'c Parsed,
    link: &'c Link,
    /// Whether the nearest name is worth looking for.
    calm: bool,
}

impl Check<'_> {
    fn target(&self) -> Option<Diagnostic> {
        match &self.link.target {
            Target::External(_) => None,
            Target::Anchor(id) => self.anchor(self.page, id),
            Target::File { path, anchor } => self.file(path, anchor.as_deref()),
            Target::Site { path, anchor } => self.site(path, anchor.as_deref()),
        }
    }

    fn report(&self, rule: &'static rules::Rule, message: String) -> Diagnostic {
        Diagnostic::at(rule, &self.page.path, self.link.span.clone(), message)
    }

    fn file(&self, path: &str, anchor: Option<&str>) -> Option<Diagnostic> {
        if self.facts.index.is_unreadable(path) {
            return None;
        }
        if let Some(target) = self.facts.index.page(path) {
            return self.page(target, anchor);
        }
        if let Some(asset) = self.facts.assets.get(path) {
            return match asset.kind {
                AssetKind::Runnable => Some(
                    self.report(
                        &rules::FILE_KIND,
                        format!("`{path}` is of a kind that a browser could run"),
                    )
                    .help("pack it into a .zip file, or show it as a code block"),
                ),
                _ => None,
            };
        }
        Some(self.broken(path))
    }

    fn page(&self, target: &Parsed, anchor: Option<&str>) -> Option<Diagnostic> {
        let path = &target.path;
        if target.outline.draft && !self.page.outline.draft && !self.facts.options.drafts {
            return Some(
                self.report(&rules::DRAFT_REFERENCED, format!("`{path}` is a draft"))
                    .help("publish that page first, or take the link out"),
            );
        }
        if target.outline.interviewer_only && self.for_candidates() {
            return Some(self.to_interviewer(&format!("`{path}` is for interviewers alone")));
        }
        anchor.and_then(|id| self.anchor(target, id))
    }

    fn broken(&self, path: &str) -> Diagnostic {
        if path == CONFIG {
            return self
                .report(
                    &rules::LINK_BROKEN,
                    format!("`{path}` is not a part of the site"),
                )
                .help("link to a page, or to the file in the handbook's repository");
        }
        let report = self.report(&rules::LINK_BROKEN, format!("there is no file `{path}`"));
        let index = format!("{}/index.md", path.trim_end_matches('/'));
        if self.facts.index.page(&index).is_some() {
            return report.help(format!("link to the page itself: `{index}`"));
        }
        let with_ending = format!("{}.md", path.trim_end_matches('/'));
        if self.facts.index.page(&with_ending).is_some() {
            return report.help(format!("write the file's ending: `{with_ending}`"));
        }
        let assets = self.facts.assets.keys().map(|path| &**path);
        let own = &*self.page.path;
        let pages = self.facts.index.paths().filter(|path| *path != own);
        match self.nearest(path, pages.chain(assets)) {
            Some(other) => report.help(format!("did you mean `{other}`?")),
            None => report.help("paths are relative to the page's own folder"),
        }
    }

    fn nearest<'n>(&self, wrong: &str, paths: impl Iterator<Item = &'n str>) -> Option<&'n str> {
        self.calm.then(|| nearest_path(wrong, paths)).flatten()
    }

    fn anchor(&self, target: &Parsed, id: &str) -> Option<Diagnostic> {
        // Every page has a top. <https://html.spec.whatwg.org/#scrolling-to-a-fragment>
        if id.is_empty() || id.eq_ignore_ascii_case("top") {
            return None;
        }
        let is_question = matches!(target.place, Some(Place::Question { .. }));
        let fixed = QUESTION_IDS
            .iter()
            .filter(|_| is_question)
            .find(|(fixed, _)| *fixed == id)
            .map(|(_, part)| *part);
        let heading = target
            .outline
            .headings
            .iter()
            .find(|heading| heading.id == id)
            .map(|heading| heading.part);
        match heading.or(fixed) {
            Some(Part::Answer) if self.for_candidates() => {
                Some(self.to_interviewer(&format!("`#{id}` is in the answer")))
            }
            Some(_) => None,
            None => {
                let ids = target
                    .outline
                    .headings
                    .iter()
                    .map(|heading| heading.id.as_str());
                let where_ = if std::ptr::eq(target, self.page) {
                    "this page".to_owned()
                } else {
                    format!("`{}`", target.path)
                };
                let listed: Vec<&str> = ids.clone().collect();
                Some(
                    self.report(
                        &rules::ANCHOR_BROKEN,
                        format!("{where_} has no part `#{id}`"),
                    )
                    .suggest(id, ids, || {
                        (!listed.is_empty())
                            .then(|| format!("it has {}", crate::diag::listing(listed)))
                    }),
                )
            }
        }
    }

    fn site(&self, path: &str, anchor: Option<&str>) -> Option<Diagnostic> {
        if let Some(target) = self.addresses.pages.get(path) {
            if self.facts.index.is_unreadable(&target.path) {
                return None;
            }
            return self.page(target, anchor);
        }
        if self.addresses.has(path) {
            return None;
        }
        let guide = path.trim_start_matches('/').split('/').next();
        if guide.is_some_and(|guide| self.facts.index.is_partly_unreadable(guide)) {
            return None;
        }
        let report = self.report(
            &rules::LINK_BROKEN,
            format!("the site has no address `{path}`"),
        );
        let with_slash = format!("{path}/");
        if self.addresses.has(&with_slash) {
            return Some(report.help(format!("write `{with_slash}`")));
        }
        Some(match self.nearest(path, self.addresses.all()) {
            Some(other) => report.help(format!("did you mean `{other}`?")),
            None => report.help("link to a page by its file instead"),
        })
    }

    /// Whether the candidate edition shows this link.
    fn for_candidates(&self) -> bool {
        self.link.part == Part::Shown && !self.page.outline.hidden()
    }

    fn to_interviewer(&self, message: &str) -> Diagnostic {
        self.report(&rules::LINK_TO_INTERVIEWER, message.to_owned())
            .help("candidates read this text: take the link out, or move it below `## Answer` or onto a page with `audience: interviewer`")
    }
}
