//! From the content folder's files to addresses.

use std::collections::HashMap;
use std::sync::Arc;

use crate::load::CONTENT;
use crate::model::{Address, Handbook};

/// The address of every page's file in this edition.
#[derive(Debug, Default)]
pub struct Lookup {
    by_path: HashMap<Arc<str>, Address>,
}

impl Lookup {
    pub fn new(handbook: &Handbook) -> Self {
        let mut lookup = Self::default();
        lookup.add("index.md", Address::home());
        for guide in &handbook.guides {
            let id = guide.id.as_str();
            lookup.add(&format!("{id}/index.md"), Address::page([id]));
            for level in &handbook.config.levels {
                lookup.add(
                    &format!("{id}/{}/index.md", level.id),
                    Address::page([id, &level.id]),
                );
            }
            for kit in &guide.kits {
                lookup.by_path.insert(
                    Arc::clone(&kit.document.path),
                    Address::page([id, "kits", &kit.slug]),
                );
            }
        }
        for question in &handbook.questions {
            let guide = handbook.guides[question.guide].id.as_str();
            lookup.by_path.insert(
                Arc::clone(&question.public.path),
                Address::page([guide, &question.slug]),
            );
        }
        for page in &handbook.pages {
            lookup
                .by_path
                .insert(Arc::clone(&page.path), Address::page([page.slug.as_str()]));
        }
        lookup
    }

    fn add(&mut self, path: &str, address: Address) {
        self.by_path
            .insert(Arc::from(format!("{CONTENT}{path}")), address);
    }

    /// Where the page of this file stands.
    pub fn page(&self, path: &str) -> Option<&Address> {
        self.by_path.get(path)
    }
}
