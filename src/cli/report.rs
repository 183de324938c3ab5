//! Printing diagnostics.

use std::io::Write as _;

use anstream::eprint;
use anstyle::{AnsiColor, Style};

use super::Outcome;
use crate::diag::render::{self, HumanStyle, Texts};
use crate::diag::{Diagnostic, Severity};

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
pub fn show(diagnostics: &[Diagnostic], texts: &Texts, args: &ReportArgs) -> Outcome {
    match args.format {
        Format::Human => {
            // anstream takes the colours out where standard error is no terminal.
            eprint!(
                "{}",
                render::human(diagnostics, texts, HumanStyle { colour: true })
            );
            if let Some(line) = summary(diagnostics) {
                anstream::eprintln!("{line}");
            }
        }
        Format::Json => print(&render::json(diagnostics, texts)),
        Format::Github => print(&render::github(diagnostics, texts)),
    }
    let failed = diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity == Severity::Error || args.deny_warnings);
    if failed {
        Outcome::Problems
    } else {
        Outcome::Done
    }
}

/// Writes data for programs. Whoever closed the pipe has read enough.
pub fn print(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

/// "3 errors, 1 warning"
fn summary(diagnostics: &[Diagnostic]) -> Option<String> {
    let count = |severity| {
        diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .map(|diagnostic| 1 + diagnostic.more)
            .sum::<usize>()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
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
        coloured("warning", AnsiColor::Yellow)
    };
    (!parts.is_empty()).then(|| {
        format!(
            "{word}: {}; `viva explain CODE` tells more",
            parts.join(", ")
        )
    })
}

/// "error", as a terminal shows it.
pub fn error_word() -> String {
    coloured("error", AnsiColor::Red)
}

fn coloured(word: &str, colour: AnsiColor) -> String {
    let style = Style::new().bold().fg_color(Some(colour.into()));
    format!("{style}{word}{style:#}")
}
