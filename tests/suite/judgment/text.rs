//! Rules on running text: headings, links, alternative texts, characters, what is unfinished.

use insta::assert_snapshot;

use super::{page, question};
use crate::site::Site;

#[test]
fn headings_that_skip_a_level() {
    assert_snapshot!(question(|q| q.answer("### One\n\n##### Deep\n\nA.\n\n#### Back\n\nB.")), @"
    15:1-11 V0911 warning this heading of level 5 follows one of level 3 | begin the line with `####`
    exit 0
    ");
    assert_snapshot!(question(|q| q.candidate("### Data\n\nA.")), @"
    11:1-9 V0911 warning this heading of level 3 follows the title | begin the line with `##`
    exit 0
    ");
    assert_snapshot!(page("### First\n\nA.\n\n## Second\n\nB."), @"
    4:1-10 V0911 warning this heading of level 3 follows the title | begin the line with `##`
    exit 0
    ");
    // Up by any number of levels, and a code block that looks like headings.
    assert_snapshot!(
        question(|q| q.answer("### One\n\n#### Two\n\nA.\n\n### Three\n\n```text\n# a\n##### b\n```")),
        @"exit 0"
    );
    assert_snapshot!(page("## One\n\n### Two\n\n#### Three\n\nA.\n\n## Four\n\nB."), @"exit 0");
    // After another mistake in the headings nothing is said.
    assert_snapshot!(page("# One\n\n### Two\n\nA."), @"
    4:1-6 V0301 error the body has a level-1 heading | the title in the front matter is the one: begin the line with `##`
    exit 1
    ");
}

#[test]
fn link_texts() {
    assert_snapshot!(page("See [here](https://example.org/a) and [**this page**](https://example.org/b)."), @"
    4:6-10 V0912 warning the link's text `here` does not say where it leads | link the words that name the target, as in `[how dicts are stored](dict-keys.md)`
    4:39-77 V0912 warning the link's text `this page` does not say where it leads | link the words that name the target, as in `[how dicts are stored](dict-keys.md)`
    exit 0
    ");
    assert_snapshot!(page("[https://example.org/a](https://example.org/a), [](https://example.org/)"), @"
    4:2-23 V0912 warning the link's text is an address | link the words that name the target, as in `[how dicts are stored](dict-keys.md)`
    4:49-73 V0912 warning the link has no text | link the words that name the target, as in `[how dicts are stored](dict-keys.md)`
    exit 0
    ");
    assert_snapshot!(page("[Read more…][a]\n\n[a]: https://example.org/a"), @"
    4:2-12 V0912 warning the link's text `Read more…` does not say where it leads | link the words that name the target, as in `[how dicts are stored](dict-keys.md)`
    exit 0
    ");
    // In a field it is told of as well.
    assert_snapshot!(question(|q| q.set("assesses", "\"What stands [here](https://example.org/a).\"")), @"
    6:25-29 V0912 warning the link's text `here` does not say where it leads | link the words that name the target, as in `[how dicts are stored](dict-keys.md)`
    exit 0
    ");
    assert_snapshot!(page("\
[The heap here](https://example.org/a), [more-itertools](https://example.org/b),
[`here`s documents](https://example.org/c), <https://example.org/d>, https://example.org/e"), @"exit 0");
}

#[test]
fn alternative_texts() {
    let with = |body: &str| {
        let image = include_bytes!("../../../themes/default/assets/icon-192.png");
        let text = Site::new()
            .bytes("content/pages/a.png", image)
            .bytes("content/pages/b.png", image)
            .file(
                "content/pages/faq.md",
                &format!("---\ntitle: FAQ\n---\n{body}\n"),
            )
            .check()
            .to_string();
        text.replace("content/pages/faq.md:", "")
    };
    assert_snapshot!(with("![A tree](a.png)\n\nText.\n\n![a tree.](b.png)"), @"
    8:1-18 V0913 warning another image has the alternative text `a tree.` too | say what this image shows, as one would over the telephone
    exit 0
    ");
    assert_snapshot!(with("![Image of a tree](a.png) and ![](b.png)"), @"
    4:1-26 V0913 warning the alternative text begins with what every image is | say what this image shows, as one would over the telephone
    4:31-41 V0409 error the image has no alternative text | write what it shows between the brackets, as in `![the call stack](stack.svg)`
    exit 1
    ");
    assert_snapshot!(with("![tree.png](a.png)\n\n![Diagram](b.png)"), @"
    4:1-19 V0913 warning the alternative text is the name of a file | say what this image shows, as one would over the telephone
    6:1-18 V0913 warning the alternative text says only that there is an image | say what this image shows, as one would over the telephone
    exit 0
    ");
    assert_snapshot!(with("![How a tree grows](a.png)\n\n*How a tree grows.*\n\n![Else](b.png)"), @"
    4:1-27 V0913 warning the text beside the image says the same as its alternative text | say what this image shows, as one would over the telephone
    exit 0
    ");
    assert_snapshot!(with("\
The same tree twice: ![A tree](a.png) ![A tree](a.png)

![An imaged tree](b.png)

What an imaged tree is, it says."), @"exit 0");
}

#[test]
fn characters_without_a_width() {
    assert_snapshot!(question(|q| q.answer("It\u{200b} is\u{2060}\u{200b} so.\n\n```python\nx\u{feff} = 1\n```")), @"
    13:3-4 V0916 warning U+200B has no width: nobody sees it | remove it
    13:7-9 V0916 warning 2 characters from U+2060 on have no width: nobody sees them | remove it
    16:2-3 V0916 warning U+FEFF has no width: nobody sees it | remove it
    exit 0
    ");
    assert_snapshot!(question(|q| q.set("assesses", "Whether\u{200d} it is.")), @"
    6:18-19 V0916 warning U+200D has no width: nobody sees it | remove it
    exit 0
    ");
    // Where a script or an emoji needs them they are letters.
    assert_snapshot!(question(|q| q.answer("می\u{200c}خواهم 👩\u{200d}💻 क\u{200d}ष")), @"exit 0");
}

#[test]
fn scripts_in_a_word() {
    // With Cyrillic `у` and `с`, and a Greek `Α`.
    assert_snapshot!(question(|q| q.answer("Pуthon has `сlass` and Αpple.")), @"
    13:1-7 V0917 warning `Pуthon` has the Cyrillic letter `у` (U+0443) among Latin ones | type the word anew in one script
    13:13-18 V0917 warning `сlass` has the Cyrillic letter `с` (U+0441) among Latin ones | type the word anew in one script
    13:24-29 V0917 warning `Αpple` has the Greek letter `Α` (U+0391) among Latin ones | type the word anew in one script
    exit 0
    ");
    assert_snapshot!(question(|q| q.set("tags", "[]").set("assesses", "What Pуthon is.")), @"
    6:16-22 V0917 warning `Pуthon` has the Cyrillic letter `у` (U+0443) among Latin ones | type the word anew in one script
    exit 0
    ");
    assert_snapshot!(question(|q| q.answer("Δx takes 3 μs; Питон is Python, λόγος is a word, SQLник too.")), @"exit 0");
}

#[test]
fn what_is_still_to_be_written() {
    assert_snapshot!(question(|q| q.answer("TODO: explain.\n\n- One\n- Two (FIXME)\n\nIt costs TBD")), @"
    13:1-5 V0918 warning `TODO` marks a part that is still to be written | write it, or take it out; a word that is meant stands between backticks
    16:8-13 V0918 warning `FIXME` marks a part that is still to be written | write it, or take it out; a word that is meant stands between backticks
    18:10-13 V0918 warning `TBD` marks a part that is still to be written | write it, or take it out; a word that is meant stands between backticks
    exit 0
    ");
    assert_snapshot!(question(|q| q.set("assesses", "TODO").set("red_flags", "[Says nothing. TODO more]")), @"
    6:11-15 V0918 warning `TODO` marks a part that is still to be written | write it, or take it out; a word that is meant stands between backticks
    8:27-31 V0918 warning `TODO` marks a part that is still to be written | write it, or take it out; a word that is meant stands between backticks
    exit 0
    ");
    assert_snapshot!(question(|q| q.set("title", "What is it? TODO")), @"
    2:20-24 V0918 warning `TODO` marks a part that is still to be written | write it, or take it out; a word that is meant stands between backticks
    exit 0
    ");
    assert_snapshot!(question(|q| {
        q.answer("Leaves a TODO in the code, or `TODO`.\n\n```python\n# TODO: later\n```\n\nTODOs and XXXL.")
    }), @"exit 0");
}

/// The lines and columns of what is still to be written.
fn unwritten(body: &str) -> String {
    let places = page(body);
    let words = places.lines().filter_map(|line| line.split_once(" V0918"));
    words.map(|(place, _)| place).collect::<Vec<_>>().join(" ")
}

#[test]
fn unwritten_at_the_end_of_anything() {
    assert_eq!(
        unwritten(
            "| a | One TODO | b TODO |\n|---|---|---|\n| c TODO | d | TODO e |\n| The TODO here | d | e |"
        ),
        "4:11-15 4:20-24 6:5-9 6:16-20"
    );
    assert_eq!(unwritten("One TODO\n```text\nx\n```"), "4:5-9");
    assert_eq!(
        unwritten("One[^a] TODO\n[^a]: Two TODO\n[^b]: A TODO too."),
        "4:9-13 5:11-15"
    );
    assert_eq!(
        unwritten("One TODO!\n\nTwo TODO?\n\nThree TODO[^a]\n\n[^a]: Four."),
        "4:5-9 6:5-9 8:7-11"
    );
    assert_eq!(unwritten("One TODO  \ntwo TODO\\\nthree"), "4:5-9 5:5-9");
    assert_eq!(
        unwritten("<details>\n<summary>More TODO</summary>\n\nA.\n\n</details>"),
        "5:15-19"
    );
    assert_eq!(
        unwritten("- Two TODO\n  ```text\n  TODO\n  ```\n- Looks for TODO in code"),
        "4:7-11"
    );
    let site = Site::new()
        .edit(
            "content/handbook.yaml",
            "A handbook for tests.",
            "A handbook TODO",
        )
        .edit("content/handbook.yaml", "Knows the parts.", "TODO")
        .edit("content/handbook.yaml", "Things at once.", "'Things. TODO'");
    assert_snapshot!(site.check(), @"
    content/handbook.yaml:2:25-29 V0918 warning `TODO` marks a part that is still to be written | write it, or take it out; a word that is meant stands between backticks
    content/handbook.yaml:7:43-47 V0918 warning `TODO` marks a part that is still to be written | write it, or take it out; a word that is meant stands between backticks
    content/handbook.yaml:12:62-66 V0918 warning `TODO` marks a part that is still to be written | write it, or take it out; a word that is meant stands between backticks
    exit 0
    ");
}

#[test]
fn characters_without_a_width_by_reference() {
    assert_snapshot!(page("a&#x200b;b, hyphen&shy;ated, `&shy;`, می&zwnj;خواهم, &#x202e;, hyphen\u{ad}ated"), @"
    4:2-10 V0916 warning U+200B has no width: nobody sees it | remove it
    4:19-24 V0916 warning U+00AD has no width: nobody sees it | remove it
    4:54-62 V0011 error U+202E reorders the text around it | remove it: what is shown would differ from what is written
    4:70-71 V0916 warning U+00AD has no width: nobody sees it | remove it
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("assesses", "\"Whether \\u200bit \\xADis\u{200b}.\"")), @"
    6:20-26 V0916 warning U+200B has no width: nobody sees it | remove it
    6:29-33 V0916 warning U+00AD has no width: nobody sees it | remove it
    6:35-36 V0916 warning U+200B has no width: nobody sees it | remove it
    exit 0
    ");
}
