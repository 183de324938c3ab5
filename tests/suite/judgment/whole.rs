//! Rules on the handbook as a whole: kits, files, tags and topics; and the older ones on pages.

use insta::assert_snapshot;

use super::{page, question};
use crate::site::Site;

#[test]
fn kits_that_plan_too_little() {
    let kit = |fields: &str| {
        let text = format!("---\ntitle: Screen\nlevel: junior\n{fields}\n---\n");
        let site = Site::new().file("content/python/kits/screen.md", &text);
        site.check().to_string()
    };
    assert_snapshot!(kit("minutes: 30\nquestions: [lists, tuples]"), @"
    content/python/kits/screen.md:4:10-12 V0919 warning the kit has 30 minutes, but plans only 10 | add a question, give those that it has more `minutes`, or shorten the kit
    exit 0
    ");
    assert_snapshot!(kit("minutes: 13\nquestions: [lists, tuples]"), @"
    content/python/kits/screen.md:4:10-12 V0919 warning the kit has 13 minutes, but plans only 10 | add a question, give those that it has more `minutes`, or shorten the kit
    exit 0
    ");
    assert_snapshot!(kit("minutes: 12\nquestions: [lists, tuples]"), @"exit 0");
    // What opens and closes it counts, and a question's own minutes in the kit.
    assert_snapshot!(kit("minutes: 30\nquestions: [{ slug: lists, minutes: 10 }, tuples]\nopening: { minutes: 5, words: Hello. }\nclosing: { minutes: 4, words: Bye. }"), @"exit 0");
    // Too much is an error already.
    assert_snapshot!(kit("minutes: 9\nquestions: [lists, tuples]"), @"
    content/python/kits/screen.md:4:10-11 V0211 error the kit has 9 minutes, but plans 10 | take a question out, or give each `minutes` of its own
    exit 1
    ");
}

#[test]
fn files_that_no_page_names() {
    let site = Site::new()
        .file("content/python/junior/left.txt", "a\n")
        .file("content/python/junior/linked.txt", "a\n")
        .file("content/README.txt", "a\n")
        .question("junior/x", |q| q.answer("[A file](linked.txt)"));
    assert_snapshot!(site.check(), @"
    content/python/junior/left.txt:1:1-1 V0920 warning no page names the file `content/python/junior/left.txt` | show it on a page, link to it, or remove it
    exit 0
    ");
    // One that was meant by a name with a slip is told of where the slip is.
    let site = site.question("junior/x", |q| {
        q.answer("[A file](linked.txt), [one left](lift.txt)")
    });
    assert_snapshot!(site.check(), @"
    content/python/junior/x.md:13:23-43 V0402 error there is no file `content/python/junior/lift.txt` | did you mean `content/python/junior/left.txt`?
    exit 1
    ");
    // After a page that can't be read nobody knows.
    let site = site.question("junior/x", |q| q.answer("```python\n[A file](linked.txt)"));
    assert_snapshot!(site.check(), @"
    content/python/junior/x.md:13:1-10 V0304 error the code fence is not closed | repeat its first signs on a line of their own after the code
    exit 1
    ");
}

#[test]
fn tags_that_are_one_word() {
    let tags = |tags: [&str; 3]| {
        let mut site = Site::new();
        for (name, tag) in ["a", "b", "c"].iter().zip(tags) {
            site = site.question(&format!("junior/{name}"), |q| {
                q.set("title", &format!("What is {name}?")).set("tags", tag)
            });
        }
        site.check().to_string()
    };
    assert_snapshot!(tags(["[thread]", "[threads]", "[thread]"]), @"
    content/python/junior/b.md:10:8-15 V0921 warning the tag `threads` is nearly the same as `thread`, which 2 other questions have | write `thread` everywhere, or `threads`
    exit 0
    ");
    assert_snapshot!(tags(["[query]", "[queries]", "[queries, queue]"]), @"
    content/python/junior/a.md:10:8-13 V0921 warning the tag `query` is nearly the same as `queries`, which 2 other questions have | write `queries` everywhere, or `query`
    exit 0
    ");
    assert_snapshot!(tags(["[http]", "[https]", "[io, ios]"]), @"exit 0");
    assert_snapshot!(tags(["[class]", "[classmethod]", "[threading, thread]"]), @"exit 0");
    // Another case is an error of the format.
    assert_snapshot!(tags(["[gil]", "[GIL]", "[gil]"]), @"
    content/python/junior/b.md:10:8-11 V0111 error `GIL` can't be part of an address | write `gil`: small letters, digits and hyphens
    exit 1
    ");
}

#[test]
fn topics_without_a_question() {
    let site = Site::new().edit(
        "content/python/mid/decorators.md",
        "topic: runtime",
        "topic: language",
    );
    assert_snapshot!(site.check(), @"
    content/handbook.yaml:13:11-18 V0922 warning no question has the topic `runtime` | write a question, or remove the topic until there is one
    exit 0
    ");
    // A draft is a question too.
    let drafted = site.question("junior/x", |q| {
        q.set("topic", "runtime").set("draft", "true")
    });
    assert_snapshot!(drafted.check(), @"exit 0");
    // A slip in the only question about it is one mistake.
    let slip = Site::new().edit(
        "content/python/mid/decorators.md",
        "topic: runtime",
        "topic: runtme",
    );
    assert_snapshot!(slip.check(), @"
    content/python/mid/decorators.md:3:8-14 V0201 error unknown topic `runtme` | did you mean `runtime`?
    exit 1
    ");
}

#[test]
fn footnotes_alerts_and_languages() {
    assert_snapshot!(page("Text.[^a]\n\n[^a]: Used.\n[^b]: Not used."), @"
    7:1-6 V0903 warning the footnote `b` is not used | write `[^b]` where it belongs, or remove it
    exit 0
    ");
    assert_snapshot!(page("Text.[^a]\n\n[^a]: Used.\n\n`[^b]: in code`"), @"exit 0");
    assert_snapshot!(page("> [!NOTICE]\n> Read this."), @"
    4:3-12 V0904 warning there is no alert `NOTICE` | did you mean `NOTE`?
    exit 0
    ");
    assert_snapshot!(page("> [!NOTE]\n> Read this.\n\n> [A word] in brackets."), @"exit 0");
    assert_snapshot!(page("```pithon\nx\n```"), @"
    4:4-10 V0905 warning no highlighting for the language `pithon` | write the language's usual name, or `text` for plain text
    exit 0
    ");
    assert_snapshot!(page("```python\nx\n```\n\n```output\nx\n```"), @"exit 0");
    assert_snapshot!(question(|q| q.set("follow_ups", "[]")), @"
    9:1-11 V0901 warning the question has no follow-ups | add `follow_ups:` with at least one question that goes deeper
    exit 0
    ");
    assert_snapshot!(question(|q| q.set("draft", "true").without("follow_ups")), @"
    2:8-19 V0901 warning the question has no follow-ups | add `follow_ups:` with at least one question that goes deeper
    exit 0
    ");
}
