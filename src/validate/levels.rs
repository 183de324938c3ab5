//! What handbook.yaml and the pages' exceptions say of the rules.

use std::collections::{HashMap, HashSet};
use std::iter;

use crate::diag::{Diagnostic, rules};
use crate::model::{Allow, Config};

use super::Facts;

/// Takes out what is allowed or turned off, and gives the rest the severity that it has here.
pub fn apply(facts: &Facts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let allowed: HashMap<&str, &[Allow]> = facts
        .pages
        .iter()
        .map(|page| (&*page.path, page.outline.names.allow.as_slice()))
        .filter(|(_, allow)| !allow.is_empty())
        .collect();
    let mut used = HashSet::new();
    diagnostics.retain(|diagnostic| {
        let mut is_allowed = false;
        for path in has_a_say(diagnostic) {
            let list = allowed.get(path).copied().unwrap_or_default();
            if let Some(exception) = list.iter().find(|allow| allow.rule == diagnostic.rule) {
                used.insert(std::ptr::from_ref(exception));
                is_allowed = true;
            }
        }
        !is_allowed
    });
    for page in facts.pages {
        // Most rules of judgment wait until the page is whole.
        if page.document.is_none() {
            continue;
        }
        for exception in allowed.get(&*page.path).copied().unwrap_or_default() {
            // Whether other sites' faults are there is not asked here, and changes by the day.
            if !exception.rule.is_of_other_sites() && !used.contains(&std::ptr::from_ref(exception))
            {
                diagnostics.push(unused(page, exception));
            }
        }
    }
    if let Some(config) = facts.settings {
        adjust(config, diagnostics);
    }
}

/// The pages that may make an exception: of two that are alike, either.
fn has_a_say(diagnostic: &Diagnostic) -> impl Iterator<Item = &str> {
    let both = diagnostic.rule == &rules::NEAR_DUPLICATE;
    let others = diagnostic.related.iter().filter(move |_| both);
    iter::once(&*diagnostic.path).chain(others.map(|related| &*related.path))
}

/// Gives each the severity that handbook.yaml gives its rule, or takes it out.
pub fn adjust(config: &Config, diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.retain_mut(|diagnostic| match config.rules.get(diagnostic.rule.code) {
        Some(Some(severity)) => {
            diagnostic.severity = *severity;
            true
        }
        Some(None) => false,
        None => true,
    });
}

fn unused(page: &crate::parse::Parsed, exception: &Allow) -> Diagnostic {
    Diagnostic::at(
        &rules::ALLOW_UNUSED,
        &page.path,
        exception.span.clone(),
        format!("the page does not break the rule `{}`", exception.rule.name),
    )
    .help("remove the exception")
}
