//! Guides, levels and their index pages.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diag::{Diagnostic, listing, rules};
use crate::load::{CONFIG, CONTENT};
use crate::model::Place;

use super::Facts;

pub fn check(facts: &Facts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    guides(facts, diagnostics);
    levels(facts, diagnostics);
    navigation(facts, diagnostics);
}

fn guides(facts: &Facts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // Whoever is in the wrong folder, or may not look into it, has been told so.
    if facts.config.is_some()
        && !facts.index.has_unreadable()
        && facts.index.guides().next().is_none()
        && facts.pages.iter().all(|page| page.place.is_some())
    {
        diagnostics.push(
            Diagnostic::of_file(
                &rules::CONTENT_EMPTY,
                &Arc::from(CONFIG),
                "the content folder holds no guide",
            )
            .help("a guide is a folder such as `content/python/` with a folder for each level"),
        );
    }
    for guide in facts.index.guides() {
        let path = format!("{CONTENT}{guide}/index.md");
        if facts.index.page(&path).is_none() && !facts.index.is_unreadable(&path) {
            diagnostics.push(
                Diagnostic::of_file(
                    &rules::INDEX_MISSING,
                    &Arc::from(path),
                    format!("the guide `{guide}` has no index.md"),
                )
                .help("write one with a `title` and what the role does, which traits to look for, and one top tip"),
            );
        }
    }
}

/// A folder that is no level is one mistake, however many pages stand in it.
fn levels(facts: &Facts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(config) = facts.config else { return };
    let mut seen = BTreeSet::new();
    for page in facts.pages {
        let Some(Place::Question { guide, level, .. } | Place::Level { guide, level }) =
            &page.place
        else {
            continue;
        };
        if config.level(level).is_some() || !seen.insert((guide, level)) {
            continue;
        }
        let ids = || config.levels.iter().map(|level| level.id.as_str());
        diagnostics.push(
            Diagnostic::of_file(
                &rules::LEVEL_UNKNOWN,
                &page.path,
                format!("unknown level `{level}`: the folder `{CONTENT}{guide}/{level}` is no level of handbook.yaml"),
            )
            .suggest(level, ids(), || {
                Some(format!("the levels are {}", listing(ids())))
            }),
        );
    }
}

fn navigation(facts: &Facts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(config) = facts.settings else { return };
    for entry in &config.navigation {
        let id = entry.value.as_str();
        if facts.index.has_guide(id) || facts.index.has_free_page(id) {
            continue;
        }
        let names = || facts.index.guides().chain(facts.index.free_pages());
        diagnostics.push(
            Diagnostic::at(
                &rules::NAVIGATION_UNKNOWN,
                &config.path,
                entry.span.clone(),
                format!("there is no guide or page `{id}`"),
            )
            .suggest(id, names(), || {
                Some(format!("there are {}", listing(names())))
            }),
        );
    }
}
