//! Other words for the same thing, put into the index beside those that a question has.

use rustc_hash::FxHashMap;

use super::tokens::{Role, stem, tokens};
use crate::model::Synonyms;

/// A phrase has at most so many words.
pub const LONGEST: usize = 6;

/// Finds phrases, and knows what else each of them is called.
#[derive(Debug, Default)]
pub struct Expander {
    /// Numbers of the terms of all phrases, from 1.
    terms: FxHashMap<String, u16>,
    /// By number of its last term.
    phrases: FxHashMap<u16, Vec<Phrase>>,
}

#[derive(Debug)]
struct Phrase {
    terms: Vec<u16>,
    /// The terms of its synonyms that it does not have itself.
    others: Vec<String>,
}

/// Follows one text.
#[derive(Debug)]
pub struct PhraseReader<'e> {
    expander: &'e Expander,
    /// The last terms, newest last; 0 is a term of no phrase.
    recent: [u16; LONGEST],
}

/// The terms of a phrase, without the parts of names.
pub fn terms_of(phrase: &str, stemmed: bool) -> Vec<String> {
    let mut terms = Vec::new();
    tokens(phrase, |token, role| {
        if role == Role::Word {
            let term = if stemmed { stem(token) } else { token.into() };
            terms.push(term.into_owned());
        }
    });
    terms
}

impl Expander {
    pub fn new(synonyms: &Synonyms, stemmed: bool) -> Self {
        let mut expander = Self::default();
        for group in &synonyms.groups {
            let phrases: Vec<Vec<String>> = group
                .iter()
                .map(|phrase| terms_of(phrase, stemmed))
                .filter(|terms| (1..=LONGEST).contains(&terms.len()))
                .collect();
            for phrase in &phrases {
                let mut others: Vec<String> = phrases
                    .iter()
                    .flatten()
                    .filter(|term| !phrase.contains(term))
                    .cloned()
                    .collect();
                others.sort_unstable();
                others.dedup();
                let terms: Vec<u16> = phrase.iter().map(|term| expander.number(term)).collect();
                let last = terms.last().copied().unwrap_or_default();
                let known = expander.phrases.entry(last).or_default();
                known.push(Phrase { terms, others });
            }
        }
        expander
    }

    fn number(&mut self, term: &str) -> u16 {
        let next = u16::try_from(self.terms.len() + 1).unwrap_or(u16::MAX);
        *self.terms.entry(term.to_owned()).or_insert(next)
    }

    /// The number of a term of a phrase; 0 for any other.
    pub fn number_of(&self, term: &str) -> u16 {
        self.terms.get(term).copied().unwrap_or_default()
    }

    /// Begins a text.
    pub fn reader(&self) -> PhraseReader<'_> {
        PhraseReader {
            expander: self,
            recent: [0; LONGEST],
        }
    }
}

impl<'e> PhraseReader<'e> {
    /// Takes the number of the next term; gives the terms that are to stand beside it.
    pub fn next(&mut self, number: u16, role: Role) -> impl Iterator<Item = &'e str> + use<'e> {
        let expander = self.expander;
        let mut found: Option<&'e [Phrase]> = None;
        if role == Role::Word && !expander.terms.is_empty() {
            self.recent.rotate_left(1);
            self.recent[LONGEST - 1] = number;
            if number != 0 {
                found = expander.phrases.get(&number).map(Vec::as_slice);
            }
        }
        let recent = self.recent;
        found
            .unwrap_or_default()
            .iter()
            .filter(move |phrase| recent.ends_with(&phrase.terms))
            .flat_map(|phrase| phrase.others.iter().map(String::as_str))
    }
}
