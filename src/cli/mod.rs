//! The command line: arguments in, exit code out. clap stays in here.
//!
//! A command is a file with its arguments and a `run`. Exit codes: 0 done, 1 problems in the
//! content, 2 wrong use or environment. People read standard error, machines standard output.

mod ask;
mod build;
mod certain;
mod check;
mod common;
mod diff;
mod explain;
mod init;
mod links;
mod mend;
mod new;
mod pictures;
mod progress;
mod report;
mod run_sample;
mod schema;
mod serve;
mod test;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::samples;
use report::say;

/// Makes a website of an interview handbook.
#[derive(Debug, Parser)]
#[command(
    name = "viva",
    version,
    propagate_version = true,
    arg_required_else_help = true
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the website
    Build(build::Args),
    /// Check the handbook without building it
    Check(check::Args),
    /// Try the code samples
    Test(test::Args),
    /// Serve the website on this machine while it is written
    Serve(serve::Args),
    /// Begin a question
    New(new::Args),
    /// Begin a handbook in an empty folder
    Init(init::Args),
    /// Tell what is different between two handbooks
    Diff(diff::Args),
    /// Explain a problem by its code or name
    Explain(explain::Args),
    /// Print the JSON Schema of a question's front matter
    Schema(schema::Args),
    #[command(name = samples::guard::COMMAND, hide = true)]
    RunSample(run_sample::Args),
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Done,
    /// The content has problems, and they were shown.
    Problems,
}

/// Runs the program with the process's arguments.
pub fn main() -> ExitCode {
    // clap's own code for wrong use is 2, and 0 for help and version.
    let cli = Cli::parse();
    let result = match cli.command {
        Command::Build(args) => build::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Test(args) => test::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::New(args) => new::run(&args),
        Command::Init(args) => init::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::RunSample(args) => return run_sample::run(&args),
    };
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Problems) => ExitCode::from(1),
        Err(error) => {
            say!("{}: {error:#}", report::error_word());
            ExitCode::from(2)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_hold_together() {
        Cli::command().debug_assert();
    }
}
