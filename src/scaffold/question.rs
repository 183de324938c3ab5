//! The page of a new question.

use jiff::civil::Date;

use super::File;
use crate::load::CONTENT;
use crate::model::address::FIXED_IN_GUIDE;
use crate::model::{Config, Kind, Place};
use crate::parse::{self, Parsed};

/// A title gives a name of at most so many characters.
const NAME: usize = 50;

/// Characters of a name that file systems and people can still handle.
const LONGEST: usize = 100;

/// What is known of a question before it is written.
#[derive(Debug, Clone)]
pub struct NewQuestion {
    pub guide: String,
    pub level: String,
    pub slug: String,
    pub title: String,
    pub topic: String,
    pub kind: Kind,
    /// When it is written.
    pub day: Date,
}

impl NewQuestion {
    /// The page, without an error and with each part that is still to be written marked.
    pub fn file(&self) -> File {
        let Self {
            guide,
            level,
            slug,
            title,
            topic,
            kind,
            day,
        } = self;
        let title = quoted(title);
        let (minutes, prompt) = (minutes(*kind), prompt(*kind));
        let kind = kind.id();
        File {
            path: format!("{CONTENT}{guide}/{level}/{slug}.md"),
            text: format!(
                r#"---
title: {title}
topic: {topic}
kind: {kind}
minutes: {minutes}
# One sentence.
assesses: "TODO: whether the candidate …"
# Three to six points, as they can be heard.
strong_answers:
  - "TODO: says that …"
  - "TODO: explains why …"
  - "TODO: names a case in which …"
# Two to four, as they can be heard; none of them the mere opposite of a point above.
red_flags:
  - "TODO: says that …"
  - "TODO: can't tell …"
follow_ups:
  - ask: "TODO: a question that goes deeper"
    strong_answers:
      - "TODO: says that …"
    red_flags:
      - "TODO: says that …"
added: {day}
reviewed: {day}
---
{prompt}
## Answer

TODO: the answer in a sentence or two, then how it works, an example, and the limits.
"#
            ),
        }
    }
}

/// What candidates see besides the title.
fn prompt(kind: Kind) -> &'static str {
    match kind {
        Kind::Concept | Kind::Experience => "",
        Kind::Coding => "\nTODO: the task, with an example of what goes in and what comes out.\n",
        Kind::PredictOutput => "\nTODO: the program, in a fence that names its language.\n",
        Kind::Debugging => "\nTODO: what is seen, and what is there to look at.\n",
        Kind::Design => "\nTODO: who needs it, how much of it, and what must not fail.\n",
    }
}

/// A usual time for the kind.
const fn minutes(kind: Kind) -> u16 {
    match kind {
        Kind::Concept | Kind::PredictOutput => 6,
        Kind::Debugging | Kind::Experience => 10,
        Kind::Coding | Kind::Design => 15,
    }
}

/// A text as YAML takes it whatever stands in it: JSON's strings are YAML's.
/// <https://yaml.org/spec/1.2.2/#12-relation-to-json>
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A name for a question of this title, if letters or digits are in it.
pub fn slug_of(title: &str) -> Option<String> {
    // In `dict.setdefault` are two words.
    let slug = parse::slug_like(&title.replace(['.', '_', '/'], " "))?;
    if slug.len() <= NAME {
        return Some(slug);
    }
    // Between words, if it can be.
    let cut = slug[..=NAME].rfind('-').unwrap_or(NAME);
    Some(slug[..cut].to_owned())
}

/// Why a new question of the guide can't have this name.
pub fn why_not(slug: &str, guide: &str, config: &Config, pages: &[Parsed]) -> Option<String> {
    if !parse::is_slug(slug) {
        return Some("an address has small letters, digits and single hyphens".to_owned());
    }
    if slug.len() > LONGEST {
        return Some(format!(
            "an address's name has at most {LONGEST} characters"
        ));
    }
    if FIXED_IN_GUIDE.contains(&slug) || config.level(slug).is_some() {
        return Some("the site needs that name for itself".to_owned());
    }
    pages.iter().find_map(|page| {
        let Some(Place::Question {
            guide: of,
            slug: name,
            ..
        }) = &page.place
        else {
            return None;
        };
        if of != guide {
            return None;
        }
        let aliases = &page.outline.names.aliases;
        if name == slug {
            Some(format!("`{}` has it already", page.path))
        } else if aliases.iter().any(|alias| alias.value == slug) {
            Some(format!("`{}` had it formerly", page.path))
        } else {
            None
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_titles() {
        for (title, slug) in [
            (
                "What does `dict.setdefault` do?",
                "what-does-dict-setdefault-do",
            ),
            ("Was heißt „lazy“?", "was-heisst-lazy"),
            (
                "Why is a list of a hundred thousand words slower than a set of as many?",
                "why-is-a-list-of-a-hundred-thousand-words-slower",
            ),
            (&"x".repeat(80), &"x".repeat(50)),
        ] {
            assert_eq!(slug_of(title).as_deref(), Some(slug));
        }
        assert_eq!(slug_of("?"), None);
    }
}
