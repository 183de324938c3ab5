//! Links: what they lead to exists, and is there for whoever reads them.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diag::{Diagnostic, nearest, rules};
use crate::load::{AssetKind, CONTENT};
use crate::markdown::{Link, Part, Target};
use crate::model::address::FIXED;
use crate::model::{Address, Place};
use crate::parse::Parsed;

use super::Facts;

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
    let addresses = addresses(facts);
    for page in facts.pages {
        for link in &page.outline.links {
            let check = Check {
                facts,
                addresses: &addresses,
                page,
                link,
            };
            diagnostics.extend(check.target());
        }
    }
    if let Some(config) = facts.config
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
            };
            diagnostics.extend(check.target());
        }
    }
}

/// Addresses that a link may name directly.
fn addresses(facts: &Facts<'_>) -> BTreeSet<String> {
    let mut addresses = BTreeSet::from(["/".to_owned(), "/questions/".to_owned()]);
    for file in [
        "feed.xml",
        "questions.json",
        "sitemap.xml",
        "schema/question.json",
    ] {
        addresses.insert(Address::file(file).to_string());
    }
    for page in facts.pages {
        if let Some(place) = &page.place {
            addresses.insert(of_place(place).to_string());
        }
    }
    for guide in facts.index.guides() {
        addresses.insert(Address::page([guide, "all"]).to_string());
        if let Some(config) = facts.config {
            for level in &config.levels {
                addresses.insert(Address::page([guide, level.id.as_str()]).to_string());
            }
            for topic in &config.topics {
                addresses.insert(Address::page([guide, "topics", &topic.id]).to_string());
            }
        }
    }
    addresses
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
    addresses: &'c BTreeSet<String>,
    page: &'c Parsed,
    link: &'c Link,
}

impl Check<'_> {
    fn target(&self) -> Option<Diagnostic> {
        match &self.link.target {
            Target::External(_) => None,
            Target::Anchor(id) => self.anchor(self.page, id),
            Target::File { path, anchor } => self.file(path, anchor.as_deref()),
            Target::Site { path, .. } => self.site(path),
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
            if target.outline.draft && !self.page.outline.draft && !self.facts.options.drafts {
                return Some(
                    self.report(&rules::DRAFT_REFERENCED, format!("`{path}` is a draft"))
                        .help("publish that page first, or take the link out"),
                );
            }
            if target.outline.interviewer_only && self.for_candidates() {
                return Some(self.to_interviewer(&format!("`{path}` is for interviewers alone")));
            }
            return anchor.and_then(|id| self.anchor(target, id));
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

    fn broken(&self, path: &str) -> Diagnostic {
        let report = self.report(&rules::LINK_BROKEN, format!("there is no file `{path}`"));
        let index = format!("{}/index.md", path.trim_end_matches('/'));
        if self.facts.index.page(&index).is_some() {
            return report.help(format!("link to the page itself: `{index}`"));
        }
        let with_ending = format!("{}.md", path.trim_end_matches('/'));
        if self.facts.index.page(&with_ending).is_some() {
            return report.help(format!("write the file's ending: `{with_ending}`"));
        }
        // A moved question keeps its name, so that is looked for before anything similar.
        let name = path.rsplit('/').next().unwrap_or(path);
        let moved = self
            .facts
            .index
            .paths()
            .filter(|other| other.rsplit('/').next() == Some(name))
            .min();
        let suggestion = moved.or_else(|| {
            let assets = self.facts.assets.keys().map(|path| &**path);
            nearest(path, self.facts.index.paths().chain(assets))
        });
        match suggestion {
            Some(other) => report.help(format!("did you mean `{other}`?")),
            None => report.help("paths are relative to the page's own folder"),
        }
    }

    fn anchor(&self, target: &Parsed, id: &str) -> Option<Diagnostic> {
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

    fn site(&self, path: &str) -> Option<Diagnostic> {
        let tag = path.starts_with("/tags/");
        if self.addresses.contains(path) || (tag && self.is_tag(path)) {
            return None;
        }
        let report = self.report(
            &rules::LINK_BROKEN,
            format!("the site has no address `{path}`"),
        );
        let with_slash = format!("{path}/");
        if self.addresses.contains(&with_slash) {
            return Some(report.help(format!("write `{with_slash}`")));
        }
        let first = path.trim_start_matches('/').split('/').next().unwrap_or("");
        if FIXED.contains(&first) {
            return Some(report.help("link to a page by its file instead"));
        }
        let names = self.addresses.iter().map(String::as_str);
        Some(report.suggest(path, names, || {
            Some(format!("link to the file instead: `../…`, below {CONTENT}"))
        }))
    }

    fn is_tag(&self, path: &str) -> bool {
        self.facts
            .pages
            .iter()
            .filter_map(|page| page.document.as_ref())
            .any(|document| match &document.front {
                crate::model::Front::Question(question) => question
                    .public
                    .tags
                    .iter()
                    .any(|tag| Address::page(["tags", &tag.value]).as_str() == path),
                _ => false,
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
