//! `viva diff`

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::Outcome;
use super::common;
use super::report::{self, Format, ReportArgs, print};
use crate::compare;
use crate::diag::Severity;
use crate::disk;
use crate::highlight::Highlighter;
use crate::model::Edition;
use crate::pipeline::{self, Memo, Request};
use crate::published::Published;
use crate::render::public_data;
use crate::validate::Options;

/// Tell what is different between two handbooks.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A handbook's folder, or the questions.json of its site
    old: PathBuf,

    /// What it is compared with, in the same way
    new: PathBuf,

    /// Who reads the differences
    #[arg(long, value_enum, default_value = "markdown")]
    format: DiffFormat,
}

/// Who reads the differences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum DiffFormat {
    /// People, in the summary of a job
    Markdown,
    /// Programs: one JSON object
    Json,
}

/// Prints the differences. That there are some is no failure.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let (Some(old), Some(new)) = (side(&args.old)?, side(&args.new)?) else {
        return Ok(Outcome::Problems);
    };
    let changes = compare::compare(&old, &new);
    print(&match args.format {
        DiffFormat::Markdown => compare::markdown::markdown(&changes),
        DiffFormat::Json => compare::json(&changes),
    })?;
    Ok(Outcome::Done)
}

/// The data of one side; `None` when the handbook's problems were shown instead.
fn side(path: &Path) -> anyhow::Result<Option<Published>> {
    if !disk::is_dir(path) {
        return common::published(path).map(Some);
    }
    let request = Request {
        options: Options {
            edition: Edition::Interviewer,
            drafts: false,
            // It only moves what warnings say.
            today: Date::MAX,
        },
        base_url: None,
        against: None,
    };
    let mut run = pipeline::run(path, &request, &Highlighter::new(None), &Memo::default())?;
    let Some(site) = &run.site else {
        run.diagnostics
            .retain(|diagnostic| diagnostic.severity == Severity::Error);
        let shown = ReportArgs {
            format: Format::Human,
            deny_warnings: false,
        };
        report::show(&run.diagnostics, &run.texts, &shown)?;
        return Ok(None);
    };
    Published::read(&public_data::json(site)).map(Some)
}
