//! Kits: their level, their questions, their time.

use crate::diag::{Diagnostic, rules};
use crate::model::{Front, KitDocument, KitPart, Place};

use super::{Facts, names};

pub fn check(facts: &Facts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for document in facts.pages.iter().filter_map(|page| page.document.as_ref()) {
        let (Front::Kit(kit), Place::Kit { guide, .. }) = (&document.front, &document.place) else {
            continue;
        };
        names::level_name(facts, document, &kit.level, diagnostics);
        let mut complete = true;
        for slot in &kit.questions {
            if !names::question_name(facts, document, guide, &slot.slug, diagnostics) {
                complete = false;
                continue;
            }
            let (in_guide, slug) = facts.index.named(guide, &slot.slug.value);
            let draft = facts
                .index
                .question(in_guide, slug)
                .is_some_and(|page| page.outline.draft);
            if draft && !facts.options.drafts {
                complete = false;
                diagnostics.push(
                    Diagnostic::at(
                        &rules::DRAFT_REFERENCED,
                        &document.path,
                        slot.slug.span.clone(),
                        format!("`{}` is a draft", slot.slug.value),
                    )
                    .help("publish the question first, or take it out of the kit"),
                );
            }
        }
        if let Some(planned) = planned(facts, guide, kit)
            && complete
            && planned > u32::from(kit.minutes.value)
        {
            diagnostics.push(
                Diagnostic::at(
                    &rules::KIT_MINUTES,
                    &document.path,
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
