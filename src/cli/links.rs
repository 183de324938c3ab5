//! `viva check --links`

use std::collections::HashMap;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::bail;

use super::Outcome;
use super::progress::Progress;
use super::report::say;
use super::report::{self, Format, ReportArgs};
use crate::diag::{self, Rule};
use crate::disk;
use crate::model::Allow;
use crate::outside::{self, Checked, Kept, Settings, Target, Web};
use crate::pipeline::Run;
use crate::validate;

/// May be deleted at any time.
const CACHE: &str = ".viva-cache/links.json";

/// Larger than any cache: 64 MiB.
const CACHE_LIMIT: u64 = 64 << 20;

/// Which addresses are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Links {
    /// Those that were not there within a week
    Due,
    /// All of them
    All,
}

/// Asks for the addresses that a handbook names, and prints what is wrong with them.
pub fn check(
    root: &Path,
    run: &Run,
    which: Links,
    drafts: bool,
    args: &ReportArgs,
) -> anyhow::Result<Outcome> {
    let targets = outside::collect(&run.pages, run.config.as_deref(), drafts);
    let file = root.join(CACHE);
    let kept = match (which, disk::read(&file, CACHE_LIMIT)) {
        (Links::Due, Ok(bytes)) => Kept::read(&bytes),
        // A cache that is not there or can't be read is no cache.
        _ => Kept::default(),
    };
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = now.map_or(0, |since| since.as_secs());
    let settings = Settings::default();
    let progress = Progress::new(targets.len() as u64);
    let checked = outside::check(
        &targets,
        &kept,
        now,
        &settings,
        &Web::new(&settings),
        &|| {
            progress.step();
        },
    );
    progress.finish();
    if !checked.offline.is_empty() {
        let hosts = diag::listing(checked.offline.iter().map(String::as_str));
        bail!("none of the hosts can be reached ({hosts}): is there a network?");
    }
    // A failure costs time, nothing else.
    let _ = disk::write_atomic(&file, &checked.kept.write());
    let mut problems = problems(run, &targets, &checked);
    if let Some(config) = &run.config {
        validate::adjust(config, &mut problems);
    }
    diag::tidy(&mut problems);
    let outcome = report::show(&problems, &run.texts, args)?;
    if args.format == Format::Human {
        let known = match checked.known {
            0 => String::new(),
            known => format!(", {known} of them known from the last 7 days"),
        };
        let well = if problems.is_empty() {
            ", no problems"
        } else {
            ""
        };
        let number = targets.len();
        let word = if number == 1 { "address" } else { "addresses" };
        say!("{number} {word}{known}{well}");
    }
    Ok(outcome)
}

fn problems(run: &Run, targets: &[Target], checked: &Checked) -> Vec<diag::Diagnostic> {
    let allowed: HashMap<&str, &[Allow]> = run
        .pages
        .iter()
        .map(|page| (&*page.path, page.outline.names.allow.as_slice()))
        .collect();
    let is_allowed = |path: &str, rule: &'static Rule| {
        allowed
            .get(path)
            .is_some_and(|list| list.iter().any(|allow| allow.rule == rule))
    };
    targets
        .iter()
        .zip(&checked.outcomes)
        .flat_map(|(target, outcome)| outside::diagnostics(target, outcome, &is_allowed))
        .collect()
}
