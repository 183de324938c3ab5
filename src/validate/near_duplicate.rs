//! Questions that ask nearly the same.
//!
//! 1. A question is the set of its words: title and prompt, without the commonest words.
//! 2. Two sets are alike by Jaccard's measure: words in both over words in either.
//! 3. Two sets that are alike enough share one of their rarest words, so that only pairs with such
//!    a word are compared (prefix filtering; Bayardo, Ma, Srikant: "Scaling up all pairs similarity
//!    search", 2007). No pair is missed and few are looked at.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use unicode_segmentation::UnicodeSegmentation;
use xxhash_rust::xxh3::xxh3_64;

use crate::diag::{Diagnostic, rules};
use crate::model::{Document, Front, Public};

use super::Facts;

/// Share of common words from which two questions are told of, in percent.
const ALIKE: usize = 80;

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
        let ((first, first_public), (second, second_public)) =
            (questions[first], questions[second]);
        diagnostics.push(
            Diagnostic::at(
                &rules::NEAR_DUPLICATE,
                &second.path,
                second_public.title.span.clone(),
                format!("{percent} % of this question's words are those of another one"),
            )
            .related(
                &first.path,
                Some(first_public.title.span.clone()),
                "the other one is here",
            )
            .help("merge them, or give the reason why both are needed under `allow`"),
        );
    }
}

/// The hashes of the words of a question.
fn words(title: &str, prompt: &str) -> Vec<u64> {
    let mut folded = String::new();
    let mut words: Vec<u64> = title
        .unicode_words()
        .chain(prompt.unicode_words())
        .filter_map(|word| {
            folded.clear();
            folded.extend(word.chars().flat_map(char::to_lowercase));
            (!COMMON.contains(&folded.as_str())).then(|| xxh3_64(folded.as_bytes()))
        })
        .collect();
    words.sort_unstable();
    words.dedup();
    words
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

/// Pairs of sets that are alike, each with how much.
fn alike(sets: &[Vec<u32>]) -> Vec<(usize, usize, usize)> {
    let mut holders: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for (number, set) in sets.iter().enumerate() {
        for word in prefix(set) {
            holders.entry(*word).or_default().push(number);
        }
    }
    sets.par_iter()
        .enumerate()
        .flat_map_iter(|(number, set)| {
            let mut candidates: Vec<usize> = prefix(set)
                .iter()
                .filter_map(|word| holders.get(word))
                .flat_map(|holders| holders.iter().take_while(|&&other| other < number))
                .copied()
                .collect();
            candidates.sort_unstable();
            candidates.dedup();
            candidates.into_iter().filter_map(move |candidate| {
                let percent = likeness(set, &sets[candidate]);
                (percent >= ALIKE).then_some((candidate, number, percent))
            })
        })
        .collect()
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
    fn four_words_of_five_in_common_are_alike() {
        let sets = vec![vec![1, 2, 3, 4], vec![1, 2, 3, 4, 5], vec![1, 2, 3, 6, 7]];
        assert_eq!(alike(&sets), [(0, 1, 80)]);
    }

    proptest! {
        #[test]
        fn no_pair_is_missed(sets in prop::collection::vec(
            prop::collection::btree_set(0_u32..12, 0..8), 0..12
        )) {
            let sets: Vec<Vec<u32>> = sets.into_iter().map(|set| set.into_iter().collect()).collect();
            let mut expected = Vec::new();
            for (b, second) in sets.iter().enumerate() {
                for (a, first) in sets[..b].iter().enumerate() {
                    let common = intersection(first, second);
                    let either = first.len() + second.len() - common;
                    if common > 0 && common * 100 >= either * ALIKE {
                        expected.push((a, b, common * 100 / either));
                    }
                }
            }
            let mut found = alike(&sets);
            found.sort_unstable_by_key(|pair| (pair.1, pair.0));
            prop_assert_eq!(found, expected);
        }
    }
}
