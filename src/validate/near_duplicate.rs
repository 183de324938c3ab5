//! Questions that ask nearly the same.
//!
//! 1. A question is the set of its words: title and prompt, without the commonest words and
//!    without what tells one from many.
//! 2. Two sets are alike by Jaccard's measure: words in both over words in either.
//! 3. Two sets that are alike enough share one of their rarest words, so that only pairs with such
//!    a word are compared (prefix filtering; Bayardo, Ma, Srikant: "Scaling up all pairs similarity
//!    search", 2007). No pair is missed and few are looked at.
//! 4. A question is told of once, however many are alike: its message names the most alike.

use std::cmp::Reverse;
use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use unicode_segmentation::UnicodeSegmentation;
use xxhash_rust::xxh3::xxh3_64;

use crate::diag::{Diagnostic, listing, rules};
use crate::model::{Document, Front, Public};

use super::Facts;

/// Share of common words from which two questions are told of, in percent.
const ALIKE: usize = 80;

/// A question is told of once, with the most alike of so many others.
const ENOUGH: usize = 8;

/// So many others are compared with a question in vain. More are candidates only where a whole
/// handbook is made of some twenty words.
const MOST: usize = 4000;

/// Words that say nothing of what is asked.
pub const COMMON: [&str; 40] = [
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "have",
    "how", "i", "if", "in", "is", "it", "its", "of", "on", "or", "should", "that", "the", "them",
    "this", "to", "was", "what", "when", "where", "which", "why", "will", "with", "would", "you",
];

pub fn check(facts: &Facts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let questions: Vec<(&Document, &Public)> = facts
        .pages
        .iter()
        .filter_map(|page| page.document.as_ref())
        .filter_map(|document| match &document.front {
            Front::Question(question) => Some((document, question.public.as_ref())),
            _ => None,
        })
        .collect();
    let words: Vec<Vec<u64>> = questions
        .par_iter()
        .map(|(_, public)| words(&public.title.plain, &public.prompt.source.text()))
        .collect();
    for (first, second, percent) in alike(&by_rarity(&words)) {
        let shared = shared(&words[first], &words[second], questions[second].1);
        diagnostics.push(told(questions[first], questions[second], percent, &shared));
    }
}

fn told(
    (first, first_public): (&Document, &Public),
    (second, second_public): (&Document, &Public),
    percent: usize,
    shared: &[String],
) -> Diagnostic {
    Diagnostic::at(
        &rules::NEAR_DUPLICATE,
        &second.path,
        second_public.title.span.clone(),
        format!(
            "the question is {percent} % the same as `{}`: both say {}",
            first.path,
            listing(shared.iter().map(String::as_str))
        ),
    )
    .related(
        &first.path,
        Some(first_public.title.span.clone()),
        "the other one is here",
    )
    .help("merge them, or give the reason why both are needed under `allow`")
}

/// The words that two questions have in common, as the second one writes them, in its order.
fn shared(first: &[u64], second: &[u64], public: &Public) -> Vec<String> {
    let mut left: Vec<u64> = second
        .iter()
        .filter(|word| first.binary_search(word).is_ok())
        .copied()
        .collect();
    let mut shared = Vec::new();
    each_word(
        &public.title.plain,
        &public.prompt.source.text(),
        |word, hash| {
            if let Ok(at) = left.binary_search(&hash) {
                left.remove(at);
                shared.push(word.to_lowercase());
            }
        },
    );
    shared
}

/// The hashes of the words of a question.
fn words(title: &str, prompt: &str) -> Vec<u64> {
    let mut words = Vec::new();
    each_word(title, prompt, |_, hash| words.push(hash));
    words.sort_unstable();
    words.dedup();
    words
}

/// Gives every word that says something, with a hash that its forms share.
fn each_word<'t>(title: &'t str, prompt: &'t str, mut take: impl FnMut(&'t str, u64)) {
    let mut folded = String::new();
    for word in title.unicode_words().chain(prompt.unicode_words()) {
        folded.clear();
        folded.extend(word.chars().flat_map(char::to_lowercase));
        if !COMMON.contains(&folded.as_str()) {
            take(word, xxh3_64(singular(&folded).as_bytes()));
        }
    }
}

/// `decorators` and `takes` as `decorator` and `take`.
fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']) => stem,
        _ => word,
    }
}

/// Each question's words as numbers, the rarest first.
fn by_rarity(questions: &[Vec<u64>]) -> Vec<Vec<u32>> {
    let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
    for word in questions.iter().flatten() {
        *counts.entry(*word).or_default() += 1;
    }
    let mut order: Vec<(u32, u64)> = counts.iter().map(|(word, count)| (*count, *word)).collect();
    order.sort_unstable();
    let ranks: FxHashMap<u64, u32> = order
        .iter()
        .zip(0..)
        .map(|((_, word), rank)| (*word, rank))
        .collect();
    questions
        .par_iter()
        .map(|words| {
            let mut set: Vec<u32> = words.iter().map(|word| ranks[word]).collect();
            set.sort_unstable();
            set
        })
        .collect()
}

/// For each set one that stands before it and is alike, if there is any, and how much it is.
fn alike(sets: &[Vec<u32>]) -> Vec<(usize, usize, usize)> {
    let index = Prefixes::new(sets);
    (0..sets.len())
        .into_par_iter()
        .filter_map(|number| {
            let (other, percent) = most_alike(sets, &index, number)?;
            Some((other, number, percent))
        })
        .collect()
}

/// The most alike of the first few that are found.
fn most_alike(sets: &[Vec<u32>], index: &Prefixes, number: usize) -> Option<(usize, usize)> {
    let set = &sets[number];
    let mut twins: Vec<(usize, Reverse<usize>)> = Vec::new();
    // One that shares several words comes several times.
    let before = index.candidates(set).filter(|&other| other < number);
    for other in before.take(MOST) {
        let percent = likeness(set, &sets[other]);
        let twin = (percent, Reverse(other));
        if percent >= ALIKE && !twins.contains(&twin) {
            twins.push(twin);
            if twins.len() == ENOUGH {
                break;
            }
        }
    }
    let (percent, Reverse(other)) = twins.into_iter().max()?;
    Some((other, percent))
}

/// The sets by the rarest of their words.
struct Prefixes {
    groups: Vec<Group>,
    numbers: Vec<usize>,
    /// The groups of each word.
    words: FxHashMap<u32, Range<usize>>,
}

/// Sets of one size that have a word at one position.
struct Group {
    size: usize,
    position: usize,
    /// Of [`Prefixes::numbers`], which ascend.
    numbers: Range<usize>,
}

impl Prefixes {
    fn new(sets: &[Vec<u32>]) -> Self {
        let mut entries: Vec<(u32, usize, usize, usize)> = sets
            .iter()
            .enumerate()
            .flat_map(|(number, set)| {
                let words = prefix(set).iter().enumerate();
                words.map(move |(position, word)| (*word, set.len(), position, number))
            })
            .collect();
        entries.par_sort_unstable();
        let mut groups: Vec<Group> = Vec::new();
        let mut words: FxHashMap<u32, Range<usize>> = FxHashMap::default();
        for chunk in entries.chunk_by(|a, b| (a.0, a.1, a.2) == (b.0, b.1, b.2)) {
            let (word, size, position, _) = chunk[0];
            let start = groups.last().map_or(0, |group| group.numbers.end);
            words
                .entry(word)
                .or_insert_with(|| groups.len()..groups.len())
                .end += 1;
            groups.push(Group {
                size,
                position,
                numbers: start..start + chunk.len(),
            });
        }
        Self {
            groups,
            numbers: entries.into_iter().map(|entry| entry.3).collect(),
            words,
        }
    }

    /// Sets that may be alike: they share one of the rarest words, and so many words follow it in
    /// both that enough can be common (positional filtering; Xiao, Wang, Lin, Yu: "Efficient
    /// similarity joins for near duplicate detection", 2008).
    fn candidates(&self, set: &[u32]) -> impl Iterator<Item = usize> {
        let groups = prefix(set)
            .iter()
            .enumerate()
            .filter_map(|(position, word)| Some((position, self.words.get(word)?.clone())))
            .flat_map(|(position, range)| self.groups[range].iter().map(move |g| (position, g)));
        groups
            .filter(|(position, group)| {
                let common = (set.len() - position).min(group.size - group.position);
                common * (100 + ALIKE) >= (set.len() + group.size) * ALIKE
            })
            .flat_map(|(_, group)| self.numbers[group.numbers.clone()].iter().copied())
    }
}

/// The rarest words of a set, one of which every set that is alike has too.
fn prefix(set: &[u32]) -> &[u32] {
    let needed = (set.len() * ALIKE).div_ceil(100);
    &set[..(set.len() + 1).saturating_sub(needed).min(set.len())]
}

/// Words in both sets for each hundred in either.
fn likeness(a: &[u32], b: &[u32]) -> usize {
    // Sets of too different a size can't be alike.
    if a.len().min(b.len()) * 100 < a.len().max(b.len()) * ALIKE {
        return 0;
    }
    let common = intersection(a, b);
    common * 100 / (a.len() + b.len() - common).max(1)
}

fn intersection(a: &[u32], b: &[u32]) -> usize {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut common = 0;
    while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => {
                a.next();
            }
            std::cmp::Ordering::Greater => {
                b.next();
            }
            std::cmp::Ordering::Equal => {
                common += 1;
                a.next();
                b.next();
            }
        }
    }
    common
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_and_many_are_one_word() {
        for (a, b) in [
            ("decorators", "decorator"),
            ("works", "work"),
            ("class", "class"),
        ] {
            assert_eq!(words(a, ""), words("", b));
        }
        assert_ne!(words("status", ""), words("statu", ""));
    }

    #[test]
    fn four_words_of_five_in_common_are_alike() {
        let sets = vec![vec![1, 2, 3, 4], vec![1, 2, 3, 4, 5], vec![1, 2, 3, 6, 7]];
        assert_eq!(alike(&sets), [(0, 1, 80)]);
    }

    #[test]
    fn each_question_is_told_of_once_with_the_most_alike_one() {
        let sets = vec![
            vec![1, 2, 3, 4, 5],
            vec![1, 2, 3, 4, 5, 6],
            vec![1, 2, 3, 4, 5, 6],
        ];
        assert_eq!(alike(&sets), [(0, 1, 83), (1, 2, 100)]);
    }

    proptest! {
        #[test]
        fn nobody_with_a_twin_is_missed(sets in prop::collection::vec(
            prop::collection::btree_set(0_u32..12, 0..8), 0..9
        )) {
            let sets: Vec<Vec<u32>> = sets.into_iter().map(|set| set.into_iter().collect()).collect();
            let mut expected = Vec::new();
            for (b, second) in sets.iter().enumerate() {
                let twins = sets[..b].iter().enumerate().filter_map(|(a, first)| {
                    let common = intersection(first, second);
                    let either = first.len() + second.len() - common;
                    let alike = common > 0 && common * 100 >= either * ALIKE;
                    alike.then(|| (common * 100 / either, Reverse(a)))
                });
                if let Some((percent, Reverse(a))) = twins.max() {
                    expected.push((a, b, percent));
                }
            }
            let mut found = alike(&sets);
            found.sort_unstable_by_key(|pair| pair.1);
            prop_assert_eq!(found, expected);
        }
    }
}
