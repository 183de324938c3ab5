//! A kit's front matter.

use std::sync::Arc;

use crate::model::{At, KitDocument, KitPart, KitSlot};
use crate::yaml::{Node, Value};

use super::addresses;
use super::context::{Context, Parts};
use super::fields::{Fields, Map};
use super::{exceptions, values};

/// Reads all fields. `None` when one of them is missing or wrong.
pub fn read(context: &mut Context<'_>, map: Map<'_>, parts: Parts) -> Option<KitDocument> {
    let mut fields = Fields::new(context, map, "a kit");
    let title = fields.required(context, "title", values::title);
    let minutes = fields.required(context, "minutes", |context, name, node| {
        values::number(1..=480)(context, name, node).map(|value| At {
            value,
            span: node.span.clone(),
        })
    });
    let level = fields.required(context, "level", values::text_at);
    let questions = fields.required(context, "questions", values::list(1, slot));
    let description = fields.optional(context, "description", values::interviewer_inline);
    let opening = fields.optional(context, "opening", part);
    let closing = fields.optional(context, "closing", part);
    let reviewed = fields.optional(context, "reviewed", values::date);
    let allow = fields
        .optional(context, "allow", values::list(0, exceptions::allow))
        .unwrap_or_default();
    let names = &mut context.outline.names;
    names.allow = allow;
    names.levels.extend(level.clone());
    names.questions = questions
        .iter()
        .flatten()
        .map(|slot| slot.slug.clone())
        .collect();
    if !fields.finish(context) {
        return None;
    }
    Some(KitDocument {
        path: Arc::clone(&context.source.path),
        title: title?,
        description,
        minutes: minutes?,
        level: level?,
        questions: questions?,
        opening,
        closing,
        reviewed,
        body: parts.shown,
    })
}

fn slot(context: &mut Context<'_>, name: &'static str, node: &Node) -> Option<KitSlot> {
    if let Value::Str(_) = node.value {
        return addresses::question_name(context, name, node).map(|slug| KitSlot {
            slug,
            minutes: None,
            note: None,
        });
    }
    if !matches!(node.value, Value::Map(_)) {
        let expected = "the name of a question or a map with `slug`";
        values::wrong_type(context, name, node, expected);
        return None;
    }
    let map = values::map(context, name, node)?;
    let mut fields = Fields::new(context, map, "a kit's question");
    let slug = fields.required(context, "slug", addresses::question_name);
    let minutes = fields.optional(context, "minutes", values::number(1..=240));
    let note = fields.optional(context, "note", values::interviewer_point);
    fields.finish(context);
    Some(KitSlot {
        slug: slug?,
        minutes,
        note,
    })
}

fn part(context: &mut Context<'_>, name: &'static str, node: &Node) -> Option<KitPart> {
    let map = values::map(context, name, node)?;
    let mut fields = Fields::new(context, map, "a kit's opening or closing");
    let minutes = fields.required(context, "minutes", values::number(0..=240));
    let words = fields.required(context, "words", values::interviewer_point);
    fields.finish(context);
    Some(KitPart {
        minutes: minutes?,
        words: words?,
    })
}
