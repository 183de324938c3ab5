//! Addresses that a published site had and that lead to nothing now.
//!
//! The data of the former site names its guides, questions, kits and pages, and the former
//! addresses of questions. Each must be a page's, or an alias.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use crate::diag::{Diagnostic, nearest, rules};
use crate::load::{CONFIG, CONTENT};
use crate::model::{Address, Document, Front, Place};
use crate::parse::Parsed;
use crate::published::{Entry, Published, Question};

use super::links::{Addresses, of_place};
use super::{CALM, Facts};

pub fn check<'f>(facts: &Facts<'f>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(former) = facts.against else { return };
    // A page whose front matter can't be read may have any alias.
    if facts.index.has_unreadable()
        || facts
            .pages
            .iter()
            .any(|page| has_no_fields(&page.diagnostics))
    {
        return;
    }
    let served = Served::new(facts);
    let mut made = Vec::new();
    let mut lists_told = BTreeSet::new();
    let mut told = BTreeSet::new();
    let mut tell = |address: &'f str, tell: &mut dyn FnMut(&str) -> Diagnostic| {
        if !served.all.contains(address) && told.insert(address) {
            diagnostics.push(tell(address));
        }
    };
    let heirs = Heirs::new(facts, former, &served);
    let mut calm = CALM;
    for question in &former.questions {
        tell(&question.url, &mut |address| {
            gone_question(facts, &served, &heirs, question, address, &mut calm)
        });
    }
    for question in &former.questions {
        for alias in &question.aliases {
            tell(alias, &mut |address| {
                gone_alias(facts, &served, &heirs, question, address, &mut calm)
            });
        }
    }
    for (address, path, what) in lists(former) {
        if !served.all.contains(&address) && lists_told.insert(address.clone()) {
            made.push(
                of_path(path, &address, &what)
                    .help(format!("let a page lead on: `aliases: [{address}]`")),
            );
        }
    }
    for kit in &former.kits {
        tell(&kit.url, &mut |address| {
            of_path(
                kit_path(&kit.id),
                address,
                &format!("the kit “{}”", kit.title),
            )
            .help(format!(
                "give the kit its former name, or a page that leads on `aliases: [{address}]`"
            ))
        });
    }
    for page in &former.pages {
        tell(&page.url, &mut |address| {
            let slug = address.trim_matches('/');
            let what = format!("the page “{}”", page.title);
            of_path(format!("{CONTENT}pages/{slug}.md"), address, &what).help(format!(
                "add `aliases: [{slug}]` to the page in `content/pages/` that took its place"
            ))
        });
    }
    for guide in &former.guides {
        tell(&guide.url, &mut |address| {
            let what = format!("the guide “{}”", guide.title);
            let path = format!("{CONTENT}{}/index.md", guide.id);
            of_path(path, address, &what).help(format!(
                "give the guide's folder its former name, or a page that leads on `aliases: [{address}]`"
            ))
        });
    }
    diagnostics.extend(made);
}

/// The pages that were made of questions: of levels, topics and tags.
fn lists(former: &Published) -> impl Iterator<Item = (String, String, String)> {
    let title = |entries: &[Entry], id: &str| {
        let entry = entries.iter().find(|entry| entry.id == id);
        entry.map_or_else(|| id.to_owned(), |entry| entry.title.clone())
    };
    former.questions.iter().flat_map(move |question| {
        let Question {
            guide,
            level,
            topic,
            ..
        } = question;
        let of_level = (
            Address::page([guide.as_str(), level]),
            format!("{CONTENT}{guide}/{level}/index.md"),
            format!("the level “{}” of `{guide}`", title(&former.levels, level)),
        );
        let of_topic = (
            Address::page([guide.as_str(), "topics", topic]),
            CONFIG.to_owned(),
            format!("the topic “{}” of `{guide}`", title(&former.topics, topic)),
        );
        let of_tags = question.tags.iter().map(|tag| {
            let address = Address::page(["tags", tag]);
            (address, CONFIG.to_owned(), format!("the tag `{tag}`"))
        });
        [of_level, of_topic]
            .into_iter()
            .chain(of_tags)
            .map(|(address, path, what)| (address.to_string(), path, what))
    })
}

fn has_no_fields(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| {
        [
            &rules::FRONT_MATTER_MISSING,
            &rules::FRONT_MATTER_OPEN,
            &rules::YAML_SYNTAX,
            &rules::YAML_NOT_A_MAP,
        ]
        .contains(&diagnostic.rule)
    })
}

/// Addresses that lead somewhere.
struct Served<'f> {
    all: HashSet<String>,
    /// Drafts by the address that they would have.
    drafts: BTreeMap<String, &'f Arc<str>>,
    /// Pages by the former addresses that lead to them.
    aliases: BTreeMap<String, &'f Parsed>,
}

impl<'f> Served<'f> {
    fn new(facts: &Facts<'f>) -> Self {
        let Addresses { pages, made } = Addresses::new(facts);
        let mut all: HashSet<String> = made.into_iter().collect();
        let mut drafts = BTreeMap::new();
        let mut aliases = BTreeMap::new();
        for (address, page) in pages {
            if facts.is_shown(page) {
                all.insert(address);
            } else {
                drafts.insert(address, &page.path);
            }
        }
        for page in facts.pages.iter().filter(|page| facts.is_shown(page)) {
            let guide = match &page.place {
                Some(Place::Question { guide, .. }) => Some(guide.as_str()),
                _ => None,
            };
            for alias in &page.outline.names.aliases {
                let address = Address::alias(&alias.value, guide).to_string();
                all.insert(address.clone());
                aliases.insert(address, &**page);
            }
        }
        Self {
            all,
            drafts,
            aliases,
        }
    }
}

/// Questions that the former site did not have: one of them may be what another has become.
struct Heirs<'f> {
    by_title: BTreeMap<String, &'f Parsed>,
    by_slug: BTreeMap<&'f str, &'f Parsed>,
}

impl<'f> Heirs<'f> {
    fn new(facts: &Facts<'f>, former: &Published, served: &Served<'f>) -> Self {
        // What has taken one question's place is not offered as another's.
        let taken: HashSet<&str> = former
            .questions
            .iter()
            .filter_map(|question| served.aliases.get(question.url.as_str()))
            .map(|page| &*page.path)
            .collect();
        let known: HashSet<&str> = former
            .questions
            .iter()
            .map(|question| question.url.as_str())
            .collect();
        let mut heirs = Self {
            by_title: BTreeMap::new(),
            by_slug: BTreeMap::new(),
        };
        for page in facts.pages.iter().filter(|page| facts.is_shown(page)) {
            let Some(place @ Place::Question { slug, .. }) = &page.place else {
                continue;
            };
            if known.contains(of_place(place).as_str()) || taken.contains(&*page.path) {
                continue;
            }
            heirs.by_slug.entry(slug).or_insert(page);
            if let Some(title) = page.document.as_ref().and_then(title) {
                heirs.by_title.entry(title.to_lowercase()).or_insert(page);
            }
        }
        heirs
    }

    /// The page that a question has most likely become.
    fn of(&self, question: &Question, calm: &mut usize) -> Option<&'f Parsed> {
        let title = question.title.replace('`', "").to_lowercase();
        let exact = self.by_title.get(&title);
        let exact = exact.or_else(|| self.by_slug.get(question.slug.as_str()));
        if exact.is_some() || *calm == 0 {
            return exact.copied();
        }
        *calm -= 1;
        let titles = self.by_title.keys().map(String::as_str);
        let slugs = self.by_slug.keys().copied();
        nearest(&title, titles)
            .and_then(|title| self.by_title.get(title))
            .or_else(|| self.by_slug.get(nearest(&question.slug, slugs)?))
            .copied()
    }
}

fn title(document: &Document) -> Option<&str> {
    match &document.front {
        Front::Question(question) => Some(&question.public.title.plain),
        _ => None,
    }
}

fn gone_question(
    facts: &Facts<'_>,
    served: &Served<'_>,
    heirs: &Heirs<'_>,
    question: &Question,
    address: &str,
    calm: &mut usize,
) -> Diagnostic {
    let what = format!("the question “{}”", question.title);
    if let Some(path) = served.drafts.get(address) {
        return at_front(facts, path, address, &what).help(
            "it is a draft now: publish it, or let another page have its address as an alias",
        );
    }
    let Question {
        guide, level, slug, ..
    } = question;
    let Some(heir) = heirs.of(question, calm) else {
        let path = format!("{CONTENT}{guide}/{level}/{slug}.md");
        return of_path(path, address, &what).help(format!(
            "add `aliases: [{slug}]` to the question that took its place"
        ));
    };
    let is_beside =
        matches!(&heir.place, Some(Place::Question { guide: other, .. }) if other == guide);
    let alias = if is_beside { slug } else { address };
    let verb = if heir.outline.names.aliases.is_empty() {
        format!("add `aliases: [{alias}]`")
    } else {
        format!("add `{alias}` to `aliases`")
    };
    at_front(facts, &heir.path, address, &what)
        .help(format!("if this page took its place, {verb} here"))
}

fn gone_alias(
    facts: &Facts<'_>,
    served: &Served<'_>,
    heirs: &Heirs<'_>,
    question: &Question,
    address: &str,
    calm: &mut usize,
) -> Diagnostic {
    let Question {
        guide, level, slug, ..
    } = question;
    let what = format!("a former address of the question “{}”", question.title);
    let help = format!("it was an alias of `{slug}`: add `{address}` to `aliases` again");
    let here = facts.index.question(guide, slug);
    let successor = || served.aliases.get(question.url.as_str()).copied();
    let heir = || heirs.of(question, calm);
    match here.or_else(successor).or_else(heir) {
        Some(page) => at_front(facts, &page.path, address, &what).help(help),
        None => of_path(
            format!("{CONTENT}{guide}/{level}/{slug}.md"),
            address,
            &what,
        )
        .help(help),
    }
}

fn message(address: &str, what: &str) -> String {
    // Data can hold anything, and terminals obey control characters.
    let message = format!("nothing is at `{address}` any more, which was {what}");
    message.replace(char::is_control, " ")
}

/// At the title of a page, or at its front matter where that is broken.
fn at_front(facts: &Facts<'_>, path: &Arc<str>, address: &str, what: &str) -> Diagnostic {
    let page = facts.index.page(path);
    let span = page.map(|page| match page.document.as_ref().map(|one| &one.front) {
        Some(Front::Question(question)) => question.public.title.span.clone(),
        _ => page.outline.front_span.clone(),
    });
    let message = message(address, what);
    match span {
        Some(span) => Diagnostic::at(&rules::ADDRESS_GONE, path, span, message),
        None => Diagnostic::of_file(&rules::ADDRESS_GONE, path, message),
    }
}

/// At a file that is not there any more. What is no path of a page is told of the handbook.
fn of_path(path: String, address: &str, what: &str) -> Diagnostic {
    let is_plain = path
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte))
        && !path.contains("..");
    let path: Arc<str> = if is_plain {
        Arc::from(path)
    } else {
        Arc::from(CONFIG)
    };
    Diagnostic::of_file(&rules::ADDRESS_GONE, &path, message(address, what))
}

fn kit_path(id: &str) -> String {
    let (guide, slug) = id.split_once('/').unwrap_or(("", id));
    format!("{CONTENT}{guide}/kits/{slug}.md")
}
