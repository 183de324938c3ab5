//! What a message says to do is true, and leads out.

use insta::assert_snapshot;

use crate::site::{Question, Site, page};

fn question(change: impl FnOnce(Question) -> Question) -> String {
    let found = Site::new().question("junior/x", change).check();
    found.to_string().replace("content/python/junior/x.md:", "")
}

fn faq(body: &str) -> String {
    let site = Site::new().file("content/pages/faq.md", &page("FAQ", body));
    site.check()
        .to_string()
        .replace("content/pages/faq.md:", "")
}

#[test]
fn the_heading_of_the_answer() {
    for body in [
        "## answer",
        "### Answer",
        "## Answer:",
        "# Answer",
        "##Answer",
        "##answer:",
        "    ## Answer",
    ] {
        let found = question(|q| q.body(&format!("Prompt.\n\n{body}\n\nYes.\n")));
        let expected = format!(
            "13:{}-{} V0302 error the question has no `## Answer` | did you mean `## Answer`?\nexit 1",
            body.len() - body.trim_start().len() + 1,
            body.len() + 1
        );
        assert_eq!(found, expected, "{body}");
    }
    assert_snapshot!(question(|q| q.body("> ## Answer\n>\n> Yes.\n")), @"
    11:3-12 V0302 error the question has no `## Answer` | `## Answer` must stand outside of quotes and lists
    exit 1
    ");
    assert_snapshot!(question(|q| q.body("<!--\n## Answer\n-->\n\nYes.\n")), @"
    15:5-5 V0302 error the question has no `## Answer` | write `## Answer` on a line of its own above the model answer
    exit 1
    ");
    assert_snapshot!(question(|q| q.body("Prompt.\n")), @"
    11:8-8 V0302 error the question has no `## Answer` | write `## Answer` on a line of its own above the model answer
    exit 1
    ");
    assert_snapshot!(question(|q| q.body("<details>\n<summary>It</summary>\n\n## Answer\n\nYes.\n\n</details>\n")), @"
    14:1-10 V0506 error `## Answer` stands in `<details>` | take `<details>` away, or close it above: the answer is a part of its own
    exit 1
    ");
}

#[test]
fn headings() {
    assert_snapshot!(faq("# A\n\n#### B"), @"
    4:1-4 V0301 error the body has a level-1 heading | the title in the front matter is the one: begin the line with `##`
    6:1-7 V0911 warning this heading of level 4 follows one of level 2 | begin the line with `###`
    exit 1
    ");
    assert_snapshot!(faq("A\n==="), @"
    4:1-2 V0301 error the body has a level-1 heading | the title in the front matter is the one: write `---` below this line, not `===`
    exit 1
    ");
}

#[test]
fn names_of_questions() {
    let level = |questions: &str| {
        let text = format!("---\ntitle: Junior\nquestions: [{questions}]\n---\nParts.\n");
        let site = Site::new().file("content/python/junior/index.md", &text);
        site.check()
            .to_string()
            .replace("content/python/junior/index.md:", "")
    };
    assert_snapshot!(level("lists.md, python/tuples, junior/tuples, Über"), @"
    3:13-21 V0111 error `lists.md` is not the name of a question | write `lists`: the name of its file, without `.md`
    3:23-36 V0111 error `python/tuples` is not the name of a question | write `tuples`: the name of its file, without `.md`
    3:38-51 V0111 error `junior/tuples` is not the name of a question | write `tuples`: the name of its file, without `.md`
    3:53-57 V0111 error `Über` is not the name of a question | write its file's name without `.md`
    exit 1
    ");
    let kit = "---\ntitle: Kit\nminutes: 5\nlevel: junior\nquestions: [lists, 3, ./tuples.md, ../mid/gil.md, python/mid/decorators.md]\n---\nRun.\n";
    let site = Site::new().file("content/python/kits/k.md", kit);
    assert_snapshot!(site.check(), @"
    content/python/kits/k.md:5:20-21 V0109 error an entry of `questions` must be the name of a question or a map with `slug`, not a number
    content/python/kits/k.md:5:23-34 V0111 error `./tuples.md` is not the name of a question | write `tuples`: the name of its file, without `.md`
    content/python/kits/k.md:5:36-49 V0111 error `../mid/gil.md` is not the name of a question | write `gil`: the name of its file, without `.md`
    content/python/kits/k.md:5:51-75 V0111 error `python/mid/decorators.md` is not the name of a question | write `python/decorators`: the name of its file, without `.md`
    exit 1
    ");
    // Nothing is proposed that is the page itself, or that has nothing of the name.
    assert_snapshot!(question(|q| q.front("related: [b, xx, listz]\nby_level: { principal: Knows it. }")), @"
    10:11-12 V0203 error there is no question `b` | write the name of its file without `.md`
    10:14-16 V0203 error there is no question `xx` | write the name of its file without `.md`
    10:18-23 V0203 error there is no question `listz` | did you mean `lists`?
    11:13-22 V0202 error unknown level `principal` | the levels are `junior`, `mid` and `senior`
    exit 1
    ");
    assert_snapshot!(faq("[a](fax.md)[^2] b[^1]\n\n[^1]: One."), @"
    4:1-12 V0402 error there is no file `content/pages/fax.md` | paths are relative to the page's own folder
    4:12-16 V0306 error the footnote `2` is not defined | write `[^2]: text` on a line of its own; if this is code, put it between backticks
    exit 1
    ");
    let site = Site::new()
        .edit(
            "content/handbook.yaml",
            "  - { id: senior, title: Senior, summary: Chooses designs. }\n",
            "",
        )
        .remove("content/python/senior")
        .question("junior/x", |q| q.front("by_level: { senior: Knows it. }"));
    assert_snapshot!(site.check(), @"
    content/handbook.yaml:11:11-22 V0922 warning no question has the topic `concurrency` | write a question, or remove the topic until there is one
    content/python/junior/x.md:10:13-19 V0202 error unknown level `senior` | the levels are `junior` and `mid`
    exit 1
    ");
}

#[test]
fn words_that_have_something_in_common() {
    assert_snapshot!(question(|q| q.set("kind", "“concept”").front("level: { junior: Knows it. }")), @"
    4:7-16 V0111 error unknown kind `“concept”` | did you mean `concept`?
    10:1-6 V0107 error a question has no field `level` | did you mean `by_level`?
    exit 1
    ");
    assert_snapshot!(Site::new().config("foo: 1\nrules: { todo: warn }").check(), @"
    content/handbook.yaml:14:1-4 V0107 error handbook.yaml has no field `foo` | handbook.yaml has the fields `accent`, `base_url`, `description`, `footer`, `language`, `levels`, `licence`, `logo`, `navigation`, `repository`, `review_after`, `rules`, `samples`, `theme`, `title` and `topics`
    content/handbook.yaml:15:16-20 V0111 error unknown level `warn` | did you mean `warning`?
    exit 1
    ");
}

#[test]
fn numbers_and_times() {
    assert_snapshot!(question(|q| q.set("minutes", "010")), @"
    5:10-13 V0111 error `minutes` must be from 1 to 240, not 010 | write `10`
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("minutes", "-99999999999999999999999")), @"
    5:10-34 V0111 error `minutes` must be from 1 to 240, not -99999999999999999999999
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("minutes", "5.5")), @"
    5:10-13 V0109 error `minutes` must be a whole number, not a fraction
    exit 1
    ");
    assert_snapshot!(Site::new().config("review_after: 18").check(), @"
    content/handbook.yaml:14:15-17 V0109 error `review_after` must be a length of time such as `18 months`, not a number
    exit 1
    ");
}

#[test]
fn addresses() {
    assert_snapshot!(faq("[a](../handbook.yaml)"), @"
    4:1-22 V0402 error `content/handbook.yaml` is not a part of the site | link to a page, or to the file in the handbook's repository
    exit 1
    ");
    assert_snapshot!(faq("![a](//x.org/x.png) ![b](data:image/png;base64,AA) ![c](https://x.org/x.png)"), @"
    4:6-19 V0501 error `//x.org/x.png` leaves its scheme open | images are files of the handbook: put it beside the page and write its name
    4:26-50 V0501 error an address with `data:` is not allowed | images are files of the handbook: put it beside the page and write its name
    4:57-76 V0407 error the image would be loaded from another site | the site makes no request elsewhere: put the file beside the page
    exit 1
    ");
    assert_snapshot!(question(|q| q.front(
        "references:\n  - { title: A, url: 'https:///x' }\n  - { title: B, url: 'https://x.org/a b' }\n  - { title: C, url: 'https://x.org/a_(b)?c=d#e' }"
    )), @"
    11:22-34 V0406 error `https:///x` is not an address | write a whole address: https://example.org/page
    12:22-41 V0406 error `https://x.org/a b` is not an address | write a whole address: https://example.org/page
    exit 1
    ");
    let site = Site::new()
        .question("junior/x", |q| q.front("aliases: [old]"))
        .question("mid/y", |q| q.set("title", "Why?").front("aliases: [old]"));
    assert_snapshot!(site.check(), @"
    content/python/mid/y.md:10:11-14 V0207 error the address `/python/old/` is taken by `content/python/junior/x.md` | a former address can't be one that the site has: remove it
    exit 1
    ");
}

#[test]
fn tags_of_one_page() {
    assert_snapshot!(question(|q| q.front("tags: [thread, threads]")), @"
    10:16-23 V0921 warning the tag `threads` is nearly the same as `thread`, which the page has too | keep one of them
    exit 0
    ");
    let site = Site::new()
        .question("junior/x", |q| q.front("tags: [thread]"))
        .question("mid/y", |q| q.set("title", "Why?").front("tags: [threads]"));
    assert_snapshot!(site.check(), @"
    content/python/mid/y.md:10:8-15 V0921 warning the tag `threads` is nearly the same as `thread`, which another question has | write `thread` everywhere, or `threads`
    exit 0
    ");
}

#[test]
fn either_of_two_that_are_alike_makes_the_exception() {
    let twins = |first: &str, second: &str| {
        let site = Site::new()
            .question("junior/a", |q| {
                q.set("title", "How are sorted numbers searched?")
                    .front(first)
            })
            .question("mid/b", |q| {
                q.set("title", "How are sorted numbers searched?")
                    .front(second)
            });
        site.check().codes().join(" ")
    };
    let allow = "allow: [{ rule: near-duplicate, reason: Both are needed. }]";
    assert_eq!(twins("", ""), "V0907");
    assert_eq!(twins(allow, ""), "");
    assert_eq!(twins("", allow), "");
    assert_eq!(twins(allow, allow), "");
}
