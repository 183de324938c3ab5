//! Rules on fences: their language and their width.

use insta::assert_snapshot;

use super::{page, question};

#[test]
fn fences_without_a_language() {
    assert_snapshot!(page("```\nx = 1\n```\n\n> ~~~\n> y\n> ~~~"), @"
    4:1-4 V0914 warning the code fence names no language | write it after the signs, as in `python`; `text` is for plain text, `output` for what a sample prints
    8:3-6 V0914 warning the code fence names no language | write it after the signs, as in `python`; `text` is for plain text, `output` for what a sample prints
    exit 0
    ");
    assert_snapshot!(page("```text\nx\n```\n\n    an indented block\n\n`code`"), @"exit 0");
    // One that is not known is another rule's matter.
    assert_snapshot!(page("```pyhton\nx = 1\n```"), @"
    4:4-10 V0905 warning no highlighting for the language `pyhton` | write the language's usual name, or `text` for plain text
    exit 0
    ");
}

#[test]
fn lines_too_wide_for_a_phone() {
    let line = |columns: usize| format!("x = \"{}\"", "a".repeat(columns - 6));
    let fence = |code: &str| question(|q| q.answer(&format!("So:\n\n```python\n{code}\n```")));
    assert_snapshot!(fence(&line(81)), @"
    16:81-82 V0915 warning this line of code has 81 columns | break it before column 81: phones show no more, even held sideways
    exit 0
    ");
    assert_snapshot!(fence(&format!("y = 1\n{}\n{}\n{}", line(90), line(80), line(100))), @"
    17:81-91 V0915 warning this line of code has 90 columns, and one more of this block is too wide | break it before column 81: phones show no more, even held sideways
    exit 0
    ");
    // A tab is four columns, a wide letter two; spaces at the end are not seen.
    assert_snapshot!(fence(&format!("\t{}", line(77))), @"
    16:78-79 V0915 warning this line of code has 81 columns | break it before column 81: phones show no more, even held sideways
    exit 0
    ");
    assert_snapshot!(fence(&format!("\t{}   ", line(76))), @"exit 0");
    assert_snapshot!(fence(&format!("# {}", "語".repeat(40))), @"
    16:42-43 V0915 warning this line of code has 82 columns | break it before column 81: phones show no more, even held sideways
    exit 0
    ");
    assert_snapshot!(fence(&format!("# {}", "é".repeat(78))), @"exit 0");
    // Nobody can break what a program prints. Text is wrapped.
    assert_snapshot!(page(&format!("```output\n{}\n```", line(120))), @"exit 0");
    assert_snapshot!(page(&format!("```text\n{}\n```", line(81))), @"
    5:81-82 V0915 warning this line of code has 81 columns | break it before column 81: phones show no more, even held sideways
    exit 0
    ");
    assert_snapshot!(page(&format!("`{}`", line(200))), @"exit 0");
}
