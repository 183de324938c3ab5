//! Kits: their level, their questions, their time.

use crate::diag::{Diagnostic, rules};
use crate::model::{Front, KitDocument, KitPart, Place};
use crate::parse::Parsed;

use super::Facts;

/// Of a hundred minutes of a kit, as many are planned at least: the rest is for what comes up.
const FILLED: u32 = 80;

pub fn check(facts: &Facts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for page in facts.pages {
        if let Some(Place::Kit { guide, .. }) = &page.place {
            kit(facts, page, guide, diagnostics);
        }
    }
}

fn kit(facts: &Facts<'_>, page: &Parsed, guide: &str, diagnostics: &mut Vec<Diagnostic>) {
    let mut complete = true;
    for name in &page.outline.names.questions {
        let (in_guide, slug) = facts.index.named(guide, &name.value);
        let draft = facts
            .index
            .question(in_guide, slug)
            .is_some_and(|page| page.outline.draft);
        if draft && !facts.options.drafts {
            complete = false;
            diagnostics.push(
                Diagnostic::at(
                    &rules::DRAFT_REFERENCED,
                    &page.path,
                    name.span.clone(),
                    format!("`{}` is a draft", name.value),
                )
                .help("publish the question first, or take it out of the kit"),
            );
        }
    }
    let Some(Front::Kit(kit)) = page.document.as_ref().map(|document| &document.front) else {
        return;
    };
    let Some(planned) = planned(facts, guide, kit).filter(|_| complete) else {
        return;
    };
    let minutes = u32::from(kit.minutes.value);
    if planned * 100 < minutes * FILLED {
        diagnostics.push(
            Diagnostic::at(
                &rules::KIT_SHORT,
                &page.path,
                kit.minutes.span.clone(),
                format!("the kit has {minutes} minutes, but plans only {planned}"),
            )
            .help("add a question, give those that it has more `minutes`, or shorten the kit"),
        );
    }
    if planned > minutes {
        diagnostics.push(
            Diagnostic::at(
                &rules::KIT_MINUTES,
                &page.path,
                kit.minutes.span.clone(),
                format!(
                    "the kit has {} minutes, but plans {planned}",
                    kit.minutes.value
                ),
            )
            .help("take a question out, or give each `minutes` of its own"),
        );
    }
}

/// Minutes of opening, questions and closing, when all of them are known.
fn planned(facts: &Facts<'_>, guide: &str, kit: &KitDocument) -> Option<u32> {
    let part = |part: &Option<KitPart>| part.as_ref().map_or(0, |part| u32::from(part.minutes));
    let mut minutes = part(&kit.opening) + part(&kit.closing);
    for slot in &kit.questions {
        minutes += u32::from(match slot.minutes {
            Some(minutes) => minutes,
            None => {
                let (guide, slug) = facts.index.named(guide, &slot.slug.value);
                match &facts.index.question(guide, slug)?.document.as_ref()?.front {
                    Front::Question(question) => question.public.minutes,
                    _ => return None,
                }
            }
        });
    }
    Some(minutes)
}
