//! A handbook in a folder of its own, and the real binary run over it.

mod question;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt::{self, Display, Write as _};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

pub use question::Question;

/// The day on which all of this happens.
pub const TODAY: &str = "2026-11-20";

/// The configuration of [`Site::new`].
pub const HANDBOOK: &str = "\
title: The Test Handbook
description: A handbook for tests.
base_url: https://example.org/
language: en
licence: CC-BY-4.0
levels:
  - { id: junior, title: Junior, summary: Knows the parts. }
  - { id: mid, title: Mid, summary: Builds alone. }
  - { id: senior, title: Senior, summary: Chooses designs. }
topics:
  - { id: language, title: Language, summary: What is written. }
  - { id: concurrency, title: Concurrency, summary: Things at once. }
  - { id: runtime, title: Runtime, summary: What it becomes. }
";

/// A handbook in a folder that goes away with it.
pub struct Site {
    folder: TempDir,
}

impl Site {
    /// A small handbook without a problem: one guide of three levels, four questions, and a page.
    pub fn new() -> Self {
        Self::empty()
            .file("content/handbook.yaml", HANDBOOK)
            .file("content/index.md", &page("Welcome", "Read on."))
            .file("content/python/index.md", &page("Python", "The role."))
            .file("content/python/junior/index.md", &page("Junior", "Parts."))
            .file("content/python/mid/index.md", &page("Mid", "Features."))
            .file(
                "content/python/senior/index.md",
                &page("Senior", "Systems."),
            )
            .file(
                "content/pages/faq.md",
                &page("Questions and answers", "## Why\n\nSo."),
            )
            .question("junior/lists", |question| {
                question
                    .set("title", "What is a list?")
                    .candidate("Two words suffice.")
            })
            .question("junior/tuples", |question| {
                question
                    .set("title", "When is a tuple better than a list?")
                    .answer("When nobody should change it.\n\n### Hashing\n\nIt can be a key.")
            })
            .question("mid/decorators", |question| {
                question
                    .set("title", "What does a decorator do?")
                    .set("kind", "coding")
                    .set("topic", "runtime")
                    .answer("It takes a function and returns another.")
            })
            .question("senior/gil", |question| {
                question
                    .set("title", "What does the GIL lock?")
                    .set("topic", "concurrency")
                    .answer("The interpreter's state, not yours.")
            })
    }

    /// A folder without anything in it.
    pub fn empty() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("viva-test-")
            .tempdir()
            .unwrap();
        Self { folder }
    }

    /// The handbook that stands in this repository.
    pub fn shipped() -> Self {
        let site = Self::empty();
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        for (path, bytes) in files_in(&content) {
            site.write(&format!("content/{path}"), bytes);
        }
        site
    }

    /// The folder that contains `content/`.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Where [`build`](Self::build) writes.
    pub fn out(&self) -> PathBuf {
        self.root().join("public")
    }

    /// A path relative to the root.
    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// Puts a file there, or replaces it. The path is relative to the root.
    pub fn file(self, path: &str, text: &str) -> Self {
        self.bytes(path, text)
    }

    /// As [`file`](Self::file), of any bytes.
    pub fn bytes(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.write(path, bytes);
        self
    }

    /// As [`bytes`](Self::bytes), for a site that is in use.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Adds lines at the end of handbook.yaml.
    pub fn config(self, lines: &str) -> Self {
        let text = fs::read_to_string(self.path("content/handbook.yaml")).unwrap();
        self.file("content/handbook.yaml", &format!("{text}{lines}\n"))
    }

    /// Replaces the only occurrence of a text in a file.
    pub fn edit(self, path: &str, from: &str, to: &str) -> Self {
        let text = fs::read_to_string(self.path(path)).unwrap();
        assert_eq!(text.matches(from).count(), 1, "`{from}` in {path}:\n{text}");
        self.file(path, &text.replace(from, to))
    }

    /// Takes a file or a folder away.
    pub fn remove(self, path: &str) -> Self {
        let path = self.path(path);
        if path.is_dir() {
            fs::remove_dir_all(path).unwrap();
        } else {
            fs::remove_file(path).unwrap();
        }
        self
    }

    /// Puts a question into the guide, or replaces it: `"junior/lists"`, and how it differs from a
    /// valid one.
    pub fn question(self, path: &str, change: impl FnOnce(Question) -> Question) -> Self {
        let text = change(Question::new()).to_string();
        self.file(&format!("content/python/{path}.md"), &text)
    }

    /// A command that waits to be run: `["check", "--drafts"]`. The root and the day are given,
    /// and the environment says nothing that would matter.
    pub fn command<S: AsRef<OsStr>>(&self, args: &[S]) -> Command {
        let (name, rest) = args.split_first().expect("a command's name");
        let mut command = Command::new(env!("CARGO_BIN_EXE_viva"));
        command.arg(name).arg("--root").arg(self.root());
        // What code prints depends on no day.
        let dated = name.as_ref() != "test";
        if dated && !rest.iter().any(|arg| arg.as_ref() == "--today") {
            command.args(["--today", TODAY]);
        }
        command.args(rest);
        for variable in ["VIVA_BASE_URL", "NO_COLOR", "CLICOLOR_FORCE", "CLICOLOR"] {
            command.env_remove(variable);
        }
        command
    }

    /// `viva check`, and what it finds.
    pub fn check(&self) -> Checked {
        self.check_with(&[])
    }

    /// As [`check`](Self::check), with further arguments.
    pub fn check_with(&self, args: &[&str]) -> Checked {
        self.checked(self.command(&["check", "--format", "json"]).args(args))
    }

    /// `viva build`, and what it finds. The folder is [`out`](Self::out).
    pub fn build(&self) -> Checked {
        self.build_with(&[])
    }

    /// As [`build`](Self::build), with further arguments.
    pub fn build_with(&self, args: &[&str]) -> Checked {
        self.checked(self.command(&["build", "--format", "json"]).args(args))
    }

    /// What a command with `--format json` finds.
    pub fn checked(&self, command: &mut Command) -> Checked {
        Checked::new(&Ran::of(command), self.root())
    }

    /// The files of a build that must work.
    pub fn built(&self) -> Files {
        self.built_with(&[])
    }

    /// As [`built`](Self::built), with further arguments.
    pub fn built_with(&self, args: &[&str]) -> Files {
        let build = self.build_with(args);
        assert_eq!(build.code, 0, "{build}");
        self.files()
    }

    /// The files that are in [`out`](Self::out).
    pub fn files(&self) -> Files {
        Files(files_in(&self.out()))
    }

    /// Builds as it is, applies the change, and asserts that the next build fails with `code` and
    /// leaves every file as it was, and nothing beside them.
    pub fn failed_build(self, code: i32, change: impl FnOnce(Self) -> Self) -> Checked {
        let before = self.built();
        let site = change(self);
        let mut names = site.names();
        let build = site.build();
        assert_eq!(build.code, code, "{build}");
        assert!(site.files() == before, "the site of the last build changed");
        names.retain(|name| name != "public");
        let mut left = site.names();
        left.retain(|name| name != "public");
        assert_eq!(left, names, "the failed build left something");
        build
    }

    /// All files below the root, sorted.
    pub fn paths(&self) -> Vec<String> {
        files_in(self.root()).into_keys().collect()
    }

    /// What lies directly in the root, sorted. The cache may be there or not.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.root())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name != ".viva-cache")
            .collect();
        names.sort();
        names
    }
}

/// A page without more in its front matter than a title.
pub fn page(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\n---\n{body}\n")
}

/// A command that ended.
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    /// Runs it to its end.
    pub fn of(command: &mut Command) -> Self {
        Self::from(command.output().unwrap())
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let Output {
            status,
            stdout,
            stderr,
        } = output;
        Self {
            code: status.code().unwrap_or_else(|| panic!("{status}")),
            stdout: String::from_utf8(stdout).unwrap(),
            stderr: String::from_utf8(stderr).unwrap(),
        }
    }
}

/// What a check or a build found: a line a problem, and how it ended. As text it is
/// `path:line:column-end_column CODE severity message | help`.
#[derive(Debug)]
pub struct Checked {
    pub code: i32,
    pub problems: Vec<String>,
    /// With `ROOT` for the handbook's folder.
    pub stderr: String,
}

impl Checked {
    fn new(ran: &Ran, root: &Path) -> Self {
        Self {
            code: ran.code,
            problems: ran.stdout.lines().map(compact).collect(),
            stderr: ran.stderr.replace(root.to_str().unwrap(), "ROOT"),
        }
    }

    /// The codes of the problems, in order.
    pub fn codes(&self) -> Vec<&str> {
        self.problems
            .iter()
            .map(|line| line.split(' ').nth(1).unwrap())
            .collect()
    }
}

impl Display for Checked {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.problems {
            writeln!(formatter, "{problem}")?;
        }
        write!(formatter, "{}", self.stderr)?;
        write!(formatter, "exit {}", self.code)
    }
}

fn compact(line: &str) -> String {
    let value: serde_json::Value =
        serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
    let mut out = text("path").replace(' ', "␠");
    if let Some(first) = value["line"].as_u64() {
        write!(out, ":{first}:{}-", value["column"]).unwrap();
        if value["end_line"] != value["line"] {
            write!(out, "{}:", value["end_line"]).unwrap();
        }
        write!(out, "{}", value["end_column"]).unwrap();
    }
    write!(
        out,
        " {} {} {}",
        text("code"),
        text("severity"),
        text("message")
    )
    .unwrap();
    if let Some(help) = value["help"].as_str() {
        write!(out, " | {help}").unwrap();
    }
    out
}

/// The files of a folder by their path in it, with `/` between its parts.
#[derive(PartialEq, Eq)]
pub struct Files(pub BTreeMap<String, Vec<u8>>);

impl Files {
    /// The paths, sorted.
    pub fn paths(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }

    /// Whether there is such a file.
    pub fn has(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// A file's text.
    pub fn text(&self, path: &str) -> &str {
        let bytes = self.0.get(path);
        let bytes = bytes.unwrap_or_else(|| panic!("no {path} among {:#?}", self.paths()));
        std::str::from_utf8(bytes).unwrap()
    }

    /// The page at an address: `"/python/gil/"`.
    pub fn page(&self, address: &str) -> &str {
        self.text(&format!("{}index.html", address.trim_start_matches('/')))
    }
}

fn files_in(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in
            fs::read_dir(&next).unwrap_or_else(|error| panic!("{}: {error}", next.display()))
        {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path
                    .strip_prefix(folder)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .to_owned();
                files.insert(name, fs::read(path).unwrap());
            }
        }
    }
    files
}
