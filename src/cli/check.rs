//! `viva check`

use anstream::eprintln;

use super::Outcome;
use super::common::Handbook;
use super::report::{self, Format, ReportArgs};
use crate::highlight::Highlighter;
use crate::model::Edition;
use crate::pipeline::{self, Memo};

/// Check the handbook without building it.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    handbook: Handbook,

    /// Check drafts as if they were published
    #[arg(long)]
    drafts: bool,

    #[command(flatten)]
    report: ReportArgs,
}

/// Runs the stages up to the plan, which finds whatever a build would.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let request = args.handbook.request(Edition::Interviewer, args.drafts);
    let highlighter = Highlighter::new(None);
    let run = pipeline::run(
        &args.handbook.root,
        &request,
        &highlighter,
        &Memo::default(),
    )?;
    let outcome = report::show(&run.diagnostics, &run.texts, &args.report);
    if run.diagnostics.is_empty() && args.report.format == Format::Human {
        eprintln!("{} pages, no problems", run.pages);
    }
    Ok(outcome)
}
