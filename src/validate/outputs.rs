//! Outputs that nobody would ever compare with what a sample prints.

use crate::diag::{Diagnostic, rules};
use crate::markdown::CodeBlock;
use crate::model::fences::{self, Role, Stray};
use crate::model::{Front, Kind, QuestionDocument};
use crate::parse::Parsed;

use super::Facts;
use super::places::field;

pub fn check(facts: &Facts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // What is run, handbook.yaml says, and which output is a prediction's, the front matter.
    let Some(config) = facts.config else {
        return;
    };
    for page in facts.pages {
        let Some(document) = &page.document else {
            continue;
        };
        let prediction = match &document.front {
            Front::Question(question) if question.public.kind == Kind::PredictOutput => {
                Some(question)
            }
            _ => None,
        };
        let blocks = &page.outline.blocks;
        let roles = fences::roles(blocks, &config.samples, prediction.is_some());
        for (block, role) in blocks.iter().zip(&roles) {
            if let Role::Stray(why) = role {
                diagnostics.push(stray(page, block, *why));
            }
        }
        if let Some(question) = prediction
            && fences::is_untold(blocks, &roles)
        {
            diagnostics.push(untold(page, question));
        }
    }
}

fn stray(page: &Parsed, block: &CodeBlock, why: Stray) -> Diagnostic {
    let place = block.language_span.clone();
    let diagnostic = Diagnostic::at(
        &rules::OUTPUT_STRAY,
        &page.path,
        place.clone(),
        "this output belongs to no sample",
    );
    match why {
        Stray::Capitals => {
            diagnostic
                .help("write `output` in small letters")
                .fix(place, &block.language, "output")
        }
        Stray::Prompts => {
            diagnostic.help("write below each prompt what it answers, or name it `text`")
        }
        Stray::Apart => diagnostic.help(
            "put it right after its sample, where `viva test` compares it, or name it `text`",
        ),
    }
}

fn untold(page: &Parsed, question: &QuestionDocument) -> Diagnostic {
    Diagnostic::at(
        &rules::PREDICTION_UNTOLD,
        &page.path,
        field(&question.public, "kind"),
        "no output in the answer says what the prompt's sample prints",
    )
    .help("show it in an `output` fence of the answer, where `viva test` compares it")
}
