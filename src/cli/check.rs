//! `viva check`

use std::path::PathBuf;
use std::sync::Arc;

use anstream::eprintln;

use super::Outcome;
use super::common::{self, Handbook};
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

    /// The questions.json of the published site: tell of its addresses that would lead to nothing
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,

    #[command(flatten)]
    report: ReportArgs,
}

/// Runs the stages up to the plan, which finds whatever a build would.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let mut request = args.handbook.request(Edition::Interviewer, args.drafts);
    if let Some(file) = &args.against {
        request.against = Some(Arc::new(common::published(file)?));
    }
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
