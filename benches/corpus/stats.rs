//! What a corpus holds, to show that no cache is flattered by repetition.

use super::{Corpus, FollowUp};
use std::collections::HashSet;
use std::fmt;
use std::hash::{BuildHasher, RandomState};

/// Counts over all questions of a corpus.
#[derive(Default)]
pub struct Stats {
    pub questions: usize,
    /// Words of prose: titles, front matter and bodies without fences.
    pub words: usize,
    pub distinct_words: usize,
    pub fences: usize,
    pub distinct_fences: usize,
    /// Lines of fences that are not empty.
    pub lines: usize,
    pub distinct_lines: usize,
    /// Lines that occur once in the whole corpus.
    pub single_lines: usize,
    pub code_bytes: usize,
}

/// Draws a corpus and counts it.
pub fn of(questions: usize) -> Stats {
    let corpus = Corpus::new(questions);
    let mut stats = Stats {
        questions,
        ..Stats::default()
    };
    let hasher = RandomState::new();
    let (mut words, mut fences) = (HashSet::new(), HashSet::new());
    let (mut lines, mut repeated) = (HashSet::new(), HashSet::new());
    for (index, head) in corpus.heads.iter().enumerate() {
        let question = corpus.question(index);
        let body = question.body(|_| String::new(), "");
        let mut prose = head.title.clone();
        for (position, part) in body.split("```").enumerate() {
            let Some(code) = part.strip_prefix("python\n").filter(|_| position % 2 == 1) else {
                prose.extend([" ", part]);
                continue;
            };
            stats.fences += 1;
            stats.code_bytes += code.len();
            fences.insert(hasher.hash_one(code));
            for line in code.lines().filter(|line| !line.trim().is_empty()) {
                stats.lines += 1;
                let hash = hasher.hash_one(line);
                if !lines.insert(hash) {
                    repeated.insert(hash);
                }
            }
        }
        let lists = [&question.strong_answers, &question.red_flags];
        let texts = lists.into_iter().flatten().chain([&question.assesses]);
        let more = question.follow_ups.iter().flat_map(
            |FollowUp {
                 ask,
                 assesses,
                 strong_answers,
                 red_flags,
             }| {
                [ask, assesses]
                    .into_iter()
                    .chain(strong_answers)
                    .chain(red_flags)
            },
        );
        let levels = question.by_level.iter().map(|(_, text)| text);
        let references = question.references.iter().map(|(title, _)| title);
        for text in texts.chain(more).chain(levels).chain(references) {
            prose.extend([" ", text]);
        }
        for word in prose
            .split(|letter: char| !letter.is_alphanumeric() && letter != '\'')
            .filter(|word| !word.is_empty())
        {
            stats.words += 1;
            words.insert(word.to_lowercase());
        }
    }
    stats.distinct_words = words.len();
    stats.distinct_fences = fences.len();
    stats.distinct_lines = lines.len();
    stats.single_lines = lines.len() - repeated.len();
    stats
}

impl fmt::Display for Stats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let each = |count: usize, of: usize| count as f64 / of.max(1) as f64;
        let percent = |count: usize, of: usize| 100.0 * each(count, of);
        writeln!(f, "{} questions", self.questions)?;
        writeln!(
            f,
            "  {:.0} words a page, {} different words",
            each(self.words, self.questions),
            self.distinct_words
        )?;
        writeln!(
            f,
            "  {} fences of {:.1} lines and {:.0} bytes, {:.2} % of them distinct",
            self.fences,
            each(self.lines, self.fences),
            each(self.code_bytes, self.fences),
            percent(self.distinct_fences, self.fences),
        )?;
        write!(
            f,
            "  {} lines of code, {:.1} % of them distinct, {:.1} % occur once",
            self.lines,
            percent(self.distinct_lines, self.lines),
            percent(self.single_lines, self.lines),
        )
    }
}
