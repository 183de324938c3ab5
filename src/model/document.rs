//! One page as its file has it. Names in it (topics, questions) are not looked up yet.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::civil::Date;

use crate::diag::{Rule, Span};
use crate::markdown::{CodeBlock, Content, Heading, Image, Link};

/// A value and where its file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At<T> {
    pub value: T,
    pub span: Span,
}

/// Where a file stands in the content folder, which says what it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// `index.md`
    Home,
    /// `<guide>/index.md`
    Guide { guide: String },
    /// `<guide>/<level>/index.md`
    Level { guide: String, level: String },
    /// `<guide>/<level>/<slug>.md`
    Question {
        guide: String,
        level: String,
        slug: String,
    },
    /// `<guide>/kits/<slug>.md`
    Kit { guide: String, slug: String },
    /// `pages/<slug>.md`
    Page { slug: String },
}

/// A page as its file has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    pub path: Arc<str>,
    pub place: Place,
    /// The front matter's lines, for problems of the whole.
    pub front_span: Span,
    pub front: Front,
}

/// What a page is, with all that its kind has.
#[derive(Debug, Clone, PartialEq)]
pub enum Front {
    /// The home page's or a guide's words.
    Index(Box<IndexPage>),
    Level(Box<LevelPage>),
    Question(QuestionDocument),
    Kit(Arc<KitDocument>),
    Page(Arc<PageDocument>),
}

/// A title: plain text in which code between backticks is code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// As written.
    pub source: String,
    pub html: String,
    /// Without backticks.
    pub plain: String,
    pub span: Span,
}

/// A field of inline Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inline {
    /// As written, without YAML's quotes.
    pub source: String,
    pub content: Content,
    pub links: Vec<Link>,
    pub images: Vec<Image>,
}

/// One part of a page's Markdown with what belongs to it alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Body {
    pub content: Content,
    pub links: Vec<Link>,
    pub images: Vec<Image>,
    pub blocks: Vec<CodeBlock>,
    pub headings: Vec<Heading>,
    pub source: Excerpt,
}

/// The Markdown of a body as written: a part of its file's text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Excerpt {
    pub file: Arc<str>,
    pub span: Span,
    /// What within it is not to be published, ascending.
    pub hidden: Vec<Span>,
}

impl Excerpt {
    /// Without what is hidden, and without blank lines around it.
    pub fn text(&self) -> Cow<'_, str> {
        let slice = |span: Span| self.file.get(span).unwrap_or_default();
        if self.hidden.is_empty() {
            return Cow::Borrowed(slice(self.span.clone()).trim());
        }
        let mut text = String::new();
        let mut at = self.span.start;
        for hidden in &self.hidden {
            text.push_str(slice(at..hidden.start.max(at)));
            at = hidden.end.max(at);
        }
        text.push_str(slice(at..self.span.end.max(at)));
        Cow::Owned(text.trim().to_owned())
    }
}

/// Whom a page or a part of it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Audience {
    Everyone,
    /// The candidate edition leaves it out.
    Interviewer,
}

/// What a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Concept,
    Coding,
    PredictOutput,
    Debugging,
    Design,
    Experience,
}

impl Kind {
    /// All of them, in the order in which lists show them.
    pub const ALL: [Kind; 6] = [
        Kind::Concept,
        Kind::Coding,
        Kind::PredictOutput,
        Kind::Debugging,
        Kind::Design,
        Kind::Experience,
    ];

    /// As the front matter writes it.
    pub const fn id(self) -> &'static str {
        match self {
            Kind::Concept => "concept",
            Kind::Coding => "coding",
            Kind::PredictOutput => "predict-output",
            Kind::Debugging => "debugging",
            Kind::Design => "design",
            Kind::Experience => "experience",
        }
    }
}

/// A question, in the two parts that the editions keep apart.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionDocument {
    pub public: Arc<Public>,
    pub interviewer: Arc<Interviewer>,
}

/// What of a question is for the candidate's eyes.
#[derive(Debug, Clone, PartialEq)]
pub struct Public {
    pub path: Arc<str>,
    pub title: Title,
    pub topic: At<String>,
    pub kind: Kind,
    pub tags: Vec<At<String>>,
    pub minutes: u16,
    /// The questions alone.
    pub follow_ups: Vec<Inline>,
    pub related: Vec<At<String>>,
    pub added: Option<Date>,
    pub reviewed: Option<At<Date>>,
    pub aliases: Vec<At<String>>,
    pub draft: bool,
    pub allow: Vec<Allow>,
    /// Everything above `## Answer`.
    pub prompt: Body,
}

/// What of a question is the interviewer's: the candidate edition has none of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Interviewer {
    pub assesses: Inline,
    pub strong_answers: Vec<Inline>,
    pub red_flags: Vec<Inline>,
    /// Level's id, and what an answer sounds like there.
    pub by_level: Vec<(At<String>, Inline)>,
    /// One for each of [`Public::follow_ups`], in the same order.
    pub follow_ups: Vec<FollowUpAnswers>,
    pub references: Vec<Reference>,
    /// Everything below `## Answer`.
    pub answer: Body,
}

/// A follow-up as its file has it, before its parts go their ways.
#[derive(Debug, Clone, PartialEq)]
pub struct FollowUp {
    pub ask: Inline,
    pub answers: FollowUpAnswers,
}

/// The interviewer's part of a follow-up; empty where only the question is given.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FollowUpAnswers {
    pub assesses: Option<Inline>,
    pub strong_answers: Vec<Inline>,
    pub red_flags: Vec<Inline>,
}

/// Where a fact can be read up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    pub title: Title,
    pub url: String,
}

/// An exception from a rule of the check.
#[derive(Debug, Clone, PartialEq)]
pub struct Allow {
    pub rule: &'static Rule,
    pub reason: String,
    pub span: Span,
}

/// The words of the home page or a guide.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexPage {
    pub title: Title,
    pub description: Option<Inline>,
    pub audience: Audience,
    pub body: Body,
}

/// The words of a level and its reading order.
#[derive(Debug, Clone, PartialEq)]
pub struct LevelPage {
    pub title: Title,
    pub description: Option<Inline>,
    pub audience: Audience,
    /// Slugs.
    pub questions: Vec<At<String>>,
    pub body: Body,
}

/// An interview kit: a timed list of questions.
#[derive(Debug, Clone, PartialEq)]
pub struct KitDocument {
    pub path: Arc<str>,
    pub title: Title,
    pub description: Option<Inline>,
    pub minutes: At<u16>,
    pub level: At<String>,
    pub questions: Vec<KitSlot>,
    pub opening: Option<KitPart>,
    pub closing: Option<KitPart>,
    pub reviewed: Option<At<Date>>,
    pub body: Body,
}

/// A question's place in a kit.
#[derive(Debug, Clone, PartialEq)]
pub struct KitSlot {
    pub slug: At<String>,
    /// Unless given, the question's own.
    pub minutes: Option<u16>,
    pub note: Option<Inline>,
}

/// How a kit begins or ends.
#[derive(Debug, Clone, PartialEq)]
pub struct KitPart {
    pub minutes: u16,
    pub words: Inline,
}

/// A page of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct PageDocument {
    pub title: Title,
    pub description: Option<Inline>,
    pub audience: Audience,
    pub reviewed: Option<At<Date>>,
    pub aliases: Vec<At<String>>,
    pub body: Body,
}
