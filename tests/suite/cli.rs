//! What the command line promises: exit codes, streams, formats, options.

use std::fs;
use std::io::Read as _;
use std::process::{Command, Stdio};

use insta::assert_snapshot;

use crate::site::{Ran, Site};

/// A command without a handbook.
fn viva(args: &[&str]) -> Ran {
    Ran::of(
        Command::new(env!("CARGO_BIN_EXE_viva"))
            .env_remove("VIVA_BASE_URL")
            .args(args),
    )
}

/// One error and one warning, on two pages.
fn with_problems() -> Site {
    Site::new()
        .question("junior/lists", |question| question.set("topic", "langauge"))
        .question("junior/tuples", |question| {
            question
                .set("title", "When is a tuple better than a list?")
                .without("follow_ups")
        })
}

fn with_a_warning() -> Site {
    Site::new().question("junior/lists", |question| question.without("follow_ups"))
}

#[test]
fn wrong_use_is_2_and_asks_are_0() {
    for args in [
        &["--nonsense"][..],
        &["nonsense"],
        &["check", "--format", "xml"],
        &["check", "extra"],
        &["build", "--edition", "everyone"],
        &["check", "--today", "tomorrow"],
        &["check", "--base-url", "example.org"],
        &["build", "--base-url", "javascript:x"],
        &["serve", "--port", "99999"],
        &["serve", "--host", "localhost.example"],
        &[],
    ] {
        let ran = viva(args);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{args:?}");
        assert!(!ran.stderr.is_empty(), "{args:?}");
    }
    for args in [
        &["--help"][..],
        &["--version"],
        &["build", "--help"],
        &["check", "--version"],
        &["help"],
    ] {
        let ran = viva(args);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{args:?}");
        assert!(ran.stdout.contains("viva"), "{args:?}");
    }
}

#[test]
fn people_read_standard_error() {
    let ran = Ran::of(&mut with_problems().command(&["check"]));
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert_snapshot!(ran.stderr, @"
    error[V0201]: unknown topic `langauge`
     --> content/python/junior/lists.md:3:8
      |
    3 | topic: langauge
      |        ^^^^^^^^
      |
      = help: did you mean `language`?

    warning[V0901]: the question has no follow-ups
     --> content/python/junior/tuples.md:2:8
      |
    2 | title: When is a tuple better than a list?
      |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: add `follow_ups:` with at least one question that goes deeper

    error: 1 error, 1 warning; `viva explain CODE` tells more
    `viva check --fix` mends 1 problem
    ");
    let ran = Ran::of(&mut with_problems().command(&["build"]));
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(
        ran.stderr.contains("\nerror: 1 error, 1 warning; "),
        "{}",
        ran.stderr
    );
    let ran = Ran::of(&mut with_a_warning().command(&["check"]));
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""));
    assert!(
        ran.stderr
            .ends_with("\nwarning: 1 warning; `viva explain CODE` tells more\n")
    );
}

#[test]
fn nothing_wrong_is_one_line() {
    let ran = Ran::of(&mut Site::new().command(&["check"]));
    assert_eq!(
        (ran.code, ran.stdout.as_str(), ran.stderr.as_str()),
        (0, "", "10 pages, no problems\n")
    );
    let site = Site::new();
    let ran = Ran::of(&mut site.command(&["build"]));
    assert_eq!(
        (ran.code, ran.stdout.as_str(), ran.stderr.lines().count()),
        (0, "", 1)
    );
    let start = format!("built {} in ", site.out().display());
    assert!(ran.stderr.starts_with(&start), "{}", ran.stderr);
    for format in ["json", "github"] {
        let ran = Ran::of(&mut Site::new().command(&["build", "--format", format]));
        assert_eq!(
            (ran.code, ran.stdout.as_str(), ran.stderr.as_str()),
            (0, "", "")
        );
    }
}

#[test]
fn programs_read_a_json_object_a_line_on_standard_output() {
    let ran = Ran::of(&mut with_problems().command(&["check", "--format", "json"]));
    assert_eq!((ran.code, ran.stderr.as_str()), (1, ""));
    assert_snapshot!(ran.stdout, @r#"
    {"code":"V0201","severity":"error","message":"unknown topic `langauge`","path":"content/python/junior/lists.md","line":3,"column":8,"end_line":3,"end_column":16,"help":"did you mean `language`?"}
    {"code":"V0901","severity":"warning","message":"the question has no follow-ups","path":"content/python/junior/tuples.md","line":2,"column":8,"end_line":2,"end_column":43,"help":"add `follow_ups:` with at least one question that goes deeper"}
    "#);
}

#[test]
fn github_reads_workflow_commands_on_standard_output() {
    let site = with_problems().question("mid/decorators", |question| {
        // A per cent sign, a comma and a colon have a meaning there.
        question
            .set("title", "What?")
            .set("topic", "runtime")
            .candidate("[a](100%25,a:b.md)\n\n[a\nb](missing.md)")
    });
    let site = site.file("content/a,b:c%d.svg", "<svg><script/></svg>");
    let ran = Ran::of(&mut site.command(&["check", "--format", "github"]));
    assert_eq!((ran.code, ran.stderr.as_str()), (1, ""));
    assert_snapshot!(ran.stdout, @"
    ::error file=content/a%2Cb%3Ac%25d.svg,line=1,endLine=1,col=6,endColumn=15,title=V0507 svg-unsafe::this SVG file has a `<script>` element%0Ahelp: export it again as a plain drawing, or use a PNG file
    ::error file=content/python/junior/lists.md,line=3,endLine=3,col=8,endColumn=16,title=V0201 topic-unknown::unknown topic `langauge`%0Ahelp: did you mean `language`?
    ::warning file=content/python/junior/tuples.md,line=2,endLine=2,col=8,endColumn=43,title=V0901 follow-ups::the question has no follow-ups%0Ahelp: add `follow_ups:` with at least one question that goes deeper
    ::error file=content/python/mid/decorators.md,line=11,endLine=11,col=1,endColumn=19,title=V0402 link-broken::there is no file `content/python/mid/100%25,a:b.md`%0Ahelp: paths are relative to the page's own folder
    ::error file=content/python/mid/decorators.md,line=13,endLine=14,title=V0402 link-broken::there is no file `content/python/mid/missing.md`%0Ahelp: paths are relative to the page's own folder
    ");
}

#[test]
fn columns_count_characters_and_lines_count_from_one() {
    let site = Site::new().question("junior/x", |question| {
        question.candidate("„Ünïcödé“ 👩‍💻 [a](missing.md)")
    });
    assert_snapshot!(site.check(), @"
    content/python/junior/x.md:11:15-30 V0402 error there is no file `content/python/junior/missing.md` | paths are relative to the page's own folder
    exit 1
    ");
}

#[test]
fn colours_are_for_terminals() {
    let site = with_problems();
    let escapes = |command: &mut Command| Ran::of(command).stderr.contains('\u{1b}');
    assert!(!escapes(&mut site.command(&["check"])));
    assert!(escapes(site.command(&["check"]).env("CLICOLOR_FORCE", "1")));
    // A terminal, made by the one program for it that is on every system.
    let Some(shown) = on_a_terminal(&site.command(&["check"])) else {
        return;
    };
    assert!(shown.contains('\u{1b}'), "{shown}");
    let mut plain = site.command(&["check"]);
    plain.env("NO_COLOR", "1");
    assert!(!on_a_terminal(&plain).unwrap().contains('\u{1b}'));
}

/// What a command shows on a terminal; `None` where there is no `script`.
fn on_a_terminal(command: &Command) -> Option<String> {
    let words: Vec<_> = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| format!("'{}'", word.to_str().unwrap()))
        .collect();
    let mut script = Command::new("script");
    script
        .args(["-qec", &words.join(" "), "/dev/null"])
        .env("TERM", "xterm-256color");
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => script.env(name, value),
            None => script.env_remove(name),
        };
    }
    let output = script.stdin(Stdio::null()).output().ok()?;
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
#[cfg(target_os = "linux")]
fn what_can_not_be_written_is_no_success() {
    let full = || {
        std::fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap()
    };
    let site = with_problems();
    let root = site.root().to_str().unwrap();
    for args in [
        &["explain"][..],
        &["explain", "V0001"],
        &["schema"],
        &["diff", "content", "content"],
        &["check", "--format", "json"],
        &["check", "--format", "github"],
        &["test", "--format", "json"],
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_viva"));
        match args[0] {
            "diff" => {
                let valid = Site::new();
                let root = valid.root().to_str().unwrap().to_owned();
                let output = command.args(["diff", &root, &root]).stdout(full()).output();
                let output = output.unwrap();
                assert_eq!(output.status.code(), Some(2));
                continue;
            }
            "explain" => command.args(args),
            _ => command.args(args).args(["--root", root]),
        };
        let output = command.stdout(full()).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        // Nothing to write is written.
        let expected = if args[0] == "test" { 0 } else { 2 };
        assert_eq!(output.status.code(), Some(expected), "{args:?}: {stderr}");
        assert!(
            expected == 0 || stderr.contains("error: can't write to standard output: "),
            "{args:?}: {stderr}"
        );
    }
    // Whoever sees no words sees the code.
    for (args, code) in [
        (&["check"][..], 1),
        (&["test"], 0),
        (&["new", "What is new?"], 2),
        (&["build"], 1),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_viva"))
            .args(args)
            .args(["--root", root])
            .stdin(Stdio::null())
            .stderr(full())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(code), "{args:?}");
    }
}

#[test]
fn a_closed_pipe_is_no_problem() {
    for args in [
        &["explain"][..],
        &["schema"],
        &["check", "--format", "json"],
    ] {
        let site = with_problems();
        let mut command = match args[0] {
            "check" => site.command(args),
            _ => Command::new(env!("CARGO_BIN_EXE_viva")),
        };
        if args[0] != "check" {
            command.args(args);
        }
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut stderr = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut stderr)
            .unwrap();
        assert_eq!(stderr, "", "{args:?}");
        assert!(
            matches!(child.wait().unwrap().code(), Some(0 | 1)),
            "{args:?}"
        );
    }
}

#[test]
fn the_base_address_comes_from_option_then_environment_then_handbook() {
    let site = Site::new();
    let home = |set: &dyn Fn(&mut Command)| {
        let mut build = site.command(&["build"]);
        set(&mut build);
        let ran = Ran::of(&mut build);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let sitemap = site.files().text("sitemap.xml").to_owned();
        let at = sitemap.find("<loc>").unwrap() + 5;
        sitemap[at..at + sitemap[at..].find('<').unwrap()].to_owned()
    };
    assert_eq!(home(&|_| {}), "https://example.org/");
    assert_eq!(
        home(&|build| {
            build.env("VIVA_BASE_URL", "https://env.example/a");
        }),
        "https://env.example/a/"
    );
    assert_eq!(
        home(&|build| {
            build.env("VIVA_BASE_URL", "https://env.example/a");
            build.args(["--base-url", "http://option.example/b/c/"]);
        }),
        "http://option.example/b/c/"
    );
    let ran = Ran::of(site.command(&["check"]).env("VIVA_BASE_URL", "nonsense"));
    assert_eq!(ran.code, 2);
}

#[test]
fn timings_are_told_a_stage_a_line() {
    let ran = Ran::of(&mut Site::new().command(&["build", "--timings"]));
    let stages: Vec<&str> = ran
        .stderr
        .lines()
        .filter(|line| line.ends_with(" ms"))
        .map(|line| line.split_whitespace().next().unwrap())
        .collect();
    assert_eq!(
        stages,
        [
            "load", "parse", "validate", "plan", "render", "swap", "cache"
        ]
    );
}

#[test]
fn the_root_is_the_current_folder_unless_it_is_named() {
    let site = Site::new();
    let mut check = Command::new(env!("CARGO_BIN_EXE_viva"));
    let ran = Ran::of(check.arg("check").current_dir(site.root()));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let mut build = Command::new(env!("CARGO_BIN_EXE_viva"));
    let ran = Ran::of(
        build
            .args(["build", "--out", "site"])
            .current_dir(site.root()),
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(site.names(), ["content", "site"]);
    // Paths are told from the root, wherever the command runs.
    let site = with_problems();
    let elsewhere = Ran::of(
        site.command(&["check", "--format", "json"])
            .current_dir("/"),
    );
    let mut here = Command::new(env!("CARGO_BIN_EXE_viva"));
    let here = Ran::of(
        here.args(["check", "--format", "json"])
            .current_dir(site.root()),
    );
    assert_eq!(elsewhere.stdout, here.stdout);
    assert!(
        here.stdout
            .contains("\"path\":\"content/python/junior/lists.md\"")
    );
}

#[test]
fn drafts_are_built_when_asked_for() {
    let site = Site::new().question("junior/x", |q| {
        q.set("title", "Drafted?").set("draft", "true")
    });
    assert!(!site.built().has("python/x/index.html"));
    assert!(site.built_with(&["--drafts"]).has("python/x/index.html"));
    fs::remove_dir_all(site.out()).unwrap();
}
