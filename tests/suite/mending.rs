//! `viva check --fix`: what can be mended in one way alone, and nothing else.

use std::fs;

use insta::assert_snapshot;

use crate::site::{Question, Ran, Site};

/// A question before and after `--fix`: what was shown, and what is left in the file.
struct Fixed {
    code: i32,
    shown: String,
    file: String,
}

const PAGE: &str = "content/python/junior/x.md";

fn fixed(site: &Site, args: &[&str]) -> Fixed {
    let ran = Ran::of(site.command(&["check", "--fix"]).args(args));
    Fixed {
        code: ran.code,
        shown: ran.stderr,
        file: fs::read_to_string(site.path(PAGE)).unwrap(),
    }
}

fn question(change: impl FnOnce(Question) -> Question) -> Site {
    Site::new().question("junior/x", change)
}

/// With a slip of each kind.
fn slips(question: Question) -> Question {
    question
        .set("topic", "langauge")
        .set("kind", "'concpt'")
        .without("red_flags")
        .front("redflags: [Says nothing.]\ntags: [GIL, threads]")
        .answer("It\u{200b} is so.\n\nAnd so on.")
}

#[test]
fn slips_are_mended_and_shown() {
    let site = question(slips);
    let before = fs::read_to_string(site.path(PAGE)).unwrap();
    assert_eq!(site.check().codes().len(), 5);
    let dry = fixed(&site, &["--dry-run"]);
    assert_eq!((dry.code, dry.file == before), (1, true));
    assert!(
        dry.shown.contains("`--fix` alone would mend 5 problems"),
        "{}",
        dry.shown
    );
    let Fixed { code, shown, file } = fixed(&site, &[]);
    assert_eq!(code, 0);
    assert_snapshot!(shown, @"
    --- content/python/junior/x.md
    @@ lines 1 to 16 @@
     ---
     title: What is it?
    -topic: langauge
    +topic: language
    -kind: 'concpt'
    +kind: 'concept'
     minutes: 5
     assesses: Whether it is known.
     strong_answers: [Says what it is., Says why it is so., Says when it is not.]
     follow_ups: [Why?]
    -redflags: [Says nothing.]
    +red_flags: [Says nothing.]
    -tags: [GIL, threads]
    +tags: [gil, threads]
     ---
     ## Answer
     
    -It<U+200B> is so.
    +It is so.
     
     And so on.

    5 problems mended
    ");
    let expected = before
        .replace("langauge", "language")
        .replace("concpt", "concept")
        .replace("redflags", "red_flags")
        .replace("GIL, ", "gil, ")
        .replace('\u{200b}', "");
    assert_eq!(file, expected);
    assert_eq!(site.check().problems, [""; 0]);
    // There is nothing more to mend.
    let again = fixed(&site, &[]);
    assert_eq!((again.code, again.file), (0, file));
    assert_eq!(again.shown, "11 pages, no problems\n");
}

#[test]
fn every_other_byte_stays() {
    let site = question(slips);
    let text = fs::read_to_string(site.path(PAGE)).unwrap();
    let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    site.write(PAGE, &windows);
    let Fixed { code, file, .. } = fixed(&site, &[]);
    assert_eq!(code, 0);
    let expected = windows
        .replace("langauge", "language")
        .replace("concpt", "concept")
        .replace("redflags", "red_flags")
        .replace("GIL, ", "gil, ")
        .replace('\u{200b}', "");
    assert_eq!(file, expected);
}

#[test]
fn what_has_no_one_answer_is_left_to_people() {
    let left = |change: fn(Question) -> Question| {
        let site = question(change);
        let before = fs::read_to_string(site.path(PAGE)).unwrap();
        let Fixed { file, .. } = fixed(&site, &[]);
        assert_eq!(file, before);
    };
    // Far from any name, and near to two.
    left(|q| q.set("topic", "html"));
    left(|q| q.set("kind", "cod"));
    // The field is there already, or would be twice.
    left(|q| q.front("red_flag: [Says nothing.]"));
    left(|q| {
        q.without("red_flags")
            .front("redflags: [Says A.]\nred-flags: [Says B.]")
    });
    // What stands for a sign is a choice.
    left(|q| q.set("tags", "[C++, 'two words']"));
    left(|q| q.answer("See [here](https://example.org/), TODO"));
    left(|q| q.answer("می\u{200c}خواهم"));
    // An exception is an exception from mending too.
    left(|q| {
        q.answer("It\u{200b} is so.")
            .front("allow: [{ rule: zero-width, reason: It is about them. }]")
    });
}

#[test]
fn other_words_are_no_slips() {
    let left = |site: Site, path: &str| {
        let before = fs::read_to_string(site.path(path)).unwrap();
        Ran::of(&mut site.command(&["check", "--fix"]));
        assert_eq!(fs::read_to_string(site.path(path)).unwrap(), before);
    };
    let two_levels = |site: Site| {
        site.edit(
            "content/handbook.yaml",
            "  - { id: senior, title: Senior, summary: Chooses designs. }\n",
            "",
        )
        .remove("content/python/senior")
    };
    let site = question(|q| q.front("by_level: { senior: Weighs it. }"));
    left(two_levels(site), PAGE);
    let kit = "---\ntitle: Kit\nminutes: 5\nlevel: senior\nquestions: [lists]\n---\nRun.\n";
    let site = Site::new().file("content/python/kits/k.md", kit);
    left(two_levels(site), "content/python/kits/k.md");
    let site = question(|q| q.set("topic", "go")).config("  - { id: io, title: IO, summary: A. }");
    left(site, PAGE);
    left(Site::new().config("foo: 1"), "content/handbook.yaml");
}

#[test]
fn nothing_is_mended_into_what_stands_there_already() {
    let left = |change: fn(Question) -> Question| {
        let site = question(change);
        let before = fs::read_to_string(site.path(PAGE)).unwrap();
        let Fixed { file, .. } = fixed(&site, &[]);
        assert_eq!(file, before);
    };
    left(|q| q.front("tags: [GIL, gil]"));
    left(|q| q.front("tags: [GIL, Gil]"));
    left(|q| q.front("aliases:\n  - Old-Name\n  - old-name"));
    left(|q| q.front("by_level: { junior: Knows it., juniour: Knows it well. }"));
    left(|q| q.front("by_level: { junor: Knows it., juniour: Knows it well. }"));
    left(|q| q.front("topc: runtime"));
    left(|q| q.without("topic").front("topc: runtime\ntopci: language"));
}

#[test]
fn characters_go_only_where_nothing_else_changes() {
    let left = |change: fn(Question) -> Question| {
        let site = question(change);
        let before = fs::read_to_string(site.path(PAGE)).unwrap();
        let Fixed { file, .. } = fixed(&site, &[]);
        assert_eq!(file, before);
        assert!(site.check().codes().contains(&"V0916"));
    };
    // Code may be about them.
    left(|q| q.answer("Take `x\u{200b}y`."));
    left(|q| q.answer("```python norun=\"strange\"\nx\u{feff} = 1\n```"));
    left(|q| q.set("red_flags", "[Says `a\u{200b}b`.]"));
    // What YAML would read otherwise.
    left(|q| q.set("assesses", "W \u{200b}# whether it is known."));
    left(|q| q.set("assesses", "Whether:\u{200b} it is known."));
    left(|q| q.front("tags: [\u{200b}'a, b']"));
    // What Markdown would.
    left(|q| q.answer("One\n\u{200b}- two"));
    left(|q| q.answer("So *\u{200b} it* is."));
    left(|q| q.answer("One\n\n\u{200b}    two"));
    left(|q| q.answer("A [link]\u{200b}(lists.md)."));
    left(|q| q.candidate("##\u{200b} Answer"));
    // The others on the page are mended.
    let site =
        question(|q| q.answer("A\u{200b}n `x\u{200b}y`,\u{200b} and\n\u{200b}- more\u{200b}."));
    assert!(
        fixed(&site, &[])
            .file
            .ends_with("An `x\u{200b}y`, and\n\u{200b}- more.\n")
    );
}

#[test]
fn what_one_edit_brings_to_light_another_mends() {
    // The field of the wrong name is not read: the slip in its value is seen afterwards.
    let site = question(|q| q.without("topic").front("topci: langauge"));
    let Fixed { code, file, .. } = fixed(&site, &[]);
    assert_eq!(code, 0, "{file}");
    assert!(file.contains("\ntopic: language\n"), "{file}");
}

#[test]
fn handbook_yaml_and_other_pages_too() {
    let site = Site::new()
        .edit("content/handbook.yaml", "licence:", "license:")
        .edit("content/python/junior/index.md", "Parts.", "Pa\u{200b}rts.");
    let ran = Ran::of(&mut site.command(&["check", "--fix", "--format", "json"]));
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""));
    assert_snapshot!(ran.stderr, @"
    --- content/handbook.yaml
    @@ lines 3 to 7 @@
     base_url: https://example.org/
     language: en
    -license: CC-BY-4.0
    +licence: CC-BY-4.0
     levels:
       - { id: junior, title: Junior, summary: Knows the parts. }

    --- content/python/junior/index.md
    @@ lines 2 to 4 @@
     title: Junior
     ---
    -Pa<U+200B>rts.
    +Parts.
    ");
    assert_eq!(site.check().problems, [""; 0]);
}

#[test]
fn what_is_left_is_reported() {
    let site = question(|q| slips(q).set("minutes", "0"));
    let Fixed { code, shown, .. } = fixed(&site, &[]);
    assert_eq!(code, 1);
    assert!(shown.contains("error[V0111]: `minutes` must be"), "{shown}");
    assert!(shown.ends_with("5 problems mended\n"), "{shown}");
    // Without `--fix`, people are told that there is one.
    let told = Ran::of(&mut question(slips).command(&["check"])).stderr;
    assert!(
        told.ends_with("`viva check --fix` mends 5 problems\n"),
        "{told}"
    );
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let site = question(slips);
    let file = site.path(PAGE);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("x.md", site.path("content/python/junior/z.md")).unwrap();
    fixed(&site, &[]);
    let mode = fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    let link = site.path("content/python/junior/z.md");
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(
        fs::read_to_string(link)
            .unwrap()
            .contains("topic: language")
    );
}

#[test]
fn showing_needs_the_wish_to_fix() {
    let ran = Ran::of(&mut Site::new().command(&["check", "--dry-run"]));
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("--fix"), "{}", ran.stderr);
}
