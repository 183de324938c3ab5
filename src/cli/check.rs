//! `viva check`

use anstream::eprintln;

use super::Outcome;
use super::common::Handbook;
use super::links::{self, Links};
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

    /// Ask for the addresses of other sites too; those that were there within a week only if `all`
    #[arg(
        long,
        value_enum,
        value_name = "WHICH",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "due"
    )]
    links: Option<Links>,

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
        eprintln!("{} pages, no problems", run.pages.len());
    }
    match args.links {
        Some(which) => {
            let links = links::check(&args.handbook.root, &run, which, args.drafts, &args.report)?;
            Ok(outcome.max(links))
        }
        None => Ok(outcome),
    }
}
