//! What benchmarks are asked for, and how they end.

use clap::builder::RangedU64ValueParser;
use clap::{Args, Parser};
use std::process::ExitCode;
use std::{env, io};

/// What Cargo adds by itself.
#[derive(Args)]
pub struct FromCargo {
    #[arg(long = "bench", hide = true)]
    _bench: bool,
}

/// Cargo adds `--bench`, save in `cargo test --all-targets`: then one small round shows that all works.
pub fn by_default<T>(measured: T, tried: T) -> T {
    if env::args().any(|arg| arg == "--bench") {
        measured
    } else {
        tried
    }
}

/// A median needs a round.
pub fn at_least_one() -> RangedU64ValueParser<usize> {
    RangedU64ValueParser::new().range(1..)
}

/// Runs a benchmark with the arguments of this program.
pub fn main<O: Parser>(bench: impl FnOnce(&O) -> io::Result<()>) -> ExitCode {
    match bench(&O::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The contestants' names, for `--only`.
pub const NAMES: [&str; 4] = ["viva", "hugo", "eleventy", "zola"];

/// Who takes part.
#[derive(Args)]
pub struct Contestants {
    /// Beside Hugo, Eleventy and Zola on the same pages, as far as found
    #[arg(long)]
    peers: bool,
    /// Only these contestants
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = NAMES)]
    only: Option<Vec<String>>,
}

impl Contestants {
    /// Whether Viva takes part.
    pub fn viva(&self) -> bool {
        self.names("viva")
    }

    /// Whether this peer takes part, if it is found.
    pub fn peer(&self, name: &str) -> bool {
        (self.peers || self.only.is_some()) && self.names(name)
    }

    fn names(&self, name: &str) -> bool {
        self.only
            .as_ref()
            .is_none_or(|names| names.iter().any(|only| only == name))
    }
}
