//! The plan of a handbook of which little changed.
//!
//! Most saves change what a page says and nothing that addresses depend on. Then the routes of the
//! last plan are the new one's too. [`again`] compares all that [`super::plan`] looks at; where it
//! finds a difference that is more than a question's title, it leaves the plan to be made anew.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::load::Asset;
use crate::model::{Address, Handbook, Question, QuestionId};
use crate::picture::Card;
use crate::theme::Theme;

use super::{Route, Site, files, pictures};

/// The site of `handbook` with the routes of `before`. `None` where they may differ, or where the
/// plan might have something to say.
pub fn again(
    before: &Site,
    handbook: &Arc<Handbook>,
    theme: &Arc<Theme>,
    assets: &Arc<BTreeMap<Arc<str>, Asset>>,
) -> Option<Site> {
    let (old, new) = (&*before.handbook, &**handbook);
    let same = Arc::ptr_eq(&before.theme, theme)
        && (Arc::ptr_eq(&before.assets, assets) || before.assets == *assets)
        && (Arc::ptr_eq(&old.config, &new.config) || old.config == new.config)
        && old.edition == new.edition
        && same_words(old, new)
        && old.tags.keys().eq(new.tags.keys())
        && old.questions.len() == new.questions.len();
    if !same {
        return None;
    }
    let mut retitled = Vec::new();
    for (old, new) in old.questions.iter().zip(&new.questions) {
        if !same_place(old, new) {
            return None;
        }
        if !Arc::ptr_eq(&old.public, &new.public)
            && old.public.title.plain != new.public.title.plain
        {
            retitled.push(new);
        }
    }
    let mut site = Site {
        handbook: Arc::clone(handbook),
        theme: Arc::clone(theme),
        routes: Arc::clone(&before.routes),
        assets: Arc::clone(assets),
        lookup: Arc::clone(&before.lookup),
        search: OnceLock::new(),
        cards: Arc::clone(&before.cards),
    };
    if !retitled.is_empty() {
        site.draw_again(&retitled)?;
    }
    Some(site)
}

/// The site of a handbook that has other words at the same addresses, and other titles of some
/// questions. `None` where the plan might have something to say of a title.
pub fn patched(before: &Site, handbook: Handbook, retitled: &[QuestionId]) -> Option<Site> {
    let handbook = Arc::new(handbook);
    let mut site = Site {
        handbook: Arc::clone(&handbook),
        theme: Arc::clone(&before.theme),
        routes: Arc::clone(&before.routes),
        assets: Arc::clone(&before.assets),
        lookup: Arc::clone(&before.lookup),
        search: OnceLock::new(),
        cards: Arc::clone(&before.cards),
    };
    if !retitled.is_empty() {
        let retitled: Vec<&Question> = retitled.iter().map(|id| handbook.question(*id)).collect();
        site.draw_again(&retitled)?;
    }
    Some(site)
}

/// Guides, levels, kits and pages: that they are there, their titles, and the files they show.
fn same_words(old: &Handbook, new: &Handbook) -> bool {
    let same_guides = old.guides.len() == new.guides.len()
        && old.guides.iter().zip(&new.guides).all(|(old, new)| {
            let levels = |guide: &crate::model::Guide| -> Vec<Option<(Arc<str>, String)>> {
                let words = guide.levels.iter().map(Option::as_ref);
                words
                    .map(|words| {
                        words.map(|words| (Arc::clone(&words.path), words.title.plain.clone()))
                    })
                    .collect()
            };
            old.id == new.id
                && old.words.title.plain == new.words.title.plain
                && old.words.path == new.words.path
                && levels(old) == levels(new)
                && old.questions == new.questions
                && old.kits.len() == new.kits.len()
                && old.kits.iter().zip(&new.kits).all(|(old, new)| {
                    old.slug == new.slug
                        && old.level == new.level
                        && old.document.path == new.document.path
                        && old.document.title.plain == new.document.title.plain
                })
        });
    let same_pages = old.pages.len() == new.pages.len()
        && old.pages.iter().zip(&new.pages).all(|(old, new)| {
            let aliases = |page: &crate::model::Page| -> Vec<String> {
                let aliases = page.document.aliases.iter();
                aliases.map(|alias| alias.value.clone()).collect()
            };
            old.slug == new.slug
                && old.path == new.path
                && old.document.title.plain == new.document.title.plain
                && aliases(old) == aliases(new)
        });
    same_guides
        && same_pages
        && old.home.title.plain == new.home.title.plain
        && old.home.path == new.home.path
        && old.navigation == new.navigation
        && files::of_words(old) == files::of_words(new)
}

/// Whether a question has the same addresses, in the same place of all lists.
fn same_place(old: &Question, new: &Question) -> bool {
    let same = old.slug == new.slug
        && old.guide == new.guide
        && old.level == new.level
        && old.topic == new.topic;
    let same_parts = Arc::ptr_eq(&old.public, &new.public)
        && match (&old.interviewer, &new.interviewer) {
            (Some(old), Some(new)) => Arc::ptr_eq(old, new),
            (None, None) => true,
            _ => false,
        };
    if same_parts {
        return same;
    }
    let aliases = |question: &Question| -> Vec<String> {
        let aliases = question.public.aliases.iter();
        aliases.map(|alias| alias.value.clone()).collect()
    };
    same && old.public.path == new.public.path
        && old.interviewer.is_some() == new.interviewer.is_some()
        && aliases(old) == aliases(new)
        && files::of_question(old) == files::of_question(new)
}

impl Site {
    /// New pictures for questions with new titles. `None` if one can't be set.
    fn draw_again(&mut self, retitled: &[&Question]) -> Option<()> {
        let handbook = Arc::clone(&self.handbook);
        let mut cards: BTreeMap<Address, Arc<Card>> = (*self.cards).clone();
        let mut routes = (*self.routes).clone();
        for question in retitled {
            let guide = handbook.guides[question.guide].id.as_str();
            let address = Address::page([guide, &question.slug]);
            let written = pictures::of_question(&handbook, &self.theme.painter, question);
            let had = cards.insert(address, Arc::new(written.card))?;
            // A title that can't be set is for the plan to report, and so is one that could not.
            if written.lacking.is_some() || had.title.is_none() {
                return None;
            }
            if cards.values().all(|card| **card != *had) {
                routes.remove(&pictures::address(&had));
            }
        }
        for question in retitled {
            let guide = handbook.guides[question.guide].id.as_str();
            let card = cards.get(&Address::page([guide, &question.slug]))?;
            routes.insert(pictures::address(card), Route::Picture(Arc::clone(card)));
        }
        self.cards = Arc::new(cards);
        self.routes = Arc::new(routes);
        Some(())
    }
}
