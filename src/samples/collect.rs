//! The samples of a page, and what their pages say of them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::requires::Requirement;
use super::sample::{Earlier, Expected, Sample};
use crate::diag::{Diagnostic, Span, rules};
use crate::load::Source;
use crate::markdown::CodeBlock;
use crate::model::fences::{self, Role};
use crate::model::{Front, Kind, Samples};
use crate::parse::Parsed;

/// The samples of a page in order, of Python and of these languages, and what is wrong with what
/// their fences say.
pub fn collect(
    source: &Source,
    parsed: &Parsed,
    languages: &BTreeMap<String, Samples>,
) -> (Vec<Sample>, Vec<Diagnostic>) {
    let blocks = &parsed.outline.blocks;
    let expected = |block: &CodeBlock| Expected {
        text: Arc::clone(&block.code),
        span: block.span.clone(),
    };
    let roles = fences::roles(blocks, languages, predicts(parsed));
    let mut samples: Vec<Sample> = Vec::new();
    let mut problems = Vec::new();
    for (block, role) in blocks.iter().zip(roles) {
        let Role::Sample {
            language,
            prompts,
            output,
        } = role
        else {
            continue;
        };
        let options = &block.options;
        let mut sample = Sample {
            path: Arc::clone(&source.path),
            prompts,
            language,
            code: Arc::clone(&block.code),
            span: block.span.clone(),
            before: Vec::new(),
            norun: options.norun.clone(),
            norun_before: false,
            requires: None,
            raises: options.raises.clone(),
            output: output.and_then(|number| blocks.get(number)).map(expected),
        };
        if let Some(requires) = &options.requires {
            match Requirement::parse(requires) {
                None => problems.push(unclear(source, block, requires)),
                Some(requirement) if runs_it(&requirement.program, &sample.language, languages) => {
                    sample.requires = Some(requirement);
                }
                Some(requirement) => problems.push(foreign(source, block, &requirement, &sample)),
            }
        }
        if options.continues {
            match samples
                .iter()
                .rfind(|before| before.language == sample.language)
            {
                Some(before) => go_on(&mut sample, before),
                None => problems.push(alone(source, block)),
            }
        }
        samples.push(sample);
    }
    (samples, problems)
}

/// Whether a program is what runs samples of a language.
fn runs_it(program: &str, language: &str, languages: &BTreeMap<String, Samples>) -> bool {
    let settings = fences::settings(language, languages);
    let command = settings.and_then(|samples| samples.command.first());
    let file = command.and_then(|command| Path::new(command).file_name());
    let known = fences::language(program, languages);
    let program = program.to_ascii_lowercase();
    known.as_deref() == Some(language) || file.is_some_and(|file| *file == *program)
}

fn predicts(parsed: &Parsed) -> bool {
    let front = parsed.document.as_ref().map(|document| &document.front);
    matches!(front, Some(Front::Question(question)) if question.public.kind == Kind::PredictOutput)
}

/// Takes over what the sample before it is made of.
fn go_on(sample: &mut Sample, before: &Sample) {
    sample.before.clone_from(&before.before);
    sample.before.push(Earlier {
        code: Arc::clone(&before.code),
        prompts: before.prompts,
        may_fail: before.is_told(),
    });
    // What is not there can't be continued.
    if sample.norun.is_none() && before.norun.is_some() {
        sample.norun.clone_from(&before.norun);
        sample.norun_before = true;
    }
    if sample.requires.is_none() {
        sample.requires.clone_from(&before.requires);
    }
}

fn unclear(source: &Source, block: &CodeBlock, requires: &str) -> Diagnostic {
    Diagnostic::at(
        &rules::SAMPLE_REQUIRES,
        &source.path,
        word(source, block, "requires"),
        format!("`{requires}` names no version"),
    )
    .help("write a program and its version, as in `requires=\"python>=3.12\"`")
}

fn foreign(
    source: &Source,
    block: &CodeBlock,
    requirement: &Requirement,
    sample: &Sample,
) -> Diagnostic {
    let (program, language) = (&requirement.program, &sample.language);
    Diagnostic::at(
        &rules::SAMPLE_REQUIRES,
        &source.path,
        word(source, block, "requires"),
        format!("`{program}` is not what runs the sample"),
    )
    .help(format!(
        "write `{language}` and its version, or say with `norun=\"reason\"` what is missing"
    ))
}

fn alone(source: &Source, block: &CodeBlock) -> Diagnostic {
    Diagnostic::at(
        &rules::SAMPLE_CONTINUES,
        &source.path,
        word(source, block, "continues"),
        "the sample continues none",
    )
    .help("remove `continues`, or put the sample that it goes on from before it")
}

/// A word of a fence's first line.
fn word(source: &Source, block: &CodeBlock, word: &str) -> Span {
    let start = block.language_span.end;
    let line = source.text[start..].lines().next().unwrap_or_default();
    match line.find(word) {
        Some(at) => start + at..start + at + word.len(),
        None => block.language_span.clone(),
    }
}
