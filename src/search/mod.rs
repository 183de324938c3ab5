//! The handbook's search: an index that a page's script reads. FORMAT.md describes its files.
//!
//! 1. [`fields`] gives the texts of a question, from the walk that its page is made of.
//! 2. [`tokens`] makes terms of them, [`synonyms`] adds what else they are called.
//! 3. [`index`] makes small numbers of how much each question is about each term.
//! 4. [`coding`] and [`files`] write them: one file, or many of which a search needs few.
//!
//! All of it is a function of the handbook in one edition, so that the candidate's index can't hold
//! what that edition does not have.

mod coding;
mod fields;
mod files;
mod index;
mod synonyms;
mod tokens;

#[cfg(test)]
mod tests;

use crate::model::Handbook;

pub use files::Files;

/// The longest phrase of the synonyms, in words.
pub const LONGEST_PHRASE: usize = synonyms::LONGEST;

/// The index of a handbook.
pub fn index(handbook: &Handbook) -> Files {
    let stemmed = is_stemmed(&handbook.config.language);
    files::files(handbook, &index::terms(handbook, stemmed))
}

/// How a phrase is searched for: equal for phrases that the search can't tell apart.
pub fn phrase(phrase: &str, language: &str) -> Vec<String> {
    synonyms::terms_of(phrase, is_stemmed(language))
}

/// Whether endings are taken off the words of a language: of English alone they are known.
fn is_stemmed(language: &str) -> bool {
    language.split('-').next() == Some("en")
}
