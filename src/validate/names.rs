//! Topics, levels and questions that front matter names.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::diag::{Diagnostic, listing, nearest, nearest_path, rules, slip};
use crate::model::{At, Place};
use crate::parse::Parsed;

use super::{CALM, Facts};

pub fn check(facts: &Facts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for page in facts.pages {
        let names = &page.outline.names;
        if let Some(name) = &names.topic {
            topic(facts, page, name, diagnostics);
        }
        for name in &names.levels {
            level(facts, page, name, diagnostics);
        }
        if let Some(Place::Question { guide, .. } | Place::Kit { guide, .. }) = &page.place {
            twice(facts, page, guide, diagnostics);
        }
        for name in &names.questions {
            match &page.place {
                Some(Place::Question { guide, slug, .. }) => {
                    related(facts, page, (guide, slug), name, diagnostics);
                }
                Some(Place::Level { guide, level }) => {
                    listed(facts, page, (guide, level), name, diagnostics);
                }
                Some(Place::Kit { guide, .. }) => {
                    question(facts, page, guide, name, diagnostics);
                }
                _ => {}
            }
        }
    }
}

/// A question that a list has once more, be it by another name.
fn twice(facts: &Facts<'_>, page: &Parsed, guide: &str, diagnostics: &mut Vec<Diagnostic>) {
    let list = match &page.place {
        Some(Place::Kit { .. }) => "questions",
        _ => "related",
    };
    let mut first: HashMap<(&str, &str), &At<String>> = HashMap::new();
    for name in &page.outline.names.questions {
        match first.entry(facts.index.named(guide, &name.value)) {
            Entry::Vacant(entry) => {
                entry.insert(name);
            }
            Entry::Occupied(entry) => diagnostics.push(
                Diagnostic::at(
                    &rules::NAME_TWICE,
                    &page.path,
                    name.span.clone(),
                    format!("the question `{}` stands twice in `{list}`", name.value),
                )
                .secondary(entry.get().span.clone(), "first here")
                .help("remove one of them"),
            ),
        }
    }
}

fn topic(facts: &Facts<'_>, page: &Parsed, name: &At<String>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(config) = facts.config else { return };
    if config.topic(&name.value).is_some() {
        return;
    }
    let ids = || config.topics.iter().map(|topic| topic.id.as_str());
    diagnostics.push(
        Diagnostic::at(
            &rules::TOPIC_UNKNOWN,
            &page.path,
            name.span.clone(),
            format!("unknown topic `{}`", name.value),
        )
        .suggest(&name.value, ids(), || {
            Some(format!(
                "the topics of handbook.yaml are {}",
                listing(ids())
            ))
        })
        .fix_slip(&name.value, ids()),
    );
}

fn level(facts: &Facts<'_>, page: &Parsed, name: &At<String>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(config) = facts.config else { return };
    if config.level(&name.value).is_some() {
        return;
    }
    let ids = || config.levels.iter().map(|level| level.id.as_str());
    // A level that the map has already, or that two names are slips in, is no way to mend it.
    let others = || page.outline.names.levels.iter();
    let is_free = |id: &&str| {
        others().all(|other| {
            other.value != *id
                && (other.value == name.value || nearest(&other.value, ids()) != Some(id))
        })
    };
    let meant = slip(&name.value, ids()).filter(is_free);
    diagnostics.push(
        Diagnostic::at(
            &rules::LEVEL_UNKNOWN,
            &page.path,
            name.span.clone(),
            format!("unknown level `{}`", name.value),
        )
        .suggest(&name.value, ids(), || {
            Some(format!("the levels are {}", listing(ids())))
        })
        .fix_slip(&name.value, meant),
    );
}

/// Reports a question that does not exist. Whether it does.
fn question(
    facts: &Facts<'_>,
    page: &Parsed,
    guide: &str,
    name: &At<String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    let (in_guide, slug) = facts.index.named(guide, &name.value);
    if facts.index.question(in_guide, slug).is_some() {
        return true;
    }
    // It may stand in a folder that can't be looked into.
    if facts.index.is_partly_unreadable(in_guide) {
        return false;
    }
    let diagnostic = Diagnostic::at(
        &rules::QUESTION_UNKNOWN,
        &page.path,
        name.span.clone(),
        format!("there is no question `{}`", name.value),
    );
    let nearest = (diagnostics.len() < CALM)
        .then(|| nearest_question(facts, page, guide, &name.value))
        .flatten();
    diagnostics.push(diagnostic.help(match nearest {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => "write the name of its file without `.md`".to_owned(),
    }));
    false
}

/// The question that was most likely meant, as this guide calls it.
fn nearest_question(facts: &Facts<'_>, page: &Parsed, guide: &str, name: &str) -> Option<String> {
    let whole = name.contains('/');
    let names: Vec<String> = facts
        .index
        .questions()
        .filter(|(_, _, pages)| pages.iter().all(|one| one.path != page.path))
        .map(|(in_guide, slug, _)| {
            if in_guide == guide && !whole {
                slug.to_owned()
            } else {
                format!("{in_guide}/{slug}")
            }
        })
        .collect();
    nearest_path(name, names.iter().map(String::as_str)).map(str::to_owned)
}

fn related(
    facts: &Facts<'_>,
    page: &Parsed,
    (guide, slug): (&str, &str),
    name: &At<String>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if facts.index.named(guide, &name.value) == (guide, slug) {
        diagnostics.push(
            Diagnostic::at(
                &rules::RELATED_ITSELF,
                &page.path,
                name.span.clone(),
                "a question is not related to itself",
            )
            .help("remove this entry"),
        );
        return;
    }
    question(facts, page, guide, name, diagnostics);
}

fn listed(
    facts: &Facts<'_>,
    page: &Parsed,
    (guide, level): (&str, &str),
    name: &At<String>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if !question(facts, page, guide, name, diagnostics) {
        return;
    }
    let place = facts
        .index
        .question(guide, &name.value)
        .and_then(|page| page.place.as_ref());
    if let Some(Place::Question { level: other, .. }) = place
        && other != level
    {
        diagnostics.push(
            Diagnostic::at(
                &rules::QUESTION_UNKNOWN,
                &page.path,
                name.span.clone(),
                format!("`{}` is a question of the level `{other}`", name.value),
            )
            .help(format!(
                "list it in `content/{guide}/{other}/index.md`, or move its file into `content/{guide}/{level}/`"
            )),
        );
    }
}
