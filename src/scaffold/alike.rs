//! Questions that ask what a new one is about to ask.
//!
//! The rule of near-duplicates compares finished questions, and is sure of what it says. Here only a
//! title is known, and a person looks at what is found: so words of one stem count as the same, and
//! rare words count for more (inverse document frequency).

use std::collections::HashMap;

use unicode_segmentation::UnicodeSegmentation;

use crate::diag::Span;
use crate::model::Front;
use crate::parse::Parsed;
use crate::validate::COMMON_WORDS;

/// From here on a question is worth a look, in percent.
const WORTH: u32 = 40;

/// Nobody reads more.
const MOST: usize = 5;

/// A stem has so many letters at least, and so many others at most follow it.
const STEM: usize = 4;
const ENDING: usize = 3;

/// A question that may be the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likely<'p> {
    pub path: &'p str,
    /// As plain text.
    pub title: &'p str,
    /// Where the title stands in the file.
    pub span: Span,
    /// The weight of the words in both for each hundred in one of them.
    pub percent: u32,
}

/// Questions that are like this title, the most alike first.
pub fn likely<'p>(title: &str, pages: &'p [Parsed]) -> Vec<Likely<'p>> {
    let new = words(title);
    let questions: Vec<(Likely<'p>, Vec<String>)> = pages
        .iter()
        .filter_map(|page| {
            let Front::Question(question) = &page.document.as_ref()?.front else {
                return None;
            };
            let title = &question.public.title;
            let found = Likely {
                path: &page.path,
                title: &title.plain,
                span: title.span.clone(),
                percent: 0,
            };
            Some((found, words(&title.plain)))
        })
        .collect();
    let mut holders: HashMap<&str, u32> = HashMap::new();
    for word in questions.iter().flat_map(|(_, words)| words) {
        *holders.entry(word).or_default() += 1;
    }
    let count = u32::try_from(questions.len()).unwrap_or(u32::MAX);
    let weight = |word: &String| {
        let holders = holders.get(word.as_str()).copied().unwrap_or(1);
        (1.0 + f64::from(count) / f64::from(holders)).ln()
    };
    let mut likely: Vec<Likely<'p>> = questions
        .iter()
        .map(|(found, old)| Likely {
            percent: percent(&new, old, weight),
            ..found.clone()
        })
        .filter(|found| found.percent >= WORTH)
        .collect();
    likely.sort_by(|a, b| b.percent.cmp(&a.percent).then(a.path.cmp(b.path)));
    likely.truncate(MOST);
    likely
}

/// The mean of how much of each is in the other (Sørensen and Dice's measure would let a long title
/// hide that it holds all of a short one).
fn percent(new: &[String], old: &[String], weight: impl Fn(&String) -> f64) -> u32 {
    let covered = |of: &[String], by: &[String]| {
        let all: f64 = of.iter().map(&weight).sum();
        let common: f64 = of
            .iter()
            .filter(|word| by.iter().any(|other| same(word, other)))
            .map(&weight)
            .sum();
        if all > 0.0 { common / all } else { 0.0 }
    };
    let mean = f64::midpoint(covered(new, old), covered(old, new));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is between 0 and 100"
    )]
    let percent = (mean * 100.0) as u32;
    percent
}

/// Whether two words are one, or have one stem.
fn same(a: &str, b: &str) -> bool {
    let stem = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let rest = a.chars().count().max(b.chars().count()) - stem;
    rest == 0 || (stem >= STEM && rest <= ENDING)
}

/// The words that say what is asked, each once.
fn words(title: &str) -> Vec<String> {
    let mut words: Vec<String> = title
        .unicode_words()
        .map(str::to_lowercase)
        .filter(|word| !COMMON_WORDS.contains(&word.as_str()))
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::Source;

    fn found(title: &str, titles: &[&str]) -> Vec<(String, u32)> {
        let pages: Vec<Parsed> = titles
            .iter()
            .enumerate()
            .map(|(number, title)| {
                let path = format!("content/python/junior/q{number}.md");
                let text = format!(
                    "---\ntitle: {title}\ntopic: x\nkind: concept\nminutes: 5\nassesses: A.\n\
                     strong_answers: [A., B.]\nred_flags: [C.]\n---\n\n## Answer\n\nSo.\n"
                );
                crate::parse::parse(&Source::new(&path, &text))
            })
            .collect();
        likely(title, &pages)
            .into_iter()
            .map(|found| (found.title.to_owned(), found.percent))
            .collect()
    }

    #[test]
    fn the_same_in_other_words() {
        let titles = [
            "How does a decorator work, and what does one that retries calls look like?",
            "What is a closure?",
            "When is a tuple better than a list?",
        ];
        assert_eq!(
            found("What are decorators?", &titles),
            [(titles[0].to_owned(), 57)]
        );
        assert_eq!(
            found("Is a list ever better than a tuple?", &titles),
            [(titles[2].to_owned(), 89)]
        );
        assert_eq!(found("How does the garbage collector work?", &titles), []);
    }

    #[test]
    fn no_words_are_like_nothing() {
        assert_eq!(found("What is it?", &["What is a closure?"]), []);
        assert_eq!(found("Closures", &["What is it?"]), []);
    }
}
