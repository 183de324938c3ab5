//! Topics that no question has: readers who choose one find nothing.

use std::collections::BTreeSet;

use crate::diag::{Diagnostic, nearest, rules};
use crate::model::Place;

use super::Facts;

pub fn check(facts: &Facts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(config) = facts.config else { return };
    if facts.index.has_unreadable() {
        return;
    }
    let ids = || config.topics.iter().map(|topic| topic.id.as_str());
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for page in facts.pages {
        if !matches!(page.place, Some(Place::Question { .. })) {
            continue;
        }
        // A page whose topic can't be read may be about any.
        let Some(topic) = &page.outline.names.topic else {
            return;
        };
        if config.topic(&topic.value).is_some() {
            used.insert(&topic.value);
        } else {
            used.extend(nearest(&topic.value, ids()));
        }
    }
    if used.is_empty() {
        return;
    }
    for topic in config
        .topics
        .iter()
        .filter(|topic| !used.contains(topic.id.as_str()))
    {
        diagnostics.push(
            Diagnostic::at(
                &rules::TOPIC_UNUSED,
                &config.path,
                topic.span.clone(),
                format!("no question has the topic `{}`", topic.id),
            )
            .help("write a question, or remove the topic until there is one"),
        );
    }
}
