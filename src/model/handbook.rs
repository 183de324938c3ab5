//! All pages, every name resolved.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::address::Address;
use super::config::{Config, NavigationEntry};
use super::document::{
    Audience, Body, Inline, Interviewer, KitDocument, KitPart, PageDocument, Public, Title,
};

/// For whom a site is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edition {
    /// Everything.
    Interviewer,
    /// Without answers and whatever else would spoil the interview.
    Candidate,
}

impl Edition {
    /// As the command line and the public data write it.
    pub const fn id(self) -> &'static str {
        match self {
            Edition::Interviewer => "interviewer",
            Edition::Candidate => "candidate",
        }
    }
}

/// A question's number: its position in [`Handbook::questions`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QuestionId(pub u32);

impl QuestionId {
    /// As an index.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// The whole handbook in one edition.
#[derive(Debug, Clone, PartialEq)]
pub struct Handbook {
    pub config: Arc<Config>,
    pub edition: Edition,
    pub home: Words,
    /// By id.
    pub guides: Vec<Guide>,
    /// By guide, level, then reading order.
    pub questions: Vec<Question>,
    /// By slug.
    pub pages: Vec<Page>,
    pub navigation: Vec<NavigationEntry>,
    /// Questions of each tag, in the order of `questions`.
    pub tags: BTreeMap<String, Vec<QuestionId>>,
    pub synonyms: Arc<Synonyms>,
}

/// synonyms.yaml: what the search takes for the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Synonyms {
    /// Phrases that mean the same, at least two in each group.
    pub groups: Vec<Vec<String>>,
}

/// What a page says above its lists.
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    pub path: Arc<str>,
    pub title: Title,
    /// `None` too where these words are the interviewer's and the edition is not.
    pub description: Option<Inline>,
    pub audience: Audience,
    pub body: Option<Body>,
}

/// A role.
#[derive(Debug, Clone, PartialEq)]
pub struct Guide {
    pub id: String,
    pub words: Words,
    /// One for each of the handbook's levels; `None` where the guide has no such folder.
    pub levels: Vec<Option<Words>>,
    /// By level and reading order.
    pub questions: Vec<QuestionId>,
    /// By slug.
    pub kits: Vec<Kit>,
}

/// A question with its names resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The guide's number.
    pub guide: usize,
    pub slug: String,
    /// Positions in the configuration's lists.
    pub level: usize,
    pub topic: usize,
    pub related: Vec<QuestionId>,
    pub public: Arc<Public>,
    /// `None` in the candidate edition.
    pub interviewer: Option<Arc<Interviewer>>,
}

/// A kit with its questions found.
#[derive(Debug, Clone, PartialEq)]
pub struct Kit {
    pub slug: String,
    pub level: usize,
    pub questions: Vec<KitQuestion>,
    pub document: Arc<KitDocument>,
}

/// A question's place in a kit.
#[derive(Debug, Clone, PartialEq)]
pub struct KitQuestion {
    pub question: QuestionId,
    pub minutes: u16,
    pub note: Option<Inline>,
}

impl Kit {
    /// Minutes of all that the kit plans.
    pub fn planned(&self) -> u32 {
        let part = |part: &Option<KitPart>| part.as_ref().map_or(0, |part| u32::from(part.minutes));
        let questions: u32 = self
            .questions
            .iter()
            .map(|question| u32::from(question.minutes))
            .sum();
        part(&self.document.opening) + questions + part(&self.document.closing)
    }
}

/// A page of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    pub slug: String,
    pub path: Arc<str>,
    pub document: Arc<PageDocument>,
}

impl Handbook {
    /// The question of this number.
    pub fn question(&self, id: QuestionId) -> &Question {
        &self.questions[id.index()]
    }

    /// All questions with their numbers.
    pub fn numbered(&self) -> impl Iterator<Item = (QuestionId, &Question)> {
        (0..).map(QuestionId).zip(&self.questions)
    }

    /// The questions of a guide at a level, in reading order.
    pub fn at_level(&self, guide: usize, level: usize) -> impl Iterator<Item = QuestionId> + '_ {
        self.guides[guide]
            .questions
            .iter()
            .copied()
            .filter(move |&id| self.question(id).level == level)
    }

    /// The questions of a guide about a topic, by level and reading order.
    pub fn about(&self, guide: usize, topic: usize) -> impl Iterator<Item = QuestionId> + '_ {
        self.guides[guide]
            .questions
            .iter()
            .copied()
            .filter(move |&id| self.question(id).topic == topic)
    }

    /// The address of a question.
    pub fn address(&self, id: QuestionId) -> Address {
        let question = self.question(id);
        Address::page([self.guides[question.guide].id.as_str(), &question.slug])
    }
}

impl Handbook {
    /// The handbook as this edition shows it. The candidate's has no byte of what is the
    /// interviewer's: whatever renders it can't give away what is not there.
    #[must_use]
    pub fn in_edition(mut self, edition: Edition) -> Self {
        self.edition = edition;
        if edition == Edition::Interviewer {
            return self;
        }
        for question in &mut self.questions {
            question.interviewer = None;
        }
        let words = self.guides.iter_mut().flat_map(|guide| {
            guide.kits.clear();
            std::iter::once(&mut guide.words).chain(guide.levels.iter_mut().flatten())
        });
        for words in std::iter::once(&mut self.home).chain(words) {
            if words.audience == Audience::Interviewer {
                words.description = None;
                words.body = None;
            }
        }
        let kept: Vec<Option<usize>> = self
            .pages
            .iter()
            .scan(0, |next, page| {
                let shown = page.document.audience == Audience::Everyone;
                let number = shown.then_some(*next);
                *next += usize::from(shown);
                Some(number)
            })
            .collect();
        self.pages
            .retain(|page| page.document.audience == Audience::Everyone);
        self.navigation = self
            .navigation
            .into_iter()
            .filter_map(|entry| match entry {
                NavigationEntry::Guide(guide) => Some(NavigationEntry::Guide(guide)),
                NavigationEntry::Page(page) => kept[page].map(NavigationEntry::Page),
            })
            .collect();
        self
    }
}
