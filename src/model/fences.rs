//! Which code blocks of a page are samples, and which outputs are theirs.
//!
//! - An `output` fence belongs to the sample right before it.
//! - What the last sample of a predict-output question's prompt prints stands in the first `output`
//!   fence of the answer that belongs to no sample there.

use std::collections::BTreeMap;

use super::Samples;
use crate::highlight;
use crate::markdown::{CodeBlock, Part};

/// The language that is run without a line in handbook.yaml.
pub const PYTHON: &str = "python";

/// What else a fence of Python 3 may be called.
const PYTHON_TOO: [&str; 7] = [
    "py",
    "python3",
    "py3",
    "pycon",
    "python-repl",
    "python-console",
    "doctest",
];

const OUTPUT: &str = "output";

/// What a code block is on its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    Sample {
        /// As `samples` names it.
        language: String,
        /// Whether its lines are prompts and what they answer.
        prompts: bool,
        /// The number of the block that says what it prints.
        output: Option<usize>,
    },
    /// Output of a sample, or of code that nobody runs.
    Output,
    /// Output that nobody would ever compare, and why.
    Stray(Stray),
    Other,
}

/// Why an output is nobody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stray {
    /// `Output` is no `output`.
    Capitals,
    /// The sample before it says below its prompts what they answer.
    Prompts,
    /// Something stands between it and the sample.
    Apart,
}

/// The role of each block. `predicts`: the page is a predict-output question.
pub fn roles(
    blocks: &[CodeBlock],
    samples: &BTreeMap<String, Samples>,
    predicts: bool,
) -> Vec<Role> {
    let mut roles: Vec<Role> = blocks
        .iter()
        .map(|block| match language(&block.language, samples) {
            Some(language) => Role::Sample {
                prompts: language == PYTHON && has_prompts(&block.code),
                language,
                output: None,
            },
            None if is_output(block) => Role::Stray(Stray::Apart),
            None if block.language.eq_ignore_ascii_case(OUTPUT) => Role::Stray(Stray::Capitals),
            None => Role::Other,
        })
        .collect();
    for number in 0..blocks.len() {
        if roles[number] == Role::Stray(Stray::Apart) {
            roles[number] = role_of_output(number, blocks, &mut roles);
        }
    }
    if predicts {
        reveal(blocks, &mut roles);
    }
    roles
}

/// The name by which `samples`, or everything here, knows the language of a fence, if it is one
/// whose samples are run.
pub fn language(fence: &str, samples: &BTreeMap<String, Samples>) -> Option<String> {
    if is_python(fence) {
        return Some(PYTHON.to_owned());
    }
    samples
        .keys()
        .find(|key| key.eq_ignore_ascii_case(fence))
        .or_else(|| {
            let same = |key: &&String| !is_python(key) && highlight::is_same_language(key, fence);
            samples.keys().find(same)
        })
        .cloned()
}

/// How samples of a language that [`language`] gave are run.
pub fn settings<'s>(language: &str, samples: &'s BTreeMap<String, Samples>) -> Option<&'s Samples> {
    samples.get(language).or_else(|| {
        let name = PYTHON_TOO.iter().find(|name| samples.contains_key(**name));
        name.filter(|_| language == PYTHON)
            .and_then(|name| samples.get(*name))
    })
}

/// Whether a question leaves open what its prompt's last sample prints, though it could be told.
pub fn is_untold(blocks: &[CodeBlock], roles: &[Role]) -> bool {
    let answers = |block: &CodeBlock| {
        block.part == Part::Answer && block.language.eq_ignore_ascii_case(OUTPUT)
    };
    let open = last_shown(blocks, roles).is_some_and(|number| {
        let options = &blocks[number].options;
        let told = matches!(
            roles[number],
            Role::Sample { prompts: true, .. }
                | Role::Sample {
                    output: Some(_),
                    ..
                }
        );
        !told && options.norun.is_none() && options.raises.is_none()
    });
    open && !blocks.iter().any(answers)
}

fn role_of_output(number: usize, blocks: &[CodeBlock], roles: &mut [Role]) -> Role {
    let before = (0..number)
        .rev()
        .find(|&before| !is_output(&blocks[before]));
    let Some(before) = before else {
        return Role::Stray(Stray::Apart);
    };
    match &mut roles[before] {
        Role::Sample { prompts: true, .. } => Role::Stray(Stray::Prompts),
        Role::Sample { output, .. } if before + 1 == number && blocks[number].adjoins => {
            *output = Some(number);
            Role::Output
        }
        // It is only shown.
        Role::Sample { .. } if blocks[before].options.norun.is_some() => Role::Output,
        Role::Sample { .. } => Role::Stray(Stray::Apart),
        Role::Output | Role::Stray(_) | Role::Other => Role::Output,
    }
}

/// Gives the prompt's last sample the output that the answer tells.
fn reveal(blocks: &[CodeBlock], roles: &mut [Role]) {
    let told = (0..blocks.len()).find(|&number| {
        let owned = roles.iter().any(
            |role| matches!(role, Role::Sample { output: Some(output), .. } if *output == number),
        );
        blocks[number].part == Part::Answer && is_output(&blocks[number]) && !owned
    });
    if let (Some(shown), Some(told)) = (last_shown(blocks, roles), told)
        && let Role::Sample {
            output: output @ None,
            prompts: false,
            ..
        } = &mut roles[shown]
    {
        *output = Some(told);
        roles[told] = Role::Output;
    }
}

/// The prompt's last sample.
fn last_shown(blocks: &[CodeBlock], roles: &[Role]) -> Option<usize> {
    (0..blocks.len()).rev().find(|&number| {
        blocks[number].part == Part::Shown && matches!(roles[number], Role::Sample { .. })
    })
}

fn is_python(name: &str) -> bool {
    let is = |known: &str| known.eq_ignore_ascii_case(name);
    is(PYTHON) || PYTHON_TOO.into_iter().any(is)
}

fn is_output(block: &CodeBlock) -> bool {
    block.language == OUTPUT
}

/// Prompts begin their line; those in a docstring don't.
fn has_prompts(code: &str) -> bool {
    code.lines().any(|line| line.starts_with(">>>"))
}
