//! CONTRIBUTING.md, followed to the letter.

use std::fs;
use std::process::{Command, Stdio};

use crate::site::{Ran, Site};

const TEXT: &str = include_str!("../../CONTRIBUTING.md");

/// The page that step 3 shows, without the list's indentation.
fn finished_page() -> String {
    let block = TEXT.split("   ````markdown\n").nth(1).unwrap();
    let block = block.split("   ````\n").next().unwrap();
    let lines = block
        .lines()
        .map(|line| line.strip_prefix("   ").unwrap_or(line));
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// What `cargo run --release -- COMMAND` does in the clone.
fn viva(site: &Site, command: &str) -> Ran {
    let mut viva = Command::new(env!("CARGO_BIN_EXE_viva"));
    let viva = viva.args(command.split(' ')).current_dir(site.root());
    Ran::of(viva.env_remove("VIVA_BASE_URL").stdin(Stdio::null()))
}

/// The commands of the first part, in order.
fn commands() -> Vec<&'static str> {
    let first = TEXT.split("### Your editor").next().unwrap();
    let lines = first.lines().map(str::trim);
    lines
        .filter_map(|line| line.strip_prefix("cargo run --release -- "))
        .collect()
}

#[test]
fn ten_minutes_to_a_first_page() {
    let site = Site::shipped();
    assert_eq!(commands(), ["serve", "new", "check", "test python/<slug>"]);

    let title = "What does `dict.setdefault` do?";
    let mut new = Command::new(env!("CARGO_BIN_EXE_viva"));
    let new = new.args([
        "new",
        title,
        "--level=mid",
        "--topic=data-structures",
        "--kind=concept",
    ]);
    let ran = Ran::of(new.current_dir(site.root()).stdin(Stdio::null()));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let path = ran.stdout.trim();
    let slug = path.rsplit('/').next().unwrap().trim_end_matches(".md");

    // As it is, it is told what is left.
    let unfinished = viva(&site, "check --deny-warnings");
    assert_eq!(unfinished.code, 1);
    assert!(
        unfinished.stderr.contains("`TODO` marks"),
        "{}",
        unfinished.stderr
    );

    site.write(path, finished_page());
    let check = viva(&site, "check --deny-warnings");
    assert_eq!(check.code, 0, "{}", check.stderr);
    let test = viva(&site, &format!("test python/{slug}"));
    assert_eq!(test.code, 0, "{}", test.stderr);

    // Step 5.
    let index = "content/python/mid/index.md";
    let text = fs::read_to_string(site.path(index)).unwrap();
    let listed = text.replacen("questions:\n", &format!("questions:\n  - {slug}\n"), 1);
    assert_ne!(listed, text);
    site.write(index, listed);
    assert_eq!(viva(&site, "check --deny-warnings").code, 0);
    assert_eq!(viva(&site, "build").code, 0);
}
