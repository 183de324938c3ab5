//! Pages with very many mistakes, very long lines, and names that no terminal should be given.

use std::time::{Duration, Instant};

use insta::assert_snapshot;

use crate::site::{Ran, Site, page};

const FAQ: &str = "content/pages/faq.md";

fn faq(body: &str) -> Site {
    Site::new().file(FAQ, &page("Questions and answers", body))
}

/// What people read of a page with this text.
fn read(body: &str) -> String {
    Ran::of(&mut faq(body).command(&["check"])).stderr
}

/// The end of what people read.
fn end(body: &str) -> String {
    let text = read(body);
    let blocks: Vec<&str> = text.trim_end().split("\n\n").collect();
    blocks[blocks.len().saturating_sub(2)..].join("\n\n")
}

#[test]
fn two_hundred_of_a_kind_are_told_and_the_others_are_counted() {
    assert_snapshot!(end(&"TODO.\n\n".repeat(1700)), @"
    warning[V0918]: `TODO` marks a part that is still to be written
       --> content/pages/faq.md:402:1
        |
    402 | TODO.
        | ^^^^
        |
        = note: and 1,500 more of this on the page
        = help: write it, or take it out; a word that is meant stands between backticks

    warning: 1700 warnings; `viva explain CODE` tells more
    ");
    // Each rule is counted for itself, be it of the body, of characters, or of names.
    let body = "a\u{200b}b [x](nope.md) <b>x</b>\n\n".repeat(250);
    let checked = faq(&body).check();
    let codes = checked.codes();
    for code in ["V0916", "V0402", "V0502"] {
        assert_eq!(
            codes.iter().filter(|found| **found == code).count(),
            200,
            "{code}"
        );
    }
    let ran = Ran::of(
        faq(&body)
            .command(&["check", "--format", "json"])
            .arg("--deny-warnings"),
    );
    assert_eq!(
        ran.stdout
            .matches("and 50 more of this on the page")
            .count(),
        3
    );
    // What is mended is not limited.
    let site = faq(&body);
    Ran::of(&mut site.command(&["check", "--fix"]));
    let text = std::fs::read_to_string(site.path(FAQ)).unwrap();
    assert_eq!(text.matches('\u{200b}').count(), 0);
}

#[test]
fn long_lines_are_cut_around_the_place() {
    let body = format!(
        "{}[x](nope.md) {}",
        "word ".repeat(2000),
        "word ".repeat(2000)
    );
    assert_snapshot!(read(&body), @"
    error[V0402]: there is no file `content/pages/nope.md`
     --> content/pages/faq.md:4:10001
      |
    4 | …word word word word word word word word word word word word [x](nope.md) word word word word word word word word word word word word...
      |                                                              ^^^^^^^^^^^^
      |
      = help: paths are relative to the page's own folder

    error: 1 error; `viva explain CODE` tells more
    ");
    // Places that are far from each other, and others on long lines between.
    let body = format!(
        "[^a]\n\n[^a]: One.\n\n{}\n\n[^a]: Two.",
        "word ".repeat(100)
    );
    assert_snapshot!(read(&body), @"
    error[V0307]: the footnote `a` is defined a second time
      --> content/pages/faq.md:10:1
       |
     6 | [^a]: One.
       | ----- the first definition is here
    ...
    10 | [^a]: Two.
       | ^^^^^
       |
       = help: give it another name

    error: 1 error; `viva explain CODE` tells more
    ");
    let body = format!("[^a]\n\n[^a]: One.\n{}\n[^a]: Two.", "\nword\n".repeat(50));
    assert_snapshot!(read(&body), @"
    error[V0307]: the footnote `a` is defined a second time
       --> content/pages/faq.md:108:1
        |
    108 | [^a]: Two.
        | ^^^^^
        |
       ::: content/pages/faq.md:6:1
        |
      6 | [^a]: One.
        | ----- the first definition is here
        |
        = help: give it another name

    error: 1 error; `viva explain CODE` tells more
    ");
}

#[test]
fn time_grows_with_the_number_of_mistakes_and_no_faster() {
    let bodies = [
        "a\u{200b}".repeat(100_000),
        "a\u{200b}\n".repeat(50_000),
        "pаypal ".repeat(20_000),
        "[x](nope.md) ".repeat(10_000),
        "TODO. ".repeat(20_000),
    ];
    for body in bodies {
        let start = Instant::now();
        read(&body);
        let time = start.elapsed();
        assert!(time < Duration::from_secs(20), "{time:?}: {}", &body[..20]);
    }
}

#[test]
fn long_lists_are_read_in_time() {
    let kit = |entries: usize| {
        let list = vec!["lists"; entries].join(", ");
        let text =
            format!("---\ntitle: Kit\nminutes: 5\nlevel: junior\nquestions: [{list}]\n---\nRun.\n");
        let site = Site::new().file("content/python/kits/k.md", &text);
        let start = Instant::now();
        Ran::of(&mut site.command(&["check"]));
        start.elapsed()
    };
    let (some, many) = (kit(5_000), kit(40_000));
    // Eight times as much, and not sixty-four times.
    assert!(many < some * 20, "{some:?} {many:?}");
}

#[cfg(unix)]
#[test]
fn names_of_files_give_a_terminal_no_orders() {
    let site = Site::new().file("content/pages/\u{1b}[31mred\nline.md", &page("A", "B."));
    assert_snapshot!(Ran::of(&mut site.command(&["check"])).stderr, @r"
    error[V0007]: `\u{1b}[31mred\nline.md` can't be part of an address
    --> content/pages/\u{1b}[31mred\nline.md
     = help: rename it to `31mred-line.md`: small letters, digits and hyphens

    error: 1 error; `viva explain CODE` tells more
    ");
}
