//! What is wrong with a sample, at its true place in the page.

use std::sync::Arc;

use super::difference::{self, difference, visible};
use super::job::{Limits, Stop};
use super::lines::Lines;
use super::sample::{Expected, Sample};
use super::verdict::{Answer, Wrong};
use crate::diag::{Diagnostic, Span, rules};

/// Characters of a line of output beside an underline.
const WIDTH: usize = 60;

/// Lines of what a program printed below a message.
const SHOWN: usize = 12;

/// The problems of one sample, whose page has this text.
pub fn problems(sample: &Sample, wrong: &Wrong, text: &str) -> Vec<Diagnostic> {
    let page = Page {
        sample,
        text,
        code: Lines::new(text, &sample.span, &sample.code),
    };
    match wrong {
        Wrong::Syntax {
            message,
            line,
            column,
            printed,
        } => vec![with_printed(page.syntax(message, *line, *column), printed)],
        Wrong::Output { found, escaped, at } => {
            page.output(found, *escaped, *at).into_iter().collect()
        }
        Wrong::Raises { wanted, found, at } => vec![page.raises(wanted, found, *at)],
        Wrong::Prompts(answers) => answers.iter().map(|answer| page.answer(answer)).collect(),
        Wrong::Stopped {
            stop,
            limits,
            printed,
        } => vec![page.stopped(*stop, limits, printed)],
        Wrong::Broken { how, printed } => vec![with_printed(
            page.at(
                &rules::SAMPLE_BROKEN,
                page.code.first(),
                format!("the sample {how}"),
            )
            .help("mend the sample, or say with `norun=\"reason\"` why it can't be run"),
            printed,
        )],
    }
}

struct Page<'s> {
    sample: &'s Sample,
    text: &'s str,
    code: Lines<'s>,
}

impl Page<'_> {
    fn at(&self, rule: &'static rules::Rule, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::at(rule, &Arc::clone(&self.sample.path), span, message)
    }

    fn syntax(&self, message: &str, line: Option<usize>, column: Option<usize>) -> Diagnostic {
        let place = line.and_then(|line| {
            let line = line.checked_sub(1)?;
            match column.and_then(|column| column.checked_sub(1)) {
                Some(column) => self.code.place(line, column),
                None => self.code.line(line),
            }
        });
        self.at(
            &rules::SAMPLE_SYNTAX,
            place.unwrap_or_else(|| self.code.first()),
            format!(
                "the sample is no {}: {}",
                self.sample.language,
                cut(message)
            ),
        )
        .help("correct it, or name it another language, such as `text`")
    }

    fn output(&self, found: &str, escaped: bool, at: Option<usize>) -> Option<Diagnostic> {
        let Expected {
            text: expected,
            span,
        } = self.sample.output.as_ref()?;
        let lines = Lines::new(self.text, span, expected);
        let difference = difference(expected, found);
        let place = lines.line(difference.line).unwrap_or_else(|| lines.last());
        let label = match found.lines().nth(difference.line) {
            Some(line) if difference.line < expected.lines().count() => {
                format!("the sample prints `{}`", visible(line, WIDTH))
            }
            Some(line) => format!("the sample goes on with `{}`", visible(line, WIDTH)),
            None => "the sample prints nothing more".to_owned(),
        };
        let mut diagnostic = self
            .at(
                &rules::SAMPLE_OUTPUT,
                place,
                "the sample prints something else",
            )
            .label(label);
        diagnostic = match at.and_then(|at| self.code.line(at.checked_sub(1)?)) {
            Some(line) => diagnostic.secondary(line, "this line raises the exception"),
            None => diagnostic.secondary(self.code.first(), "this sample"),
        };
        diagnostic = diagnostic.note(format!(
            "the page says (-), the sample prints (+)\n{}",
            difference.text
        ));
        Some(if escaped {
            diagnostic.help("print text: what is escaped here can't stand in a page")
        } else {
            diagnostic.help(
                "correct the sample or its output; `viva test --update` writes the output anew",
            )
        })
    }

    fn raises(&self, wanted: &str, found: &str, at: Option<usize>) -> Diagnostic {
        let first = self.code.first();
        let word = self.text[first.clone()]
            .find("raises")
            .map_or(first.clone(), |at| {
                let start = first.start + at;
                let line = &self.text[start..first.end];
                start..start + line.find(char::is_whitespace).unwrap_or(line.len())
            });
        let last = found.trim_end().lines().last();
        let message = match last {
            Some(line) => format!("the sample ends with `{}`, not with `{wanted}`", cut(line)),
            None => format!("the sample ends without an exception, not with `{wanted}`"),
        };
        let diagnostic = self
            .at(&rules::SAMPLE_RAISES, word, message)
            .help("name the exception that the sample ends with, or remove `raises`");
        match at.and_then(|at| self.code.line(at.checked_sub(1)?)) {
            Some(line) => diagnostic.secondary(line, "this line raises the exception"),
            None => diagnostic,
        }
    }

    fn answer(&self, answer: &Answer) -> Diagnostic {
        let difference = difference(&answer.want, &answer.got);
        let code = &self.sample.code;
        // Below the prompt's own lines, of which there may be several.
        let prompt = code
            .lines()
            .skip(answer.line)
            .enumerate()
            .take_while(|(number, line)| *number == 0 || is_continued(line))
            .count();
        let wanted = answer.want.lines().count();
        let line = answer.line + prompt + answer.offset + difference.line;
        let place = if difference.line < wanted {
            self.code.line(line)
        } else {
            self.code.line((line).saturating_sub(1))
        };
        let label = match answer.got.lines().nth(difference.line) {
            Some(line) if difference.line < wanted => {
                format!("the answer is `{}`", visible(line, WIDTH))
            }
            Some(line) => format!("the answer goes on with `{}`", visible(line, WIDTH)),
            None => "there is no such answer".to_owned(),
        };
        self.at(
            &rules::SAMPLE_OUTPUT,
            place.unwrap_or_else(|| self.code.first()),
            "the prompt answers something else",
        )
        .label(label)
        .note(format!(
            "the page says (-), the prompt answers (+)\n{}",
            difference.text
        ))
        .help("correct the prompt or its answer")
    }

    fn stopped(&self, stop: Stop, limits: &Limits, printed: &str) -> Diagnostic {
        let why = match stop {
            Stop::Time => format!("it was not done after {} seconds", limits.seconds),
            Stop::Memory => format!("it took more than {} MiB of memory", limits.memory >> 20),
            Stop::Output => format!("it printed more than {} MiB", limits.output >> 20),
            Stop::Processes => format!("it had more than {} processes", limits.processes),
            Stop::File => format!("it wrote a file of more than {} MiB", limits.file >> 20),
            Stop::LeftBehind => "it left a process behind that did not end".to_owned(),
        };
        let help = match stop {
            Stop::LeftBehind => "wait in the sample for what it starts",
            _ => "make the sample smaller, or say with `norun=\"reason\"` why it can't be run",
        };
        with_printed(
            self.at(
                &rules::SAMPLE_STOPPED,
                self.code.first(),
                format!("the sample was stopped: {why}"),
            )
            .help(help),
            printed,
        )
    }
}

fn is_continued(line: &str) -> bool {
    let line = line.trim_start();
    line == "..." || line.starts_with("... ")
}

fn with_printed(diagnostic: Diagnostic, printed: &str) -> Diagnostic {
    let printed = printed.trim();
    if printed.is_empty() {
        return diagnostic;
    }
    let mut lines: Vec<String> = printed.lines().take(SHOWN).map(cut).collect();
    if printed.lines().nth(SHOWN).is_some() {
        lines.push("…".to_owned());
    }
    diagnostic.note(format!("it printed\n{}", lines.join("\n")))
}

fn cut(line: &str) -> String {
    difference::cut(line.trim_end(), WIDTH)
}
