//! The samples of a page, and what their pages say of them.
//!
//! - An `output` fence belongs to the sample right before it.
//! - What the last sample of a predict-output question's prompt prints stands in the first `output`
//!   fence of the answer that belongs to no sample there.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::requires::Requirement;
use super::sample::{Earlier, Expected, Sample};
use crate::diag::{Diagnostic, Span, rules};
use crate::load::Source;
use crate::markdown::{CodeBlock, Part};
use crate::model::{Front, Kind, Samples};
use crate::parse::Parsed;

/// The language that is run without a line in handbook.yaml.
pub const PYTHON: &str = "python";

/// What else a fence of Python may be called.
const PYTHON_TOO: [&str; 4] = ["py", "python3", "py3", "pycon"];

const OUTPUT: &str = "output";

/// The samples of a page in order, of Python and of these languages, and what is wrong with what
/// their fences say.
pub fn collect(
    source: &Source,
    parsed: &Parsed,
    languages: &BTreeMap<String, Samples>,
) -> (Vec<Sample>, Vec<Diagnostic>) {
    let blocks = &parsed.outline.blocks;
    let runs = |block: &CodeBlock| {
        let language = canonical(&block.language, languages);
        (language == PYTHON || languages.contains_key(&language)).then_some(language)
    };
    let follows = |before: &CodeBlock, after: &CodeBlock| {
        let between = source.text.get(before.span.end..after.span.start);
        // In a quote there is its sign.
        let is_empty = |text: &str| text.chars().all(|c| c.is_whitespace() || c == '>');
        is_output(after) && between.is_some_and(is_empty)
    };
    let expected = |block: &CodeBlock| Expected {
        text: Arc::clone(&block.code),
        span: block.span.clone(),
    };
    let revealed = predicts(parsed)
        .then(|| revealed(blocks, |block| runs(block).is_some(), follows))
        .flatten();
    let mut samples: Vec<Sample> = Vec::new();
    let mut problems = Vec::new();
    for (number, block) in blocks.iter().enumerate() {
        let Some(language) = runs(block) else {
            continue;
        };
        let options = &block.options;
        let output = match (blocks.get(number + 1), revealed) {
            (Some(next), _) if follows(block, next) => Some(expected(next)),
            (_, Some((shown, told))) if shown == number => blocks.get(told).map(expected),
            _ => None,
        };
        let mut sample = Sample {
            path: Arc::clone(&source.path),
            prompts: language == PYTHON && has_prompts(&block.code),
            language,
            code: Arc::clone(&block.code),
            span: block.span.clone(),
            before: Vec::new(),
            norun: options.norun.clone(),
            requires: None,
            raises: options.raises.clone(),
            output,
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

/// The language by which handbook.yaml and everything here know it.
fn canonical(language: &str, languages: &BTreeMap<String, Samples>) -> String {
    let lower = language.to_ascii_lowercase();
    if languages.contains_key(&lower) || !PYTHON_TOO.contains(&lower.as_str()) {
        lower
    } else {
        PYTHON.to_owned()
    }
}

/// Whether a program is what runs samples of a language.
fn runs_it(program: &str, language: &str, languages: &BTreeMap<String, Samples>) -> bool {
    let command = languages
        .get(language)
        .and_then(|samples| samples.command.first());
    let file = command.and_then(|command| Path::new(command).file_name());
    let program = program.to_ascii_lowercase();
    canonical(&program, languages) == language || file.is_some_and(|file| *file == *program)
}

fn is_output(block: &CodeBlock) -> bool {
    block.language == OUTPUT
}

fn predicts(parsed: &Parsed) -> bool {
    let front = parsed.document.as_ref().map(|document| &document.front);
    matches!(front, Some(Front::Question(question)) if question.public.kind == Kind::PredictOutput)
}

/// The numbers of the prompt's last sample and of the output in the answer.
fn revealed(
    blocks: &[CodeBlock],
    runs: impl Fn(&CodeBlock) -> bool,
    follows: impl Fn(&CodeBlock, &CodeBlock) -> bool,
) -> Option<(usize, usize)> {
    let shown = blocks
        .iter()
        .rposition(|block| block.part == Part::Shown && runs(block))?;
    let told = blocks.iter().enumerate().position(|(number, block)| {
        let before = number.checked_sub(1).and_then(|before| blocks.get(before));
        let owned = before.is_some_and(|before| runs(before) && follows(before, block));
        block.part == Part::Answer && is_output(block) && !owned
    })?;
    Some((shown, told))
}

/// Prompts begin their line; those in a docstring don't.
fn has_prompts(code: &str) -> bool {
    code.lines().any(|line| line.starts_with(">>>"))
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
    if sample.norun.is_none() {
        sample.norun.clone_from(&before.norun);
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
