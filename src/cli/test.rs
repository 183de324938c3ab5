//! `viva test`

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use anyhow::bail;
use rayon::prelude::*;

use super::Outcome;
use super::progress::Progress;
use super::report::say;
use super::report::{self, Format, ReportArgs};
use crate::diag::render::Texts;
use crate::diag::{self, Diagnostic, LineIndex, rules};
use crate::disk;
use crate::load::{self, CONFIG, Source};
use crate::model::Place;
use crate::parse::{self, Parsed};
use crate::pipeline;
use crate::samples::{self, Case, Edit, Results, Sample, Verdict, Wrong};

/// Try the code samples.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Guides, questions, pages or paths, instead of all: python, python/gil, content/pages/faq.md
    #[arg(value_name = "PAGE")]
    pages: Vec<String>,

    /// The folder that contains `content/`
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,

    /// Write what samples print into their `output` fences
    #[arg(long)]
    update: bool,

    /// Only pages that differ from git's HEAD, or from where the branch left COMMIT
    #[arg(long, value_name = "COMMIT", num_args = 0..=1, require_equals = true, default_missing_value = "HEAD")]
    changed: Option<String>,

    /// How many samples run at the same time; as many as there are processors
    #[arg(long, short, value_name = "NUMBER")]
    jobs: Option<NonZeroUsize>,

    /// Write the results as an XML file for build servers
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,

    /// Print why samples were not run, and what is closed to those that were
    #[arg(long, short)]
    verbose: bool,

    #[command(flatten)]
    report: ReportArgs,
}

/// Samples that wait for each other's processors are slower together than one by one.
const MOST_JOBS: usize = 64;

/// A page and what was read in it.
type Page = (Source, Parsed);

/// Tries the samples and tells what is wrong with them.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let root = &args.root;
    if let Some(file) = &args.junit {
        refuse_nowhere(file)?;
    }
    let folder = load::load(root)?;
    let (config, mut problems) = pipeline::configuration(&folder);
    let texts = pipeline::texts(&folder);
    let Some(config) = config.filter(|_| !diag::has_errors(&problems)) else {
        problems.extend(folder.diagnostics);
        diag::tidy(&mut problems);
        return report::show(&problems, &texts, &args.report);
    };
    let choice = Choice::new(args)?;
    let pages = choice.of(folder.sources)?;
    // A page that can't be read has samples that nobody tried.
    let unread = folder.diagnostics.into_iter();
    problems.extend(unread.filter(|problem| choice.has(&problem.path, None)));
    let mut samples = Vec::new();
    for (source, parsed) in &pages {
        let (found, unclear) = samples::collect(source, parsed, &config.samples);
        samples.extend(found);
        problems.extend(unclear);
        problems.extend(
            parsed
                .diagnostics
                .iter()
                .filter(|problem| parsed.place.is_none() || says_how(problem))
                .cloned(),
        );
    }
    let results = tried(&samples, &config.samples, args)?;
    let mut wrong: Vec<Vec<Diagnostic>> = samples
        .iter()
        .zip(&results.outcomes)
        .map(|(sample, outcome)| match &outcome.verdict {
            Verdict::Wrong(wrong) => {
                let text = texts.get(&sample.path).map_or("", |text| text);
                samples::problems(sample, wrong, text)
            }
            _ => Vec::new(),
        })
        .collect();
    let mut results = results;
    let updated = if args.update {
        update(root, &pages, &samples, &mut results, &mut wrong)?
    } else {
        Vec::new()
    };
    if let Some(file) = &args.junit {
        disk::write_atomic(file, junit(&samples, &results, &wrong, &texts).as_bytes())?;
    }
    problems.extend(wrong.into_iter().flatten());
    diag::tidy(&mut problems);
    let outcome = report::show(&problems, &texts, &args.report)?;
    for path in &updated {
        say!("updated {path}");
    }
    if args.verbose {
        tell_each(&samples, &results, &texts);
    }
    tell(&results, args);
    if !results.missing.is_empty() {
        bail!("{}", results.missing.join("; "));
    }
    Ok(outcome)
}

/// A slip in the path is to be seen before the samples run, and is no folder's name.
fn refuse_nowhere(file: &Path) -> anyhow::Result<()> {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() && !disk::is_dir(folder) => bail!(
            "can't write {}: there is no folder {}",
            file.display(),
            folder.display()
        ),
        _ => Ok(()),
    }
}

/// Whether a problem of the page decides what a sample is.
fn says_how(problem: &Diagnostic) -> bool {
    [
        rules::FRONT_MATTER_OPEN.code,
        rules::YAML_SYNTAX.code,
        rules::FENCE_WORD.code,
        rules::FENCE_OPEN.code,
    ]
    .contains(&problem.rule.code)
}

fn tried(
    samples: &[Sample],
    languages: &BTreeMap<String, crate::model::Samples>,
    args: &Args,
) -> anyhow::Result<Results> {
    if samples.is_empty() {
        return Ok(Results::default());
    }
    let jobs = args
        .jobs
        .or_else(|| std::thread::available_parallelism().ok());
    let progress = Progress::new(samples.len() as u64);
    let step = || progress.step();
    // Whoever has nothing to do, or no processor to do it on, only takes time to start.
    let jobs = jobs.map_or(1, NonZeroUsize::get);
    let jobs = jobs.min(samples.len()).min(MOST_JOBS);
    let results = samples::run(samples, languages, &args.root, jobs, &step);
    progress.finish();
    results
}

/// Which pages were asked for.
struct Choice<'a> {
    /// As they were given, and as seen from the root.
    names: Vec<(&'a str, String)>,
    changed: Option<BTreeSet<String>>,
}

impl<'a> Choice<'a> {
    fn new(args: &'a Args) -> anyhow::Result<Self> {
        let root = &args.root;
        let changed = match &args.changed {
            Some(base) => Some(samples::changed(root, base)?),
            None => None,
        };
        let names = args.pages.iter();
        Ok(Self {
            names: names
                .map(|name| (name.as_str(), from_root(root, name)))
                .collect(),
            // Another command for samples makes all of them other ones.
            changed: changed.filter(|paths| !paths.contains(CONFIG)),
        })
    }

    /// The pages that were asked for, read. Each name must mean one.
    fn of(&self, sources: Vec<Source>) -> anyhow::Result<Vec<Page>> {
        let pages: Vec<Page> = sources
            .into_par_iter()
            .map(|source| {
                let parsed = parse::parse(&source);
                (source, parsed)
            })
            .collect();
        let known = || {
            pages
                .iter()
                .map(|(source, parsed)| (&*source.path, parsed.place.as_ref()))
        };
        for (given, name) in &self.names {
            if known().any(|(path, place)| samples::is_meant(name, path, place)) {
                continue;
            }
            match samples::nearest_name(name, known()) {
                Some(near) => bail!("there is no page `{given}`; did you mean `{near}`?"),
                None => bail!("there is no page `{given}`"),
            }
        }
        let wanted = |(source, parsed): &Page| self.has(&source.path, parsed.place.as_ref());
        Ok(pages.into_iter().filter(wanted).collect())
    }

    fn has(&self, path: &str, place: Option<&Place>) -> bool {
        let names = &self.names;
        (names.is_empty()
            || names
                .iter()
                .any(|(_, name)| samples::is_meant(name, path, place)))
            && self
                .changed
                .as_ref()
                .is_none_or(|paths| paths.contains(path))
    }
}

/// A path as seen from the root, if it is one of a file there.
fn from_root(root: &Path, name: &str) -> String {
    let inside = || {
        let path = disk::canonicalize(Path::new(name)).ok()?;
        let path = path.strip_prefix(disk::canonicalize(root).ok()?).ok()?;
        let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
        parts
            .map(|parts| parts.join("/"))
            .filter(|path| path.starts_with(load::CONTENT.trim_end_matches('/')))
    };
    inside().unwrap_or_else(|| name.to_owned())
}

/// Writes true outputs; returns the paths of the pages that changed. What can't be written stays
/// wrong.
fn update(
    root: &Path,
    pages: &[Page],
    samples: &[Sample],
    results: &mut Results,
    wrong: &mut [Vec<Diagnostic>],
) -> anyhow::Result<Vec<String>> {
    let mut changed = Vec::new();
    for (source, _) in pages {
        let mut edits = Vec::new();
        let mut numbers = Vec::new();
        for (number, sample) in samples.iter().enumerate() {
            if sample.path == source.path
                && let Verdict::Wrong(Wrong::Output {
                    found,
                    escaped: false,
                    ..
                }) = &results.outcomes[number].verdict
                && let Some(output) = &sample.output
            {
                numbers.push(number);
                edits.push(Edit {
                    span: output.span.clone(),
                    output: found.clone(),
                });
            }
        }
        if edits.is_empty() {
            continue;
        }
        let file = root.join(&*source.path);
        let raw = String::from_utf8(disk::read(&file, load::TEXT_LIMIT)?)?;
        let Some(text) = samples::updated(source, &raw, &edits) else {
            continue;
        };
        disk::replace(&file, text.as_bytes())?;
        changed.push(source.path.to_string());
        for number in numbers {
            results.outcomes[number].verdict = Verdict::Runs;
            wrong[number].clear();
        }
    }
    Ok(changed)
}

fn junit(
    samples: &[Sample],
    results: &Results,
    wrong: &[Vec<Diagnostic>],
    texts: &Texts,
) -> String {
    let cases: Vec<Case<'_>> = samples
        .iter()
        .zip(&results.outcomes)
        .zip(wrong)
        .map(|((sample, outcome), problems)| Case {
            sample,
            outcome,
            problems,
        })
        .collect();
    samples::junit(&cases, texts)
}

/// Tells of each sample that was not run why it was not.
fn tell_each(samples: &[Sample], results: &Results, texts: &Texts) {
    for (sample, outcome) in samples.iter().zip(&results.outcomes) {
        let why = match &outcome.verdict {
            Verdict::Compiles => format!("only compiled: {}", sample.why_not_run()),
            Verdict::Skipped { why, .. } => format!("skipped: {why}"),
            _ => continue,
        };
        let text = texts.get(&sample.path).map_or("", |text| text);
        let line = LineIndex::new(text).position(sample.span.start).line;
        say!("{}:{line}: {why}", sample.path);
    }
}

/// Tells what was not tried, each reason once, and how many were.
fn tell(results: &Results, args: &Args) {
    let mut skipped: BTreeMap<&str, usize> = BTreeMap::new();
    for outcome in &results.outcomes {
        if let Verdict::Skipped { why, by_choice } = &outcome.verdict
            && !by_choice
        {
            *skipped.entry(why).or_default() += 1;
        }
    }
    for (why, number) in &skipped {
        if !args.verbose {
            say!("skipped {}: {why}", counted(*number, "sample"));
        }
    }
    if args.verbose && !results.enclosure.is_empty() {
        say!("{}", results.enclosure);
    }
    if args.report.format != Format::Human {
        return;
    }
    let count = |is: fn(&Verdict) -> bool| {
        results
            .outcomes
            .iter()
            .filter(|outcome| is(&outcome.verdict))
            .count()
    };
    let parts: Vec<String> = [
        (
            "wrong",
            count(|verdict| matches!(verdict, Verdict::Wrong(_))),
        ),
        ("run", count(|verdict| matches!(verdict, Verdict::Runs))),
        (
            "compiled",
            count(|verdict| matches!(verdict, Verdict::Compiles)),
        ),
        (
            "skipped",
            count(|verdict| matches!(verdict, Verdict::Skipped { .. })),
        ),
        (
            "not tried",
            count(|verdict| matches!(verdict, Verdict::Untried)),
        ),
    ]
    .into_iter()
    .filter(|(_, number)| *number > 0)
    .map(|(word, number)| format!("{number} {word}"))
    .collect();
    let all = counted(results.outcomes.len(), "sample");
    if parts.is_empty() {
        say!("{all}");
    } else {
        say!("{all}: {}", parts.join(", "));
    }
}

fn counted(number: usize, word: &str) -> String {
    match number {
        1 => format!("1 {word}"),
        _ => format!("{number} {word}s"),
    }
}
