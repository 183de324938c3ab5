//! What `viva test` starts for each sample; nothing for people.

use std::io::{self, BufReader};
use std::process::ExitCode;

use super::report::print;
use super::report::say;
use crate::samples::cell::Cell;
use crate::samples::guard;

/// Run a sample within limits, as `viva test` does.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What the guard tells the process that becomes the program
    #[arg(value_parser = cell)]
    cell: Option<Cell>,
}

/// Guards a program, or becomes it.
pub fn run(args: &Args) -> ExitCode {
    if let Some(cell) = &args.cell {
        let (code, why) = cell.become_program();
        say!("{why}");
        return ExitCode::from(code);
    }
    let ended = guard::guard(BufReader::new(io::stdin()));
    match serde_json::to_string(&ended) {
        Ok(answer) if print(&answer).is_ok() => ExitCode::SUCCESS,
        _ => ExitCode::from(2),
    }
}

fn cell(text: &str) -> Result<Cell, serde_json::Error> {
    serde_json::from_str(text)
}
