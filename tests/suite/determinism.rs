//! The same handbook makes the same bytes, wherever, whenever and by how many threads it is built.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::everything::everything;
use crate::site::{Files, Ran, Site};

/// Where a build keeps the highlighted code for the next one.
const CACHE: &str = ".viva-cache/highlight";

/// Builds after this change to the command, and gives the files.
fn built(site: &Site, change: impl FnOnce(&mut Command)) -> Files {
    let mut command = site.command(&["build"]);
    change(&mut command);
    let ran = Ran::of(&mut command);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    site.files()
}

/// Names what differs: whole files would fill the screen.
fn assert_same(first: &Files, second: &Files, what: &str) {
    assert_eq!(first.paths(), second.paths(), "{what}");
    for (path, bytes) in &first.0 {
        assert!(&second.0[path] == bytes, "{path} differs {what}");
    }
}

#[test]
fn a_second_build_is_the_same() {
    let site = Site::shipped();
    assert_same(&site.built(), &site.built(), "in a second build");
}

#[test]
fn another_folder_makes_no_difference() {
    let (first, second) = (Site::shipped(), Site::shipped());
    assert_ne!(first.root(), second.root());
    assert_same(&first.built(), &second.built(), "in another folder");
}

#[test]
fn neither_does_the_folder_in_which_the_command_runs() {
    let site = Site::shipped();
    let first = site.built();
    let ran = Ran::of(
        Command::new(env!("CARGO_BIN_EXE_viva"))
            .args(["build", "--out", "elsewhere"])
            .current_dir(site.root())
            .env_remove("VIVA_BASE_URL"),
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    fs::remove_dir_all(site.out()).unwrap();
    fs::rename(site.path("elsewhere"), site.out()).unwrap();
    assert_same(&first, &site.files(), "with a relative root");
}

#[test]
fn threads_make_no_difference() {
    let site = Site::shipped();
    let one = built(&site, |command| {
        command.env("RAYON_NUM_THREADS", "1");
    });
    for threads in ["2", "16"] {
        fs::remove_file(site.path(CACHE)).unwrap();
        let many = built(&site, |command| {
            command.env("RAYON_NUM_THREADS", threads);
        });
        assert_same(&one, &many, &format!("with {threads} threads"));
    }
}

#[test]
fn place_and_language_of_the_machine_make_no_difference() {
    let site = Site::shipped();
    let first = built(&site, |command| {
        command.env_clear();
    });
    for (zone, language) in [
        ("Pacific/Kiritimati", "tr_TR.UTF-8"),
        ("America/Los_Angeles", "de_DE.UTF-8"),
        ("No/Where", "C"),
    ] {
        let second = built(&site, |command| {
            for name in ["LANG", "LC_ALL", "LANGUAGE"] {
                command.env(name, language);
            }
            command.env("TZ", zone);
        });
        assert_same(&first, &second, &format!("in {zone}"));
    }
}

#[test]
fn the_day_makes_no_difference() {
    let site = everything().config("review_after: 1 month");
    let on = |day: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_viva"));
        command
            .args(["build", "--today", day, "--root"])
            .arg(site.root());
        let ran = Ran::of(command.env_remove("VIVA_BASE_URL"));
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        (site.files(), ran.stderr)
    };
    let (early, silent) = on("2026-02-03");
    let (late, told) = on("2036-02-03");
    assert_same(&early, &late, "ten years later");
    assert!(!silent.contains("V0902"), "{silent}");
    assert!(told.contains("V0902"), "{told}");
}

#[test]
fn the_cache_makes_no_difference() {
    let site = Site::shipped();
    let cold = site.built();
    let cache = fs::read(site.path(CACHE)).unwrap();
    assert_same(&cold, &site.built(), "with the cache");
    let half = &cache[..cache.len() / 2];
    let turned: Vec<u8> = cache.iter().map(|byte| !byte).collect();
    for broken in [&b""[..], b"no cache at all", half, &turned] {
        site.write(CACHE, broken);
        assert_same(&cold, &site.built(), "with a broken cache");
        // It is mended.
        assert!(fs::read(site.path(CACHE)).unwrap() == cache);
    }
    fs::remove_file(site.path(CACHE)).unwrap();
    fs::create_dir(site.path(CACHE)).unwrap();
    assert_same(&cold, &site.built(), "where no cache can be written");
}

#[test]
fn the_order_in_which_files_were_made_makes_no_difference() {
    let site = everything();
    let again = Site::empty();
    let mut paths = Vec::new();
    collect(&site.path("content"), &mut paths);
    paths.sort();
    for path in paths.iter().rev() {
        let relative = path.strip_prefix(site.root()).unwrap();
        again.write(relative.to_str().unwrap(), fs::read(path).unwrap());
    }
    assert_same(&site.built(), &again.built(), "in another order");
}

fn collect(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}

#[test]
fn what_is_found_is_told_in_one_order() {
    let mut site = Site::new();
    for number in 0..30 {
        let text =
            format!("---\ntitle: Page {number}\nwrong: 1\n---\n# One\n\n[a](b.md) <b>x</b>\n");
        site = site.file(&format!("content/pages/p{number}.md"), &text);
    }
    let checked = |threads: &str| {
        let mut command = site.command(&["check", "--format", "json"]);
        let ran = Ran::of(command.env("RAYON_NUM_THREADS", threads));
        assert_eq!(ran.code, 1);
        ran.stdout
    };
    let one = checked("1");
    assert_eq!(one.lines().count(), 120);
    for _ in 0..5 {
        assert_eq!(one, checked("8"));
    }
}
