//! A handbook of which some pages say something else, and nothing that any other page sees changed.
//!
//! Most saves are of this kind: words of an answer. Then the handbook is the last one with those pages
//! exchanged, and no name has to be looked up again. Everything else is left to
//! [`crate::validate::handbook`].

use std::sync::Arc;

use crate::markdown::{Image, Link};
use crate::model::{At, Document, Front, Handbook, Place, Question, QuestionDocument, QuestionId};
use crate::parse::{Names, Outline, Parsed};

/// A page before and after.
pub type Exchange = (Arc<Parsed>, Arc<Parsed>);

/// The handbook with pages exchanged, and the questions that have other titles now. `None` where more
/// may have changed than what the pages say.
pub fn patched(handbook: &Handbook, pages: &[Exchange]) -> Option<(Handbook, Vec<QuestionId>)> {
    let mut places = Vec::with_capacity(pages.len());
    for (before, after) in pages {
        if before.place != after.place || !same_outline(&before.outline, &after.outline) {
            return None;
        }
        let (before, after) = (before.document.as_ref()?, after.document.as_ref()?);
        places.push(place(handbook, before, after)?);
    }
    let mut patched = handbook.clone();
    let mut retitled = Vec::new();
    for place in places {
        match place {
            Exchanged::Nothing => {}
            Exchanged::Question(id, document) => {
                let question = &mut patched.questions[id.index()];
                if question.public.title.plain != document.public.title.plain {
                    retitled.push(id);
                }
                question.public = Arc::clone(&document.public);
                question.interviewer = question
                    .interviewer
                    .is_some()
                    .then(|| Arc::clone(&document.interviewer));
            }
            Exchanged::Page(number, document) => {
                patched.pages[number].document = Arc::clone(document);
            }
        }
    }
    Some((patched, retitled))
}

/// What stands for a page in the handbook.
enum Exchanged<'d> {
    /// A draft that is not shown.
    Nothing,
    Question(QuestionId, &'d QuestionDocument),
    Page(usize, &'d Arc<crate::model::PageDocument>),
}

fn place<'d>(handbook: &Handbook, before: &Document, after: &'d Document) -> Option<Exchanged<'d>> {
    match (&before.front, &after.front, &after.place) {
        (Front::Question(old), Front::Question(new), Place::Question { guide, slug, .. }) => {
            // Kits plan with the minutes.
            if old.public.minutes != new.public.minutes {
                return None;
            }
            let guide = handbook.guides.iter().find(|entry| entry.id == *guide)?;
            let id = guide
                .questions
                .iter()
                .copied()
                .find(|&id| handbook.question(id).slug == *slug);
            match id {
                None if old.public.draft => Some(Exchanged::Nothing),
                None => None,
                Some(id) => {
                    keeps_its_place(handbook, id, new).then_some(Exchanged::Question(id, new))
                }
            }
        }
        (Front::Page(old), Front::Page(new), Place::Page { slug }) => {
            // The title is that of navigation and pictures too.
            let number = handbook.pages.iter().position(|page| page.slug == *slug)?;
            (old.title.source == new.title.source && old.audience == new.audience)
                .then_some(Exchanged::Page(number, new))
        }
        _ => None,
    }
}

/// Whether a question stays between its neighbours: lists are by title where no order is given.
fn keeps_its_place(handbook: &Handbook, id: QuestionId, new: &QuestionDocument) -> bool {
    let old = handbook.question(id);
    if old.public.title.plain == new.public.title.plain {
        return true;
    }
    let title = new.public.title.plain.to_lowercase();
    let key = |question: &'_ Question| {
        let title = question.public.title.plain.to_lowercase();
        (title, question.slug.clone())
    };
    let beside = |question: &&Question| {
        (question.guide, question.level, question.topic) == (old.guide, old.level, old.topic)
    };
    let here = (title, old.slug.clone());
    let before = id.index().checked_sub(1);
    let before = before.and_then(|index| handbook.questions.get(index));
    let after = handbook.questions.get(id.index() + 1);
    before
        .filter(beside)
        .is_none_or(|before| key(before) < here)
        && after.filter(beside).is_none_or(|after| here < key(after))
}

/// Whether other pages see the same of a page, and it names the same things.
fn same_outline(before: &Outline, after: &Outline) -> bool {
    let links = |links: &[Link], others: &[Link]| {
        links.len() == others.len()
            && links
                .iter()
                .zip(others)
                .all(|(link, other)| link.target == other.target && link.part == other.part)
    };
    let images = |images: &[Image], others: &[Image]| {
        images.len() == others.len()
            && images
                .iter()
                .zip(others)
                .all(|(image, other)| image.path == other.path && image.part == other.part)
    };
    let headings = before.headings.len() == after.headings.len()
        && before
            .headings
            .iter()
            .zip(&after.headings)
            .all(|(heading, other)| heading.id == other.id && heading.part == other.part);
    headings
        && links(&before.links, &after.links)
        && images(&before.images, &after.images)
        && before.interviewer_only == after.interviewer_only
        && before.interviewer_words == after.interviewer_words
        && before.draft == after.draft
        && same_names(&before.names, &after.names)
}

fn same_names(before: &Names, after: &Names) -> bool {
    let values = |names: &[At<String>], others: &[At<String>]| {
        names
            .iter()
            .map(|name| &name.value)
            .eq(others.iter().map(|name| &name.value))
    };
    let topic = |names: &Names| names.topic.as_ref().map(|topic| topic.value.clone());
    topic(before) == topic(after)
        && values(&before.levels, &after.levels)
        && values(&before.questions, &after.questions)
        && values(&before.tags, &after.tags)
        && values(&before.aliases, &after.aliases)
}
