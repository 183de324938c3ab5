//! A question's front matter.

use std::sync::Arc;

use crate::diag::{nearest, rules};
use crate::model::{
    At, Body, FollowUp, FollowUpAnswers, Inline, Interviewer, Kind, Public, QuestionDocument,
    Reference,
};
use crate::yaml::{Entry, Node, Value};

use super::Names;
use super::addresses;
use super::context::{Context, Parts, Within};
use super::fields::{Fields, Map};
use super::{exceptions, values};

/// At least this many strong answers: one point alone is a model answer, not a scale.
const STRONG_ANSWERS: usize = 2;

/// A follow-up's fields.
const FOLLOW_UP: [&str; 4] = ["ask", "assesses", "strong_answers", "red_flags"];

/// Reads all fields. `None` when one of them is missing or wrong.
pub fn read(context: &mut Context<'_>, map: Map<'_>, parts: Parts) -> Option<QuestionDocument> {
    let mut fields = Fields::new(context, map, "a question");
    let title = fields.required(context, "title", values::title);
    let topic = fields.required(context, "topic", values::text_at);
    let kind = fields.required(
        context,
        "kind",
        values::choice(&Kind::ALL.map(|kind| (kind.id(), kind))),
    );
    let minutes = fields.required(context, "minutes", values::number(1..=240));
    let assesses = fields.required(context, "assesses", values::interviewer_inline);
    let strong_answers = fields.required(
        context,
        "strong_answers",
        values::list(STRONG_ANSWERS, values::interviewer_point),
    );
    let red_flags = fields.required(
        context,
        "red_flags",
        values::list(1, values::interviewer_point),
    );
    let mut tags = fields
        .optional(context, "tags", values::list(0, addresses::slug))
        .unwrap_or_default();
    let by_level = fields
        .optional(context, "by_level", by_level)
        .unwrap_or_default();
    let follow_ups = fields
        .optional(context, "follow_ups", values::list(0, follow_up))
        .unwrap_or_default();
    let mut related = fields
        .optional(
            context,
            "related",
            values::list(0, addresses::question_name),
        )
        .unwrap_or_default();
    let references = fields
        .optional(context, "references", values::list(0, reference))
        .unwrap_or_default();
    let added = fields.optional(context, "added", values::date);
    let reviewed = fields.optional(context, "reviewed", values::date);
    let mut aliases = fields
        .optional(context, "aliases", values::list(0, addresses::alias))
        .unwrap_or_default();
    let draft = fields
        .optional(context, "draft", values::boolean)
        .unwrap_or(false);
    let allow = fields
        .optional(context, "allow", values::list(0, exceptions::allow))
        .unwrap_or_default();
    values::distinct(context, "tags", &mut tags);
    values::distinct(context, "related", &mut related);
    values::distinct(context, "aliases", &mut aliases);
    let complete = fields.finish(context);
    context.outline.draft = draft;
    context.outline.names = Names {
        topic: topic.clone(),
        levels: by_level.iter().map(|(level, _)| level.clone()).collect(),
        questions: related.clone(),
        tags: tags.clone(),
        aliases: aliases.clone(),
        allow: allow.clone(),
    };
    // Without `## Answer` the walk has said so; an empty one is an answer that is missing too.
    let answer = with_words(context, parts.answer?)?;
    if !complete {
        return None;
    }
    let (mut asks, mut answers): (Vec<_>, Vec<_>) = follow_ups
        .into_iter()
        .map(|follow_up| (follow_up.ask, follow_up.answers))
        .unzip();
    asks.shrink_to_fit();
    answers.shrink_to_fit();
    Some(QuestionDocument {
        public: Arc::new(Public {
            path: Arc::clone(&context.source.path),
            title: title?,
            topic: topic?,
            kind: kind?,
            tags,
            minutes: minutes?,
            follow_ups: asks,
            related,
            added: added.map(|date| date.value),
            reviewed,
            aliases,
            draft,
            allow,
            prompt: parts.shown,
        }),
        interviewer: Arc::new(Interviewer {
            assesses: assesses?,
            strong_answers: strong_answers?,
            red_flags: red_flags?,
            by_level,
            follow_ups: answers,
            references,
            answer,
        }),
    })
}

/// The answer, if there is anything in it.
fn with_words(context: &mut Context<'_>, answer: Body) -> Option<Body> {
    if answer.content.fragment.has_words() {
        return Some(answer);
    }
    let end = answer.content.span.end;
    context
        .report(
            &rules::ANSWER_EMPTY,
            answer.content.span.start.min(end)..end,
            "the answer is empty",
        )
        .help = Some("write the model answer below `## Answer`".to_owned());
    None
}

fn by_level(
    context: &mut Context<'_>,
    name: &'static str,
    node: &Node,
) -> Option<Vec<(At<String>, Inline)>> {
    let map = values::map(context, name, node)?;
    let mut levels: Vec<(At<String>, Inline)> = Vec::with_capacity(map.entries.len());
    for entry in map.entries {
        let inline = context.within(Within::Key(entry.key_span.clone()), |context| {
            if entry.value.value == Value::Null {
                values::empty(context, name, entry.key_span.clone());
                return None;
            }
            values::interviewer_point(context, name, &entry.value)
        });
        let level = At {
            value: entry.key.clone(),
            span: entry.key_span.clone(),
        };
        levels.extend(inline.map(|inline| (level, inline)));
    }
    Some(levels)
}

fn follow_up(context: &mut Context<'_>, name: &'static str, node: &Node) -> Option<FollowUp> {
    if let Value::Str(_) = node.value {
        return values::point(context, name, node).map(|ask| FollowUp {
            ask,
            answers: FollowUpAnswers::default(),
        });
    }
    let Value::Map(entries) = &node.value else {
        values::wrong_type(context, name, node, "a text or a map with `ask`");
        return None;
    };
    if let [entry] = entries.as_slice()
        && nearest(&entry.key, FOLLOW_UP).is_none()
    {
        unquoted(context, name, entry);
        return None;
    }
    let map = values::map(context, name, node)?;
    let mut fields = Fields::new(context, map, "a follow-up");
    let ask = fields.required(context, "ask", values::point);
    let assesses = fields.optional(context, "assesses", values::interviewer_inline);
    let strong_answers = fields
        .optional(
            context,
            "strong_answers",
            values::list(1, values::interviewer_point),
        )
        .unwrap_or_default();
    let red_flags = fields
        .optional(
            context,
            "red_flags",
            values::list(1, values::interviewer_point),
        )
        .unwrap_or_default();
    fields.finish(context);
    Some(FollowUp {
        ask: ask?,
        answers: FollowUpAnswers {
            assesses,
            strong_answers,
            red_flags,
        },
    })
}

/// `- Why: because` is a map to YAML; the writer meant a text.
fn unquoted(context: &mut Context<'_>, name: &str, entry: &Entry) {
    let subject = context.subject(name);
    context
        .report(
            &rules::FIELD_TYPE,
            entry.key_span.clone(),
            format!("{subject} must be a text or a map with `ask`, not a map of other fields"),
        )
        .help = Some("quote a text that contains `: `".to_owned());
}

fn reference(context: &mut Context<'_>, name: &'static str, node: &Node) -> Option<Reference> {
    let map = values::map(context, name, node)?;
    let mut fields = Fields::new(context, map, "a reference");
    let title = fields.required(context, "title", values::title);
    let url = fields.required(context, "url", addresses::web_address);
    fields.finish(context);
    context.outline.references.extend(url.clone());
    Some(Reference {
        title: title?,
        url: url?.value,
    })
}
