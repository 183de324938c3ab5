//! The names of one handbook, as choices.

use std::collections::BTreeSet;

use schemars::Schema;
use serde_json::{Map, Value, json};

use crate::diag::rules;
use crate::model::{At, Config};

/// The names that a page can use. Without a handbook there are none, and all are free.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    levels: Vec<Choice>,
    topics: Vec<Choice>,
    tags: BTreeSet<String>,
    questions: Vec<Choice>,
}

/// A name, and what stands behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Choice {
    id: String,
    /// Markdown.
    about: String,
}

/// A question that pages can name.
#[derive(Debug, Clone, Copy)]
pub struct Known<'q> {
    pub guide: &'q str,
    pub slug: &'q str,
    /// Without markup.
    pub title: &'q str,
    pub tags: &'q [At<String>],
}

impl Choices {
    /// Those of a handbook.
    pub fn of<'q>(config: &Config, questions: impl IntoIterator<Item = Known<'q>>) -> Self {
        let choice = |id: &str, title: &str, summary: Option<&str>| Choice {
            id: id.to_owned(),
            about: match summary {
                Some(summary) => format!("{title}: {summary}"),
                None => title.to_owned(),
            },
        };
        let mut choices = Self {
            levels: config
                .levels
                .iter()
                .map(|level| choice(&level.id, &level.title, level.summary.as_deref()))
                .collect(),
            topics: config
                .topics
                .iter()
                .map(|topic| choice(&topic.id, &topic.title, topic.summary.as_deref()))
                .collect(),
            ..Self::default()
        };
        let questions: Vec<Known<'q>> = questions.into_iter().collect();
        let guides: BTreeSet<&str> = questions.iter().map(|question| question.guide).collect();
        for question in &questions {
            let tags = question.tags.iter().map(|tag| tag.value.clone());
            choices.tags.extend(tags);
            let Known {
                guide, slug, title, ..
            } = question;
            choices.questions.push(choice(slug, title, None));
            if guides.len() > 1 {
                let name = format!("{guide}/{slug}");
                choices.questions.push(choice(&name, title, None));
            }
        }
        // Two guides can have a question of one name: the first one's words will do.
        choices.questions.sort_by(|a, b| a.id.cmp(&b.id));
        choices.questions.dedup_by(|a, b| a.id == b.id);
        choices
    }

    pub(super) fn offer_to_question(&self, schema: &mut Schema) {
        offer(schema, "/properties/topic", &self.topics);
        offer(schema, "/properties/related/items", &self.questions);
        if let Some(tags) = schema.pointer_mut("/properties/tags/items")
            && !self.tags.is_empty()
        {
            // A new tag is as good: it need not be chosen.
            *tags = json!({ "anyOf": [{ "enum": self.tags }, tags] });
        }
        if let Some(Value::Object(by_level)) = schema.pointer_mut("/properties/by_level")
            && !self.levels.is_empty()
        {
            let levels: Map<String, Value> = self
                .levels
                .iter()
                .map(|level| {
                    let text = json!({ "type": "string", "description": level.about });
                    (level.id.clone(), text)
                })
                .collect();
            by_level.insert("properties".to_owned(), Value::Object(levels));
            by_level.insert("additionalProperties".to_owned(), Value::Bool(false));
        }
        let names: Vec<Choice> = adjustable().collect();
        offer(schema, "/definitions/RuleName/anyOf/0", &names);
    }

    pub(super) fn offer_to_kit(&self, schema: &mut Schema) {
        offer(schema, "/properties/level", &self.levels);
        offer(schema, "/definitions/QuestionName", &self.questions);
        let names: Vec<Choice> = adjustable().collect();
        offer(schema, "/definitions/RuleName/anyOf/0", &names);
    }
}

/// The rules that handbook.yaml can change.
pub(super) fn offer_rules(schema: &mut Schema) {
    if let Some(Value::Object(map)) = schema.pointer_mut("/properties/rules") {
        let level = map.get("additionalProperties").cloned();
        let rules: Map<String, Value> = adjustable()
            .map(|rule| {
                let value = json!({ "allOf": [level], "description": rule.about });
                (rule.id, value)
            })
            .collect();
        map.insert("properties".to_owned(), Value::Object(rules));
    }
}

/// Rules of judgment, by name; their codes are accepted too, but nobody wants to choose from those.
fn adjustable() -> impl Iterator<Item = Choice> {
    rules::ALL
        .iter()
        .filter(|rule| rule.adjustable)
        .map(|rule| Choice {
            id: rule.name.to_owned(),
            about: format!("{}: {}", rule.code, rule.summary),
        })
}

/// Makes the text at `pointer` one of these, if there are any. `markdownEnumDescriptions` is what
/// the language servers of VS Code's family show beside each.
fn offer(schema: &mut Schema, pointer: &str, choices: &[Choice]) {
    if let Some(Value::Object(text)) = schema.pointer_mut(pointer)
        && !choices.is_empty()
    {
        let ids = choices.iter().map(|choice| choice.id.as_str());
        let about = choices.iter().map(|choice| choice.about.as_str());
        text.insert("enum".to_owned(), ids.collect());
        text.insert("markdownEnumDescriptions".to_owned(), about.collect());
    }
}
