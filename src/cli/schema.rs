//! `viva schema`

use super::Outcome;
use super::report::print;
use crate::schema;

/// Print the JSON Schema of a question's front matter.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Prints the schema.
#[expect(clippy::unnecessary_wraps, reason = "all commands have the same form")]
pub fn run(_: &Args) -> anyhow::Result<Outcome> {
    print(&schema::question());
    Ok(Outcome::Done)
}
