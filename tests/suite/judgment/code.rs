//! Rules on fences: their language and their width.

use insta::assert_snapshot;

use super::{page, question};
use crate::site::{self, Site};

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
    assert_snapshot!(page(&format!("```go\n```\n\n```output\n{}\n```", line(120))), @"exit 0");
    assert_snapshot!(page(&format!("```text\n{}\n```", line(81))), @"
    5:81-82 V0915 warning this line of code has 81 columns | break it before column 81: phones show no more, even held sideways
    exit 0
    ");
    assert_snapshot!(page(&format!("`{}`", line(200))), @"exit 0");
}

const CODE: &str = "```python\nprint(1)\n```";
const OUTPUT: &str = "```output\n1\n```";

#[test]
fn outputs_that_belong_to_no_sample() {
    assert_snapshot!(page(&format!("{CODE}\n\nIt prints:\n\n{OUTPUT}")), @"
    10:4-10 V0708 warning this output belongs to no sample | put it right after its sample, where `viva test` compares it, or name it `text`
    exit 0
    ");
    assert_snapshot!(page(&format!("{CODE}\n\n{OUTPUT}\n\n{OUTPUT}")), @"
    12:4-10 V0708 warning this output belongs to no sample | put it right after its sample, where `viva test` compares it, or name it `text`
    exit 0
    ");
    assert_snapshot!(page(OUTPUT), @"
    4:4-10 V0708 warning this output belongs to no sample | put it right after its sample, where `viva test` compares it, or name it `text`
    exit 0
    ");
    assert_snapshot!(page(&format!("{CODE}\n\n```Output\n1\n```")), @"
    8:4-10 V0708 warning this output belongs to no sample | write `output` in small letters
    exit 0
    ");
    assert_snapshot!(page(&format!("```python\n>>> 1\n1\n```\n\n{OUTPUT}")), @"
    9:4-10 V0708 warning this output belongs to no sample | write below each prompt what it answers, or name it `text`
    exit 0
    ");
    let prediction = |answer: &str| {
        question(|q| {
            q.set("kind", "predict-output")
                .candidate(CODE)
                .answer(answer)
        })
    };
    assert_snapshot!(prediction(&format!("{OUTPUT}\n\nNot this:\n\n{OUTPUT}")), @"
    23:4-10 V0708 warning this output belongs to no sample | put it right after its sample, where `viva test` compares it, or name it `text`
    exit 0
    ");
    // In another kind of question the answer's output is nobody's.
    assert_snapshot!(question(|q| q.candidate(CODE).answer(OUTPUT)), @"
    17:4-10 V0708 warning this output belongs to no sample | put it right after its sample, where `viva test` compares it, or name it `text`
    exit 0
    ");
}

#[test]
fn outputs_that_are_compared_or_can_not_be() {
    let norun = CODE.replace("python", "python norun=\"slow\"");
    let other = CODE.replace("python", "go");
    for body in [
        format!("{CODE}\n\n{OUTPUT}"),
        format!("{CODE}\n{OUTPUT}\n\nAnd:\n\n{CODE}\n\n{OUTPUT}"),
        format!("> {CODE}\n\n{OUTPUT}").replace('\n', "\n> "),
        format!("{norun}\n\n{OUTPUT}"),
        format!("{norun}\n\nPrints:\n\n{OUTPUT}"),
        format!("{other}\n\n{OUTPUT}"),
        format!("{other}\n\nPrints:\n\n{OUTPUT}\n\nOr:\n\n{OUTPUT}"),
        format!("```sh\npython x.py\n```\n\n{OUTPUT}"),
    ] {
        assert_eq!(page(&body), "exit 0", "{body}");
    }
    for answer in [
        format!("It is:\n\n{OUTPUT}"),
        format!("Not this one:\n\n{CODE}\n\n{OUTPUT}\n\nBut:\n\n{OUTPUT}"),
    ] {
        let found = question(|q| {
            q.set("kind", "predict-output")
                .candidate(&format!("{CODE}\n\n{CODE}"))
                .answer(&answer)
        });
        assert_eq!(found, "exit 0", "{answer}");
    }
    // What is run is handbook.yaml's matter.
    let with_go = Site::new()
        .config("samples: { go: { command: [go, run, '{file}'] } }")
        .file(
            "content/pages/faq.md",
            &site::page("Go", &format!("{other}\n\nPrints:\n\n{OUTPUT}")),
        );
    assert_eq!(with_go.check().codes(), ["V0708"]);
}

#[test]
fn predictions_that_nobody_can_compare() {
    let prediction = |code: &str, answer: &str| {
        question(|q| {
            q.set("kind", "predict-output")
                .candidate(code)
                .answer(answer)
        })
    };
    assert_snapshot!(prediction(CODE, "It prints 1."), @"
    4:1-5 V0709 warning no output in the answer says what the prompt's sample prints | show it in an `output` fence of the answer, where `viva test` compares it
    exit 0
    ");
    for (code, answer) in [
        (CODE, OUTPUT),
        ("```python raises=ValueError\nint('')\n```", "It fails."),
        ("```python norun=\"slow\"\nprint(1)\n```", "It prints 1."),
        ("```go\nprint(1)\n```", "It prints 1."),
        (CODE, &format!("{CODE}\n\n{OUTPUT}")),
    ] {
        assert_eq!(prediction(code, answer), "exit 0", "{code} {answer}");
    }
}
