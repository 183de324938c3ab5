//! Printing diagnostics.

use std::fmt::Arguments;
use std::io::{self, Write as _};

use anstyle::{AnsiColor, Style};
use anyhow::Context as _;

use super::Outcome;
use crate::diag::render::{self, HumanStyle, Texts};
use crate::diag::{Diagnostic, Severity};

/// A line for people, as [`tell`] writes it.
macro_rules! say {
    ($($words:tt)*) => {
        $crate::cli::report::tell(format_args!("{}\n", format_args!($($words)*)))
    };
}

/// The same without its end: whatever comes next stands beside it.
macro_rules! ask {
    ($($words:tt)*) => {
        $crate::cli::report::tell(format_args!($($words)*))
    };
}

pub(super) use {ask, say};

/// How diagnostics are printed.
#[derive(Debug, Clone, clap::Args)]
pub struct ReportArgs {
    /// Who reads the problems
    #[arg(long, value_enum, default_value = "human")]
    pub format: Format,

    /// Take warnings for errors when it comes to the exit code
    #[arg(long)]
    pub deny_warnings: bool,
}

/// Who reads the problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// People, on standard error
    Human,
    /// Programs: one JSON object a line, on standard output
    Json,
    /// GitHub's workflow commands, on standard output
    Github,
}

/// Prints the diagnostics and says what they mean for the run.
pub fn show(
    diagnostics: &[Diagnostic],
    texts: &Texts,
    args: &ReportArgs,
) -> anyhow::Result<Outcome> {
    match args.format {
        Format::Human => {
            // anstream takes the colours out where standard error is no terminal.
            ask!(
                "{}",
                render::human(diagnostics, texts, HumanStyle { colour: true })
            );
            if let Some(line) = found(diagnostics) {
                say!("{line}");
            }
        }
        Format::Json => print(&render::json(diagnostics, texts))?,
        Format::Github => print(&render::github(diagnostics, texts))?,
    }
    let failed = diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity == Severity::Error || args.deny_warnings);
    Ok(if failed {
        Outcome::Problems
    } else {
        Outcome::Done
    })
}

/// Writes data for programs. Whoever closed the pipe has read enough.
///
/// # Errors
/// When it could not be written otherwise: data that is lost is no success.
pub fn print(text: &str) -> anyhow::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
    {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(error).context("can't write to standard output")
        }
        _ => Ok(()),
    }
}

/// Writes words for people, without the colours where standard error is no terminal. If nobody can
/// read them, the exit code still tells.
pub fn tell(words: Arguments<'_>) {
    let _ = anstream::stderr().lock().write_fmt(words);
}

/// What was found, and how to know more.
fn found(diagnostics: &[Diagnostic]) -> Option<String> {
    let count = |severity| {
        diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .map(|diagnostic| 1 + diagnostic.more)
            .sum::<usize>()
    };
    let counted = summary(count(Severity::Error), count(Severity::Warning))?;
    Some(format!("{counted}; `viva explain CODE` tells more"))
}

/// "error: 3 errors, 1 warning"
pub fn summary(errors: usize, warnings: usize) -> Option<String> {
    let counted = |number: usize, word: &str| match number {
        0 => None,
        1 => Some(format!("1 {word}")),
        _ => Some(format!("{number} {word}s")),
    };
    let parts: Vec<String> = [counted(errors, "error"), counted(warnings, "warning")]
        .into_iter()
        .flatten()
        .collect();
    let word = if errors > 0 {
        error_word()
    } else {
        warning_word()
    };
    (!parts.is_empty()).then(|| format!("{word}: {}", parts.join(", ")))
}

/// "warning", as a terminal shows it.
pub fn warning_word() -> String {
    coloured("warning", AnsiColor::Yellow)
}

/// "error", as a terminal shows it.
pub fn error_word() -> String {
    coloured("error", AnsiColor::Red)
}

fn coloured(word: &str, colour: AnsiColor) -> String {
    let style = Style::new().bold().fg_color(Some(colour.into()));
    format!("{style}{word}{style:#}")
}
