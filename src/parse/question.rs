//! A question's front matter.

use std::sync::Arc;

use crate::diag::{Label, rules};
use crate::model::{
    At, FollowUp, FollowUpAnswers, Inline, Interviewer, Kind, Public, QuestionDocument, Reference,
};
use crate::yaml::{Node, Value};

use super::context::{Context, Parts};
use super::fields::{Fields, Map};
use super::values;

/// At least this many strong answers: one point alone is a model answer, not a scale.
const STRONG_ANSWERS: usize = 2;

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
        values::list(STRONG_ANSWERS, values::interviewer_inline),
    );
    let red_flags = fields.required(
        context,
        "red_flags",
        values::list(1, values::interviewer_inline),
    );
    let mut tags = fields
        .optional(context, "tags", values::list(0, values::slug))
        .unwrap_or_default();
    let by_level = fields
        .optional(context, "by_level", by_level)
        .unwrap_or_default();
    let follow_ups = fields
        .optional(context, "follow_ups", values::list(0, follow_up))
        .unwrap_or_default();
    let mut related = fields
        .optional(context, "related", values::list(0, values::question_name))
        .unwrap_or_default();
    let references = fields
        .optional(context, "references", values::list(0, reference))
        .unwrap_or_default();
    let added = fields.optional(context, "added", values::date);
    let reviewed = fields.optional(context, "reviewed", values::date);
    let mut aliases = fields
        .optional(context, "aliases", values::list(0, values::alias))
        .unwrap_or_default();
    let draft = fields
        .optional(context, "draft", values::boolean)
        .unwrap_or(false);
    let allow = fields
        .optional(context, "allow", values::list(0, values::allow))
        .unwrap_or_default();
    values::distinct(context, "tags", &mut tags);
    values::distinct(context, "related", &mut related);
    values::distinct(context, "aliases", &mut aliases);
    let complete = fields.finish(context);
    context.outline.draft = draft;
    // Without `## Answer` the walk has said so; an empty one is an answer that is missing too.
    let answer = parts.answer?;
    if answer.content.fragment.is_empty() {
        let end = answer.content.span.end;
        context
            .report(
                &rules::ANSWER_EMPTY,
                answer.content.span.start.min(end)..end,
                "the answer is empty",
            )
            .help = Some("write the model answer below `## Answer`".to_owned());
        return None;
    }
    if !complete {
        return None;
    }
    let (asks, answers) = follow_ups
        .into_iter()
        .map(|follow_up| (follow_up.ask, follow_up.answers))
        .unzip();
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

fn by_level(
    context: &mut Context<'_>,
    name: &'static str,
    node: &Node,
) -> Option<Vec<(At<String>, Inline)>> {
    let map = values::map(context, name, node)?;
    let mut levels: Vec<(At<String>, Inline)> = Vec::with_capacity(map.entries.len());
    for entry in map.entries {
        if entry.value.value == Value::Null {
            let key = &entry.key;
            context.report(
                &rules::FIELD_EMPTY,
                entry.key_span.clone(),
                format!("`{key}` is empty"),
            );
            continue;
        }
        let Some(inline) = values::interviewer_inline(context, name, &entry.value) else {
            continue;
        };
        let level = At {
            value: entry.key.clone(),
            span: entry.key_span.clone(),
        };
        levels.push((level, inline));
    }
    Some(levels)
}

fn follow_up(context: &mut Context<'_>, name: &'static str, node: &Node) -> Option<FollowUp> {
    if let Value::Str(_) = node.value {
        return values::inline(context, name, node).map(|ask| FollowUp {
            ask,
            answers: FollowUpAnswers::default(),
        });
    }
    let Value::Map(entries) = &node.value else {
        values::wrong_type(context, name, node, "a text or a map with `ask`");
        return None;
    };
    let map = values::map(context, name, node)?;
    let mut fields = Fields::new(context, map, "a follow-up");
    let ask = fields.required(context, "ask", values::inline);
    let assesses = fields.optional(context, "assesses", values::interviewer_inline);
    let strong_answers = fields
        .optional(
            context,
            "strong_answers",
            values::list(1, values::interviewer_inline),
        )
        .unwrap_or_default();
    let red_flags = fields
        .optional(
            context,
            "red_flags",
            values::list(1, values::interviewer_inline),
        )
        .unwrap_or_default();
    fields.finish(context);
    let ask = ask.or_else(|| {
        quoting_hint(context, entries.len(), node);
        None
    })?;
    Some(FollowUp {
        ask,
        answers: FollowUpAnswers {
            assesses,
            strong_answers,
            red_flags,
        },
    })
}

/// `- Why: because` is a map to YAML; the writer meant a text.
fn quoting_hint(context: &mut Context<'_>, fields: usize, node: &Node) {
    if fields != 1 {
        return;
    }
    if let Some(last) = context.diagnostics.last_mut()
        && last.rule == &rules::FIELD_UNKNOWN
    {
        last.secondary.push(Label {
            span: node.span.clone(),
            text: "a text that contains `: ` must be quoted".to_owned(),
        });
    }
}

fn reference(context: &mut Context<'_>, name: &'static str, node: &Node) -> Option<Reference> {
    let map = values::map(context, name, node)?;
    let mut fields = Fields::new(context, map, "a reference");
    let title = fields.required(context, "title", values::title);
    let url = fields.required(context, "url", values::web_address);
    fields.finish(context);
    Some(Reference {
        title: title?,
        url: url?,
    })
}
