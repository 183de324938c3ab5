//! From the questions' words to impacts.
//!
//! 1. Questions are read in parallel, a run of them at a time: each word is counted by field.
//! 2. The runs' words become one sorted list of terms.
//! 3. Each count becomes an impact by BM25F (Robertson, Zaragoza: "The Probabilistic Relevance
//!    Framework: BM25 and Beyond", 2009, 3.6), rounded to one of sixteen.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::coding;
use super::fields::{self, FIELDS, Field, WEIGHTS};
use super::synonyms::Expander;
use super::tokens::{Role, stem, tokens};
use crate::model::Handbook;

/// How much a word that stands often counts for more than one that stands once.
const SATURATION: f32 = 30.0;

/// Stands between two neighbours that are a term together: no token has it beside other signs.
const PAIR: char = '~';

/// Questions that one thread reads at a time.
const RUN: usize = 256;

/// The share of all questions from which on a word tells them apart only where it counts for much.
const COMMON: f32 = 0.4;

/// The share of all questions from which on a word's neighbours say no more with it than without.
const EVERYWHERE: f32 = 0.8;

/// The highest impact.
const HIGHEST: f32 = 50.0;

/// A term and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub text: String,
    /// Level of the impact and the question, highest level first.
    pub postings: Vec<(u8, u32)>,
}

/// How often a term stands in each field of a question.
#[derive(Debug, Clone, Copy)]
struct Count {
    term: u32,
    question: u32,
    fields: [u8; FIELDS],
}

/// What becomes of a token.
#[derive(Clone, Copy)]
struct Known {
    /// Its term's number in the run.
    term: u32,
    /// Its term's number among those of phrases.
    phrase: u16,
}

/// The counts of a run of questions. Terms are numbered within the run.
#[derive(Default)]
struct Run {
    terms: FxHashMap<Box<str>, u32>,
    /// What is known of each token, so that a word is stemmed and looked up once.
    tokens: FxHashMap<Box<str>, Known>,
    counts: Vec<Count>,
    /// Words in each field of each question.
    lengths: Vec<[u32; FIELDS]>,
    /// By term: the question that has it last, and its place in `counts`.
    last: Vec<(u32, usize)>,
}

/// All terms, sorted as JavaScript compares texts.
pub fn terms(handbook: &Handbook, stemmed: bool) -> Vec<Term> {
    let expander = Expander::new(&handbook.synonyms, stemmed);
    let runs: Vec<Run> = handbook
        .questions
        .par_chunks(RUN)
        .enumerate()
        .map(|(number, questions)| {
            let mut run = Run::default();
            for (question, id) in questions.iter().zip(number * RUN..) {
                let question_id = u32::try_from(id).unwrap_or(u32::MAX);
                run.lengths.push([0; FIELDS]);
                fields::of(handbook, question, &mut |field, text| {
                    run.read(question_id, field, text, stemmed, &expander);
                });
            }
            run.tokens = FxHashMap::default();
            run
        })
        .collect();
    score(&runs, handbook.questions.len())
}

impl Run {
    fn read(
        &mut self,
        question: u32,
        field: Field,
        text: &str,
        stemmed: bool,
        expander: &Expander,
    ) {
        let mut words = expander.reader();
        let has_pairs = matches!(field, Field::Title | Field::Labels | Field::Headings);
        let mut pair = String::new();
        tokens(text, |token, role| {
            let Known { term, phrase } = self.known(token, stemmed, expander);
            if role == Role::Word
                && let Some(lengths) = self.lengths.last_mut()
            {
                lengths[field as usize] += 1;
            }
            self.count(question, field, term);
            if has_pairs && role == Role::Word {
                let term = if stemmed { stem(token) } else { token.into() };
                if !pair.is_empty() {
                    pair.push_str(&term);
                    let number = self.number(&pair);
                    self.count(question, field, number);
                }
                pair.clear();
                pair.push_str(&term);
                pair.push(PAIR);
            }
            for synonym in words.next(phrase, role) {
                let number = self.number(synonym);
                self.count(question, field, number);
            }
        });
    }

    fn known(&mut self, token: &str, stemmed: bool, expander: &Expander) -> Known {
        if let Some(&known) = self.tokens.get(token) {
            return known;
        }
        let term = if stemmed { stem(token) } else { token.into() };
        let known = Known {
            term: self.number(&term),
            phrase: expander.number_of(&term),
        };
        self.tokens.insert(token.into(), known);
        known
    }

    /// A term's number in this run.
    fn number(&mut self, term: &str) -> u32 {
        if let Some(&number) = self.terms.get(term) {
            return number;
        }
        let number = u32::try_from(self.terms.len()).unwrap_or(u32::MAX);
        self.terms.insert(term.into(), number);
        self.last.push((u32::MAX, 0));
        number
    }

    fn count(&mut self, question: u32, field: Field, number: u32) {
        let field = field as usize;
        let last = &mut self.last[number as usize];
        if last.0 != question {
            *last = (question, self.counts.len());
            self.counts.push(Count {
                term: number,
                question,
                fields: [0; FIELDS],
            });
        }
        let count = &mut self.counts[last.1].fields[field];
        *count = count.saturating_add(1);
    }
}

/// Makes impacts of all counts.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of words are small, and what is made of them is rounded"
)]
fn score(runs: &[Run], questions: usize) -> Vec<Term> {
    let mut averages = [0.0_f32; FIELDS];
    for lengths in runs.iter().flat_map(|run| &run.lengths) {
        for (sum, &length) in averages.iter_mut().zip(lengths) {
            *sum += length as f32 / questions as f32;
        }
    }
    let mut vocabulary: Vec<&str> = runs
        .iter()
        .flat_map(|run| run.terms.keys().map(AsRef::as_ref))
        .collect();
    vocabulary.par_sort_unstable_by(|a, b| in_utf16(a, b));
    vocabulary.dedup();
    let numbers: FxHashMap<&str, u32> = vocabulary.iter().copied().zip(0..).collect();
    let mut by_term: Vec<Vec<(f32, u32)>> = vec![Vec::new(); vocabulary.len()];
    let mut first = 0;
    for run in runs {
        let mut global = vec![0; run.terms.len()];
        for (term, &number) in &run.terms {
            global[number as usize] = numbers.get(term.as_ref()).copied().unwrap_or_default();
        }
        for count in &run.counts {
            let lengths = &run.lengths[count.question as usize - first];
            by_term[global[count.term as usize] as usize]
                .push((frequency(&count.fields, lengths, &averages), count.question));
        }
        first += run.lengths.len();
    }
    let inverse = |found: usize| {
        let (all, found) = (questions as f32, found as f32);
        (1.0 + (all - found + 0.5) / (found + 0.5)).ln()
    };
    let is_everywhere = |text: &str| {
        let found = numbers
            .get(text)
            .map_or(0, |&number| by_term[number as usize].len());
        found as f32 > EVERYWHERE * questions as f32
    };
    // `what is` says no more than `what`.
    let kept: Vec<bool> = vocabulary
        .iter()
        .map(|text| match text.split_once(PAIR) {
            Some((first, second)) if !first.is_empty() && !second.is_empty() => {
                !is_everywhere(first) && !is_everywhere(second)
            }
            _ => true,
        })
        .collect();
    // What a word could come to that stands in one question alone and nowhere else as often.
    let highest = inverse(1).max(f32::MIN_POSITIVE);
    by_term
        .into_par_iter()
        .zip(vocabulary)
        .zip(kept)
        .filter_map(|((found, text), kept)| kept.then_some((found, text)))
        .map(|(found, text)| {
            let rarity = inverse(found.len());
            let is_common = found.len() as f32 > COMMON * questions as f32;
            let mut postings: Vec<(u8, u32)> = found
                .into_iter()
                .filter_map(|(frequency, question)| {
                    let score = rarity * frequency / (SATURATION + frequency);
                    let level = coding::level(score / highest * HIGHEST);
                    // Whoever has a word is found by it.
                    Some((level.or((!is_common).then_some(0))?, question))
                })
                .collect();
            postings
                .sort_unstable_by_key(|&(level, question)| (std::cmp::Reverse(level), question));
            Term {
                text: text.to_owned(),
                postings,
            }
        })
        .collect()
}

/// BM25F's pseudo-frequency: the fields' counts by their weights and lengths.
#[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
fn frequency(counts: &[u8; FIELDS], lengths: &[u32; FIELDS], averages: &[f32; FIELDS]) -> f32 {
    let mut sum = 0.0;
    for field in 0..FIELDS {
        if counts[field] > 0 {
            let (weight, by_length) = WEIGHTS[field];
            let relative = lengths[field] as f32 / averages[field].max(f32::MIN_POSITIVE);
            sum += weight * f32::from(counts[field]) / (1.0 - by_length + by_length * relative);
        }
    }
    sum
}

/// Code points beyond the first plane stand before the last ones of it.
fn in_utf16(a: &str, b: &str) -> std::cmp::Ordering {
    if a.is_ascii() && b.is_ascii() {
        a.cmp(b)
    } else {
        a.encode_utf16().cmp(b.encode_utf16())
    }
}
