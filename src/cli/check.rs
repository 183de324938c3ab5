//! `viva check`

use std::path::PathBuf;
use std::sync::Arc;

use super::Outcome;
use super::common::{self, Handbook};
use super::links::{self, Links};
use super::mend;
use super::report::say;
use super::report::{self, Format, ReportArgs};
use crate::highlight::Highlighter;
use crate::model::Edition;
use crate::pipeline::{self, Memo, Run};

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

    /// Mend what can be mended in one way alone, show it, and check again
    #[arg(long)]
    fix: bool,

    /// Show what `--fix` would mend, and mend nothing
    #[arg(long, requires = "fix")]
    dry_run: bool,

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

/// After so many rounds whatever is left stays: an edit may show what another can mend.
const ROUNDS: usize = 8;

/// Runs the stages up to the plan, which finds whatever a build would.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let mut request = args.handbook.request(Edition::Interviewer, args.drafts);
    if let Some(file) = &args.against {
        request.against = Some(Arc::new(common::published(file)?));
    }
    let (highlighter, memo) = (Highlighter::new(None), Memo::default());
    let root = &args.handbook.root;
    let check = || pipeline::run(root, &request, &highlighter, &memo);
    let mut run = check()?;
    let edits = |run: &Run| mend::edits(root, &run.diagnostics, &run.texts);
    let mut mended = 0;
    if args.fix {
        for _ in 0..ROUNDS {
            let edits = edits(&run)?;
            mend::mend(root, &edits, !args.dry_run)?;
            mended += mend::problems(&edits);
            if edits.is_empty() || args.dry_run {
                break;
            }
            run = check()?;
        }
    }
    let outcome = report::show(&run.diagnostics, &run.texts, &args.report)?;
    if args.report.format == Format::Human {
        let left = if args.fix {
            0
        } else {
            mend::problems(&edits(&run)?)
        };
        if let Some(line) = summary(&run, args, mended, left) {
            say!("{line}");
        }
    }
    match args.links {
        Some(which) => {
            let links = links::check(root, &run, which, args.drafts, &args.report)?;
            Ok(outcome.max(links))
        }
        None => Ok(outcome),
    }
}

/// What was mended, or could be.
fn summary(run: &Run, args: &Args, mended: usize, left: usize) -> Option<String> {
    let counted = |number: usize| match number {
        1 => "1 problem".to_owned(),
        _ => format!("{number} problems"),
    };
    match (args.fix, args.dry_run) {
        (true, false) if mended > 0 => Some(format!("{} mended", counted(mended))),
        (true, true) => Some(format!("`--fix` alone would mend {}", counted(mended))),
        _ if run.diagnostics.is_empty() => Some(format!("{} pages, no problems", run.pages.len())),
        (true, false) => None,
        (false, _) => (left > 0).then(|| format!("`viva check --fix` mends {}", counted(left))),
    }
}
