//! One source to one document, without looking at any other file.
//!
//! 1. [`place`] says from the path what the file is.
//! 2. [`front_matter`] cuts the YAML from the Markdown, [`crate::yaml`] makes a tree of it.
//! 3. [`question`], [`kit`], [`page`], [`config`] and [`synonyms`](mod@synonyms) read the tree through [`fields`], which
//!    reports what is unknown, missing or of the wrong type.
//! 4. [`crate::markdown`] walks the body, whatever became of the front matter.
//!
//! Parsing never fails: a page that is broken comes back with its diagnostics and its outline, so
//! that links to it and from it are still checked and nothing is reported that is not so.

mod addresses;
mod config;
mod conflicts;
mod context;
mod exceptions;
mod fields;
mod front_matter;
mod kit;
mod page;
mod place;
mod question;
mod says;
mod scalar;
mod synonyms;
mod values;

use std::sync::Arc;

use crate::diag::{Diagnostic, Span, rules};
use crate::load::Source;
use crate::markdown::{self, CodeBlock, Heading, Image, Link};
use crate::model::{Allow, At, Config, Document, Front, Place, Synonyms};
use crate::yaml;

use context::Context;
use front_matter::FrontMatter;

pub use config::base_url_of;
pub use place::{is_slug, slug_like};
pub use says::{Says, says};

/// What became of one page's file.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    pub path: Arc<str>,
    /// `None` where the handbook has no place for such a file.
    pub place: Option<Place>,
    /// `None` when an error leaves it incomplete.
    pub document: Option<Document>,
    pub outline: Outline,
    pub diagnostics: Vec<Diagnostic>,
}

/// What links from a page and to places in it need, front matter included.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outline {
    pub links: Vec<Link>,
    pub images: Vec<Image>,
    pub blocks: Vec<CodeBlock>,
    pub headings: Vec<Heading>,
    /// Whether the candidate edition has no such page.
    pub interviewer_only: bool,
    /// Whether the candidate edition has the page without its words.
    pub interviewer_words: bool,
    pub draft: bool,
    pub names: Names,
    /// Addresses of sources, which are no links of the text.
    pub references: Vec<At<String>>,
    /// The front matter's lines, for problems of the whole.
    pub front_span: Span,
}

/// What the front matter names, whatever is wrong with its other fields.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Names {
    pub topic: Option<At<String>>,
    /// A kit's level, or those of a question's `by_level`.
    pub levels: Vec<At<String>>,
    /// Questions that a question is related to, or that a level or a kit lists.
    pub questions: Vec<At<String>>,
    pub tags: Vec<At<String>>,
    pub aliases: Vec<At<String>>,
    pub allow: Vec<Allow>,
}

impl Outline {
    /// Whether candidates read nothing of the page's own text.
    pub fn hidden(&self) -> bool {
        self.interviewer_only || self.interviewer_words
    }
}

/// Parses a page of the content folder.
pub fn parse(source: &Source) -> Parsed {
    if let Some((source, mut found)) = conflicts::resolved(source) {
        let mut parsed = parse_resolved(&source);
        parsed.document = None;
        parsed.diagnostics.append(&mut found);
        return parsed;
    }
    parse_resolved(source)
}

fn parse_resolved(source: &Source) -> Parsed {
    let mut context = Context::new(source);
    characters(&mut context);
    let place = place::of(&source.path, &mut context.diagnostics);
    let document = place
        .clone()
        .and_then(|place| document(&mut context, place));
    let Context {
        mut outline,
        mut diagnostics,
        ..
    } = context;
    // A preview holds all pages of a handbook.
    diagnostics.shrink_to_fit();
    outline.links.shrink_to_fit();
    outline.blocks.shrink_to_fit();
    outline.headings.shrink_to_fit();
    Parsed {
        path: Arc::clone(&source.path),
        place,
        document,
        outline,
        diagnostics,
    }
}

fn document(context: &mut Context<'_>, place: Place) -> Option<Document> {
    context.outline.interviewer_only = matches!(place, Place::Kit { .. });
    // Until its audience is read, a page might be the interviewer's: no link of it is wrong then.
    context.outline.interviewer_words = !matches!(place, Place::Question { .. });
    let (span, body, is_wrong) = match front_matter::split(context.source) {
        FrontMatter::Found { yaml, body } => (yaml, body, false),
        FrontMatter::Missing {
            diagnostic,
            yaml,
            body,
        } => {
            context.diagnostics.push(*diagnostic);
            match (yaml, body) {
                (Some(yaml), Some(body)) => (yaml, body, true),
                (_, Some(body)) => {
                    context.body(&place, body);
                    return None;
                }
                _ => return None,
            }
        }
    };
    let walked = context.body(&place, body);
    let first_line = context.source.text[..span.start].trim_end();
    context.outline.front_span = first_line.len().saturating_sub(3)..first_line.len();
    let tree = yaml::parse(
        &context.source.path,
        &context.source.text[span.clone()],
        span.start,
        &mut context.diagnostics,
    )?;
    let map = context.map(&tree)?;
    let front = match &place {
        Place::Home | Place::Guide { .. } => {
            Front::Index(Box::new(page::index(context, map, walked)?))
        }
        Place::Level { .. } => Front::Level(Box::new(page::level(context, map, walked)?)),
        Place::Question { .. } => Front::Question(question::read(context, map, walked)?),
        Place::Kit { .. } => Front::Kit(Arc::new(kit::read(context, map, walked)?)),
        Place::Page { .. } => Front::Page(Arc::new(page::free(context, map, walked)?)),
    };
    // What is a part of the wrong text says nothing of the page.
    let is_wrong = is_wrong
        || context
            .diagnostics
            .iter()
            .any(|diagnostic| diagnostic.rule == &rules::YAML_SYNTAX);
    (!is_wrong).then(|| Document {
        path: Arc::clone(&context.source.path),
        place,
        front_span: context.outline.front_span.clone(),
        front,
    })
}

/// What is wrong with single characters, wherever they stand.
fn characters(context: &mut Context<'_>) {
    let Context {
        source,
        diagnostics,
        ..
    } = context;
    markdown::control_characters(&source.path, &source.text, 0, diagnostics);
    if !source.text.is_ascii() {
        markdown::invisible_characters(&source.path, &source.text, diagnostics);
        markdown::mixed_scripts(&source.path, &source.text, diagnostics);
    }
}

/// A page that is there but could not be read: whoever names it or links to it is not wrong.
pub fn unread(path: &Arc<str>) -> Option<Parsed> {
    Some(Parsed {
        path: Arc::clone(path),
        place: Some(place::of(path, &mut Vec::new())?),
        document: None,
        outline: Outline::default(),
        diagnostics: Vec::new(),
    })
}

/// Reads synonyms.yaml, for a handbook in this language.
pub fn synonyms(source: &Source, language: &str) -> (Synonyms, Vec<Diagnostic>) {
    let mut context = Context::new(source);
    markdown::control_characters(&source.path, &source.text, 0, &mut context.diagnostics);
    let synonyms = yaml::parse(&source.path, &source.text, 0, &mut context.diagnostics)
        .map(|tree| synonyms::read(&mut context, &tree, language));
    (synonyms.unwrap_or_default(), context.diagnostics)
}

/// Reads handbook.yaml.
pub fn config(source: &Source) -> (Option<Config>, Vec<Diagnostic>) {
    if let Some((source, mut found)) = conflicts::resolved(source) {
        let (config, mut diagnostics) = config_resolved(&source);
        diagnostics.append(&mut found);
        return (config, diagnostics);
    }
    config_resolved(source)
}

fn config_resolved(source: &Source) -> (Option<Config>, Vec<Diagnostic>) {
    let mut context = Context::new(source);
    characters(&mut context);
    let config = yaml::parse(&source.path, &source.text, 0, &mut context.diagnostics)
        .and_then(|tree| config::read(&mut context, &tree));
    (config, context.diagnostics)
}
