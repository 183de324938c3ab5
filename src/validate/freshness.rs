//! Facts that nobody has looked at for long.

use jiff::civil::Date;

use crate::diag::{Diagnostic, rules};
use crate::model::{At, Front};

use super::Facts;

pub fn check(facts: &Facts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(after) = facts.config.and_then(|config| config.review_after) else {
        return;
    };
    let Ok(limit) = facts.options.today.checked_sub(after.0) else {
        return;
    };
    for document in facts.pages.iter().filter_map(|page| page.document.as_ref()) {
        let reviewed = match &document.front {
            Front::Question(question) => question.public.reviewed.as_ref(),
            Front::Kit(kit) => kit.reviewed.as_ref(),
            Front::Page(page) => page.reviewed.as_ref(),
            Front::Index(_) | Front::Level(_) => None,
        };
        if let Some(reviewed) = reviewed
            && reviewed.value < limit
        {
            diagnostics.push(overdue(document, reviewed, limit));
        }
    }
}

fn overdue(document: &crate::model::Document, reviewed: &At<Date>, limit: Date) -> Diagnostic {
    Diagnostic::at(
        &rules::REVIEW_OVERDUE,
        &document.path,
        reviewed.span.clone(),
        format!(
            "the facts were last reviewed on {}, before {limit}",
            reviewed.value
        ),
    )
    .help("check them against their sources, then set `reviewed` to the day on which you did")
}
