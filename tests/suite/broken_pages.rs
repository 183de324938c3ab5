//! Pages with several mistakes: each is told once, and nothing that is not one.

use insta::assert_snapshot;

use crate::site::{Checked, Site, page};

/// What is found in a question's file with this text.
fn text(text: &str) -> Checked {
    Site::new().file("content/python/junior/x.md", text).check()
}

#[test]
fn five_fields() {
    assert_snapshot!(text("\
---
title:
topic: langauge
kind: riddle
minutes: 500
assesses: Whether it is known.
strong_answers: [Says what it is., Says why., Says when.]
redflags: [Says nothing.]
---
## Answer

Yes.
"), @"
    content/python/junior/x.md:2:1-6 V0110 error `title` is empty | give it a value, or remove it
    content/python/junior/x.md:3:8-16 V0201 error unknown topic `langauge` | did you mean `language`?
    content/python/junior/x.md:4:7-13 V0111 error unknown kind `riddle` | it can be `concept`, `coding`, `predict-output`, `debugging`, `design` or `experience`
    content/python/junior/x.md:5:10-13 V0111 error `minutes` must be from 1 to 240, not 500
    content/python/junior/x.md:8:1-9 V0107 error a question has no field `redflags` | did you mean `red_flags`?
    exit 1
    ");
}

#[test]
fn five_kinds_of_mistakes() {
    assert_snapshot!(text("\
---
title: What is it?
topic: languag
kind: concept
minutes: 5
minutes: 6
assesses: Whether it is [known](tuple.md).
strong_answers: [Says what it is., Says why., Says when.]
red_flags: [Says nothing.]
follow_ups: [Why?]
---
<div>A box</div>

## Answer

[Yes](javascript:alert(1)).
"), @"
    content/python/junior/x.md:3:8-15 V0201 error unknown topic `languag` | did you mean `language`?
    content/python/junior/x.md:6:1-8 V0106 error field `minutes` is given twice | keep one of them
    content/python/junior/x.md:7:25-42 V0402 error there is no file `content/python/junior/tuple.md` | did you mean `content/python/junior/tuples.md`?
    content/python/junior/x.md:12:1-6 V0502 error the tag `div` is not allowed | if it is code, put it between backticks; the allowed tags are `abbr`, `br`, `cite`, `dd`, `del`, `details`, `dfn`, `dl`, `dt`, `ins`, `kbd`, `mark`, `q`, `s`, `samp`, `small`, `sub`, `summary`, `sup`, `u`, `var` and `wbr`
    content/python/junior/x.md:16:7-26 V0501 error an address with `javascript:` is not allowed | link to `https:`, `http:` or `mailto:`, or to a file of the handbook; before a file name with a colon write `./`
    exit 1
    ");
}

#[test]
fn five_mistakes_in_markdown() {
    assert_snapshot!(text("\
---
title: What is it?
topic: language
kind: concept
minutes: 5
assesses: Whether it is known.
strong_answers: [Says what it is., Says why., Says when.]
red_flags: [Says nothing.]
follow_ups: [Why?]
---
# A title

A [link][nowhere], a note[^none], and an image: ![](missing.png).

## Answer

```python
print(1)
"), @"
    content/python/junior/x.md:11:1-10 V0301 error the body has a level-1 heading | the title in the front matter is the one: begin the line with `##`
    content/python/junior/x.md:13:3-18 V0401 error the link refers to `nowhere`, which is not defined | write `[nowhere]: address` on a line of its own; if this is code, put it between backticks
    content/python/junior/x.md:13:26-33 V0306 error the footnote `none` is not defined | write `[^none]: text` on a line of its own; if this is code, put it between backticks
    content/python/junior/x.md:13:49-65 V0402 error there is no file `content/python/junior/missing.png` | paths are relative to the page's own folder
    content/python/junior/x.md:13:49-65 V0409 error the image has no alternative text | write what it shows between the brackets, as in `![the call stack](stack.svg)`
    content/python/junior/x.md:17:1-10 V0304 error the code fence is not closed | repeat its first signs on a line of their own after the code
    exit 1
    ");
}

#[test]
fn ten_mistakes_on_one_page() {
    assert_snapshot!(text("\
---
title: 7
topic: runtme
kind: desing
tags: [GIL]
minutes: ten
assesses: ''
strong_answers: One.
by_level: { junor: Something. }
related: [nothing]
refernces: []
red_flags: [Says nothing.]
follow_ups: [Why?]
---
<span style=\"color: red\">Red</span>

## Answer

[Up](../../../../etc/passwd) and [down](#below).

## Answer

Again.
"), @"
    content/python/junior/x.md:2:8-9 V0109 error `title` must be a text, not a number | put it between quotes: '7'
    content/python/junior/x.md:3:8-14 V0201 error unknown topic `runtme` | did you mean `runtime`?
    content/python/junior/x.md:4:7-13 V0111 error unknown kind `desing` | did you mean `design`?
    content/python/junior/x.md:5:8-11 V0111 error `GIL` can't be part of an address | write `gil`: small letters, digits and hyphens
    content/python/junior/x.md:6:10-13 V0109 error `minutes` must be a whole number, not a text
    content/python/junior/x.md:7:11-13 V0110 error `assesses` is empty | give it a value, or remove it
    content/python/junior/x.md:8:17-21 V0109 error `strong_answers` must be a list, not a text | write `[one, two]`, or a line `- …` for each
    content/python/junior/x.md:9:13-18 V0202 error unknown level `junor` | did you mean `junior`?
    content/python/junior/x.md:10:11-18 V0203 error there is no question `nothing` | write the name of its file without `.md`
    content/python/junior/x.md:11:1-10 V0107 error a question has no field `refernces` | did you mean `references`?
    content/python/junior/x.md:15:1-26 V0502 error the tag `span` is not allowed | if it is code, put it between backticks; the allowed tags are `abbr`, `br`, `cite`, `dd`, `del`, `details`, `dfn`, `dl`, `dt`, `ins`, `kbd`, `mark`, `q`, `s`, `samp`, `small`, `sub`, `summary`, `sup`, `u`, `var` and `wbr`
    content/python/junior/x.md:19:6-28 V0404 error `../../../../etc/passwd` leads out of the content folder
    content/python/junior/x.md:19:34-48 V0403 error this page has no part `#below`
    content/python/junior/x.md:21:1-10 V0303 error the question has a second `## Answer` | an answer's parts can have headings of their own, such as `### In practice`
    exit 1
    ");
}

#[test]
fn mistakes_within_lists() {
    assert_snapshot!(text("\
---
title: What is it?
topic: language
kind: concept
minutes: 5
assesses: Whether it is `known.
strong_answers:
  - Says [what](missing.md) it is.
  - 3
  -
  - Says <b>why</b>.
red_flags: []
follow_ups:
  - Why?
  - ask: How?
    strong_answers: ['See [that](vbscript:x).']
    reds: [None.]
  - Really: why?
references:
  - { title: PEP 8, url: 'ftp://example.org' }
  - { title: PEP 9 }
---
## Answer

Yes.
"), @"
    content/python/junior/x.md:8:10-28 V0402 error there is no file `content/python/junior/missing.md` | paths are relative to the page's own folder
    content/python/junior/x.md:9:5-6 V0109 error an entry of `strong_answers` must be a text, not a number | put it between quotes: '3'
    content/python/junior/x.md:10:4-4 V0110 error an entry of `strong_answers` is empty | give it a value, or remove it
    content/python/junior/x.md:11:10-13 V0502 error the tag `b` is not allowed | write `**text**`
    content/python/junior/x.md:12:12-13 V0110 error `red_flags` is empty | write at least 1 entry
    content/python/junior/x.md:16:34-44 V0501 error an address with `vbscript:` is not allowed | link to `https:`, `http:` or `mailto:`, or to a file of the handbook; before a file name with a colon write `./`
    content/python/junior/x.md:17:5-9 V0107 error a follow-up has no field `reds` | a follow-up has the fields `ask`, `assesses`, `red_flags` and `strong_answers`
    content/python/junior/x.md:18:5-11 V0109 error an entry of `follow_ups` must be a text or a map with `ask`, not a map of other fields | quote a text that contains `: `
    content/python/junior/x.md:20:26-45 V0501 error `url` can't begin with `ftp:` | write an address that begins with https://
    content/python/junior/x.md:21:7-12 V0108 error a reference needs the field `url` | add a line `url: …`
    exit 1
    ");
}

#[test]
fn a_yaml_error_does_not_hide_the_body_and_the_body_invents_no_fields() {
    assert_snapshot!(text("\
---
title: What: is it?
topic: nowhere
---
[Yes](missing.md)

## Answer

<blink>Yes.</blink>
"), @"
    content/python/junior/x.md:2:12-13 V0103 error this is not YAML: mapping values are not allowed in this context | quote a text that contains `: `, or check the indentation
    content/python/junior/x.md:5:1-18 V0402 error there is no file `content/python/junior/missing.md` | paths are relative to the page's own folder
    content/python/junior/x.md:9:1-8 V0502 error the tag `blink` is not allowed | if it is code, put it between backticks; the allowed tags are `abbr`, `br`, `cite`, `dd`, `del`, `details`, `dfn`, `dl`, `dt`, `ins`, `kbd`, `mark`, `q`, `s`, `samp`, `small`, `sub`, `summary`, `sup`, `u`, `var` and `wbr`
    exit 1
    ");
    assert_snapshot!(text("\
---
title: What is it?
topic: &t nowhere
---
No answer, and an [end](../mid/decorators.md#nothing).
"), @"
    content/python/junior/x.md:3:8-10 V0105 error anchors (`&`) and aliases (`*`) are not used here | write the value out; quote a text that begins with `&` or `*`
    content/python/junior/x.md:5:19-54 V0403 error `content/python/mid/decorators.md` has no part `#nothing`
    content/python/junior/x.md:5:55-55 V0302 error the question has no `## Answer` | write `## Answer` on a line of its own above the model answer
    exit 1
    ");
}

#[test]
fn a_broken_page_is_still_there_for_others() {
    // Its address, its headings and its name hold: nobody else is wrong because it is.
    let site = Site::new()
        .file(
            "content/python/mid/broken.md",
            "---\ntitle: What: is it?\n---\n## Hints\n\n## Answer\n\n### More\n",
        )
        .question("junior/x", |question| {
            question
                .set("related", "[broken]")
                .candidate(
                    "[a](../mid/broken.md), [b](../mid/broken.md#hints), [c](/python/broken/)",
                )
                .answer("[d](../mid/broken.md#more)")
        })
        .file(
            "content/python/kits/screen.md",
            "---\ntitle: Screen\nminutes: 30\nlevel: junior\nquestions: [lists, broken]\n---\n",
        );
    assert_snapshot!(site.check(), @"
    content/python/mid/broken.md:2:12-13 V0103 error this is not YAML: mapping values are not allowed in this context | quote a text that contains `: `, or check the indentation
    exit 1
    ");
    // Nor when it can't be read at all, but then nothing is known of its parts.
    let site = site.bytes("content/python/mid/broken.md", b"---\ntitle: \xff\n---\n");
    assert_snapshot!(site.check(), @"
    content/python/mid/broken.md:2:8-9 V0003 error `content/python/mid/broken.md` is not UTF-8: line 2 has bytes that are no text | save the file again with the encoding UTF-8
    exit 1
    ");
}

#[test]
fn every_field_of_the_other_pages() {
    let site = Site::new()
        .file("content/index.md", "---\ntitel: Welcome\naudience: nobody\n---\n# One\n")
        .file("content/python/index.md", "---\ntitle: ''\ndescription: 3\nquestions: []\n---\n")
        .file(
            "content/python/junior/index.md",
            "---\ntitle: Junior\nquestions: [lists, lists, gil, nothing, 3]\n---\n",
        )
        .file("content/python/mid/index.md", &page("Mid", "[a](nowhere.md)"))
        .file(
            "content/pages/faq.md",
            "---\ntitle: [a]\nreviewed: yesterday\naliases: faq\naudience: Interviewer\n---\n",
        )
        .file("content/python/kits/a.md", "---\ntitle: A\n---\n")
        .file(
            "content/python/kits/b.md",
            "---
title: B
minutes: 900
level: junio
questions: [lists, { slug: tupels, minutes: 0 }, { minutes: 3 }, 7]
opening: Hello
closing: { minutes: 5, word: Thanks }
---
[a](../junior/nowhere.md)
",
        )
        .file(
            "content/python/kits/c.md",
            "---\ntitle: C\nminutes: 9\nlevel: mid\nquestions: [lists, { slug: gil, minutes: 5 }]\n---\n",
        );
    assert_snapshot!(site.check(), @"
    content/index.md:2:1-6 V0107 error an index page has no field `titel` | did you mean `title`?
    content/index.md:3:11-17 V0111 error unknown audience `nobody` | it can be `interviewer` or `everyone`
    content/index.md:5:1-6 V0301 error the body has a level-1 heading | the title in the front matter is the one: begin the line with `##`
    content/pages/faq.md:2:8-9 V0109 error `title` must be a text, not a list
    content/pages/faq.md:3:11-20 V0111 error `yesterday` is not a date | write year, month and day: 2026-11-20
    content/pages/faq.md:4:10-13 V0109 error `aliases` must be a list, not a text | write `[one, two]`, or a line `- …` for each
    content/pages/faq.md:5:11-22 V0111 error unknown audience `Interviewer` | did you mean `interviewer`?
    content/python/index.md:2:8-10 V0110 error `title` is empty | give it a value, or remove it
    content/python/index.md:3:14-15 V0109 error `description` must be a text, not a number | put it between quotes: '3'
    content/python/index.md:4:1-10 V0107 error an index page has no field `questions` | an index page has the fields `allow`, `audience`, `description` and `title`
    content/python/junior/index.md:3:20-25 V0208 error `lists` stands twice in `questions` | remove one of them
    content/python/junior/index.md:3:27-30 V0203 error `gil` is a question of the level `senior` | list it in `content/python/senior/index.md`, or move its file into `content/python/junior/`
    content/python/junior/index.md:3:32-39 V0203 error there is no question `nothing` | write the name of its file without `.md`
    content/python/junior/index.md:3:41-42 V0109 error an entry of `questions` must be a text, not a number | put it between quotes: '3'
    content/python/kits/a.md:1:1-4 V0108 error a kit needs the field `level` | add a line `level: …`
    content/python/kits/a.md:1:1-4 V0108 error a kit needs the field `minutes` | add a line `minutes: …`
    content/python/kits/a.md:1:1-4 V0108 error a kit needs the field `questions` | add a line `questions: …`
    content/python/kits/b.md:3:10-13 V0111 error `minutes` must be from 1 to 480, not 900
    content/python/kits/b.md:4:8-13 V0202 error unknown level `junio` | did you mean `junior`?
    content/python/kits/b.md:5:28-34 V0203 error there is no question `tupels` | did you mean `tuples`?
    content/python/kits/b.md:5:45-46 V0111 error `minutes` must be from 1 to 240, not 0
    content/python/kits/b.md:5:52-59 V0108 error a kit's question needs the field `slug` | add a line `slug: …`
    content/python/kits/b.md:5:66-67 V0109 error an entry of `questions` must be the name of a question or a map with `slug`, not a number
    content/python/kits/b.md:6:10-15 V0109 error `opening` must be a map of fields, not a text
    content/python/kits/b.md:7:24-28 V0107 error a kit's opening or closing has no field `word` | did you mean `words`?
    content/python/kits/b.md:9:1-26 V0402 error there is no file `content/python/junior/nowhere.md` | paths are relative to the page's own folder
    content/python/kits/c.md:3:10-11 V0211 error the kit has 9 minutes, but plans 10 | take a question out, or give each `minutes` of its own
    content/python/mid/index.md:4:1-16 V0402 error there is no file `content/python/mid/nowhere.md` | paths are relative to the page's own folder
    exit 1
    ");
}

#[test]
fn many_broken_pages() {
    let mut site = Site::new();
    for number in 0..100 {
        site = site.question(&format!("junior/case-{number}"), |question| {
            question
                .set("topic", "nowhere")
                .set("minutes", "0")
                .answer("[a](missing.md)")
        });
    }
    let found = site.check();
    assert_eq!(found.problems.len(), 300, "{found}");
    assert_eq!(found.code, 1);
    assert!(
        found
            .problems
            .is_sorted_by_key(|line| line.split(':').next().unwrap().to_owned())
    );
}

#[test]
fn answers_that_say_nothing() {
    let answer = |text: &str| {
        let site = Site::new().question("junior/x", |question| question.answer(text));
        site.check().codes().join(" ")
    };
    for text in [
        "",
        "<!-- later -->",
        "### In practice",
        "### One\n\n<!-- a -->\n\n### Two",
        "[a]: lists.md",
    ] {
        assert_eq!(answer(text), "V0310", "{text}");
    }
    assert_eq!(answer("[^a]: A note."), "V0310 V0903");
    for text in [
        "### One\n\nA.",
        "```text\nx\n```",
        "- A",
        "A.[^a]\n\n[^a]: A note.",
    ] {
        assert_eq!(answer(text), "", "{text}");
    }
}

#[test]
fn each_block_that_is_too_deep_is_told_of() {
    let deep = |levels: usize| format!("{}x\n\n", "- ".repeat(levels));
    let text = format!("{}Text.\n\n{}{}", deep(60), deep(30), deep(50));
    let site = Site::new().file("content/pages/faq.md", &crate::site::page("FAQ", &text));
    assert_snapshot!(site.check(), @"
    content/pages/faq.md:4:81-122 V0308 error this is nested deeper than 40 levels | write it flat
    content/pages/faq.md:10:81-102 V0308 error this is nested deeper than 40 levels | write it flat
    exit 1
    ");
}
