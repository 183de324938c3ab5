//! The results in the XML that build servers read: that of the Ant task `junit`.

use std::fmt::Write as _;
use std::time::Duration;

use super::sample::Sample;
use super::verdict::{Outcome, Verdict};
use crate::diag::render::Texts;
use crate::diag::{Diagnostic, LineIndex};

/// One test case of the file.
#[derive(Debug)]
pub struct Case<'r> {
    pub sample: &'r Sample,
    pub outcome: &'r Outcome,
    pub problems: &'r [Diagnostic],
}

/// A suite for each page, in order.
pub fn junit(cases: &[Case<'_>], texts: &Texts) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(out, "<testsuites name=\"viva test\"{}>", counts(cases));
    for page in cases.chunk_by(|one, next| one.sample.path == next.sample.path) {
        let Some(first) = page.first() else { continue };
        let path = escaped(&first.sample.path);
        let _ = writeln!(out, "  <testsuite name=\"{path}\"{}>", counts(page));
        let lines = texts
            .get(&first.sample.path)
            .map(|text| LineIndex::new(text));
        for case in page {
            let line = lines
                .as_ref()
                .map_or(1, |lines| lines.position(case.sample.span.start).line);
            write_case(&mut out, case, &path, line);
        }
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

fn write_case(out: &mut String, case: &Case<'_>, path: &str, line: usize) {
    let _ = write!(
        out,
        "    <testcase classname=\"{path}\" name=\"{} in line {line}\" file=\"{path}\" line=\"{line}\" time=\"{}\"",
        escaped(&case.sample.language),
        seconds(case.outcome.time),
    );
    let body = match &case.outcome.verdict {
        Verdict::Runs => String::new(),
        Verdict::Compiles => skipped(&format!("only compiled: {}", case.sample.why_not_run())),
        Verdict::Skipped { why, .. } => skipped(why),
        Verdict::Untried => "<error message=\"its program is missing\"/>".to_owned(),
        Verdict::Wrong(_) => case.problems.iter().map(failure).collect(),
    };
    if body.is_empty() {
        out.push_str("/>\n");
    } else {
        let _ = writeln!(out, ">{body}</testcase>");
    }
}

fn skipped(why: &str) -> String {
    format!("<skipped message=\"{}\"/>", escaped(why))
}

fn failure(problem: &Diagnostic) -> String {
    let text = [problem.note.as_deref(), problem.help.as_deref()];
    let text: Vec<&str> = text.into_iter().flatten().collect();
    format!(
        "<failure type=\"{}\" message=\"{}\">{}</failure>",
        problem.rule.code,
        escaped(&problem.message),
        escaped(&text.join("\n")),
    )
}

fn counts(cases: &[Case<'_>]) -> String {
    let count = |is: fn(&Verdict) -> bool| {
        cases
            .iter()
            .filter(|case| is(&case.outcome.verdict))
            .count()
    };
    format!(
        " tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"{}\"",
        cases.len(),
        count(|verdict| matches!(verdict, Verdict::Wrong(_))),
        count(|verdict| matches!(verdict, Verdict::Untried)),
        count(|verdict| matches!(verdict, Verdict::Compiles | Verdict::Skipped { .. })),
        seconds(cases.iter().map(|case| case.outcome.time).sum()),
    )
}

fn seconds(time: Duration) -> String {
    format!("{:.3}", time.as_secs_f64())
}

/// For text and attributes, without the characters that XML can't hold at all.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
