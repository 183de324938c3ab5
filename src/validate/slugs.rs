//! Slugs: one question each, and none that the site needs for itself.

use crate::diag::{Diagnostic, rules};
use crate::model::Place;
use crate::model::address::{FIXED, FIXED_IN_GUIDE};

use super::Facts;

pub fn check(facts: &Facts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (guide, slug, pages) in facts.index.questions() {
        if let [first, others @ ..] = pages {
            for other in others {
                diagnostics.push(
                    Diagnostic::of_file(
                        &rules::SLUG_TWICE,
                        &other.path,
                        format!("the guide `{guide}` has two questions `{slug}`"),
                    )
                    .related(&first.path, None, "the other one is here")
                    .help("a question's address has no level in it: rename one of the files"),
                );
            }
        }
    }
    let mut guides_told = std::collections::BTreeSet::new();
    for page in facts.pages {
        let reserved = match &page.place {
            Some(Place::Question { slug, .. }) => {
                let taken = FIXED_IN_GUIDE.contains(&slug.as_str())
                    || facts
                        .config
                        .is_some_and(|config| config.level(slug).is_some());
                taken.then(|| format!("a question can't be called `{slug}`"))
            }
            Some(Place::Page { slug }) if FIXED.contains(&slug.as_str()) => {
                Some(format!("a page can't be called `{slug}`"))
            }
            Some(Place::Page { slug }) if facts.index.has_guide(slug) => {
                diagnostics.push(
                    Diagnostic::of_file(
                        &rules::ADDRESS_TAKEN,
                        &page.path,
                        format!(
                            "the page `{slug}` and the guide `{slug}` would have the same address"
                        ),
                    )
                    .help("rename the page's file"),
                );
                None
            }
            _ => None,
        };
        let guide = match &page.place {
            Some(
                Place::Guide { guide }
                | Place::Level { guide, .. }
                | Place::Question { guide, .. }
                | Place::Kit { guide, .. },
            ) if FIXED.contains(&guide.as_str()) && guides_told.insert(guide) => {
                Some(format!("a guide can't be called `{guide}`"))
            }
            _ => None,
        };
        for message in reserved.into_iter().chain(guide) {
            diagnostics.push(
                Diagnostic::of_file(&rules::SLUG_RESERVED, &page.path, message)
                    .help("the site needs that name for itself: choose another"),
            );
        }
    }
}
