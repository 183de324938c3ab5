//! Former addresses: each leads from where nothing else stands.
//!
//! The plan would find the same, but it is made of handbooks without errors alone.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use crate::diag::{Diagnostic, rules};
use crate::model::{Address, Place};

use super::Facts;
use super::links::Addresses;

pub fn check(facts: &Facts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let aliased = || {
        facts
            .pages
            .iter()
            .filter(|page| !page.outline.names.aliases.is_empty() && facts.is_shown(page))
    };
    if aliased().next().is_none() {
        return;
    }
    let addresses = Addresses::new(facts);
    let mut owners: BTreeMap<String, Option<&Arc<str>>> = addresses
        .made
        .into_iter()
        .map(|address| (address, None))
        .collect();
    for (address, page) in addresses.pages {
        if facts.is_shown(page) {
            owners.insert(address, Some(&page.path));
        }
    }
    for page in aliased() {
        let guide = match &page.place {
            Some(Place::Question { guide, .. }) => Some(guide.as_str()),
            _ => None,
        };
        for alias in &page.outline.names.aliases {
            let address = Address::alias(&alias.value, guide);
            match owners.entry(address.to_string()) {
                Entry::Vacant(entry) => {
                    entry.insert(Some(&page.path));
                }
                Entry::Occupied(entry) => {
                    let owner = entry.get().filter(|owner| **owner != page.path);
                    let by = owner.map_or_else(String::new, |owner| format!(" by `{owner}`"));
                    let mut diagnostic = Diagnostic::at(
                        &rules::ADDRESS_TAKEN,
                        &page.path,
                        alias.span.clone(),
                        format!("the address `{address}` is taken{by}"),
                    )
                    .help("a former address can't be one that the site has: remove it");
                    if let Some(owner) = owner {
                        diagnostic = diagnostic.related(owner, None, "it is taken by this page");
                    }
                    diagnostics.push(diagnostic);
                }
            }
        }
    }
}
