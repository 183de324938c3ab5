//! A kit's front matter.

use schemars::JsonSchema;

use super::question::{Allow, Day};

/// The front matter of a kit.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "A kit of an interview handbook")]
#[expect(dead_code, reason = "the fields exist for their schema alone")]
pub struct Kit {
    /// What the kit is for. `Code` may stand between backticks.
    #[schemars(length(min = 1))]
    title: String,
    /// How long the interview takes.
    #[schemars(range(min = 1, max = 480))]
    minutes: u16,
    /// The id of a level of handbook.yaml.
    level: String,
    /// In the order in which they are asked.
    #[schemars(length(min = 1))]
    questions: Vec<Slot>,
    /// One or two sentences on when to use the kit. Inline Markdown.
    description: Option<String>,
    /// What is said before the first question.
    opening: Option<Part>,
    /// What is said after the last question.
    closing: Option<Part>,
    /// When someone last went through the kit: 2026-11-20.
    reviewed: Option<Day>,
    /// Exceptions from rules of the check.
    allow: Option<Vec<Allow>>,
}

/// A question: its name alone, or with how it is used here.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "the variants exist for their schema alone")]
enum Slot {
    Name(QuestionName),
    Whole(SlotParts),
}

/// A question: the name of its file without `.md`, or `guide/name`.
#[derive(JsonSchema)]
#[schemars(transparent)]
#[expect(dead_code, reason = "the field exists for its schema alone")]
struct QuestionName(String);

/// A question, and how it is used in this kit.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "the fields exist for their schema alone")]
struct SlotParts {
    /// The name of the question's file without `.md`, or `guide/name`.
    slug: QuestionName,
    /// How long it takes here, if not as long as its page says.
    #[schemars(range(min = 1, max = 240))]
    minutes: Option<u16>,
    /// A word to the interviewer. Inline Markdown.
    note: Option<String>,
}

/// What is said at the beginning or at the end.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "the fields exist for their schema alone")]
struct Part {
    /// How long it takes.
    #[schemars(range(min = 0, max = 240))]
    minutes: u16,
    /// The words, as they are said. Inline Markdown.
    words: String,
}
