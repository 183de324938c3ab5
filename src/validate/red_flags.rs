//! Red flags that only say "not" to a strong answer: whoever lacks the one shows the other, so that
//! the same point counts twice and nothing new is looked for.
//!
//! 1. A point is its words in their order, without those that negate and those that carry no
//!    meaning, each without its ending.
//! 2. Two points that are the same then, of which one alone negates, are one point.
//!
//! The words are English ones. Other languages have other ones, and are not told of.

use std::borrow::Cow;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::diag::{Diagnostic, rules};
use crate::model::{Front, Inline, QuestionDocument};

use super::Facts;

const NEGATIONS: [&str; 12] = [
    "cannot", "fail", "fails", "lack", "lacks", "never", "no", "nor", "not", "nothing", "unable",
    "without",
];

/// What changes with the negation, or may.
const EMPTY: [&str; 25] = [
    "a", "able", "an", "any", "at", "be", "been", "being", "can", "could", "did", "do", "does",
    "is", "it", "of", "only", "some", "the", "this", "to", "was", "were", "will", "would",
];

pub fn check(facts: &Facts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let found: Vec<Diagnostic> = facts
        .pages
        .par_iter()
        .filter_map(|page| page.document.as_ref())
        .flat_map_iter(|document| match &document.front {
            Front::Question(question) => question_flags(question),
            _ => Vec::new(),
        })
        .collect();
    diagnostics.extend(found);
}

fn question_flags(question: &QuestionDocument) -> Vec<Diagnostic> {
    let part = &question.interviewer;
    let mut found = Vec::new();
    let groups = std::iter::once((&part.strong_answers, &part.red_flags)).chain(
        part.follow_ups
            .iter()
            .map(|answers| (&answers.strong_answers, &answers.red_flags)),
    );
    for (strong_answers, red_flags) in groups {
        if red_flags.is_empty() {
            continue;
        }
        let strong: FxHashMap<String, (&Inline, bool)> = strong_answers
            .iter()
            .map(|strong| {
                let (point, negated) = point(&strong.source);
                (point, (strong, negated))
            })
            .collect();
        for flag in red_flags {
            let (point, negated) = point(&flag.source);
            if let Some((strong, other)) = strong.get(&point)
                && *other != negated
                // Of one word, as in "says nothing", there is nothing to negate.
                && point.contains(' ')
            {
                found.push(
                    Diagnostic::at(
                        &rules::RED_FLAG_NEGATION,
                        &question.public.path,
                        flag.content.span.clone(),
                        "this red flag only negates a strong answer",
                    )
                    .secondary(strong.content.span.clone(), "this one")
                    .help("name what a weak candidate says or does instead, or remove it"),
                );
            }
        }
    }
    found
}

/// What a sentence is about, and whether it negates that.
fn point(sentence: &str) -> (String, bool) {
    let mut point = String::with_capacity(sentence.len());
    let mut negated = false;
    for word in sentence.split_whitespace() {
        let word = word.trim_matches(|c: char| {
            matches!(
                c,
                '.' | ',' | ';' | ':' | '!' | '?' | '"' | '*' | '_' | '(' | ')'
            )
        });
        let word = folded(word);
        if NEGATIONS.contains(&word.as_ref()) {
            negated = !negated;
            continue;
        }
        let contracted = word
            .strip_suffix("n't")
            .or_else(|| word.strip_suffix("n’t"));
        if contracted.is_some() {
            // Auxiliary verbs alone are contracted.
            negated = !negated;
            continue;
        }
        if EMPTY.contains(&word.as_ref()) || word.is_empty() {
            continue;
        }
        if !point.is_empty() {
            point.push(' ');
        }
        point.push_str(stem(&word));
    }
    (point, negated)
}

fn folded(word: &str) -> Cow<'_, str> {
    if word
        .bytes()
        .all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
    {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.to_lowercase())
    }
}

/// `mentions` as `mention`, `tries` as `try`, both without their last vowel.
fn stem(word: &str) -> &str {
    match word {
        "has" => "hav",
        "are" => "",
        _ if word.len() > 2 && !word.ends_with("ss") => {
            let stem = word
                .strip_suffix("ies")
                .or_else(|| word.strip_suffix("es"))
                .or_else(|| word.strip_suffix('s'))
                .unwrap_or(word);
            stem.strip_suffix(['e', 'y']).unwrap_or(stem)
        }
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(strong: &str, flag: &str) -> bool {
        let (a, b) = (point(strong), point(flag));
        a.0 == b.0 && a.1 != b.1
    }

    #[test]
    fn a_negation_is_the_same_point() {
        for (strong, flag) in [
            ("Mentions the GIL.", "Does not mention the GIL."),
            ("Mentions the GIL", "Doesn't mention the GIL."),
            ("Mentions the GIL", "Never mentions the GIL"),
            ("Mentions the GIL", "No mention of the GIL"),
            (
                "Explains how `yield` works.",
                "Can't explain how `yield` works.",
            ),
            (
                "Explains how `yield` works.",
                "Fails to explain how `yield` works.",
            ),
            ("Has used a profiler.", "Has never used a profiler."),
            (
                "Knows that dicts are ordered.",
                "Doesn’t know that dicts are ordered.",
            ),
            ("Never blocks the loop.", "Blocks the loop."),
            ("Tries it in a shell.", "Does not try it in a shell."),
        ] {
            assert!(same(strong, flag), "{strong} / {flag}");
        }
    }

    #[test]
    fn what_says_more_is_another_point() {
        for (strong, flag) in [
            ("Mentions the GIL.", "Says that the GIL makes code safe."),
            ("Names A but not B.", "Names B but not A."),
            (
                "Says that lists can change.",
                "Says that tuples can't change.",
            ),
            ("Uses `==` here.", "Does not use `is` here."),
            (
                "Says lists change and tuples do not.",
                "Says lists do not change and tuples do.",
            ),
            ("Tests the empty list.", "Tests the empty list."),
            (
                "Mentions the GIL.",
                "Does not mention the GIL's cost for threads.",
            ),
        ] {
            assert!(!same(strong, flag), "{strong} / {flag}");
        }
    }
}
