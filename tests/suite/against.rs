//! `viva check --against`: what was published stays where it was, or leads on.

use insta::assert_snapshot;

use crate::everything::everything;
use crate::site::{Checked, Ran, Site};

/// The data that a site publishes.
fn published(site: &Site) -> String {
    site.built().text("questions.json").to_owned()
}

/// The handbook with everything in it, published, then changed.
fn changed(change: impl FnOnce(Site) -> Site) -> Checked {
    let site = everything();
    let data = published(&site);
    let site = change(site).file("questions.json", &data);
    let file = site.path("questions.json");
    site.check_with(&["--against", file.to_str().unwrap()])
}

fn renamed(site: Site, from: &str, to: &str) -> Site {
    let text = std::fs::read_to_string(site.path(from)).unwrap();
    site.remove(from).file(to, &text)
}

#[test]
fn nothing_changed() {
    assert_snapshot!(changed(|site| site), @"exit 0");
}

#[test]
fn an_address_that_was_published() {
    // Renamed, and nothing leads there; the related question says the new name.
    let found = changed(|site| {
        renamed(
            site,
            "content/python/junior/tuples.md",
            "content/python/junior/tuple-or-list.md",
        )
    });
    assert!(found.codes().contains(&"V0410"), "{found}");
    assert_snapshot!(found, @"
    content/python/junior/index.md:3:13-19 V0203 error there is no question `tuples` | write the name of its file without `.md`
    content/python/junior/tuple-or-list.md:2:8-43 V0410 error nothing is at `/python/tuples/` any more, which was the question “When is a tuple better than a list?” | if this page took its place, add `aliases: [tuples]` here
    content/python/kits/screen.md:7:13-19 V0203 error there is no question `tuples` | write the name of its file without `.md`
    content/python/senior/gil.md:12:11-17 V0203 error there is no question `tuples` | write the name of its file without `.md`
    exit 1
    ");
}

#[test]
fn one_that_leads_on() {
    let found = changed(|site| {
        renamed(
            site,
            "content/python/mid/decorators.md",
            "content/python/mid/wrappers.md",
        )
        .edit(
            "content/python/mid/wrappers.md",
            "follow_ups:",
            "aliases: [decorators]\nfollow_ups:",
        )
    });
    assert_snapshot!(found, @"exit 0");
    // Moved to another level it keeps its address.
    let found = changed(|site| {
        renamed(
            site,
            "content/python/mid/decorators.md",
            "content/python/senior/decorators.md",
        )
    });
    assert_snapshot!(found, @"exit 0");
}

#[test]
fn former_addresses_are_promised_too() {
    let found = changed(|site| {
        site.edit(
            "content/python/senior/gil.md",
            "aliases: [lock, /old/gil]",
            "aliases: [lock]",
        )
    });
    assert_snapshot!(found, @"
    content/python/senior/gil.md:2:8-33 V0410 error nothing is at `/old/gil/` any more, which was a former address of the question “What does the `GIL` lock?” | it was an alias of `gil`: add `/old/gil/` to `aliases` again
    exit 1
    ");
}

#[test]
fn what_became_a_draft_or_is_gone_altogether() {
    let found = changed(|site| {
        site.edit(
            "content/python/mid/decorators.md",
            "follow_ups:",
            "draft: true\nfollow_ups:",
        )
    });
    assert_snapshot!(found, @"
    content/handbook.yaml:1:1-1 V0410 error nothing is at `/python/topics/runtime/` any more, which was the topic “Runtime” of `python` | let a page lead on: `aliases: [/python/topics/runtime/]`
    content/python/mid/decorators.md:2:8-33 V0410 error nothing is at `/python/decorators/` any more, which was the question “What does a decorator do?” | it is a draft now: publish it, or let another page have its address as an alias
    exit 1
    ");
    let found = changed(|site| {
        site.remove("content/python/kits")
            .remove("content/pages/faq.md")
            .remove("content/python/mid/decorators.md")
    });
    assert_snapshot!(found, @"
    content/handbook.yaml:1:1-1 V0410 error nothing is at `/python/topics/runtime/` any more, which was the topic “Runtime” of `python` | let a page lead on: `aliases: [/python/topics/runtime/]`
    content/handbook.yaml:13:11-18 V0922 warning no question has the topic `runtime` | write a question, or remove the topic until there is one
    content/handbook.yaml:14:14-17 V0209 error there is no guide or page `faq` | there are `python` and `scoring`
    content/handbook.yaml:16:26-53 V0402 error there is no file `content/pages/faq.md` | paths are relative to the page's own folder
    content/pages/faq.md:1:1-1 V0410 error nothing is at `/faq/` any more, which was the page “Questions and answers” | add `aliases: [faq]` to the page in `content/pages/` that took its place
    content/python/kits/screen.md:1:1-1 V0410 error nothing is at `/python/kits/screen/` any more, which was the kit “A short screen” | give the kit its former name, or a page that leads on `aliases: [/python/kits/screen/]`
    content/python/mid/decorators.md:1:1-1 V0410 error nothing is at `/python/decorators/` any more, which was the question “What does a decorator do?” | add `aliases: [decorators]` to the question that took its place
    exit 1
    ");
}

#[test]
fn a_broken_page_keeps_its_address() {
    let found = changed(|site| {
        site.edit(
            "content/python/mid/decorators.md",
            "minutes: 5",
            "minutes: 0",
        )
    });
    assert_snapshot!(found, @"
    content/python/mid/decorators.md:5:10-11 V0111 error `minutes` must be from 1 to 240, not 0
    exit 1
    ");
    // It may have any alias.
    let found = changed(|site| {
        renamed(
            site,
            "content/python/mid/decorators.md",
            "content/python/mid/wrappers.md",
        )
        .edit(
            "content/python/mid/wrappers.md",
            "title: What",
            "title: [What",
        )
    });
    assert_snapshot!(found, @"
    content/python/mid/wrappers.md:3:6-7 V0103 error this is not YAML: illegal placement of ':' indicator | close the quote or bracket that is open above
    exit 1
    ");
}

#[test]
fn the_folder_that_the_site_stands_in_does_not_matter() {
    let site = everything();
    let files = site.built_with(&["--base-url", "https://example.org/some/folder/"]);
    let data = files.text("questions.json").to_owned();
    assert!(data.contains("/some/folder/python/gil/"));
    let site = site.file("questions.json", &data);
    let file = site.path("questions.json");
    assert_snapshot!(site.check_with(&["--against", file.to_str().unwrap()]), @"exit 0");
}

#[test]
fn files_that_are_no_such_data() {
    let site = Site::new()
        .file("a.json", "{\"a\": 1}")
        .file("new.json", "{\"version\": 2}");
    let with = |name: &str| {
        let file = site.path(name);
        let ran = Ran::of(&mut site.command(&["check", "--against", file.to_str().unwrap()]));
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
        ran.stderr.replace(site.root().to_str().unwrap(), "ROOT")
    };
    assert_snapshot!(with("a.json"), @"error: can't use ROOT/a.json: it is not the `questions.json` of a Viva handbook: missing field `version` at line 1 column 8");
    assert_snapshot!(with("new.json"), @"error: can't use ROOT/new.json: it has the version 2, and this program reads versions up to 1");
    assert_snapshot!(with("none.json"), @"error: can't read ROOT/none.json: No such file or directory (os error 2)");
    assert_snapshot!(with("content"), @"error: can't read ROOT/content: it is not a regular file");
}

#[test]
fn pages_of_levels_topics_and_tags() {
    // The senior level's only question moves: its page and its topic's are gone, and its tag.
    let site = Site::new().question("senior/gil", |question| {
        question
            .set("title", "What does the GIL lock?")
            .set("topic", "concurrency")
            .set("tags", "[locks, threads]")
    });
    let data = published(&site);
    let file = site.path("questions.json");
    let site = site
        .remove("content/python/senior")
        .question("mid/gil", |question| {
            question
                .set("title", "What does the GIL lock?")
                .set("topic", "runtime")
                .set("tags", "[threads]")
        })
        .file("questions.json", &data);
    assert_snapshot!(site.check_with(&["--against", file.to_str().unwrap()]), @"
    content/handbook.yaml:1:1-1 V0410 error nothing is at `/python/topics/concurrency/` any more, which was the topic “Concurrency” of `python` | let a page lead on: `aliases: [/python/topics/concurrency/]`
    content/handbook.yaml:1:1-1 V0410 error nothing is at `/tags/locks/` any more, which was the tag `locks` | let a page lead on: `aliases: [/tags/locks/]`
    content/handbook.yaml:12:11-22 V0922 warning no question has the topic `concurrency` | write a question, or remove the topic until there is one
    content/python/senior/index.md:1:1-1 V0410 error nothing is at `/python/senior/` any more, which was the level “Senior” of `python` | let a page lead on: `aliases: [/python/senior/]`
    exit 1
    ");
    let site = site.edit(
        "content/python/mid/gil.md",
        "tags: [threads]",
        "tags: [threads]\naliases: [senior, /tags/locks/, /python/topics/concurrency]",
    );
    assert_snapshot!(site.check_with(&["--against", file.to_str().unwrap()]), @"
    content/handbook.yaml:12:11-22 V0922 warning no question has the topic `concurrency` | write a question, or remove the topic until there is one
    exit 0
    ");
}

#[test]
fn an_older_name_is_the_successors_too() {
    // Renamed for a second time: the new page has the last name, but not the one before it.
    let site = Site::new().question("junior/second", |q| {
        q.set("title", "How are numbers sorted?")
            .front("aliases: [first]")
    });
    let data = published(&site);
    let file = site.path("questions.json");
    let site = site
        .remove("content/python/junior/second.md")
        .question("junior/third", |q| {
            q.set("title", "How are numbers sorted?")
                .front("aliases: [second]")
        })
        .file("questions.json", &data);
    assert_snapshot!(site.check_with(&["--against", file.to_str().unwrap()]), @"
    content/python/junior/third.md:2:8-31 V0410 error nothing is at `/python/first/` any more, which was a former address of the question “How are numbers sorted?” | it was an alias of `second`: add `/python/first/` to `aliases` again
    exit 1
    ");
    // What has taken one question's place is not offered for another.
    let site = Site::new()
        .question("junior/gone", |q| q.set("title", "How are numbers sorted?"))
        .question("junior/swap", |q| q.set("title", "How are numbers stored?"));
    let data = published(&site);
    let file = site.path("questions.json");
    let site = site
        .remove("content/python/junior/gone.md")
        .remove("content/python/junior/swap.md")
        .question("junior/gone2", |q| {
            q.set("title", "How are numbers sorted?")
                .front("aliases: [gone]")
        })
        .file("questions.json", &data);
    assert_snapshot!(site.check_with(&["--against", file.to_str().unwrap()]), @"
    content/python/junior/swap.md:1:1-1 V0410 error nothing is at `/python/swap/` any more, which was the question “How are numbers stored?” | add `aliases: [swap]` to the question that took its place
    exit 1
    ");
}
