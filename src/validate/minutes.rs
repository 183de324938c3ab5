//! Minutes that a question can't be asked in, or that it can't fill.
//!
//! A question gets at least the time that its prompt takes to be read and its model answer to be
//! said; a kind that asks for work gets five minutes. It gets at most what an interview has for its
//! kind, and a slot beyond half an hour needs an answer that can fill it.

use crate::diag::{Diagnostic, rules};
use crate::model::{Front, Kind, QuestionDocument};

use super::Facts;
use super::places::field;

/// Words that people read in a minute, in silence.
const READ: u32 = 250;

/// Words that people say in a minute, hurrying.
const SAID: u32 = 180;

/// From here on, each minute needs words in the model answer.
const LONG: u32 = 30;

/// Far less than is said: code takes longer to write, and designs to think of.
const WORDS_A_MINUTE: u32 = 2;

pub fn check(facts: &Facts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for document in facts.pages.iter().filter_map(|page| page.document.as_ref()) {
        if let Front::Question(question) = &document.front
            && let Some((message, help)) = out_of_proportion(question)
        {
            let place = field(&question.public, "minutes");
            diagnostics
                .push(Diagnostic::at(&rules::MINUTES, &document.path, place, message).help(help));
        }
    }
}

/// The least and the most minutes of a kind.
const fn limits(kind: Kind) -> (u32, u32) {
    match kind {
        Kind::Concept | Kind::PredictOutput => (1, 30),
        Kind::Experience => (2, 45),
        Kind::Debugging => (5, 60),
        Kind::Coding | Kind::Design => (5, 120),
    }
}

fn out_of_proportion(question: &QuestionDocument) -> Option<(String, String)> {
    let public = &question.public;
    let minutes = u32::from(public.minutes);
    let kind = public.kind.id();
    let (least, most) = limits(public.kind);
    let prompt = public.prompt.content.words;
    let answer = question.interviewer.answer.content.words;
    let talk = (prompt * SAID + answer * READ).div_ceil(READ * SAID);
    if minutes < talk {
        return Some((
            format!(
                "{minutes} minutes are too few: reading the prompt and saying the answer takes {talk}"
            ),
            format!("give it {talk} minutes or more, or part the question"),
        ));
    }
    if minutes < least {
        return Some((
            format!("{minutes} minutes are too few for a question of the kind `{kind}`"),
            format!("give it {least} minutes or more, or another kind"),
        ));
    }
    if minutes > most {
        return Some((
            format!("{minutes} minutes are too many for a question of the kind `{kind}`"),
            format!("give it {most} minutes or fewer, or part the question"),
        ));
    }
    if minutes > LONG && answer < minutes * WORDS_A_MINUTE {
        return Some((
            format!("{minutes} minutes are too many for an answer of {answer} words"),
            "give it fewer minutes, or write what a candidate can reach in that time".to_owned(),
        ));
    }
    None
}
