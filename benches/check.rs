//! How long a check takes: see README.md in this folder.
//!
//! 1. For each size two handbooks are written: the one that the other benchmark builds, and one in
//!    which all questions are alike, which is the worst case of the search for near-duplicates.
//! 2. In each round the files are read and hashed, which is the least that a check can take, and
//!    both handbooks are checked, one after the other.
//! 3. The medians go into one table a size.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the rule for the disk is the generator's"
)]
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::expect_used,
    clippy::cast_precision_loss,
    reason = "a program for people, of small figures"
)]
#![allow(
    clippy::cast_possible_truncation,
    clippy::unreadable_literal,
    reason = "random bits are cut on purpose"
)]
#![allow(dead_code, reason = "the other benchmark needs the rest")]

mod corpus;
mod measure;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;
use std::{env, fs, io, thread};

use clap::Parser;
use measure::options::{self, FromCargo, at_least_one, by_default};
use measure::{Run, median};
use xxhash_rust::xxh3::xxh3_128;

/// Checks made-up handbooks and prints what that took
#[derive(Parser)]
#[command(bin_name = "cargo bench --bench check --")]
struct Options {
    /// Questions of the handbooks
    #[arg(long, value_name = "N", value_delimiter = ',', default_values_t = by_default(vec![1000, 10_000, 20_000], vec![10]))]
    sizes: Vec<usize>,
    /// Rounds, of which the median counts
    #[arg(long, value_name = "N", default_value_t = by_default(5, 1), value_parser = at_least_one())]
    runs: usize,
    /// Where to write the handbooks
    #[arg(long, value_name = "DIR", default_value_os_t = env::temp_dir())]
    dir: PathBuf,
    #[command(flatten)]
    _cargo: FromCargo,
}

fn main() -> ExitCode {
    options::main(|options: &Options| {
        options
            .sizes
            .iter()
            .try_for_each(|&size| bench(size, options))
    })
}

/// A handbook, the checks of it, and what reading it took before each of them.
struct Contestant {
    name: &'static str,
    root: PathBuf,
    /// What a check of it must find, in lines.
    expected: std::ops::Range<usize>,
    runs: Vec<Run>,
    reads: Vec<f64>,
}

/// Checks handbooks of one size and prints the table.
fn bench(size: usize, options: &Options) -> io::Result<()> {
    let folder = tempfile::Builder::new()
        .prefix("viva-bench-")
        .tempdir_in(&options.dir)?;
    let mut contestants = contestants(size, folder.path())?;
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let source = measure::tree(&contestants[0].root)?;
    println!(
        "{size} questions, {:.1} MiB of source; {} rounds, medians; {cores} cores, load {} before\n",
        source.bytes as f64 / f64::from(1 << 20),
        options.runs,
        measure::load(),
    );
    for _ in 0..options.runs {
        for contestant in &mut contestants {
            contestant.run(folder.path(), cores)?;
        }
    }
    println!("{}", measure::table(&rows(&contestants)));
    Ok(())
}

fn contestants(size: usize, folder: &Path) -> io::Result<[Contestant; 2]> {
    let contestant = |name, folder_name, expected| Contestant {
        name,
        root: folder.join(folder_name),
        expected,
        runs: Vec::new(),
        reads: Vec::new(),
    };
    // Code that is drawn by chance has wide lines; what is alike is told of once each.
    let all = [
        contestant("check", "drawn", 0..3 * size),
        contestant("check, all alike", "alike", size - 1..4 * size),
    ];
    for contestant in &all {
        corpus::handbook(&contestant.root, size)?;
    }
    make_alike(&all[1].root.join("content/python"))?;
    Ok(all)
}

/// Gives all questions of a guide one title and prompt, but for a number.
fn make_alike(guide: &Path) -> io::Result<()> {
    let mut number = 0;
    for (level, _, _) in corpus::LEVELS {
        for entry in fs::read_dir(guide.join(level))? {
            let path = entry?.path();
            let page = fs::read_to_string(&path)?;
            let Some((_, rest)) = page.split_once("\ntopic: ") else {
                continue;
            };
            let parts = rest
                .split_once("\n---\n")
                .and_then(|(front, body)| Some((front, body.split_once("## Answer")?.1)));
            let Some((front, answer)) = parts else {
                return Err(io::Error::other(format!("{}: no answer", path.display())));
            };
            number += 1;
            let page = format!(
                "---\ntitle: What does function number {number} of this module return?\ntopic: {front}\n---\n\
                 Read the code of the example above, then say aloud which value comes back first.\n\n\
                 ## Answer{answer}"
            );
            fs::write(path, page)?;
        }
    }
    Ok(())
}

impl Contestant {
    fn run(&mut self, folder: &Path, cores: usize) -> io::Result<()> {
        self.reads.push(read_and_hash(&self.root, cores)?);
        let mut command = Command::new(env!("CARGO_BIN_EXE_viva"));
        command
            .args([
                "check",
                "--format",
                "json",
                "--today",
                "2026-11-20",
                "--root",
            ])
            .arg(&self.root);
        let found = command.output()?;
        let lines = String::from_utf8_lossy(&found.stdout).lines().count();
        if !found.status.success() || !self.expected.contains(&lines) {
            return Err(io::Error::other(format!(
                "{}: {lines} problems, {}",
                self.name, found.status
            )));
        }
        let run = measure::run(&mut command, &folder.join("log"))?;
        self.runs.push(run);
        Ok(())
    }

    fn median(&self, figure: impl Fn(&Run) -> f64) -> f64 {
        median(self.runs.iter().map(figure).collect())
    }
}

/// Seconds that reading and hashing all files of a folder takes, on all cores.
fn read_and_hash(folder: &Path, cores: usize) -> io::Result<f64> {
    let start = Instant::now();
    let mut paths = Vec::new();
    files(folder, &mut paths)?;
    thread::scope(|scope| {
        let size = paths.len().div_ceil(cores).max(1);
        let workers: Vec<_> = paths
            .chunks(size)
            .map(|paths| {
                scope.spawn(move || -> io::Result<()> {
                    for path in paths {
                        black_box(xxh3_128(&fs::read(path)?));
                    }
                    Ok(())
                })
            })
            .collect();
        workers.into_iter().try_for_each(|worker| {
            worker
                .join()
                .unwrap_or_else(|_| Err(io::Error::other("a reader panicked")))
        })
    })?;
    Ok(start.elapsed().as_secs_f64())
}

fn files(folder: &Path, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            files(&entry.path(), paths)?;
        } else {
            paths.push(entry.path());
        }
    }
    Ok(())
}

/// The rows of the table, the ratio from run to run of the same round.
fn rows(contestants: &[Contestant]) -> Vec<Vec<String>> {
    let head = [
        "",
        "wall s",
        "least",
        "CPU s",
        "peak MiB",
        "read and hash s",
        "/ read and hash",
    ];
    let mut rows: Vec<Vec<String>> = vec![head.map(str::to_owned).into()];
    for contestant in contestants {
        let walls = contestant.runs.iter().map(|run| run.wall);
        let ratios = contestant.runs.iter().zip(&contestant.reads);
        rows.push(vec![
            contestant.name.to_owned(),
            format!("{:.3}", contestant.median(|run| run.wall)),
            format!("{:.3}", walls.fold(f64::INFINITY, f64::min)),
            format!("{:.3}", contestant.median(|run| run.cpu)),
            format!("{:.0}", contestant.median(|run| run.memory)),
            format!("{:.3}", median(contestant.reads.clone())),
            format!(
                "{:.1}",
                median(ratios.map(|(run, read)| run.wall / read).collect())
            ),
        ]);
    }
    rows
}
