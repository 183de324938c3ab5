//! How a sample is tried: the files and the command for it, and what its end means.

use std::sync::Arc;

use serde_json::json;

use super::complaint::complaint;
use super::family::is_interrupt;
use super::interpreter::Interpreter;
use super::job::{Ended, How};
use super::runner::{Runner, Start};
use super::sample::Sample;
use super::text::printed;
use super::verdict::{Fault, Verdict, Wrong, judge, of_itself};
use crate::model::fences::PYTHON;

/// What is to be done with a sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    Run,
    /// With many others in one process.
    Compile,
    /// By handbook.yaml's `check`.
    Check,
    Skip {
        why: String,
        by_choice: bool,
    },
}

/// Says what is to be done with a sample.
pub fn task(sample: &Sample, interpreter: &Interpreter) -> Task {
    if let (Some(requirement), Some(version)) = (&sample.requires, &interpreter.version)
        && !requirement.is_met_by(version)
    {
        let name = &interpreter.name;
        return Task::Skip {
            why: format!("requires {requirement}, and `{name}` is {version}"),
            by_choice: false,
        };
    }
    match &sample.norun {
        None if sample.is_told() => Task::Run,
        _ if interpreter.check("").is_some() => Task::Check,
        _ if sample.language == PYTHON => Task::Compile,
        norun => Task::Skip {
            why: match norun {
                Some(_) => sample.why_not_run(),
                None => format!(
                    "{}, and there is no `check` for `{}`",
                    sample.why_not_run(),
                    sample.language
                ),
            },
            by_choice: true,
        },
    }
}

/// Runs a sample and compares what comes of it with what its page says.
pub fn run(sample: &Sample, interpreter: &Interpreter, runner: &Runner) -> Verdict {
    let mut ended = runner.run(&start(sample, interpreter));
    if sample.language != PYTHON && !sample.before.is_empty() {
        let before = runner.run(&start_of(&before(sample), sample, interpreter));
        ended = without(ended, &before);
    }
    if sample.language == PYTHON && !is_aided(sample) && may_have_raised(sample, &ended) {
        // Only Python knows the exception's type; its frames are seen by no sample that ends well.
        ended.result = runner.run(&aided(sample, interpreter)).result;
    }
    judge(sample, &ended, interpreter.limits).map_or(Verdict::Runs, Verdict::Wrong)
}

/// Asks the language's own `check` about a sample.
pub fn check(sample: &Sample, interpreter: &Interpreter, runner: &Runner) -> Verdict {
    let code = before(sample) + &sample.code;
    let mut start = start_of(&code, sample, interpreter);
    if let Some(command) = interpreter.check(&file_name(&sample.language)) {
        start.command = command;
    }
    let ended = runner.run(&start);
    match of_itself(&ended, interpreter.limits) {
        Ok(0) => Verdict::Compiles,
        Ok(_) => {
            let said = printed(&ended.stderr).text + &printed(&ended.stdout).text;
            Verdict::Wrong(complaint(&said, &file_name(&sample.language)).after(&before(sample)))
        }
        Err(wrong) => Verdict::Wrong(wrong),
    }
}

/// Compiles samples of Python in one process; each in its own if that one does not live.
pub fn compile(samples: &[&Sample], interpreter: &Interpreter, runner: &Runner) -> Vec<Verdict> {
    let input: Vec<_> = samples
        .iter()
        .map(|sample| json!({ "code": *sample.code, "prompts": sample.prompts }))
        .collect();
    let ended = runner.run(&Start {
        command: interpreter.command("compile.py"),
        files: vec![
            (
                "compile.py".to_owned(),
                include_str!("python/compile.py").to_owned(),
            ),
            ("samples.json".to_owned(), json!(input).to_string()),
        ],
        result: None,
        limits: interpreter.limits,
    });
    let faults: Option<Vec<Option<Fault>>> = serde_json::from_slice(&ended.stdout).ok();
    match faults {
        Some(faults) if faults.len() == samples.len() => faults
            .into_iter()
            .map(|fault| match fault {
                None => Verdict::Compiles,
                Some(fault) => Verdict::Wrong(fault.wrong()),
            })
            .collect(),
        _ if samples.len() > 1 => samples
            .iter()
            .flat_map(|sample| compile(&[sample], interpreter, runner))
            .collect(),
        _ => {
            let broken = |_| Wrong::Broken {
                how: "ends the compiler".to_owned(),
                printed: printed(&ended.stderr).text,
            };
            let wrong = of_itself(&ended, interpreter.limits).map_or_else(|wrong| wrong, broken);
            vec![Verdict::Wrong(wrong); samples.len()]
        }
    }
}

fn start(sample: &Sample, interpreter: &Interpreter) -> Start {
    if sample.language != PYTHON {
        return start_of(&(before(sample) + &sample.code), sample, interpreter);
    }
    if !is_aided(sample) {
        return start_of(&sample.code, sample, interpreter);
    }
    aided(sample, interpreter)
}

/// Whether a sample of Python is run by a program of ours.
fn is_aided(sample: &Sample) -> bool {
    sample.prompts || !sample.before.is_empty()
}

fn may_have_raised(sample: &Sample, ended: &Ended) -> bool {
    match ended.how {
        How::Exit(0) => sample.raises.is_some(),
        How::Exit(_) => true,
        How::Signal(signal) => is_interrupt(signal),
        _ => false,
    }
}

fn aided(sample: &Sample, interpreter: &Interpreter) -> Start {
    let part = |code: &Arc<str>, prompts: bool, may_fail: bool| json!({ "code": **code, "prompts": prompts, "may_fail": may_fail });
    let parts: Vec<_> = sample
        .before
        .iter()
        .map(|earlier| part(&earlier.code, earlier.prompts, earlier.may_fail))
        .chain([part(&sample.code, sample.prompts, false)])
        .collect();
    Start {
        command: interpreter.command("continue.py"),
        files: vec![
            (
                "continue.py".to_owned(),
                include_str!("python/continue.py").to_owned(),
            ),
            ("parts.json".to_owned(), json!(parts).to_string()),
            // Tracebacks show its lines.
            (file_name(PYTHON), sample.code.to_string()),
        ],
        result: Some(
            if sample.prompts {
                "wrong.json"
            } else {
                "end.json"
            }
            .to_owned(),
        ),
        limits: interpreter.limits,
    }
}

fn start_of(code: &str, sample: &Sample, interpreter: &Interpreter) -> Start {
    let name = file_name(&sample.language);
    Start {
        command: interpreter.command(&name),
        files: vec![(name, code.to_owned())],
        result: None,
        limits: interpreter.limits,
    }
}

fn before(sample: &Sample) -> String {
    sample.before.iter().map(|earlier| &*earlier.code).collect()
}

/// What the samples before it print is not this one's.
fn without(mut ended: Ended, before: &Ended) -> Ended {
    if let Some(own) = ended.stdout.strip_prefix(before.stdout.as_slice()) {
        ended.stdout = own.to_vec();
    }
    ended
}

/// Many programs look at a file's ending.
fn file_name(language: &str) -> String {
    let ending = match language {
        "python" => "py",
        "javascript" | "node" => "js",
        "typescript" => "ts",
        "ruby" => "rb",
        "rust" => "rs",
        "bash" | "shell" => "sh",
        "perl" => "pl",
        "haskell" => "hs",
        "kotlin" => "kt",
        "csharp" | "c#" => "cs",
        "c++" => "cpp",
        other => other,
    };
    let is_plain = !ending.is_empty() && ending.chars().all(|c| c.is_ascii_alphanumeric());
    if is_plain {
        format!("sample.{ending}")
    } else {
        "sample".to_owned()
    }
}
