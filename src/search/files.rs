//! The index as files: one while it is small, else pieces of which a search loads a few.

use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use super::coding;
use super::index::Term;
use crate::model::{Handbook, Kind, Question};

/// Counts up when readers of the files have to change.
pub const VERSION: u32 = 1;

/// Bytes of terms and summaries that are still one file.
const ONE_FILE: usize = 56 * 1024;

/// Bytes of terms that one shard holds.
const SHARD: usize = 12 * 1024;

/// Bytes of summaries that one chunk holds.
const CHUNK: usize = 5 * 1024;

/// The files of the index, by their names below `search/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    /// What a search loads first; its name stays.
    pub manifest: Vec<u8>,
    /// Sorted by name.
    pub parts: Vec<(String, Vec<u8>)>,
}

#[derive(Serialize)]
struct Manifest<'m> {
    version: u32,
    language: &'m str,
    edition: &'static str,
    questions: usize,
    impacts: [u8; 16],
    guides: Vec<Named<'m>>,
    levels: Vec<Named<'m>>,
    topics: Vec<Named<'m>>,
    kinds: Vec<&'static str>,
    terms: Terms,
    pages: Pages,
    facets: Facets,
}

#[derive(Serialize)]
struct Named<'m> {
    id: &'m str,
    title: &'m str,
}

/// All terms, or where they are.
#[derive(Serialize)]
#[serde(untagged)]
enum Terms {
    Here(Shard),
    Elsewhere {
        /// The first term of each shard.
        from: Vec<String>,
        shards: Vec<String>,
        vocabulary: String,
    },
}

#[derive(Serialize)]
struct Shard {
    terms: String,
    postings: String,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Pages {
    Here(Vec<Page>),
    Elsewhere {
        /// The first question of each chunk, written as ascending numbers.
        from: String,
        chunks: Vec<String>,
    },
}

/// Path below the base address, HTML of the title, a sentence.
#[derive(Serialize)]
struct Page(String, String, String);

#[derive(Serialize)]
#[serde(untagged)]
enum Facets {
    Here(Box<Columns>),
    Elsewhere(String),
}

/// A number for each question, one after the other, and the questions of each tag.
#[derive(Serialize)]
struct Columns {
    guides: String,
    levels: String,
    topics: String,
    kinds: String,
    minutes: String,
    tags: Vec<(String, String)>,
}

/// Writes everything.
pub fn files(handbook: &Handbook, terms: &[Term]) -> Files {
    let pages: Vec<Page> = handbook
        .questions
        .iter()
        .map(|question| page(handbook, question))
        .collect();
    let columns = columns(handbook);
    let whole = shard(terms);
    let summaries: usize = pages.iter().map(Page::bytes).sum();
    let mut parts = Parts::default();
    let (terms, pages, facets) = if whole.bytes() + summaries <= ONE_FILE {
        let columns = Box::new(columns);
        (
            Terms::Here(whole),
            Pages::Here(pages),
            Facets::Here(columns),
        )
    } else {
        (
            parts.shards(terms, handbook.questions.len()),
            parts.chunks(pages),
            Facets::Elsewhere(parts.add("facets", &columns)),
        )
    };
    let config = &handbook.config;
    let manifest = json(&Manifest {
        version: VERSION,
        language: &config.language,
        edition: handbook.edition.id(),
        questions: handbook.questions.len(),
        impacts: coding::IMPACTS,
        guides: handbook
            .guides
            .iter()
            .map(|guide| Named {
                id: &guide.id,
                title: &guide.words.title.plain,
            })
            .collect(),
        levels: config
            .levels
            .iter()
            .map(|level| Named {
                id: &level.id,
                title: &level.title,
            })
            .collect(),
        topics: config
            .topics
            .iter()
            .map(|topic| Named {
                id: &topic.id,
                title: &topic.title,
            })
            .collect(),
        kinds: Kind::ALL.map(Kind::id).to_vec(),
        terms,
        pages,
        facets,
    });
    let Parts(mut parts) = parts;
    parts.sort_unstable();
    parts.dedup();
    Files { manifest, parts }
}

/// Strings and numbers alone: there is nothing that JSON can't hold.
fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

fn page(handbook: &Handbook, question: &Question) -> Page {
    let guide = &handbook.guides[question.guide].id;
    let public = &question.public;
    // What the page shows without a click.
    let shown = match &question.interviewer {
        Some(interviewer) => &interviewer.assesses.content.excerpt,
        None => &public.prompt.content.excerpt,
    };
    Page(
        format!("{guide}/{}/", question.slug),
        public.title.html.clone(),
        shown.clone(),
    )
}

fn columns(handbook: &Handbook) -> Columns {
    let column = |value: fn(&Question) -> usize| {
        let mut column = String::with_capacity(handbook.questions.len());
        for question in &handbook.questions {
            coding::number(
                u32::try_from(value(question)).unwrap_or(u32::MAX),
                &mut column,
            );
        }
        column
    };
    Columns {
        guides: column(|question| question.guide),
        levels: column(|question| question.level),
        topics: column(|question| question.topic),
        kinds: column(|question| question.public.kind as usize),
        minutes: column(|question| usize::from(question.public.minutes)),
        tags: handbook
            .tags
            .iter()
            .map(|(tag, questions)| {
                let mut numbers = String::new();
                coding::ascending(questions.iter().map(|id| id.0), &mut numbers);
                (tag.clone(), numbers)
            })
            .collect(),
    }
}

/// Whether a term is a word that someone may mistype.
fn is_correctable(term: &str) -> bool {
    term.chars().nth(2).is_some() && term.chars().all(char::is_alphabetic)
}

fn shard(terms: &[Term]) -> Shard {
    let mut shard = Shard {
        terms: String::new(),
        postings: String::new(),
    };
    let mut before = "";
    for term in terms {
        if !shard.terms.is_empty() {
            shard.terms.push(' ');
            shard.postings.push(' ');
        }
        coding::term(before, &term.text, &mut shard.terms);
        coding::postings(&term.postings, &mut shard.postings);
        before = &term.text;
    }
    shard
}

impl Shard {
    fn bytes(&self) -> usize {
        self.terms.len() + self.postings.len()
    }
}

impl Page {
    fn bytes(&self) -> usize {
        let Self(path, title, shown) = self;
        path.len() + title.len() + shown.len() + 12
    }
}

/// Files under names that change with their content.
#[derive(Default)]
struct Parts(Vec<(String, Vec<u8>)>);

impl Parts {
    fn add(&mut self, kind: &str, value: &impl Serialize) -> String {
        let bytes = json(value);
        let name = format!("parts/{kind}.{:016x}.json", xxh3_64(&bytes));
        self.0.push((name.clone(), bytes));
        name
    }

    fn shards(&mut self, terms: &[Term], questions: usize) -> Terms {
        let mut from = Vec::new();
        let mut shards = Vec::new();
        let mut rest = terms;
        while let Some(first) = rest.first() {
            let mut bytes = 0;
            let fits = |term: &&Term| {
                bytes += term.text.len() + 2 * term.postings.len();
                bytes <= SHARD
            };
            let end = rest.iter().take_while(fits).count().max(1);
            from.push(first.text.clone());
            shards.push(self.add("terms", &shard(&rest[..end])));
            rest = &rest[end..];
        }
        // What looks like a slip in a name of code seldom is one, and in a large handbook a word that
        // is hardly ever there is hardly ever meant.
        let least = 1 + questions / 2500;
        let single: Vec<Term> = terms
            .iter()
            .filter(|term| is_correctable(&term.text))
            .filter(|term| term.postings.is_empty() || term.postings.len() >= least)
            .map(|term| Term {
                text: term.text.clone(),
                postings: Vec::new(),
            })
            .collect();
        let vocabulary = self.add("vocabulary", &shard(&single).terms);
        Terms::Elsewhere {
            from,
            shards,
            vocabulary,
        }
    }

    fn chunks(&mut self, pages: Vec<Page>) -> Pages {
        let mut firsts = Vec::new();
        let mut chunks = Vec::new();
        let mut chunk: Vec<Page> = Vec::new();
        let mut bytes = 0;
        let mut first = 0;
        for (page, number) in pages.into_iter().zip(0..) {
            if bytes + page.bytes() > CHUNK && !chunk.is_empty() {
                firsts.push(first);
                chunks.push(self.add("pages", &chunk));
                chunk.clear();
                bytes = 0;
                first = number;
            }
            bytes += page.bytes();
            chunk.push(page);
        }
        if !chunk.is_empty() {
            firsts.push(first);
            chunks.push(self.add("pages", &chunk));
        }
        let mut from = String::new();
        coding::ascending(firsts, &mut from);
        Pages::Elsewhere { from, chunks }
    }
}
