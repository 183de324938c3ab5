//! handbook.yaml, checked.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::document::{At, Inline};
use crate::diag::{Severity, Span};

/// Everything that handbook.yaml says.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// Of handbook.yaml, from the root.
    pub path: Arc<str>,
    pub title: String,
    pub description: String,
    /// Ends with `/`; may have a path. The command's `--base-url` goes before it.
    pub base_url: url::Url,
    /// A BCP 47 tag, as in `en` or `pt-BR`.
    pub language: String,
    /// An SPDX identifier or a name.
    pub licence: String,
    /// Without a slash at the end.
    pub repository: Option<String>,
    /// In the handbook's order, junior before senior.
    pub levels: Vec<Level>,
    /// In the handbook's order.
    pub topics: Vec<Topic>,
    /// The folder in `themes/`.
    pub theme: At<String>,
    /// A file of the content folder, from the root.
    pub logo: Option<At<String>>,
    /// `#rrggbb`.
    pub accent: Option<At<String>>,
    /// Ids of guides and pages, in order.
    pub navigation: Vec<At<String>>,
    pub footer: Option<Inline>,
    /// How long facts stay fresh.
    pub review_after: Option<jiff::SpanFieldwise>,
    /// By code of the rule: another severity, or `None` for off.
    pub rules: BTreeMap<&'static str, Option<Severity>>,
    /// By language of the fence.
    pub samples: BTreeMap<String, Samples>,
    /// Whether all levels and topics could be read, so that pages can be checked against them.
    pub sound: bool,
}

/// A level of experience.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    pub id: String,
    pub title: String,
    pub summary: Option<String>,
}

/// A field of knowledge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    pub id: String,
    /// Of the id.
    pub span: Span,
    pub title: String,
    pub summary: Option<String>,
}

/// How the samples of a language are run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Samples {
    /// The program and its arguments; `{file}` is the sample's file.
    pub command: Vec<String>,
    /// As `command`: what looks at a sample without running it.
    pub check: Option<Vec<String>>,
    /// Seconds.
    pub timeout: u32,
    /// Mebibytes.
    pub memory: u32,
}

impl Samples {
    /// Where handbook.yaml does not say.
    pub const TIMEOUT: u32 = 10;

    /// Where handbook.yaml does not say.
    pub const MEMORY: u32 = 1024;
}

/// An entry of the navigation that exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NavigationEntry {
    /// The guide's number.
    Guide(usize),
    /// The page's number.
    Page(usize),
}

impl Config {
    /// The position of a level in the handbook's order.
    pub fn level(&self, id: &str) -> Option<usize> {
        self.levels.iter().position(|level| level.id == id)
    }

    /// The position of a topic in the handbook's order.
    pub fn topic(&self, id: &str) -> Option<usize> {
        self.topics.iter().position(|topic| topic.id == id)
    }
}
