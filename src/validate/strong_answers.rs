//! A question with too few strong answers is scored by feeling.

use crate::diag::{Diagnostic, rules};
use crate::model::Front;

use super::Facts;
use super::places::field;

/// From so many on, answers of different strength can be told apart.
const ENOUGH: usize = 3;

pub fn check(facts: &Facts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for document in facts.pages.iter().filter_map(|page| page.document.as_ref()) {
        let Front::Question(question) = &document.front else {
            continue;
        };
        let number = question.interviewer.strong_answers.len();
        if number < ENOUGH {
            diagnostics.push(
                Diagnostic::at(
                    &rules::STRONG_ANSWERS,
                    &document.path,
                    field(&question.public, "strong_answers"),
                    format!("the question has only {number} strong answers"),
                )
                .help(format!(
                    "write at least {ENOUGH}: what would a good answer contain, and a very good one?"
                )),
            );
        }
    }
}
