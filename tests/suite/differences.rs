//! `viva diff`: two handbooks, each a folder or the data of its site.

use insta::assert_snapshot;

use crate::everything::everything;
use crate::site::{Ran, Site};

fn diff(old: &str, new: &str, args: &[&str]) -> Ran {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_viva"));
    Ran::of(command.arg("diff").args([old, new]).args(args))
}

/// What is different after a change, as Markdown.
fn changed(change: impl FnOnce(Site) -> Site) -> String {
    let old = everything();
    let new = change(everything());
    let ran = diff(
        old.root().to_str().unwrap(),
        new.root().to_str().unwrap(),
        &[],
    );
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    ran.stdout
}

#[test]
fn nothing() {
    assert_snapshot!(changed(|site| site), @"No differences in questions, kits and pages.");
}

#[test]
fn a_folder_and_its_own_data_are_the_same() {
    let site = everything();
    let data = site.out().join("questions.json");
    for edition in ["interviewer", "candidate"] {
        site.built_with(&["--edition", edition]);
        let ran = diff(site.root().to_str().unwrap(), data.to_str().unwrap(), &[]);
        if edition == "interviewer" {
            assert_eq!(ran.stdout, "No differences in questions, kits and pages.\n");
        } else {
            // What candidates don't get is no difference.
            assert_snapshot!(ran.stdout, @"
            One of the two is a candidates' edition: kits, pages and what only interviewers get are not compared.

            No differences in questions, kits and pages.
            ");
        }
    }
}

#[test]
fn questions_that_came_and_went() {
    assert_snapshot!(changed(|site| {
        site.remove("content/python/mid/decorators.md").question("senior/metaclasses", |q| {
            q.set("title", "What is a metaclass *for*? <b>")
        })
    }), @r#"
    ## Questions

    1 added, 1 removed.

    ### Added

    - What is a metaclass \*for\*? &lt;b&gt; (`python/metaclasses`): senior, language, concept, 5 minutes

    ### Removed

    - What does a decorator do? (`python/decorators`); **its address leads to nothing**
    "#);
}

#[test]
fn questions_that_moved_or_have_another_name() {
    let text = |site: &Site, path: &str| std::fs::read_to_string(site.path(path)).unwrap();
    assert_snapshot!(changed(|site| {
        let gil = text(&site, "content/python/senior/gil.md").replace("concurrency", "runtime");
        let decorators = text(&site, "content/python/mid/decorators.md");
        let lists = text(&site, "content/python/junior/lists.md")
            .replace("follow_ups:", "aliases: [lists]\nfollow_ups:");
        site.remove("content/python/senior/gil.md")
            .file(
                "content/python/mid/threads.svg",
                &text(&everything(), "content/python/senior/threads.svg"),
            )
            .edit("content/pages/faq.md", "junior/lists.md", "junior/arrays.md")
            .file("content/python/mid/gil.md", &gil)
            .remove("content/python/mid/decorators.md")
            .file("content/python/mid/wrappers.md", &decorators)
            .remove("content/python/junior/lists.md")
            .file("content/python/junior/arrays.md", &lists)
    }), @"
    ## Questions

    1 moved, 2 renamed.

    ### Moved

    - What does the `GIL` lock? (`python/gil`): level “senior” → “mid”; topic “concurrency” → “runtime”

    ### Renamed

    - What is a list? (`python/arrays`): was `python/lists`, whose address leads here
    - What does a decorator do? (`python/wrappers`): was `python/decorators`, **whose address leads to nothing**
    ");
}

#[test]
fn fields_that_changed() {
    assert_snapshot!(changed(|site| {
        site.edit("content/python/senior/gil.md", "minutes: 12", "minutes: 15")
            .edit("content/python/senior/gil.md", "Says nothing.", "Says less.")
            .edit("content/python/senior/gil.md", "threads, gil", "threads, locks")
            .edit("content/python/senior/gil.md", "not *yours*", "and not *yours*")
            .edit("content/python/junior/lists.md", "title: What is a list?", "title: What is a `list`?")
            .edit("content/python/junior/lists.md", "[Why?]", "[Why?, Why not?]")
            .edit("content/pages/faq.md", "title: Questions and answers", "title: Answers")
    }), @"
    ## Questions

    2 changed.

    ### Changed

    - What is a `list`? (`python/lists`): title “What is a list?” → “What is a `list`?”; follow-ups (−0 +1)
    - What does the `GIL` lock? (`python/gil`): minutes 12 → 15; tags −`gil` +`locks`; red flags (−1 +1); answer

    ## Pages

    1 changed.

    ### Changed

    - Answers (`/faq/`): title “Questions and answers” → “Answers”
    ");
}

#[test]
fn kits_and_the_handbook() {
    assert_snapshot!(changed(|site| {
        site.edit("content/python/kits/screen.md", "minutes: 7, ", "")
            .edit("content/python/kits/screen.md", "minutes: 20", "minutes: 30")
            .edit("content/handbook.yaml", "The Test Handbook", "Another Handbook")
            .edit("content/handbook.yaml", "title: Runtime", "title: The runtime")
    }), @"
    ## Kits

    1 changed.

    ### Changed

    - A short screen (`python/screen`): minutes 20 → 30; questions −`python/gil (7 minutes)` +`python/gil (12 minutes)`

    ## The handbook

    - title “The Test Handbook” → “Another Handbook”
    - topics (−1 +1)
    ");
}

#[test]
fn for_programs() {
    let old = everything();
    let new = everything().edit("content/python/senior/gil.md", "minutes: 12", "minutes: 15");
    let ran = diff(
        old.root().to_str().unwrap(),
        new.root().to_str().unwrap(),
        &["--format", "json"],
    );
    assert_snapshot!(ran.stdout, @r#"{"other_edition":false,"questions":{"added":[],"removed":[],"changed":[{"id":"python/gil","title":"What does the `GIL` lock?","was":null,"fields":[{"field":"minutes","old":12,"new":15}]}]},"kits":{"added":[],"removed":[],"changed":[]},"pages":{"added":[],"removed":[],"changed":[]},"guides":{"added":[],"removed":[],"changed":[]},"handbook":[]}"#);
}

#[test]
fn sides_that_are_no_handbook() {
    let site = Site::new().file("a.json", "[]");
    let root = site.root().to_str().unwrap();
    let ran = diff(root, &format!("{root}/a.json"), &[]);
    assert_snapshot!(ran.stderr.replace(root, "ROOT"), @"error: can't use ROOT/a.json: it is not the `questions.json` of a Viva handbook: invalid length 0, expected an object with a `version` at line 1 column 2");
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    let ran = diff(&format!("{root}/none"), root, &[]);
    assert_snapshot!(ran.stderr.replace(root, "ROOT"), @"error: can't read ROOT/none: No such file or directory (os error 2)");
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    // A handbook with errors has no data; they are shown.
    let broken = Site::new().question("junior/x", |q| q.set("minutes", "0"));
    let ran = diff(root, broken.root().to_str().unwrap(), &[]);
    assert!(ran.stderr.contains("V0111"), "{}", ran.stderr);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
}
