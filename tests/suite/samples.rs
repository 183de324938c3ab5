//! `viva test`: what pages say of their code is true.
//!
//! Each case is a page, and beside it what `viva test` says of it. Line numbers are the page's own,
//! in which the first sample begins at line 4.

mod bad_input;
mod enclosure;
mod expectations;
mod languages;
mod options;
mod update;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::site::{Ran, Site, page};

/// Where [`Samples::new`] puts the page.
const PAGE: &str = "content/pages/samples.md";

/// A handbook with samples, and a temporary folder for those who run them.
struct Samples {
    site: Site,
    temp: TempDir,
}

impl Samples {
    /// A page with this body.
    fn new(body: &str) -> Self {
        let site = Site::new().file(PAGE, &page("Samples", body.trim()));
        let temp = tempfile::tempdir().unwrap();
        Self { site, temp }
    }

    fn config(mut self, lines: &str) -> Self {
        self.site = self.site.config(lines);
        self
    }

    fn file(mut self, path: &str, text: &str) -> Self {
        self.site = self.site.file(path, text);
        self
    }

    /// `viva test` with arguments.
    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_viva"));
        command
            .args(["test", "--root"])
            .arg(self.site.root())
            .args(args)
            .env("TMPDIR", self.temp.path())
            .env_remove("CLICOLOR_FORCE");
        command
    }

    /// What a run for people says; nothing is left behind.
    fn test(&self, args: &[&str]) -> Tried {
        self.tried(&mut self.command(args))
    }

    fn tried(&self, command: &mut Command) -> Tried {
        let ran = Ran::of(command);
        self.nothing_is_left();
        Tried(format!("{}{}exit {}", ran.stdout, ran.stderr, ran.code))
    }

    fn text(&self) -> String {
        fs::read_to_string(self.site.path(PAGE)).unwrap()
    }

    /// Neither files nor processes.
    fn nothing_is_left(&self) {
        let files: Vec<PathBuf> = fs::read_dir(self.temp.path())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        assert!(files.is_empty(), "{files:?}");
        let processes = processes_of(self.temp.path());
        assert!(processes.is_empty(), "{processes:?}");
    }
}

/// What a run said, and its exit code.
struct Tried(String);

impl std::fmt::Display for Tried {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Those whose temporary folder, home or command is in there, as far as the system tells: a sample's
/// processes keep its environment, or they end with a guard that has Viva's.
fn processes_of(folder: &Path) -> Vec<String> {
    let folder = folder.to_str().unwrap();
    let Ok(processes) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    processes
        .filter_map(|entry| {
            let process = entry.ok()?.path();
            process.file_name()?.to_str()?.parse::<u32>().ok()?;
            let words = |name: &str| {
                let bytes = fs::read(process.join(name)).unwrap_or_default();
                String::from_utf8_lossy(&bytes).replace('\0', " ")
            };
            let environment = words("environ");
            let is_sample = |name: &str| environment.contains(&format!("{name}={folder}"));
            (is_sample("HOME") || is_sample("TMPDIR") || words("cmdline").contains(folder))
                .then(|| format!("{}: {}", process.display(), words("cmdline")))
        })
        .collect()
}

#[test]
fn the_shipped_handbook_is_true() {
    let site = Site::shipped();
    let junit = site.path("results.xml");
    let ran = Ran::of(
        Command::new(env!("CARGO_BIN_EXE_viva"))
            .args(["test", "--root"])
            .arg(site.root())
            .arg("--junit")
            .arg(&junit),
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let results = fs::read_to_string(junit).unwrap();
    let samples = results.matches("<testcase ").count();
    let told = ran.stderr.trim().rsplit_once(": ").unwrap().1;
    let run: usize = told.split(' ').next().unwrap().parse().unwrap();
    assert!(
        samples >= 50 && told.contains(" run") && run * 100 >= samples * 60,
        "only {told} of {samples} samples say what comes of them"
    );
}
