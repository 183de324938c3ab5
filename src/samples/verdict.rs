//! What a sample's run says of its page.

use std::time::Duration;

use serde::Deserialize;

use super::family::is_interrupt;
use super::job::{Ended, How, Limits, Stop};
use super::sample::Sample;
use super::text::{Raised, printed, raised};
use crate::model::fences::PYTHON;

/// What became of a sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub verdict: Verdict,
    pub time: Duration,
}

/// Whether a sample is true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It was run, and does what its page says.
    Runs,
    /// It was not run; the language knows it.
    Compiles,
    /// Nothing can be said of it, and why.
    Skipped {
        why: String,
        /// Whether the page wants it so.
        by_choice: bool,
    },
    /// Its program is missing, which is told elsewhere.
    Untried,
    Wrong(Wrong),
}

/// How a sample is not what its page says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// Places count from 1.
    Syntax {
        message: String,
        line: Option<usize>,
        column: Option<usize>,
        /// What else there is to read.
        printed: String,
    },
    Output {
        found: String,
        /// No page can show it.
        escaped: bool,
        /// The line that raised what is its end, from 1.
        at: Option<usize>,
    },
    Raises {
        wanted: String,
        /// How it ended instead.
        found: String,
        at: Option<usize>,
    },
    Prompts(Vec<Answer>),
    Stopped {
        stop: Stop,
        limits: Limits,
        /// What it printed until then.
        printed: String,
    },
    /// It ended badly, and nothing on the page says so.
    Broken {
        how: String,
        printed: String,
    },
}

/// A prompt that answers something else.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Answer {
    /// Of the prompt in the sample, from 0.
    pub line: usize,
    /// Lines of its answer before those that are compared.
    #[serde(default)]
    pub offset: usize,
    pub want: String,
    pub got: String,
}

/// What ended a sample of Python, as Python knows it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct End {
    /// Of the exception's type.
    name: String,
    /// Whether it is an exit.
    exits: bool,
    /// What is said at the exit.
    message: Option<String>,
}

/// What is wrong with a sample that a compiler was asked about.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Fault {
    message: String,
    #[serde(default)]
    line: Option<usize>,
    #[serde(default)]
    column: Option<usize>,
}

impl Fault {
    /// As a verdict.
    pub fn wrong(self) -> Wrong {
        Wrong::Syntax {
            message: self.message,
            line: self.line,
            column: self.column,
            printed: String::new(),
        }
    }
}

/// Compares a run with what the page says.
pub fn judge(sample: &Sample, ended: &Ended, limits: Limits) -> Option<Wrong> {
    let end: Option<End> = ended
        .result
        .as_ref()
        .and_then(|result| serde_json::from_str(result).ok());
    let interrupts = |end: &End| {
        end.name == "KeyboardInterrupt"
            && matches!(ended.how, How::Signal(signal) if is_interrupt(signal))
    };
    let how = match &end {
        Some(end) if interrupts(end) => Ok(1),
        _ => of_itself(ended, limits),
    };
    let code = match how {
        Ok(code) => code,
        Err(wrong) => return Some(wrong),
    };
    let errors = printed(&ended.stderr).text;
    if sample.prompts {
        return answers(ended, &errors);
    }
    if sample.language == PYTHON {
        match raised_by(end, code, &errors, sample) {
            Ok(raised) => python(sample, ended, raised, limits),
            Err(how) => Some(Wrong::Broken {
                how,
                printed: printed(&ended.stdout).text + &errors,
            }),
        }
    } else {
        other(sample, ended, code, &errors)
    }
}

/// The exit code of what ended by itself.
pub fn of_itself(ended: &Ended, limits: Limits) -> Result<i32, Wrong> {
    let all = || {
        let text = printed(&ended.stdout).text + &printed(&ended.stderr).text;
        // Enough to see what it is about.
        text.chars().take(2000).collect()
    };
    match &ended.how {
        How::Exit(code) => Ok(*code),
        How::Signal(signal) => Err(Wrong::Broken {
            how: format!("is ended by the signal {signal}"),
            printed: all(),
        }),
        How::Failed(why) => Err(Wrong::Broken {
            how: format!("can't be run: {why}"),
            printed: all(),
        }),
        How::Stopped(stop) => Err(Wrong::Stopped {
            stop: *stop,
            limits,
            printed: all(),
        }),
    }
}

fn answers(ended: &Ended, errors: &str) -> Option<Wrong> {
    let wrong: Option<Vec<Answer>> = ended
        .result
        .as_ref()
        .and_then(|result| serde_json::from_str(result).ok());
    match wrong {
        Some(wrong) if wrong.is_empty() => None,
        Some(wrong) => Some(Wrong::Prompts(wrong)),
        None => Some(Wrong::Broken {
            how: match raised(errors) {
                Some(raised) => format!("ends before its prompts: {}", raised.line),
                None => "ends before its prompts".to_owned(),
            },
            printed: errors.to_owned(),
        }),
    }
}

/// What ended a program of Python: an exception, or else the words for another end than a good one.
fn raised_by(
    end: Option<End>,
    code: i32,
    errors: &str,
    sample: &Sample,
) -> Result<Option<Raised>, String> {
    let shown = raised(errors).filter(|_| code != 0);
    // An exception's code is 1: another end has nothing to do with one.
    let Some(end) = end.filter(|end| end.exits || code == 1) else {
        // It had no time to say, or not the memory.
        return match shown {
            None if code != 0 => Err(format!("ends with the exit code {code}")),
            shown => Ok(shown),
        };
    };
    if !end.exits {
        let (line, at) =
            shown.map_or_else(|| (end.name.clone(), None), |shown| (shown.line, shown.at));
        let name = end.name;
        return Ok(Some(Raised { name, line, at }));
    }
    let message = end.message.as_deref().and_then(|text| text.lines().last());
    if code != 0 && message.is_none() && sample.raises.is_none() {
        return Err(format!(
            "ends with the exit code {code}, and no `raises=SystemExit` says so"
        ));
    }
    Ok(Some(Raised {
        name: end.name,
        line: message.unwrap_or_default().to_owned(),
        at: None,
    }))
}

fn python(sample: &Sample, ended: &Ended, raised: Option<Raised>, limits: Limits) -> Option<Wrong> {
    let stdout = printed(&ended.stdout);
    let mut found = stdout.text;
    let mut at = None;
    let mut name = None;
    let mut line = String::new();
    if let Some(raised) = raised {
        line = raised.line;
        if !line.is_empty() {
            found.push_str(&line);
            found.push('\n');
        }
        at = raised.at;
        name = Some(raised.name);
    }
    let says_so = |text: &str| {
        sample.raises.as_deref() == Some(text)
            || sample
                .output
                .as_ref()
                .is_some_and(|output| output.text.contains(text))
    };
    let stop = match found.lines().last() {
        Some("MemoryError") => Some(Stop::Memory),
        Some("OSError: [Errno 27] File too large") => Some(Stop::File),
        _ => None,
    };
    if let (Some(name), Some(stop)) = (&name, stop)
        && !says_so(name)
    {
        return Some(Wrong::Stopped {
            stop,
            limits,
            printed: String::new(),
        });
    }
    let no_code = ["SyntaxError", "IndentationError", "TabError"];
    if let Some(name) = &name
        && no_code.contains(&name.as_str())
        && !says_so(name)
    {
        return Some(Wrong::Syntax {
            message: found.lines().last().unwrap_or_default().to_owned(),
            line: at,
            column: None,
            printed: String::new(),
        });
    }
    if let Some(wanted) = &sample.raises
        && name.as_deref() != wanted.rsplit('.').next()
    {
        return Some(Wrong::Raises {
            wanted: wanted.clone(),
            found: match name {
                Some(name) => described(&name, &line),
                None => String::new(),
            },
            at,
        });
    }
    different(sample, found, stdout.escaped, at)
}

/// An exception in a line: what an exit says does not name it, nor the last one of several lines.
fn described(name: &str, line: &str) -> String {
    match line {
        "" => name.to_owned(),
        line if line.contains(name) => line.to_owned(),
        line => format!("{name}: {line}"),
    }
}

fn other(sample: &Sample, ended: &Ended, code: i32, errors: &str) -> Option<Wrong> {
    if let Some(wanted) = &sample.raises {
        let is_named = |line: &str| {
            line.split(|c: char| !(c.is_alphanumeric() || c == '_'))
                .any(|word| word == wanted)
        };
        if code == 0 || !errors.lines().any(is_named) {
            return Some(Wrong::Raises {
                wanted: wanted.clone(),
                found: if code == 0 {
                    String::new()
                } else {
                    errors.to_owned()
                },
                at: None,
            });
        }
    } else if code != 0 {
        return Some(Wrong::Broken {
            how: format!("ends with the exit code {code}"),
            printed: errors.to_owned(),
        });
    }
    let stdout = printed(&ended.stdout);
    different(sample, stdout.text, stdout.escaped, None)
}

fn different(sample: &Sample, found: String, escaped: bool, at: Option<usize>) -> Option<Wrong> {
    let output = sample.output.as_ref()?;
    (escaped || *output.text != *found).then_some(Wrong::Output { found, escaped, at })
}
