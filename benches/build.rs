//! How long a build takes, and what it takes: see README.md in this folder.
//!
//! 1. For each size the corpora are written to a temporary folder.
//! 2. In each round every contestant builds once, one after the other, so that
//!    what else the machine does falls on all of them.
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

mod corpus;
mod measure;

use clap::Parser;
use measure::contest::{Contestant, PEERS};
use measure::options::{self, Contestants, FromCargo, at_least_one, by_default};
use measure::{Tree, median};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs, io, thread};

/// Builds made-up handbooks and prints what that took
#[derive(Parser)]
#[command(bin_name = "cargo bench --bench build --")]
struct Options {
    /// Questions of the handbooks
    #[arg(long, value_name = "N", value_delimiter = ',', default_values_t = by_default(vec![100, 1000, 10_000], vec![10]))]
    sizes: Vec<usize>,
    /// Rounds, of which the median counts
    #[arg(long, value_name = "N", default_value_t = by_default(5, 1), value_parser = at_least_one())]
    runs: usize,
    /// Where to write sources and sites, best a tmpfs
    #[arg(long, value_name = "DIR", default_value_os_t = env::temp_dir())]
    dir: PathBuf,
    #[command(flatten)]
    contestants: Contestants,
    /// Only write the corpora there, and tell what they hold
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    #[command(flatten)]
    _cargo: FromCargo,
}

fn main() -> ExitCode {
    options::main(|options: &Options| match &options.corpus {
        Some(folder) => write_corpora(folder, options),
        None => options
            .sizes
            .iter()
            .try_for_each(|&size| bench(size, options)),
    })
}

/// Writes the corpora without building them.
fn write_corpora(folder: &Path, options: &Options) -> io::Result<()> {
    for &size in &options.sizes {
        let folder = folder.join(size.to_string());
        if options.contestants.viva() {
            corpus::handbook(&folder.join("viva"), size)?;
        }
        for peer in PEERS
            .iter()
            .filter(|peer| options.contestants.peer(peer.name))
        {
            (peer.write)(&folder.join(peer.name), size)?;
        }
        println!("{}: {}", folder.display(), corpus::stats::of(size));
    }
    Ok(())
}

/// Builds handbooks of one size and prints the table.
fn bench(size: usize, options: &Options) -> io::Result<()> {
    let folder = tempfile::Builder::new()
        .prefix("viva-bench-")
        .tempdir_in(&options.dir)?;
    let (mut contestants, source) = contestants(size, folder.path(), options)?;
    let cores = thread::available_parallelism().map_or(1, usize::from);
    println!(
        "{size} questions, {:.1} MiB of source; {} rounds, medians; {} at {}; {cores} cores, load {} before",
        mebibytes(source),
        options.runs,
        measure::file_system(folder.path()),
        options.dir.display(),
        measure::load(),
    );
    for _ in 0..options.runs {
        for contestant in &mut contestants {
            contestant.run(size, folder.path())?;
        }
    }
    println!("\n{}", measure::table(&rows(&contestants)));
    for contestant in &contestants {
        let timings: Vec<_> = contestant
            .log
            .lines()
            .filter(|line| line.ends_with(" ms"))
            .collect();
        if !timings.is_empty() {
            println!(
                "{}, stages of the last run:\n{}\n",
                contestant.name,
                timings.join("\n")
            );
        }
    }
    Ok(())
}

/// Writes the sources of everybody who takes part; also counts Viva's.
fn contestants(
    size: usize,
    folder: &Path,
    options: &Options,
) -> io::Result<(Vec<Contestant>, Tree)> {
    let mut all = Vec::new();
    let source = folder.join("viva");
    corpus::handbook(&source, size)?;
    let counted = measure::tree(&source)?;
    if options.contestants.viva() {
        let out = folder.join("viva-out");
        let cache = source.join(".viva-cache");
        for (name, stale) in [
            ("viva clean", vec![out.clone(), cache]),
            ("viva warm", vec![out.clone()]),
        ] {
            let (source, target) = (source.clone(), out.clone());
            let command = move || {
                let mut command = Command::new(env!("CARGO_BIN_EXE_viva"));
                command
                    .args(["build", "--timings", "--root"])
                    .arg(&source)
                    .arg("--out")
                    .arg(&target);
                command
            };
            all.push(Contestant::new(name, stale, out.clone(), Box::new(command)));
        }
    }
    for peer in PEERS
        .iter()
        .filter(|peer| options.contestants.peer(peer.name))
    {
        let Some(place) = env::var_os(peer.variable).map(PathBuf::from) else {
            println!(
                "{} skipped: set {} to {}",
                peer.name, peer.variable, peer.advice
            );
            continue;
        };
        let place = fs::canonicalize(&place).map_err(|error| {
            io::Error::other(format!("{}={}: {error}", peer.variable, place.display()))
        })?;
        let (source, out) = (
            folder.join(peer.name),
            folder.join(format!("{}-out", peer.name)),
        );
        (peer.write)(&source, size)?;
        let stale = vec![out.clone(), source.join("cache"), source.join("resources")];
        let (target, build) = (out.clone(), peer.command);
        all.push(Contestant::new(
            peer.name,
            stale,
            out,
            Box::new(move || build(&place, &source, &target)),
        ));
    }
    Ok((all, counted))
}

/// The rows of the table, the ratios from run to run of the same round.
fn rows(contestants: &[Contestant]) -> Vec<Vec<String>> {
    let peers: Vec<_> = contestants
        .iter()
        .filter(|peer| !peer.name.starts_with("viva"))
        .collect();
    let mut head: Vec<_> = [
        "build", "wall s", "least", "CPU s", "peak MiB", "files", "site MiB", "cp -r s", "/ cp -r",
    ]
    .map(str::to_owned)
    .into();
    head.extend(peers.iter().map(|peer| format!("/ {}", peer.name)));
    let mut rows = vec![head];
    for contestant in contestants {
        let least = contestant
            .runs
            .iter()
            .map(|run| run.wall)
            .fold(f64::INFINITY, f64::min);
        let mut row = vec![
            contestant.name.to_owned(),
            format!("{:.3}", contestant.median(|run| run.wall)),
            format!("{least:.3}"),
            format!("{:.2}", contestant.median(|run| run.cpu)),
            format!("{:.0}", contestant.median(|run| run.memory)),
            contestant.site.files.to_string(),
            format!("{:.1}", mebibytes(contestant.site)),
            format!("{:.3}", contestant.median(|run| run.copy)),
            format!("{:.2}", contestant.median(|run| run.wall / run.copy)),
        ];
        row.extend(peers.iter().map(|peer| {
            let rounds = contestant.runs.iter().zip(&peer.runs);
            format!(
                "{:.3}",
                median(
                    rounds
                        .map(|(ours, theirs)| ours.wall / theirs.wall)
                        .collect()
                )
            )
        }));
        rows.push(row);
    }
    rows
}

fn mebibytes(tree: Tree) -> f64 {
    tree.bytes as f64 / f64::from(1 << 20)
}
