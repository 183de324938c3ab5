//! handbook.yaml.

use std::collections::BTreeMap;

use schemars::JsonSchema;

/// The file `content/handbook.yaml`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "An interview handbook")]
#[expect(dead_code, reason = "the fields exist for their schema alone")]
pub struct Handbook {
    /// The handbook's name, on every page.
    #[schemars(length(min = 1))]
    title: String,
    /// What it is and for whom, in a sentence or two: search engines show it.
    #[schemars(length(min = 1))]
    description: String,
    /// Where the site is published: `https://example.org/` or `https://example.org/guide/`.
    #[schemars(regex(pattern = "^https?://"))]
    base_url: String,
    /// The language of the handbook and of the interface's words: `en`, or `pt-BR`.
    language: String,
    /// The licence of the texts: an SPDX identifier such as `CC-BY-4.0`, or a name.
    #[schemars(length(min = 1))]
    licence: String,
    /// From the first to the last. Each is a folder in a guide.
    #[schemars(length(min = 1))]
    levels: Vec<Level>,
    /// In the order in which lists show them.
    #[schemars(length(min = 1))]
    topics: Vec<Topic>,
    /// The repository's address: pages get links to edit them and to report problems.
    #[schemars(regex(pattern = "^https?://"))]
    repository: Option<String>,
    /// The folder in `themes/`, if it is not `default`.
    theme: Option<String>,
    /// An image in the content folder: `logo.svg`.
    logo: Option<String>,
    /// The colour of links and marks, readable on white: `"#0b6e4f"`.
    #[schemars(regex(pattern = "^#[0-9a-fA-F]{6}$"))]
    accent: Option<String>,
    /// What the header links to: ids of guides, names of pages.
    navigation: Option<Vec<String>>,
    /// What stands at the foot of every page. Inline Markdown.
    footer: Option<String>,
    /// How long facts stay fresh: `18 months`.
    #[schemars(regex(pattern = "^[0-9]+ (day|week|month|year)s?$"))]
    review_after: Option<String>,
    /// Rules of the check that are not to be warnings, by name or code.
    rules: Option<BTreeMap<String, RuleLevel>>,
    /// How code samples are run, by the language of their fence.
    samples: Option<BTreeMap<String, Samples>>,
}

/// A level of experience.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "the fields exist for their schema alone")]
struct Level {
    /// The name of its folder: small letters, digits and hyphens.
    #[schemars(regex(pattern = "^[a-z0-9]+(-[a-z0-9]+)*$"))]
    id: String,
    /// As pages show it.
    title: String,
    /// What it means, in a sentence.
    summary: Option<String>,
}

/// A field of knowledge.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "the fields exist for their schema alone")]
struct Topic {
    /// As questions name it: small letters, digits and hyphens.
    #[schemars(regex(pattern = "^[a-z0-9]+(-[a-z0-9]+)*$"))]
    id: String,
    /// As pages show it.
    title: String,
    /// What belongs to it, in a sentence.
    summary: Option<String>,
}

/// What breaking a rule means.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
#[expect(dead_code, reason = "the variants exist for their schema alone")]
enum RuleLevel {
    /// It is not told.
    Off,
    /// It is told.
    Warning,
    /// It is told, and the check fails.
    Error,
}

/// How the samples of a language are run.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "the fields exist for their schema alone")]
struct Samples {
    /// The program and its arguments; `{file}` is the sample's file.
    #[schemars(length(min = 1))]
    command: Vec<String>,
    /// As `command`: what looks at a sample that is not run.
    #[schemars(length(min = 1))]
    check: Option<Vec<String>>,
    /// Seconds until a sample is stopped, 10 if nothing is said.
    #[schemars(range(min = 1, max = 600))]
    timeout: Option<u16>,
    /// Mebibytes of memory that a sample may take, 1024 if nothing is said.
    #[schemars(range(min = 64, max = 16384))]
    memory: Option<u16>,
}
