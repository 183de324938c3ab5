//! What exists, broken pages included.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::load::CONTENT;
use crate::model::Place;
use crate::parse::Parsed;

/// Look-ups that the rules share.
pub struct Index<'f> {
    by_path: FxHashMap<&'f str, &'f Parsed>,
    /// By guide and slug; more than one is a mistake that [`super::slugs`] reports.
    questions: FxHashMap<(&'f str, &'f str), Vec<&'f Parsed>>,
    guides: BTreeSet<&'f str>,
    pages: BTreeSet<&'f str>,
    unreadable: &'f BTreeSet<Arc<str>>,
}

impl<'f> Index<'f> {
    /// `unreadable` are pages that exist but could not be read.
    pub fn new(parsed: &'f [Arc<Parsed>], unreadable: &'f BTreeSet<Arc<str>>) -> Self {
        let mut index = Self {
            by_path: FxHashMap::with_capacity_and_hasher(parsed.len(), rustc_hash::FxBuildHasher),
            questions: FxHashMap::with_capacity_and_hasher(parsed.len(), rustc_hash::FxBuildHasher),
            guides: BTreeSet::new(),
            pages: BTreeSet::new(),
            unreadable,
        };
        for page in parsed {
            if !unreadable.contains(&page.path) {
                index.by_path.insert(&page.path, page);
            }
            match &page.place {
                Some(Place::Question { guide, slug, .. }) => {
                    index.guides.insert(guide);
                    index.questions.entry((guide, slug)).or_default().push(page);
                }
                Some(
                    Place::Guide { guide } | Place::Level { guide, .. } | Place::Kit { guide, .. },
                ) => {
                    index.guides.insert(guide);
                }
                Some(Place::Page { slug }) => {
                    index.pages.insert(slug);
                }
                Some(Place::Home) | None => {}
            }
        }
        index
    }

    /// The page of this file.
    pub fn page(&self, path: &str) -> Option<&'f Parsed> {
        self.by_path.get(path).copied()
    }

    /// Whether there is anything that can't be read.
    pub fn has_unreadable(&self) -> bool {
        !self.unreadable.is_empty()
    }

    /// Whether the file is, or may be, there but can't be read.
    pub fn is_unreadable(&self, path: &str) -> bool {
        let ends = path.match_indices('/').map(|(at, _)| at);
        self.unreadable.contains(path)
            || ends
                .into_iter()
                .any(|at| self.unreadable.contains(&path[..at]))
    }

    /// Whether one of the guide's folders can't be looked into.
    pub fn is_partly_unreadable(&self, guide: &str) -> bool {
        let guide = format!("{CONTENT}{guide}");
        self.is_unreadable(&guide)
            || self.unreadable.iter().any(|path| {
                !path.ends_with(".md")
                    && path
                        .strip_prefix(&guide)
                        .is_some_and(|rest| rest.starts_with('/'))
            })
    }

    /// The files of all pages.
    pub fn paths(&self) -> impl Iterator<Item = &'f str> {
        self.by_path.keys().copied()
    }

    /// The questions of a guide with this slug.
    pub fn question(&self, guide: &str, slug: &str) -> Option<&'f Parsed> {
        self.questions
            .get(&(guide, slug))
            .and_then(|pages| pages.first().copied())
    }

    /// All questions by guide and slug, in no order.
    pub fn questions(&self) -> impl Iterator<Item = (&'f str, &'f str, &[&'f Parsed])> + '_ {
        self.questions
            .iter()
            .map(|((guide, slug), pages)| (*guide, *slug, pages.as_slice()))
    }

    /// Ids of all guides.
    pub fn guides(&self) -> impl Iterator<Item = &'f str> + '_ {
        self.guides.iter().copied()
    }

    /// Slugs of all pages of their own.
    pub fn free_pages(&self) -> impl Iterator<Item = &'f str> + '_ {
        self.pages.iter().copied()
    }

    /// Whether there is such a guide.
    pub fn has_guide(&self, id: &str) -> bool {
        self.guides.contains(id)
    }

    /// Whether there is such a page of its own.
    pub fn has_free_page(&self, slug: &str) -> bool {
        self.pages.contains(slug)
    }

    /// `slug`, or `guide/slug`, seen from a guide.
    pub fn named<'n>(&self, from: &'n str, name: &'n str) -> (&'n str, &'n str) {
        name.split_once('/').unwrap_or((from, name))
    }
}
