//! `viva test`: the code samples of a handbook are true.
//!
//! 1. [`collect`] finds the samples of a page and what the page says of them.
//! 2. [`run`] finds the [`interpreter`]s, says what is to be done with each sample, and does it on
//!    several threads.
//! 3. Each program runs under a [`guard`] of its own, in a folder of its own, within limits.
//! 4. [`verdict`] compares what came of it with the page, [`report`] makes diagnostics of what is
//!    wrong, [`update`] writes true outputs into the page.
//!
//! All but [`run`], [`guard`], [`cell`] and [`changed`] is pure. ARCHITECTURE.md says what holds
//! samples in, and where it does not.

mod attempt;
pub mod cell;
mod changed;
mod collect;
mod complaint;
mod difference;
mod family;
mod folder;
pub mod guard;
mod interpreter;
mod job;
mod junit;
mod lines;
mod report;
mod requires;
mod runner;
mod sample;
mod select;
mod text;
mod update;
mod verdict;
#[cfg(target_os = "linux")]
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use rayon::prelude::*;

use crate::model::{Samples, fences};

use attempt::Task;
use interpreter::{Interpreter, Missing};
use runner::Runner;

pub use changed::changed;
pub use collect::collect;
pub use junit::{Case, junit};
pub use report::problems;
pub use sample::{Expected, Sample};
pub use select::{is_meant, nearest_name};
pub use update::{Edit, updated};
pub use verdict::{Outcome, Verdict, Wrong};

/// Samples that are compiled in one process.
const BATCH: usize = 100;

/// What came of all samples.
#[derive(Debug, Default)]
pub struct Results {
    /// One for each sample, in order.
    pub outcomes: Vec<Outcome>,
    /// Programs that are missing, in words.
    pub missing: Vec<String>,
    /// What of the ways out is closed to samples on this system, in words.
    pub enclosure: String,
}

/// Tries samples on `jobs` threads; `step` is told of each one that is done.
///
/// # Errors
/// When this system lets nothing be run.
pub fn run(
    samples: &[Sample],
    languages: &BTreeMap<String, Samples>,
    root: &Path,
    jobs: usize,
    step: &(dyn Fn() + Sync),
) -> anyhow::Result<Results> {
    let threads = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .build()
        .context("can't start threads")?;
    let runner = Runner::new(root)?;
    let (interpreters, missing) = threads.install(|| interpreters(samples, languages, &runner));
    let mut outcomes: Vec<Option<Outcome>> = vec![None; samples.len()];
    let mut runs = Vec::new();
    let mut compiled: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, sample) in samples.iter().enumerate() {
        let Some(interpreter) = interpreters.get(sample.language.as_str()) else {
            outcomes[number] = Some(at_once(Verdict::Untried));
            step();
            continue;
        };
        match attempt::task(sample, interpreter) {
            Task::Compile => compiled.entry(&sample.language).or_default().push(number),
            Task::Skip { why, by_choice } => {
                outcomes[number] = Some(at_once(Verdict::Skipped { why, by_choice }));
                step();
            }
            task => runs.push((number, interpreter, task)),
        }
    }
    let batches: Vec<(&Interpreter, &[usize])> = compiled
        .iter()
        .filter_map(|(language, numbers)| Some((interpreters.get(language)?, numbers)))
        .flat_map(|(interpreter, numbers)| {
            numbers.chunks(BATCH).map(move |batch| (interpreter, batch))
        })
        .collect();
    let compile = |(interpreter, numbers): &(&Interpreter, &[usize])| {
        let batch: Vec<&Sample> = numbers.iter().map(|number| &samples[*number]).collect();
        let verdicts = attempt::compile(&batch, interpreter, &runner);
        numbers.iter().for_each(|_| step());
        let outcomes = verdicts.into_iter().map(at_once);
        numbers.iter().copied().zip(outcomes).collect::<Vec<_>>()
    };
    let run_one = |(number, interpreter, task): &(usize, &Interpreter, Task)| {
        let start = Instant::now();
        let sample = &samples[*number];
        let verdict = match task {
            Task::Check => attempt::check(sample, interpreter, &runner),
            _ => attempt::run(sample, interpreter, &runner),
        };
        step();
        let time = start.elapsed();
        (*number, Outcome { verdict, time })
    };
    let done: Vec<(usize, Outcome)> = threads.install(|| {
        let (compiled, ran): (Vec<_>, Vec<_>) = rayon::join(
            || batches.par_iter().flat_map_iter(compile).collect(),
            // One by one: a sample that takes long holds up none but itself.
            || runs.par_iter().with_max_len(1).map(run_one).collect(),
        );
        compiled.into_iter().chain(ran).collect()
    });
    for (number, outcome) in done {
        outcomes[number] = Some(outcome);
    }
    Ok(Results {
        outcomes: outcomes
            .into_iter()
            .map(|outcome| outcome.unwrap_or_else(|| at_once(Verdict::Untried)))
            .collect(),
        missing,
        enclosure: runner.describe(),
    })
}

fn at_once(verdict: Verdict) -> Outcome {
    Outcome {
        verdict,
        time: Duration::ZERO,
    }
}

/// The programs of all languages that there are samples of, and what is missing.
fn interpreters<'s>(
    samples: &'s [Sample],
    languages: &BTreeMap<String, Samples>,
    runner: &Runner,
) -> (BTreeMap<&'s str, Interpreter>, Vec<String>) {
    let needed: BTreeSet<&str> = samples
        .iter()
        .map(|sample| sample.language.as_str())
        .collect();
    let found: Vec<(&str, Result<Interpreter, Missing>)> = needed
        .into_par_iter()
        .map(|language| {
            let versioned = samples
                .iter()
                .any(|sample| sample.language == language && sample.requires.is_some());
            let settings = fences::settings(language, languages);
            let found = Interpreter::find(language, settings, versioned, runner);
            (language, found)
        })
        .collect();
    let mut interpreters = BTreeMap::new();
    let mut missing = Vec::new();
    for (language, found) in found {
        match found {
            Ok(interpreter) => {
                interpreters.insert(language, interpreter);
            }
            Err(Missing(why)) if missing.contains(&why) => {}
            Err(Missing(why)) => missing.push(why),
        }
    }
    (interpreters, missing)
}
