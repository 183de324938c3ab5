//! Whatever stops a build, the site of the last one is still there, byte for byte.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use insta::assert_snapshot;

use crate::site::{HANDBOOK, Question, Ran, Site, page};

#[test]
fn errors_in_the_content() {
    let broken = Site::new().failed_build(1, |site| {
        site.question("junior/lists", |question| question.set("topic", "nowhere"))
    });
    assert_snapshot!(broken, @"
    content/python/junior/lists.md:3:8-15 V0201 error unknown topic `nowhere` | the topics of handbook.yaml are `language`, `concurrency` and `runtime`
    exit 1
    ");
    Site::new().failed_build(1, |site| site.remove("content/handbook.yaml"));
    Site::new().failed_build(1, |site| site.remove("content/python"));
    Site::new().failed_build(1, |site| site.remove("content"));
}

#[test]
fn every_kind_of_bad_input() {
    let page = "content/python/junior/lists.md";
    let question = |change: fn(Question) -> Question| change(Question::new()).to_string();
    let cases: [(&str, Vec<u8>); 27] = [
        (page, Vec::new()),
        (page, b"No front matter.\n\n## Answer\n\nYes.\n".into()),
        (page, b"---\ntitle: not closed\n".into()),
        (page, b"---\ntitle: [\n---\n## Answer\n\nYes.\n".into()),
        (page, b"---\n- a list\n---\n## Answer\n\nYes.\n".into()),
        (page, question(|q| q.front("minutes: 6")).into()),
        (page, question(|q| q.front("colour: red")).into()),
        (page, question(|q| q.set("minutes", "many")).into()),
        (page, question(|q| q.set("title", "")).into()),
        (page, question(|q| q.set("title", "null")).into()),
        (page, question(|q| q.set("topic", "nothing")).into()),
        (page, question(|q| q.set("kind", "nothing")).into()),
        (page, question(|q| q.set("related", "[nothing]")).into()),
        (page, question(|q| q.set("aliases", "[tuples]")).into()),
        (page, question(|q| q.set("tags", "&a [b]")).into()),
        (page, question(|q| q.candidate("[a](javascript:x)")).into()),
        (page, question(|q| q.candidate("<script>x</script>")).into()),
        (page, question(|q| q.candidate(&"> ".repeat(10_000))).into()),
        (page, question(|q| q.body("No answer.\n")).into()),
        (page, b"\xff\xfe\x00".into()),
        (page, vec![b'a'; 50 << 20]),
        ("content/handbook.yaml", b"title: [".into()),
        ("content/handbook.yaml", b"title: Alone\n".into()),
        ("content/python/principal/x.md", question(|q| q).into()),
        ("content/python/mid/tuples.md", question(|q| q).into()),
        ("content/python/mid/kits.md", question(|q| q).into()),
        (
            "content/logo.svg",
            b"<svg viewBox='0 0 1 1'><script/></svg>".into(),
        ),
    ];
    let site = Site::new();
    let before = site.built();
    for (number, (path, bytes)) in cases.iter().enumerate() {
        let good = fs::read(site.path(path)).ok();
        site.write(path, bytes);
        let found = site.build();
        assert_eq!(found.code, 1, "case {number}: {found}");
        assert_eq!(found.stderr, "", "case {number}");
        assert!(!found.problems.is_empty(), "case {number}");
        assert!(
            site.files() == before,
            "case {number}: the site of the last build changed"
        );
        assert_eq!(site.names(), ["content", "public"], "case {number}");
        match good {
            Some(good) => site.write(path, good),
            None => fs::remove_file(site.path(path)).unwrap(),
        }
    }
    // Each was bad by itself: without them all is as before.
    assert!(site.built() == before);
}

#[test]
fn errors_in_the_theme() {
    // One that shows as soon as the theme is read, and one that shows when a page is made.
    let read = Site::new().failed_build(1, |site| {
        site.config("theme: mine")
            .file("themes/mine/templates/home.html", "{% if %}")
    });
    assert_snapshot!(read, @"
    themes/mine/templates/home.html:1:7-9 V0602 error found `%}` but expected one of: integer, float, string, bool, ident, `-`, `not`, `<`, `{`, `[` or `(`
    exit 1
    ");
    let made = Site::new().failed_build(1, |site| {
        site.config("theme: mine")
            .file("themes/mine/templates/home.html", "{{ nothing.at_all }}")
    });
    assert_snapshot!(made, @"
    themes/mine/templates/home.html:1:4-11 V0602 error variable `nothing` is not defined. Available variables: page, site, t
    exit 1
    ");
}

#[test]
fn denied_warnings() {
    let site = Site::new();
    let before = site.built();
    let site = site.question("junior/lists", |question| question.without("follow_ups"));
    let found = site.build_with(&["--deny-warnings"]);
    assert_snapshot!(found, @"
    content/python/junior/lists.md:2:8-19 V0901 warning the question has no follow-ups | add `follow_ups:` with at least one question that goes deeper
    exit 1
    ");
    assert!(site.files() == before);
    // The same without: it is built.
    assert_eq!(site.build().code, 0);
    assert!(site.files() != before);
}

/// A build in which no file can grow beyond this many blocks of 512 bytes: the system's answer is
/// an error in the middle of the work, as on a disk that is full.
fn build_on_a_full_disk(site: &Site, blocks: u32) -> Ran {
    let build = site.command(&["build"]);
    let script = format!("ulimit -f {blocks}; trap '' XFSZ; exec \"$0\" \"$@\"");
    let mut shell = Command::new("sh");
    shell
        .args(["-c", &script])
        .arg(build.get_program())
        .args(build.get_args());
    Ran::of(&mut shell)
}

#[test]
fn a_full_disk() {
    // Below nearly every page, below the larger ones, and below the index of all questions alone.
    for blocks in [0, 1, 16] {
        let site = large(100, 0);
        let before = site.built();
        let site = site.question("junior/more", |question| question.set("title", "One more"));
        let ran = build_on_a_full_disk(&site, blocks);
        assert_eq!(ran.code, 2, "{}", ran.stderr);
        assert_eq!(ran.stdout, "");
        assert!(
            ran.stderr.starts_with("error: can't write "),
            "{}",
            ran.stderr
        );
        assert!(ran.stderr.contains("File too large"), "{}", ran.stderr);
        assert!(site.files() == before, "the site of the last build changed");
        assert_eq!(site.names(), ["content", "public"]);
        // With room again, it is built.
        assert!(site.built() != before);
    }
}

#[test]
fn a_full_disk_before_the_first_build() {
    let site = Site::new();
    let ran = build_on_a_full_disk(&site, 1);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert_eq!(site.names(), ["content"]);
}

#[test]
fn a_cache_that_cannot_be_written_is_no_error() {
    let site = Site::new().file(".viva-cache", "a file where the folder should be");
    assert_eq!(site.build().code, 0);
    let site = Site::new().file(".viva-cache/highlight", "not a cache");
    assert_eq!(site.build().code, 0);
}

/// A handbook of so many questions. Another `edition` has other words on every page.
fn large(questions: usize, edition: u32) -> Site {
    let mut site = Site::new().config("rules: { near-duplicate: off, follow-ups: off }");
    for number in 0..questions {
        let level = ["junior", "mid", "senior"][number % 3];
        site = site.question(&format!("{level}/question-{number}"), |question| {
            question
                .set("title", &format!("Question {number}?"))
                .answer(&format!(
                    "Edition {edition}.\n\n```python\nx = {number}{edition}\n```"
                ))
        });
    }
    site
}

#[test]
fn an_interrupted_build() {
    let old = large(150, 1);
    let new = large(150, 2);
    let old_files = old.built();
    let new_files = new.built();
    // From now on `site` has the new words in its content folder and the old ones in its site.
    let site = old;
    fs::remove_dir_all(site.path("content")).unwrap();
    let copied = Command::new("cp")
        .arg("-r")
        .args([new.path("content"), site.path("content")])
        .status();
    assert!(copied.unwrap().success());
    let whole = time_of_a_build(&site);
    let mut killed = 0;
    for step in 1..=12 {
        let mut build = site
            .command(&["build"])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(whole * step / 12);
        build.kill().unwrap();
        let status = build.wait().unwrap();
        let files = site.files();
        if status.code().is_none() {
            killed += 1;
            assert!(
                files == old_files || files == new_files,
                "half a site at step {step}"
            );
        }
        if files == new_files {
            // It was done; back to the old site for the next step.
            fs::remove_dir_all(site.out()).unwrap();
            for (path, bytes) in &old_files.0 {
                site.write(&format!("public/{path}"), bytes);
            }
        }
    }
    assert!(killed >= 4, "only {killed} builds were interrupted");
    assert_eq!(site.build().code, 0);
    assert!(site.files() == new_files);
    assert_eq!(site.names(), ["content", "public"]);
}

#[test]
fn an_interrupted_first_build() {
    let site = large(100, 1);
    let whole = time_of_a_build(&site);
    for step in 1..=8 {
        let mut build = site
            .command(&["build"])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(whole * step / 8);
        build.kill().unwrap();
        build.wait().unwrap();
        if site.out().exists() {
            assert!(
                site.files().has("sitemap.xml"),
                "half a site at step {step}"
            );
            fs::remove_dir_all(site.out()).unwrap();
        }
    }
    assert_eq!(site.build().code, 0);
    assert_eq!(site.names(), ["content", "public"]);
}

/// How long it takes here and now.
fn time_of_a_build(site: &Site) -> Duration {
    let start = Instant::now();
    let other = site.path("timed");
    let ran = Ran::of(site.command(&["build", "--out"]).arg(&other));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let time = start.elapsed();
    fs::remove_dir_all(other).unwrap();
    time
}

#[test]
fn two_builds_at_once() {
    let site = large(100, 1);
    let spawn = || {
        site.command(&["build"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let builds = [spawn(), spawn(), spawn()];
    for build in builds {
        let output = build.wait_with_output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{stderr}");
    }
    let files = site.files();
    assert!(files == large(100, 1).built());
    assert_eq!(site.names(), ["content", "public"]);
}

#[test]
fn an_output_folder_with_other_files_is_refused() {
    let site = Site::new()
        .file("public/holiday.jpg", "photo")
        .file("public/more/notes.txt", "notes");
    assert_snapshot!(site.build(), @r#"
    error: ROOT/public holds files that Viva did not make ("holiday.jpg"): delete the folder or choose another with --out
    exit 2
    "#);
    assert_eq!(site.files().paths(), ["holiday.jpg", "more/notes.txt"]);
    // With the way out taken, it works.
    let site = site.remove("public");
    assert_eq!(site.build().code, 0);
    // A file that came since the last build.
    let site = site.file("public/holiday.jpg", "photo");
    assert_snapshot!(site.build(), @r#"
    error: ROOT/public holds files that Viva did not make ("holiday.jpg"): delete the folder or choose another with --out
    exit 2
    "#);
    assert_eq!(site.files().text("holiday.jpg"), "photo");
    let site = site.remove("public/holiday.jpg");
    assert_eq!(site.build().code, 0);
}

#[test]
fn an_output_folder_that_cannot_be_one() {
    assert_snapshot!(Site::new().file("public", "a file").build(), @"
    error: ROOT/public is not a folder: delete it or choose another with --out
    exit 2
    ");
    assert_snapshot!(Site::new().file("a", "a file").build_with(&["--out", "/dev/null/a"]), @"
    error: can't make the folder /dev/null: File exists (os error 17)
    exit 2
    ");
    // An empty folder is fine, and so is one deep down.
    let site = Site::new();
    fs::create_dir(site.out()).unwrap();
    assert_eq!(site.build().code, 0);
    let deep = site.path("a/b/c");
    assert_eq!(site.build_with(&["--out", deep.to_str().unwrap()]).code, 0);
    assert!(deep.join("index.html").exists());
}

#[test]
fn the_content_folder_is_no_output_folder() {
    for out in ["content", ".", "content/python", "content/site"] {
        let site = Site::new();
        let before = site.check().to_string();
        let path = site.path(out);
        let found = site.build_with(&["--out", path.to_str().unwrap()]);
        assert_eq!(found.code, 2, "{out}: {found}");
        assert_eq!(site.check().to_string(), before, "{out}");
        assert_eq!(site.names(), ["content"], "{out}");
    }
}

#[test]
fn pages_that_are_gone_leave_the_site() {
    let site = Site::new().file("content/pages/more.md", &page("More", ""));
    assert!(site.built().has("more/index.html"));
    let site = site.remove("content/pages/more.md");
    let files = site.built();
    assert!(!files.has("more/index.html"));
    assert!(files == Site::new().file("content/handbook.yaml", HANDBOOK).built());
}
