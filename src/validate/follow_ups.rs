//! A question without follow-ups leaves the interviewer alone after the first answer.

use crate::diag::{Diagnostic, rules};
use crate::model::Front;

use super::Facts;
use super::places::field;

pub fn check(facts: &Facts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for document in facts.pages.iter().filter_map(|page| page.document.as_ref()) {
        let Front::Question(question) = &document.front else {
            continue;
        };
        if question.public.follow_ups.is_empty() {
            diagnostics.push(
                Diagnostic::at(
                    &rules::FOLLOW_UPS,
                    &document.path,
                    field(&question.public, "follow_ups"),
                    "the question has no follow-ups",
                )
                .help("add `follow_ups:` with at least one question that goes deeper"),
            );
        }
    }
}
