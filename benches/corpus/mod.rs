//! A made-up handbook of any size, the same bytes on every machine.
//!
//! 1. [`Corpus::new`] draws the titles, so that pages can point at each other.
//! 2. [`Corpus::question`] draws one page whole; it depends on nothing but the
//!    page's number, the seed and the titles.
//! 3. [`handbook`] writes all of it as Viva wants it; [`peers`] writes the same
//!    words and fences as other generators want them.
//!
//! Pages are drawn one at a time and dropped once written: what a process
//! holds when it starts another counts in that one's peak memory.

mod handbook;
pub mod peers;
mod python;
mod question;
mod rng;
pub mod stats;
mod words;

pub use handbook::handbook;
pub use question::{FollowUp, Question};
use rng::Rng;
use std::collections::HashSet;
use std::path::Path;
use std::{fs, io};

/// Levels: id, title, summary.
pub const LEVELS: [(&str, &str, &str); 3] = [
    ("junior", "Junior", "Writes correct code under guidance."),
    ("mid", "Mid-level", "Owns features and knows why they work."),
    (
        "senior",
        "Senior",
        "Designs systems and raises the people around.",
    ),
];

/// Topics: id, title, summary.
pub const TOPICS: [(&str, &str, &str); 10] = [
    ("language", "The language", "Syntax, names and exceptions."),
    (
        "data-structures",
        "Data structures",
        "Lists, dictionaries and what they cost.",
    ),
    (
        "functions",
        "Functions",
        "Closures, decorators and generators.",
    ),
    (
        "objects",
        "Objects",
        "Classes, descriptors and the data model.",
    ),
    (
        "runtime",
        "The runtime",
        "Bytecode, memory and the collector.",
    ),
    (
        "concurrency",
        "Concurrency",
        "Threads, processes and the event loop.",
    ),
    (
        "packaging",
        "Packaging",
        "Imports, environments and wheels.",
    ),
    ("quality", "Quality", "Tests, types and reviews."),
    ("web", "The web", "Requests, frameworks and interfaces."),
    (
        "performance",
        "Performance",
        "Measuring first, then making it fast.",
    ),
];

/// What is known of every question before any is drawn.
pub struct Head {
    pub slug: String,
    pub title: String,
    /// Indices into [`LEVELS`] and [`TOPICS`].
    pub level: usize,
    pub topic: usize,
}

/// The made-up handbook.
pub struct Corpus {
    pub heads: Vec<Head>,
}

impl Corpus {
    /// Draws the titles; the first ones are the same for every size.
    pub fn new(questions: usize) -> Self {
        let mut taken = HashSet::new();
        let heads = (0..questions).map(|index| {
            let mut rng = Rng::new(1, index);
            loop {
                let title = words::question(&mut rng);
                let slug = slug(&title);
                if taken.insert(slug.clone()) {
                    return Head {
                        slug,
                        title,
                        level: rng.below(LEVELS.len()),
                        topic: rng.below(TOPICS.len()),
                    };
                }
            }
        });
        Self {
            heads: heads.collect(),
        }
    }
}

/// A page of a title and some words, above a list that the generator makes.
fn listing(title: &str, index: usize) -> String {
    format!(
        "---\ntitle: {title}\n---\n\n{}\n",
        words::paragraph(&mut Rng::new(3, index), 6)
    )
}

/// Writes a file and the folders above it.
fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}

/// The file name of a title.
fn slug(title: &str) -> String {
    let words = title
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    words
        .map(str::to_ascii_lowercase)
        .collect::<Vec<_>>()
        .join("-")
}

/// A YAML string, in quotes.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
