//! The commonest slips in YAML, each told in people's words and where it is.

use insta::assert_snapshot;

use crate::site::{Site, page};

const QUESTION: &str = "\
---
title: What is it?
topic: language
kind: concept
minutes: 5
assesses: Whether it is known.
strong_answers:
  - Says what it is.
  - Says why it is so.
  - Says when it is not.
red_flags:
  - Says nothing.
follow_ups:
  - Why?
---
## Answer

It is what it is.
";

/// What is found in a question of which one text is another, without its path.
fn with(from: &str, to: &str) -> String {
    assert_eq!(QUESTION.matches(from).count(), 1, "{from}");
    let text = QUESTION.replace(from, to);
    let site = Site::new().file("content/python/junior/x.md", &text);
    site.check()
        .to_string()
        .replace("content/python/junior/x.md:", "")
}

#[test]
fn texts_that_begin_with_a_sign() {
    assert_snapshot!(with("- Says nothing", "- [link](x) Says nothing"), @"
    12:5-28 V0103 error a text that begins with `[` means something else in YAML | put all of it between single quotes: 'like this'
    exit 1
    ");
    assert_snapshot!(with("Whether", "{a} Whether"), @"
    6:11-35 V0103 error a text that begins with `{` means something else in YAML | put all of it between single quotes: 'like this'
    exit 1
    ");
    assert_snapshot!(with("Whether", "> Whether"), @"
    6:11-33 V0103 error a text that begins with `>` means something else in YAML | put all of it between single quotes: 'like this'
    exit 1
    ");
    assert_snapshot!(with("  - Says nothing.", "  [Says [x](a.md)., Says less.]"), @"
    12:4-19 V0103 error an entry of this list has brackets of its own | put it between quotes, or each entry on a line of its own after `- `
    exit 1
    ");
    assert_snapshot!(with("  - Why?", "  [Why?, When"), @"
    14:3-4 V0103 error this `[` is not closed | write `]` where it ends, or quote a text that begins with `[`
    exit 1
    ");
}

#[test]
fn missing_spaces_and_colons() {
    assert_snapshot!(with("minutes: 5", "minutes:5"), @"
    5:1-9 V0103 error there is no space after this colon | write `minutes: …`
    exit 1
    ");
    assert_snapshot!(with("minutes: 5", "minutes 5"), @"
    5:1-8 V0103 error there is no colon after `minutes` | write `minutes: …`; a text that goes on is indented below its field
    exit 1
    ");
    assert_snapshot!(with("  - Says why", "  -Says why"), @"
    9:3-4 V0103 error there is no space after this `-` | an entry of a list begins with `- `
    exit 1
    ");
    assert_snapshot!(with("  - Says what", "  -Says what"), @"
    8:3-10:25 V0109 error `strong_answers` must be a list, not a text | write a space after each `-`
    exit 1
    ");
}

#[test]
fn entries_and_fields_in_the_wrong_column() {
    assert_snapshot!(with("  - Says why", " - Says why"), @"
    9:2-3 V0103 error this entry is not indented as the others of its list | give every `-` of a list the same indentation
    exit 1
    ");
    assert_snapshot!(with("  - Says what", "   - Says what"), @"
    9:3-4 V0103 error this entry is not indented as the others of its list | give every `-` of a list the same indentation
    exit 1
    ");
    // YAML takes it for the second line of the entry above.
    assert_snapshot!(with("  - Says why", "    - Says why"), @"
    9:5-6 V0103 error this line goes on with the text above, and is no entry of the list | give every `-` of a list the same indentation
    exit 1
    ");
    assert_snapshot!(with("minutes: 5", "  minutes: 5"), @"
    5:3-10 V0103 error this field is indented further than the one above | begin both in the same column; quote a text that contains `: `
    exit 1
    ");
    // A text of several lines, whose list is Markdown's.
    assert_snapshot!(with("Whether it is known.", "|\n  One,\n  1 - 1, and\n  -1."), @"exit 0");
    assert_snapshot!(with("Says nothing.", "Says nothing\n    -- or less."), @"exit 0");
}

#[test]
fn quotes_and_tabs() {
    assert_snapshot!(with("What is it", "\"What is it"), @r#"
    2:8-20 V0103 error this text begins with a quote and does not end with one | write " at its end
    exit 1
    "#);
    assert_snapshot!(with("- Says why", "- 'Says why"), @"
    9:5-24 V0103 error this text begins with a quote and does not end with one | write ' at its end
    exit 1
    ");
    assert_snapshot!(with("- Why?", "- \"Why?"), @r#"
    14:5-10 V0103 error this text begins with a quote and does not end with one | write " at its end
    exit 1
    "#);
    assert_snapshot!(with("Whether it is known.", "'Whether it's known.'"), @"
    6:11-32 V0103 error this text goes on after its quotes | write an apostrophe within single quotes as '', or take double quotes around all of it
    exit 1
    ");
    assert_snapshot!(with("What is it?", "\"What\" is it?"), @"
    2:8-21 V0103 error this text goes on after its quotes | put all of it between single quotes: 'like this'
    exit 1
    ");
    assert_snapshot!(with("  - Says why", "\t- Says why"), @"
    9:1-2 V0103 error this line is indented with a tab | indent with spaces
    exit 1
    ");
    assert_snapshot!(with("minutes: 5", "\tminutes: 5"), @"
    5:1-2 V0103 error this line is indented with a tab | indent with spaces
    exit 1
    ");
}

#[test]
fn front_matter_below_an_empty_line_is_read() {
    let site = Site::new().file(
        "content/pages/faq.md",
        "\n---\ntitel: FAQ\nfoo: 1\n---\n[x](nope.md)\n",
    );
    assert_snapshot!(site.check(), @"
    content/pages/faq.md:2:1-4 V0101 error the front matter does not begin with the file | remove what stands above it
    content/pages/faq.md:3:1-6 V0107 error a page has no field `titel` | did you mean `title`?
    content/pages/faq.md:4:1-4 V0107 error a page has no field `foo` | a page has the fields `aliases`, `allow`, `audience`, `description`, `reviewed` and `title`
    content/pages/faq.md:6:1-13 V0402 error there is no file `content/pages/nope.md` | paths are relative to the page's own folder
    exit 1
    ");
}

#[test]
fn conflicts_that_git_left() {
    assert_snapshot!(with("minutes: 5", "<<<<<<< HEAD\nminutes: 0\n||||||| base\nminutes: 1\n=======\nminutes: 6\n>>>>>>> other"), @"
    5:1-13 V0012 error a merge conflict is not resolved | keep what is right, and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`
    6:10-11 V0111 error `minutes` must be from 1 to 240, not 0
    exit 1
    ");
    let faq = |body: &str| {
        let site = Site::new().file("content/pages/faq.md", &page("FAQ", body));
        site.check()
            .to_string()
            .replace("content/pages/faq.md:", "")
    };
    assert_snapshot!(faq("<<<<<<< HEAD\nOne [x](nope.md)\n=======\nTwo [x](nope.md)\n>>>>>>> other\n\nThree [x](no.md)"), @"
    4:1-13 V0012 error a merge conflict is not resolved | keep what is right, and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`
    5:5-17 V0402 error there is no file `content/pages/nope.md` | paths are relative to the page's own folder
    10:7-17 V0402 error there is no file `content/pages/no.md` | paths are relative to the page's own folder
    exit 1
    ");
    assert_snapshot!(faq("One\n>>>>>>> other"), @"
    5:1-14 V0012 error a merge conflict is not resolved | keep what is right, and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`
    exit 1
    ");
    assert_snapshot!(faq("```text\n<<<<<<< HEAD\nOne\n=======\nTwo\n>>>>>>> other\n```"), @"exit 0");
    assert_snapshot!(faq(">>>>>>>> eight\n\nTitle\n======="), @"
    6:1-6 V0301 error the body has a level-1 heading | the title in the front matter is the one: write `---` below this line, not `===`
    exit 1
    ");
    let site = Site::new().config("<<<<<<< HEAD\nnavigation: [pyhton]\n=======\nfoo\n>>>>>>> x");
    assert_snapshot!(site.check(), @"
    content/handbook.yaml:14:1-13 V0012 error a merge conflict is not resolved | keep what is right, and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`
    content/handbook.yaml:15:14-20 V0209 error there is no guide or page `pyhton` | did you mean `python`?
    exit 1
    ");
}

#[test]
fn a_handbook_that_is_half_broken_is_checked_by_its_other_half() {
    let site = Site::new()
        .edit("content/handbook.yaml", "title: Mid", "titel: Mid")
        .config("navigation: [pyhton]\ntheme: nope\nfooter: '[x](nope.md)'\nlogo: no.svg")
        .question("junior/x", |q| q.set("topic", "langauge"));
    assert_snapshot!(site.check(), @"
    content/handbook.yaml:8:16-21 V0107 error a level has no field `titel` | did you mean `title`?
    content/handbook.yaml:14:14-20 V0209 error there is no guide or page `pyhton` | did you mean `python`?
    content/handbook.yaml:15:8-12 V0601 error there is no theme `nope` | a theme is a folder `themes/nope/` beside `content/`
    content/handbook.yaml:16:10-22 V0402 error there is no file `content/nope.md` | paths are relative to the page's own folder
    content/handbook.yaml:17:7-13 V0402 error there is no file `content/no.svg` | paths are relative to the page's own folder
    exit 1
    ");
    let site = Site::new()
        .edit("content/handbook.yaml", "title: The Test Handbook\n", "")
        .question("junior/x", |q| q.set("topic", "langauge"));
    assert_snapshot!(site.check(), @"
    content/handbook.yaml:1:1-1 V0108 error handbook.yaml needs the field `title` | add a line `title: …`
    content/python/junior/x.md:3:8-16 V0201 error unknown topic `langauge` | did you mean `language`?
    exit 1
    ");
}
