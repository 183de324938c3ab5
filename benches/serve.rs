//! How long a save takes to be served, and what the server holds: see README.md in this folder.
//!
//! 1. For each size the corpora are written to a temporary folder.
//! 2. Every contestant's server is started, one after the other: the time to its first page.
//! 3. In each round one page is saved for each of them in turn, and asked for until the new words are
//!    served.
//! 4. The medians go into one table a size.

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
#![allow(
    dead_code,
    reason = "the benchmark of builds needs more of the shared parts"
)]

mod corpus;
mod measure;
mod servers;

use clap::Parser;
use measure::median;
use measure::options::{self, Contestants, FromCargo, at_least_one, by_default};
use servers::{PEERS, Running, Served};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};
use std::{env, fs, io, thread};

/// Serves made-up handbooks, saves a page of them and prints how long it took to be served
#[derive(Parser)]
#[command(bin_name = "cargo bench --bench serve --")]
struct Options {
    /// Questions of the handbooks
    #[arg(long, value_name = "N", value_delimiter = ',', default_values_t = by_default(vec![1000, 10_000], vec![10]))]
    sizes: Vec<usize>,
    /// Saves, of which the median counts
    #[arg(long, value_name = "N", default_value_t = by_default(10, 1), value_parser = at_least_one())]
    saves: usize,
    /// Where to write sources and sites
    #[arg(long, value_name = "DIR", default_value_os_t = env::temp_dir())]
    dir: PathBuf,
    #[command(flatten)]
    contestants: Contestants,
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

/// Where a question of the handbook stands.
struct Page {
    /// From the folder that holds the pages.
    file: String,
    /// As Viva serves it, and as the peers do.
    address: String,
    address_with_level: String,
}

impl Page {
    fn in_the_middle(questions: usize) -> Self {
        let corpus = corpus::Corpus::new(questions);
        let corpus::Head { slug, level, .. } = &corpus.heads[questions / 2];
        let level = corpus::LEVELS[*level].0;
        Self {
            file: format!("python/{level}/{slug}.md"),
            address: format!("/python/{slug}/"),
            address_with_level: format!("/python/{level}/{slug}/"),
        }
    }
}

/// Serves handbooks of one size and prints the table.
fn bench(size: usize, options: &Options) -> io::Result<()> {
    let folder = tempfile::Builder::new()
        .prefix("viva-bench-")
        .tempdir_in(&options.dir)?;
    let folder = folder.path();
    let page = Page::in_the_middle(size);
    let mut contestants = Vec::new();
    let mut build = None;
    if options.contestants.viva() {
        let source = folder.join("viva");
        corpus::handbook(&source, size)?;
        build = Some(clean_build(&source, &folder.join("built"))?);
        let file = source.join("content").join(&page.file);
        let start = |port: u16| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_viva"));
            command.args(["serve", "--port", &port.to_string(), "--root"]);
            command.arg(&source);
            command
        };
        contestants.push(Running::start(
            Served {
                name: "viva",
                file,
                address: page.address.clone(),
            },
            start,
            folder,
        )?);
    }
    for peer in PEERS
        .iter()
        .filter(|peer| options.contestants.peer(peer.name))
    {
        let Some(place) = env::var_os(peer.variable).map(PathBuf::from) else {
            println!(
                "{} skipped: set {} as for the benchmark of builds",
                peer.name, peer.variable
            );
            continue;
        };
        let place = fs::canonicalize(&place)?;
        let source = folder.join(peer.name);
        (peer.write)(&source, size)?;
        let served = Served {
            name: peer.name,
            file: source.join(peer.content).join(&page.file),
            address: page.address_with_level.clone(),
        };
        let start = |port: u16| (peer.command)(&place, &source, port);
        contestants.push(Running::start(served, start, folder)?);
    }
    println!(
        "{size} questions; {} saves, medians; {} at {}; {} cores, load {}",
        options.saves,
        measure::file_system(folder),
        options.dir.display(),
        thread::available_parallelism().map_or(1, usize::from),
        measure::load(),
    );
    // What still goes on after the first page is no part of a save.
    thread::sleep(Duration::from_secs(if size > 5000 { 5 } else { 2 }));
    for contestant in &mut contestants {
        contestant.note_idle();
    }
    for round in 0..options.saves {
        for contestant in &mut contestants {
            contestant.save(round)?;
        }
    }
    println!("\n{}", measure::table(&rows(&contestants, build)));
    if let Some(build) = build {
        println!("a clean build of the same handbook: {build:.3} s\n");
    }
    Ok(())
}

/// Seconds of a build without output and cache.
fn clean_build(source: &Path, out: &Path) -> io::Result<f64> {
    let start = Instant::now();
    let built = Command::new(env!("CARGO_BIN_EXE_viva"))
        .args(["build", "--format", "json", "--root"])
        .arg(source)
        .arg("--out")
        .arg(out)
        .stdout(std::process::Stdio::null())
        .status()?;
    let took = start.elapsed().as_secs_f64();
    if !built.success() {
        return Err(io::Error::other("the handbook can't be built"));
    }
    measure::remove(out)?;
    measure::remove(&source.join(".viva-cache"))?;
    Ok(took)
}

fn rows(contestants: &[Running], build: Option<f64>) -> Vec<Vec<String>> {
    let peers: Vec<_> = contestants
        .iter()
        .filter(|contestant| contestant.served.name != "viva")
        .collect();
    let mut head: Vec<String> = [
        "server",
        "save ms",
        "least",
        "most",
        "first page s",
        "/ build",
        "idle MiB",
        "after MiB",
    ]
    .map(str::to_owned)
    .into();
    head.extend(peers.iter().map(|peer| format!("/ {}", peer.served.name)));
    let mut rows = vec![head];
    for contestant in contestants {
        let saves = &contestant.saves;
        let of_build = build.filter(|_| contestant.served.name == "viva");
        let mut row = vec![
            contestant.served.name.to_owned(),
            format!("{:.1}", median(saves.clone())),
            format!("{:.1}", saves.iter().copied().fold(f64::INFINITY, f64::min)),
            format!("{:.1}", saves.iter().copied().fold(0.0, f64::max)),
            format!("{:.3}", contestant.first_page),
            of_build.map_or_else(String::new, |build| {
                format!("{:.2}", contestant.first_page / build)
            }),
            format!("{:.0}", contestant.idle),
            format!("{:.0}", contestant.memory()),
        ];
        row.extend(peers.iter().map(|peer| {
            let rounds = saves.iter().zip(&peer.saves);
            format!(
                "{:.4}",
                median(rounds.map(|(ours, theirs)| ours / theirs).collect())
            )
        }));
        rows.push(row);
    }
    rows
}
