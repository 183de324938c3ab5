//! Which samples are tried, and who is told what.

use std::fs;
use std::process::Command;

use insta::assert_snapshot;

use super::{PAGE, Samples};
use crate::site::{Ran, Site};

const WRONG: &str = "```python\nprint(1)\n```\n\n```output\n2\n```";
const TRUE: &str = "```python\nprint(1)\n```\n\n```output\n1\n```";

/// One sample on a page, on a question, and on a guide's first page.
fn three() -> Samples {
    let mut samples = Samples::new(WRONG);
    samples.site = samples
        .site
        .question("senior/gil", |question| {
            question
                .set("title", "What does the GIL lock?")
                .answer(TRUE)
        })
        .file(
            "content/python/index.md",
            &crate::site::page("Python", "```python\nprint(1)\n```"),
        );
    samples
}

fn last_lines(samples: &Samples, args: &[&str]) -> String {
    let tried = samples.test(args).0;
    let lines: Vec<&str> = tried.lines().rev().take(2).collect();
    format!("{}, {}", lines[1], lines[0])
}

#[test]
fn pages_are_named_as_addresses_or_paths() {
    let samples = three();
    let path = samples.site.path(PAGE);
    for (args, expected) in [
        (&[][..], "3 samples: 1 wrong, 1 run, 1 compiled, exit 1"),
        (&["python"], "2 samples: 1 run, 1 compiled, exit 0"),
        (&["python/senior"], "1 sample: 1 run, exit 0"),
        (&["python/gil"], "1 sample: 1 run, exit 0"),
        (&["/python/gil/"], "1 sample: 1 run, exit 0"),
        (&["python/junior"], "0 samples, exit 0"),
        (&["samples"], "1 sample: 1 wrong, exit 1"),
        (&[PAGE], "1 sample: 1 wrong, exit 1"),
        (&["content/python"], "2 samples: 1 run, 1 compiled, exit 0"),
        (&[path.to_str().unwrap()], "1 sample: 1 wrong, exit 1"),
        (
            &["python/gil", "python/senior", "samples"],
            "2 samples: 1 wrong, 1 run, exit 1",
        ),
    ] {
        assert_eq!(last_lines(&samples, args), expected, "{args:?}");
    }
    assert_snapshot!(samples.test(&["python/gli"]), @r"
    error: there is no page `python/gli`; did you mean `python/gil`?
    exit 2
    ");
    assert_snapshot!(samples.test(&["python", "nothing/like/it"]), @r"
    error: there is no page `nothing/like/it`
    exit 2
    ");
}

#[test]
fn problems_that_have_nothing_to_do_with_samples_are_the_checks() {
    let mut samples = three();
    samples.site = samples.site.edit(
        "content/python/senior/gil.md",
        "minutes: ",
        "nonsense: 1\nminutes: ",
    );
    assert_eq!(samples.site.check().code, 1);
    assert_eq!(
        last_lines(&samples, &["python"]),
        "2 samples: 1 run, 1 compiled, exit 0"
    );
}

#[test]
fn what_stands_in_the_way_of_all_samples_is_told() {
    let mut samples = Samples::new(TRUE);
    samples.site = samples.site.remove("content/handbook.yaml");
    let tried = samples.test(&[]).0;
    assert!(
        tried.contains("error[V0001]") && tried.ends_with("exit 1"),
        "{tried}"
    );
    samples.site = Site::empty();
    fs::remove_dir_all(samples.site.root()).unwrap();
    let tried = samples.test(&[]).0;
    assert!(
        tried.ends_with("exit 2") || tried.ends_with("exit 1"),
        "{tried}"
    );
}

#[test]
fn a_configuration_that_is_no_text_is_told_as_the_check_does() {
    let mut samples = Samples::new(TRUE);
    samples.site = samples.site.bytes("content/handbook.yaml", b"\xff");
    let tried = samples.test(&[]).0;
    assert!(
        tried.contains("error[V0003]") && tried.ends_with("exit 1"),
        "{tried}"
    );
}

#[test]
fn pages_that_can_not_be_read_are_told_where_they_were_asked_for() {
    let mut samples = three();
    samples.site = samples
        .site
        .file("content/pages/Né w.md", "")
        .bytes("content/python/mid/bytes.md", b"\xff\xfe\x00")
        .file("content/python/mid/open.md", "---\n```python\n```\n");
    let told = |args: &[&str]| {
        let tried = samples.test(args).0;
        ["V0007", "V0003", "V0102"].map(|code| tried.matches(code).count())
    };
    assert_eq!(told(&[]), [1, 1, 1]);
    assert_eq!(told(&["python"]), [0, 1, 1]);
    assert_eq!(told(&["content/pages"]), [1, 0, 0]);
    assert_eq!(told(&["content/python"]), [0, 1, 1]);
}

#[test]
fn programs_are_told_in_json() {
    assert_snapshot!(three().test(&["--format", "json"]), @r#"
    {"code":"V0702","severity":"error","message":"the sample prints something else","path":"content/pages/samples.md","line":9,"column":1,"end_line":9,"end_column":2,"note":"the page says (-), the sample prints (+)\n- 2\n+ 1","help":"correct the sample or its output; `viva test --update` writes the output anew"}
    exit 1
    "#);
}

#[test]
fn github_is_told_in_annotations() {
    assert_snapshot!(three().test(&["--format", "github"]), @r"
    ::error file=content/pages/samples.md,line=9,endLine=9,col=1,endColumn=2,title=V0702 sample-output::the sample prints something else%0Athe page says (-), the sample prints (+)%0A- 2%0A+ 1%0Ahelp: correct the sample or its output; `viva test --update` writes the output anew
    exit 1
    ");
}

#[test]
fn build_servers_are_told_in_junits_xml() {
    let body = format!(
        "{WRONG}\n\n```python requires=\"python>=97\"\nprint(1)\n```\n\n```none\n```\n\n```python\nx = = '<&\"'\n```\n\n```python norun=\"a < b\"\n```"
    );
    let samples =
        Samples::new(&body).config("samples:\n  none: { command: [viva-none, '{file}'] }");
    let file = samples.site.path("results.xml");
    let ran = Ran::of(&mut samples.command(&["--junit", file.to_str().unwrap(), "--jobs", "1"]));
    assert_eq!(ran.code, 2, "a program is missing: {}", ran.stderr);
    let xml = fs::read_to_string(&file).unwrap();
    let mut parts: Vec<String> = xml.split("time=\"").map(str::to_owned).collect();
    for part in parts.iter_mut().skip(1) {
        *part = part[part.find('"').unwrap()..].to_owned();
    }
    let xml = parts.join("time=\"…");
    let version = xml
        .split_once("`python3` is ")
        .map(|(_, rest)| rest.split('"').next().unwrap().to_owned())
        .unwrap();
    assert_snapshot!(xml.replace(&version, "VERSION"), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="viva test" tests="5" failures="2" errors="1" skipped="2" time="…">
      <testsuite name="content/pages/samples.md" tests="5" failures="2" errors="1" skipped="2" time="…">
        <testcase classname="content/pages/samples.md" name="python in line 4" file="content/pages/samples.md" line="4" time="…"><failure type="V0702" message="the sample prints something else">the page says (-), the sample prints (+)
    - 2
    + 1
    correct the sample or its output; `viva test --update` writes the output anew</failure></testcase>
        <testcase classname="content/pages/samples.md" name="python in line 12" file="content/pages/samples.md" line="12" time="…"><skipped message="requires python&gt;=97, and `python3` is VERSION"/></testcase>
        <testcase classname="content/pages/samples.md" name="none in line 16" file="content/pages/samples.md" line="16" time="…"><error message="its program is missing"/></testcase>
        <testcase classname="content/pages/samples.md" name="python in line 19" file="content/pages/samples.md" line="19" time="…"><failure type="V0701" message="the sample is no python: SyntaxError: invalid syntax">correct it, or name it another language, such as `text`</failure></testcase>
        <testcase classname="content/pages/samples.md" name="python in line 23" file="content/pages/samples.md" line="23" time="…"><skipped message="only compiled: not to be run: a &lt; b"/></testcase>
      </testsuite>
    </testsuites>
    "#);
    let nowhere = samples.site.path("content/handbook.yaml/results.xml");
    let ran = Ran::of(&mut samples.command(&["--junit", nowhere.to_str().unwrap()]));
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("results.xml"), "{}", ran.stderr);
    let nowhere = samples.site.path("nowhere/results.xml");
    let ran = Ran::of(&mut samples.command(&["--junit", nowhere.to_str().unwrap()]));
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("there is no folder"), "{}", ran.stderr);
    assert!(!samples.site.path("nowhere").exists());
}

#[test]
fn more_is_told_to_those_who_ask() {
    let samples = Samples::new("```python norun=\"it needs a database\"\nconnect()\n```");
    let tried = samples.test(&["--verbose"]).0;
    assert!(
        tried.contains("\nsamples run with a network of their own: "),
        "{tried}"
    );
    let tried = samples.test(&[]).0;
    assert_eq!(tried, "1 sample: 1 compiled\nexit 0");

    let samples = Samples::new(
        r#"
```python norun="it needs a database"
connect()
```

```python continues
query()
```

```output
rows
```

```python continues
close()
```

```python
pass
```

```python requires="python>=97"
pass
```

```none
```
"#,
    )
    .config("samples:\n  none: { command: [sh, '{file}'] }");
    let tried = samples.test(&["--verbose"]).0;
    let (told, _) = tried.split_once("samples run with").unwrap();
    let (told, version) = told.split_once("`python3` is ").unwrap();
    let (_, rest) = version.split_once('\n').unwrap();
    assert_snapshot!(format!("{told}VERSION\n{rest}"), @"
    content/pages/samples.md:4: only compiled: not to be run: it needs a database
    content/pages/samples.md:8: only compiled: it continues a sample that is not to be run: it needs a database
    content/pages/samples.md:16: only compiled: it continues a sample that is not to be run: it needs a database
    content/pages/samples.md:20: only compiled: nothing says what comes of it
    content/pages/samples.md:24: skipped: requires python>=97, and VERSION
    content/pages/samples.md:28: skipped: nothing says what comes of it, and there is no `check` for `none`
    ");
}

#[test]
fn jobs_are_a_number() {
    let samples = three();
    for jobs in ["1", "2", "16"] {
        assert_eq!(
            last_lines(&samples, &["--jobs", jobs]),
            "3 samples: 1 wrong, 1 run, 1 compiled, exit 1"
        );
    }
    for jobs in ["0", "-1", "many"] {
        assert_eq!(Ran::of(&mut samples.command(&["--jobs", jobs])).code, 2);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn nobody_works_without_work() {
    let samples = Samples::new("```python\nimport time\ntime.sleep(1)\n```\n\n```output\n```");
    let mut child = samples.command(&["--jobs", "400"]).spawn().unwrap();
    let tasks = format!("/proc/{}/task", child.id());
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        most = most.max(fs::read_dir(&tasks).map_or(0, Iterator::count));
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let processors = std::thread::available_parallelism().unwrap().get();
    assert!(most > 0 && most < 16 + 2 * processors, "{most} threads");
}

#[test]
fn the_order_of_problems_is_that_of_the_pages() {
    let body = (0..12)
        .map(|number| {
            // The first ones take longest.
            let wait = f64::from(12 - number) / 40.0;
            format!("```python\nimport time\ntime.sleep({wait})\nprint({number})\n```\n\n```output\n```\n\n")
        })
        .collect::<Vec<String>>();
    let samples = Samples::new(&body.concat());
    let one = samples.test(&["--jobs", "1"]).0;
    let many = samples.test(&["--jobs", "6"]).0;
    assert_eq!(one, many);
    assert_eq!(one.matches("error[V0702]").count(), 12);
}

fn git(samples: &Samples, args: &[&str]) {
    let status = Command::new("git")
        .arg("-C")
        .arg(samples.site.root())
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
        .args(args)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .output()
        .unwrap();
    assert!(status.status.success(), "{args:?}: {status:?}");
}

#[test]
fn only_pages_that_changed() {
    let samples = three();
    let repository = "is in no repository";
    let tried = samples.test(&["--changed"]).0;
    assert!(
        tried.contains(repository) && tried.ends_with("exit 2"),
        "{tried}"
    );

    git(&samples, &["init", "--quiet", "--initial-branch", "main"]);
    let tried = samples.test(&["--changed"]).0;
    assert!(tried.contains("there is no commit `HEAD`"), "{tried}");
    git(&samples, &["add", "."]);
    git(&samples, &["commit", "--quiet", "--message", "All"]);
    assert_eq!(last_lines(&samples, &["--changed"]), "0 samples, exit 0");

    // In the working tree, whether it is in the index or git knows nothing of it.
    samples
        .site
        .write(PAGE, crate::site::page("Samples", &WRONG.replace('1', "3")));
    assert_eq!(
        last_lines(&samples, &["--changed"]),
        "1 sample: 1 wrong, exit 1"
    );
    git(&samples, &["add", "."]);
    samples
        .site
        .write("content/pages/new.md", crate::site::page("New", TRUE));
    let both = "2 samples: 1 wrong, 1 run, exit 1";
    assert_eq!(last_lines(&samples, &["--changed"]), both);
    assert_eq!(
        last_lines(&samples, &["--changed", "samples"]),
        "1 sample: 1 wrong, exit 1"
    );

    // On a branch, compared with where it left another.
    git(&samples, &["checkout", "--quiet", "-b", "branch"]);
    git(&samples, &["add", "."]);
    git(&samples, &["commit", "--quiet", "--message", "Change"]);
    assert_eq!(last_lines(&samples, &["--changed"]), "0 samples, exit 0");
    assert_eq!(last_lines(&samples, &["--changed=main"]), both);
    git(&samples, &["checkout", "--quiet", "main"]);
    samples.site.write(
        "content/python/index.md",
        crate::site::page("Python", "Another."),
    );
    git(
        &samples,
        &["commit", "--quiet", "--all", "--message", "Main"],
    );
    git(&samples, &["checkout", "--quiet", "branch"]);
    assert_eq!(last_lines(&samples, &["--changed=main"]), both);

    let tried = samples.test(&["--changed=nowhere"]).0;
    assert!(
        tried == "error: there is no commit `nowhere`\nexit 2",
        "{tried}"
    );
    let tried = samples.test(&["--changed=--output=x"]).0;
    assert!(tried.ends_with("exit 2"), "{tried}");
    assert!(!samples.site.path("x").exists());

    // Another command for them makes all samples other ones.
    let config = fs::read_to_string(samples.site.path("content/handbook.yaml")).unwrap();
    samples.site.write(
        "content/handbook.yaml",
        config + "samples:\n  python: { command: [python3, -I, '{file}'] }\n",
    );
    assert_eq!(
        last_lines(&samples, &["--changed"]),
        "4 samples: 1 wrong, 2 run, 1 compiled, exit 1"
    );
}
