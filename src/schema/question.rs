//! A question's front matter.

use std::collections::BTreeMap;

use schemars::JsonSchema;

/// The front matter of a question.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "A question of an interview handbook")]
#[expect(dead_code, reason = "the fields exist for their schema alone")]
pub struct Question {
    /// The question, as an interviewer would say it. `Code` may stand between backticks.
    #[schemars(length(min = 1))]
    title: String,
    /// The id of a topic of handbook.yaml.
    topic: String,
    /// What the question asks for.
    kind: Kind,
    /// Lower-case words with hyphens, by which questions of several topics are found together.
    #[schemars(inner(regex(pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")))]
    tags: Option<Vec<String>>,
    /// How long the question takes in an interview.
    #[schemars(range(min = 1, max = 240))]
    minutes: u16,
    /// What the question finds out about the candidate, in one sentence. Inline Markdown.
    #[schemars(length(min = 1))]
    assesses: String,
    /// What a strong answer includes, one point each. Inline Markdown.
    #[schemars(length(min = 2))]
    strong_answers: Vec<String>,
    /// What speaks against the candidate, as it can be heard in an interview. Inline Markdown.
    #[schemars(length(min = 1))]
    red_flags: Vec<String>,
    /// What an answer sounds like at each level, by the level's id. Inline Markdown.
    by_level: Option<BTreeMap<String, String>>,
    /// Questions that go deeper.
    follow_ups: Option<Vec<FollowUp>>,
    /// Other questions: the name of the file without `.md`, or `guide/name`.
    related: Option<Vec<String>>,
    /// Primary sources.
    references: Option<Vec<Reference>>,
    /// When the question was first published: 2026-11-20.
    added: Option<Day>,
    /// When someone last checked the facts: 2026-11-20.
    reviewed: Option<Day>,
    /// Former names of this question in its guide, or former paths that begin with `/`.
    aliases: Option<Vec<String>>,
    /// Whether the question is left out of the published site.
    draft: Option<bool>,
    /// Exceptions from rules of the check.
    allow: Option<Vec<Allow>>,
}

/// What a question asks for.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
#[expect(dead_code, reason = "the variants exist for their schema alone")]
enum Kind {
    /// Explain how something works or why it is so.
    Concept,
    /// Write code.
    Coding,
    /// Say what given code prints, and why.
    PredictOutput,
    /// Find what is wrong.
    Debugging,
    /// Plan something larger.
    Design,
    /// Tell of own work.
    Experience,
}

/// A question that goes deeper: its words alone, or with what to listen for.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "the variants exist for their schema alone")]
enum FollowUp {
    Ask(String),
    Whole(FollowUpParts),
}

/// A follow-up with what to listen for.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "the fields exist for their schema alone")]
struct FollowUpParts {
    /// The question. Inline Markdown.
    ask: String,
    /// What it finds out. Inline Markdown.
    assesses: Option<String>,
    /// What a strong answer includes. Inline Markdown.
    strong_answers: Option<Vec<String>>,
    /// What speaks against the candidate. Inline Markdown.
    red_flags: Option<Vec<String>>,
}

/// Where a fact can be read up.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "the fields exist for their schema alone")]
struct Reference {
    /// The source's title.
    title: String,
    /// Its address, with https://.
    #[schemars(regex(pattern = "^https?://"))]
    url: String,
}

/// An exception from a rule of the check.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "the fields exist for their schema alone")]
pub struct Allow {
    /// The rule's name or code.
    rule: RuleName,
    /// Why the page is right as it is.
    reason: String,
}

/// A rule of judgment.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "the variants exist for their schema alone")]
enum RuleName {
    Name(String),
    Code(#[schemars(regex(pattern = "^V[0-9]{4}$"))] String),
}

/// A day: year, month, day.
#[derive(JsonSchema)]
#[schemars(transparent)]
#[expect(dead_code, reason = "the field exists for its schema alone")]
pub struct Day(#[schemars(regex(pattern = r"^\d{4}-\d{2}-\d{2}$"))] String);
