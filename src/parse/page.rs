//! The front matter of pages that are neither question nor kit.

use crate::model::{Audience, IndexPage, LevelPage, PageDocument};

use super::addresses;
use super::context::{Context, Parts};
use super::fields::{Fields, Map};
use super::{exceptions, values};

/// The home page or a guide.
pub fn index(context: &mut Context<'_>, map: Map<'_>, parts: Parts) -> Option<IndexPage> {
    let mut fields = Fields::new(context, map, "an index page");
    let title = fields.required(context, "title", values::title);
    let description = fields.optional(context, "description", values::inline);
    let audience = audience(context, &mut fields);
    context.outline.interviewer_words = audience == Audience::Interviewer;
    allow(context, &mut fields);
    if !fields.finish(context) {
        return None;
    }
    Some(IndexPage {
        title: title?,
        description,
        audience,
        body: parts.shown,
    })
}

/// A level of a guide.
pub fn level(context: &mut Context<'_>, map: Map<'_>, parts: Parts) -> Option<LevelPage> {
    let mut fields = Fields::new(context, map, "a level's page");
    let title = fields.required(context, "title", values::title);
    let description = fields.optional(context, "description", values::inline);
    let audience = audience(context, &mut fields);
    context.outline.interviewer_words = audience == Audience::Interviewer;
    let mut questions = fields
        .optional(context, "questions", values::list(0, addresses::neighbour))
        .unwrap_or_default();
    values::distinct(context, "questions", &mut questions);
    context.outline.names.questions.clone_from(&questions);
    allow(context, &mut fields);
    if !fields.finish(context) {
        return None;
    }
    Some(LevelPage {
        title: title?,
        description,
        audience,
        questions,
        body: parts.shown,
    })
}

/// A page of its own.
pub fn free(context: &mut Context<'_>, map: Map<'_>, parts: Parts) -> Option<PageDocument> {
    let mut fields = Fields::new(context, map, "a page");
    let title = fields.required(context, "title", values::title);
    let description = fields.optional(context, "description", values::inline);
    let audience = audience(context, &mut fields);
    context.outline.interviewer_words = false;
    context.outline.interviewer_only = audience == Audience::Interviewer;
    let reviewed = fields.optional(context, "reviewed", values::date);
    let mut aliases = fields
        .optional(context, "aliases", values::list(0, addresses::alias))
        .unwrap_or_default();
    values::distinct(context, "aliases", &mut aliases);
    context.outline.names.aliases.clone_from(&aliases);
    allow(context, &mut fields);
    if !fields.finish(context) {
        return None;
    }
    Some(PageDocument {
        title: title?,
        description,
        audience,
        reviewed,
        aliases,
        body: parts.shown,
    })
}

fn audience(context: &mut Context<'_>, fields: &mut Fields<'_>) -> Audience {
    fields
        .optional(context, "audience", values::audience)
        .unwrap_or(Audience::Everyone)
}

/// Exceptions from rules, which nothing but the rules' levels needs.
fn allow(context: &mut Context<'_>, fields: &mut Fields<'_>) {
    context.outline.names.allow = fields
        .optional(context, "allow", values::list(0, exceptions::allow))
        .unwrap_or_default();
}
