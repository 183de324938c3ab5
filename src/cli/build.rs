//! `viva build`

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Instant;

use anyhow::bail;
use rayon::prelude::*;

use super::Outcome;
use super::common::{EditionArg, Handbook, keep_cache};
use super::pictures::Pictures;
use super::progress::Progress;
use super::report::say;
use super::report::{self, Format, ReportArgs};
use crate::diag::{self, Diagnostic};
use crate::disk;
use crate::emit::{self, Stage};
use crate::highlight::Highlighter;
use crate::pipeline::{self, Memo, Timings};
use crate::plan::{Route, Site};
use crate::render::{Output, Renderer};

/// Build the website.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    handbook: Handbook,

    /// The folder to write; it is replaced as a whole
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// For whom
    #[arg(long, value_enum, default_value = "interviewer")]
    edition: EditionArg,

    /// Publish drafts too
    #[arg(long)]
    drafts: bool,

    /// Print how long each stage took
    #[arg(long)]
    timings: bool,

    #[command(flatten)]
    report: ReportArgs,
}

/// Builds, or leaves everything as it was.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let start = Instant::now();
    let handbook = &args.handbook;
    let out = args
        .out
        .clone()
        .unwrap_or_else(|| handbook.root.join("public"));
    refuse_content(&handbook.root.join("content"), &out)?;
    let highlighter = handbook.highlighter();
    let request = handbook.request(args.edition.into(), args.drafts);
    let mut run = pipeline::run(&handbook.root, &request, &highlighter, &Memo::default())?;
    let Some(site) = run.site.take() else {
        report::show(&run.diagnostics, &run.texts, &args.report)?;
        return Ok(Outcome::Problems);
    };
    if args.report.deny_warnings && !run.diagnostics.is_empty() {
        return report::show(&run.diagnostics, &run.texts, &args.report);
    }
    let mut timings = std::mem::take(&mut run.timings);
    let stage = emit::begin(&out)?;
    let pictures = Pictures::of(&handbook.root);
    let problems = timings.stage("render", || write(&site, &highlighter, &pictures, &stage))?;
    let failed = diag::has_errors(&problems);
    run.diagnostics.extend(problems);
    diag::tidy(&mut run.diagnostics);
    report::show(&run.diagnostics, &run.texts, &args.report)?;
    if failed {
        return Ok(Outcome::Problems);
    }
    let summary = timings.stage("swap", || stage.commit())?;
    timings.stage("cache", || {
        keep_cache(&handbook.root, &highlighter);
        pictures.tidy(&site);
    });
    if args.timings {
        print_timings(&timings);
    }
    if args.report.format == Format::Human {
        say!(
            "built {} in {:.2} s: {} files, {:.1} MB",
            out.display(),
            start.elapsed().as_secs_f64(),
            summary.files,
            megabytes(summary.bytes),
        );
    }
    Ok(Outcome::Done)
}

/// A site in the content folder would be content of the next one.
fn refuse_content(content: &Path, out: &Path) -> anyhow::Result<()> {
    let absolute = disk::absolute(out)?;
    let there = absolute.ancestors().find(|folder| disk::exists(folder));
    if let (Some(there), Ok(content)) = (there, disk::canonicalize(content))
        && disk::canonicalize(there)?.starts_with(&content)
    {
        bail!(
            "{} is in the content folder: choose another with --out",
            out.display()
        );
    }
    Ok(())
}

/// Renders every route straight into the stage, so that no more than a page a thread is in memory.
fn write(
    site: &Site,
    highlighter: &Highlighter,
    pictures: &Pictures,
    stage: &Stage,
) -> anyhow::Result<Vec<Diagnostic>> {
    let renderer = Renderer::new(site, highlighter);
    let problems = Mutex::new(Vec::new());
    let progress = Progress::new(site.routes.len() as u64);
    let mut routes: Vec<_> = site.routes.iter().collect();
    // What takes longest comes first, so that no thread is left alone with it at the end.
    routes.sort_by_key(|(_, route)| !is_large(route));
    routes
        .into_par_iter()
        .try_for_each(|(address, route)| -> anyhow::Result<()> {
            let path = address.output_path();
            if let Route::Picture(card) = route {
                pictures.put(stage, &path, card, || site.theme.painter.draw(card))?;
                progress.step();
                return Ok(());
            }
            match renderer.render(address, route) {
                Ok(Output::Bytes(bytes)) => stage.write(&path, &bytes)?,
                Ok(Output::File(file)) => stage.copy(&path, &file)?,
                Err(problem) => {
                    if let Ok(mut problems) = problems.lock() {
                        problems.push(*problem);
                    }
                }
            }
            progress.step();
            Ok(())
        })?;
    let parts: Vec<_> = site.search_parts().collect();
    parts
        .into_par_iter()
        .try_for_each(|(address, bytes)| stage.write(&address.output_path(), bytes))?;
    progress.finish();
    Ok(problems.into_inner().unwrap_or_default())
}

/// Whether a route holds many questions.
fn is_large(route: &Route) -> bool {
    matches!(
        route,
        Route::PublicData
            | Route::Search
            | Route::All { .. }
            | Route::Questions { .. }
            | Route::Level { .. }
    )
}

fn print_timings(timings: &Timings) {
    for (stage, time) in &timings.0 {
        say!("  {stage:<9} {:>8.1} ms", time.as_secs_f64() * 1000.0);
    }
}

#[expect(clippy::cast_precision_loss, reason = "it is rounded for reading")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
