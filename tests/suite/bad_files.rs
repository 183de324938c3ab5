//! Files and folders that can't be read.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::os::unix::process::CommandExt as _;
use std::process::Command;

use insta::assert_snapshot;

use crate::site::{Checked, Ran, Site, page};

#[test]
fn no_folder_at_all() {
    let site = Site::empty();
    let mut command = site.command(&["check"]);
    let ran = Ran::of(command.arg("--root").arg(site.path("nowhere")));
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    let site = site.file("root", "a file");
    let ran = Ran::of(
        Command::new(env!("CARGO_BIN_EXE_viva"))
            .args(["build", "--root"])
            .arg(site.path("root")),
    );
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(
        ran.stderr.ends_with("/root is not a folder\n"),
        "{}",
        ran.stderr
    );
    assert_eq!(site.names(), ["root"]);
}

#[test]
fn nothing_in_the_folder() {
    assert_snapshot!(Site::empty().check(), @"
    content/handbook.yaml:1:1-1 V0001 error there is no `content/handbook.yaml` | run the command in the folder that contains `content/`, or name it with `--root`
    exit 1
    ");
    assert_snapshot!(Site::empty().build(), @"
    content/handbook.yaml:1:1-1 V0001 error there is no `content/handbook.yaml` | run the command in the folder that contains `content/`, or name it with `--root`
    exit 1
    ");
    // An empty content folder, and one that is a file.
    let site = Site::empty();
    fs::create_dir(site.path("content")).unwrap();
    assert_snapshot!(site.check(), @"
    content/handbook.yaml:1:1-1 V0001 error there is no `content/handbook.yaml` | run the command in the folder that contains `content/`, or name it with `--root`
    exit 1
    ");
    assert_snapshot!(Site::empty().file("content", "a file").check(), @"
    content/handbook.yaml:1:1-1 V0001 error there is no `content/handbook.yaml` | run the command in the folder that contains `content/`, or name it with `--root`
    exit 1
    ");
}

#[test]
fn bytes_that_are_no_text() {
    let site = Site::new()
        .bytes(
            "content/python/junior/latin.md",
            b"---\ntitle: Caf\xe9\n---\n",
        )
        .bytes("content/python/junior/utf-16.md", b"\xff\xfe-\0-\0-\0\n\0")
        .bytes(
            "content/python/junior/nul.md",
            b"---\ntitle: a\0b\n---\n\0\n",
        );
    assert_snapshot!(site.check(), @"
    content/python/junior/latin.md:2:11-12 V0003 error `content/python/junior/latin.md` is not UTF-8: line 2 has bytes that are no text | save the file again with the encoding UTF-8
    content/python/junior/nul.md:2:9-10 V0010 error U+0000 is a control character | remove it
    content/python/junior/nul.md:4:1-2 V0010 error U+0000 is a control character | remove it
    content/python/junior/nul.md:4:2-2 V0302 error the question has no `## Answer` | write `## Answer` on a line of its own above the model answer
    content/python/junior/utf-16.md:1:1-2 V0003 error `content/python/junior/utf-16.md` is not UTF-8: line 1 has bytes that are no text | save the file again with the encoding UTF-8
    exit 1
    ");
    let site = Site::new().bytes("content/handbook.yaml", b"title: Caf\xe9\n");
    assert_snapshot!(site.check(), @"
    content/handbook.yaml:1:11-12 V0003 error `content/handbook.yaml` is not UTF-8: line 1 has bytes that are no text | save the file again with the encoding UTF-8
    exit 1
    ");
}

#[test]
fn byte_order_marks_and_carriage_returns_are_accepted() {
    let plain = Site::new();
    let mut windows = Site::new();
    for path in ["handbook.yaml", "python/junior/lists.md", "python/index.md"] {
        let path = format!("content/{path}");
        let text = fs::read_to_string(plain.path(&path)).unwrap();
        windows = windows.file(&path, &format!("\u{feff}{}", text.replace('\n', "\r\n")));
    }
    assert_snapshot!(windows.check(), @"exit 0");
    assert!(windows.built() == plain.built());
    // Places are told as in the file, in characters.
    let site = windows.file(
        "content/python/junior/lists.md",
        "\u{feff}---\r\ntitle: „Ünïcödé“\r\ntopic: ö\r\n---\r\n**ü** [a](ü.md)\r\n",
    );
    assert_snapshot!(site.check(), @"
    content/python/junior/lists.md:1:1-4 V0108 error a question needs the field `assesses` | add a line `assesses: …`
    content/python/junior/lists.md:1:1-4 V0108 error a question needs the field `kind` | add a line `kind: …`
    content/python/junior/lists.md:1:1-4 V0108 error a question needs the field `minutes` | add a line `minutes: …`
    content/python/junior/lists.md:1:1-4 V0108 error a question needs the field `red_flags` | add a line `red_flags: …`
    content/python/junior/lists.md:1:1-4 V0108 error a question needs the field `strong_answers` | add a line `strong_answers: …`
    content/python/junior/lists.md:3:8-9 V0201 error unknown topic `ö` | the topics of handbook.yaml are `language`, `concurrency` and `runtime`
    content/python/junior/lists.md:5:7-16 V0402 error there is no file `content/python/junior/ü.md` | paths are relative to the page's own folder
    content/python/junior/lists.md:5:16-16 V0302 error the question has no `## Answer` | write `## Answer` on a line of its own above the model answer
    exit 1
    ");
}

#[test]
fn a_huge_file() {
    let huge = "a".repeat(50 << 20);
    let site = Site::new()
        .file("content/python/junior/huge.md", &huge)
        .file("content/python/junior/huge.txt", &huge)
        .question("junior/x", |question| {
            question.candidate("[all of it](huge.txt), [the page](huge.md)")
        });
    assert_snapshot!(site.check(), @"
    content/python/junior/huge.md:1:1-1 V0004 error `content/python/junior/huge.md` is larger than 2 MiB | split the page, and keep data in files beside it
    exit 1
    ");
    let site = Site::new().file("content/handbook.yaml", &huge);
    assert_snapshot!(site.check(), @"
    content/handbook.yaml:1:1-1 V0004 error `content/handbook.yaml` is larger than 2 MiB | split the page, and keep data in files beside it
    exit 1
    ");
}

#[test]
fn deep_nesting() {
    let bodies = [
        "> ".repeat(10_000) + "a",
        "[".repeat(10_000) + "a" + &"]".repeat(10_000),
        "![".repeat(10_000),
        "- ".repeat(10_000) + "a",
        "*a **".repeat(10_000),
        "<details><summary>a</summary>\n\n".repeat(10_000),
        "`".repeat(10_000) + "a",
        "[a](".repeat(10_000),
    ];
    let mut site = Site::new();
    for (number, body) in bodies.iter().enumerate() {
        site = site.question(&format!("junior/deep-{number}"), |question| {
            question.candidate(body)
        });
    }
    let start = std::time::Instant::now();
    let found = site.check();
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
    assert_eq!(found.code, 1);
    assert!(found.problems.len() < 1000, "{}", found.problems.len());
    let codes: Vec<Vec<&str>> = (0..bodies.len())
        .map(|number| {
            let path = format!("content/python/junior/deep-{number}.md:");
            let mut codes: Vec<&str> = found
                .problems
                .iter()
                .filter(|line| line.starts_with(&path))
                .map(|line| line.split(' ').nth(1).unwrap())
                .collect();
            codes.dedup();
            codes
        })
        .collect();
    assert_snapshot!(format!("{codes:?}"), @r#"[["V0308"], [], [], ["V0308"], ["V0910"], ["V0910", "V0504", "V0308", "V0506"], ["V0304", "V0905"], []]"#);
}

#[test]
fn symbolic_links() {
    let elsewhere = Site::empty()
        .file("secret.md", &page("Secret", ""))
        .file("folder/a.txt", "secret");
    let site = Site::new();
    let link = |to: &str, at: &str| symlink(to, site.path("content").join(at)).unwrap();
    let outside = |name: &str| elsewhere.path(name).into_os_string().into_string().unwrap();
    link(&outside("secret.md"), "python/junior/secret.md");
    link(&outside("folder"), "python/folder");
    link("../../../handbook-elsewhere", "python/mid/dangling.md");
    link("../..", "python/mid/loop");
    link("../junior/lists.md", "python/mid/same.md");
    link("../../pages/faq.md", "python/logo.txt");
    let found = site
        .check()
        .to_string()
        .replace(elsewhere.root().to_str().unwrap(), "ELSEWHERE");
    assert_snapshot!(found, @"
    content/python/folder:1:1-1 V0005 error `content/python/folder` is a symbolic link out of the content folder | copy what it leads to into the content folder
    content/python/junior/secret.md:1:1-1 V0005 error `content/python/junior/secret.md` is a symbolic link out of the content folder | copy what it leads to into the content folder
    content/python/logo.txt:1:1-1 V0002 error `content/python/logo.txt` is a symbolic link to nothing
    content/python/mid/dangling.md:1:1-1 V0002 error `content/python/mid/dangling.md` is a symbolic link to nothing
    content/python/mid/loop:1:1-1 V0002 error `content/python/mid/loop` is a symbolic link to a folder that contains it
    content/python/mid/same.md:2:8-23 V0907 warning the question is 100 % the same as `content/python/junior/lists.md`: both say `list`, `two`, `words` and `suffice` | merge them, or give the reason why both are needed under `allow`
    exit 1
    ");
}

#[test]
fn things_that_are_no_files() {
    let site = Site::new();
    let fifo = site.path("content/python/junior/pipe.md");
    assert!(Command::new("mkfifo").arg(fifo).status().unwrap().success());
    let _socket = std::os::unix::net::UnixListener::bind(site.path("content/logo.svg")).unwrap();
    assert_snapshot!(site.config("logo: logo.svg").check(), @"
    content/logo.svg:1:1-1 V0002 error `content/logo.svg` is not a regular file
    content/python/junior/pipe.md:1:1-1 V0002 error `content/python/junior/pipe.md` is not a regular file
    exit 1
    ");
}

/// The check as someone whom permissions bind.
fn check_unprivileged(site: &Site) -> Checked {
    let mut command = site.command(&["check", "--format", "json"]);
    let is_root = fs::metadata(site.root()).unwrap().uid() == 0;
    if !is_root {
        return site.checked(&mut command);
    }
    // The binary may lie where nobody else gets to.
    let place = Site::empty();
    let binary = place.path("viva");
    fs::copy(command.get_program(), &binary).unwrap();
    for folder in [site.root(), place.root()] {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let mut nobody = Command::new(binary);
    nobody.args(command.get_args()).uid(65534).gid(65534);
    site.checked(&mut nobody)
}

#[test]
fn unreadable_files_and_folders() {
    let site = Site::new()
        .file("content/python/junior/a.png", "")
        .file("content/python/mid/more/a.txt", "")
        .question("junior/x", |question| {
            question
                .set("related", "[decorators, tuples]")
                .candidate("[a](../mid/decorators.md#why), [b](tuples.md#why), [c](/python/decorators/), ![d](a.png)")
        });
    let lock = |path: &str, mode| {
        fs::set_permissions(site.path(path), fs::Permissions::from_mode(mode)).unwrap();
    };
    lock("content/python/junior/tuples.md", 0o000);
    lock("content/python/junior/a.png", 0o000);
    lock("content/python/mid", 0o000);
    let found = check_unprivileged(&site);
    lock("content/python/mid", 0o755);
    assert_snapshot!(found, @"
    content/python/junior/a.png:1:1-1 V0002 error `content/python/junior/a.png` can't be read: Permission denied (os error 13)
    content/python/junior/tuples.md:1:1-1 V0002 error `content/python/junior/tuples.md` can't be read: Permission denied (os error 13)
    content/python/mid:1:1-1 V0002 error `content/python/mid` can't be read: Permission denied (os error 13)
    exit 1
    ");
    lock("content/handbook.yaml", 0o000);
    assert_snapshot!(check_unprivileged(&site), @"
    content/handbook.yaml:1:1-1 V0002 error `content/handbook.yaml` can't be read: Permission denied (os error 13)
    content/python/junior/a.png:1:1-1 V0002 error `content/python/junior/a.png` can't be read: Permission denied (os error 13)
    content/python/junior/tuples.md:1:1-1 V0002 error `content/python/junior/tuples.md` can't be read: Permission denied (os error 13)
    content/python/junior/x.md:12:1-30 V0403 error `content/python/mid/decorators.md` has no part `#why`
    exit 1
    ");
    lock("content", 0o000);
    let found = check_unprivileged(&site);
    lock("content", 0o755);
    assert_snapshot!(found, @"
    content:1:1-1 V0002 error `content` can't be read: Permission denied (os error 13)
    exit 1
    ");
}
