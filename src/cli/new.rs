//! `viva new`

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};
use jiff::Zoned;
use jiff::civil::Date;
use rayon::prelude::*;

use super::Outcome;
use super::ask::Asker;
use super::report::say;
use super::report::{self, Format, ReportArgs, print};
use crate::diag::{self, Diagnostic, rules};
use crate::disk;
use crate::load::{self, Folder, Source};
use crate::model::{Config, Kind, Place};
use crate::parse::{self, Parsed};
use crate::pipeline;
use crate::scaffold::{self, File, NewQuestion};

/// Begin a question: what is not given is asked for.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The question, as an interviewer would say it
    title: Option<String>,

    /// The folder that contains `content/`
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,

    /// The folder of the guide
    #[arg(long)]
    guide: Option<String>,

    /// The id of a level
    #[arg(long)]
    level: Option<String>,

    /// The id of a topic
    #[arg(long)]
    topic: Option<String>,

    /// What the question asks for
    #[arg(long)]
    kind: Option<String>,

    /// The name in the address, instead of one made of the title
    #[arg(long)]
    slug: Option<String>,

    /// Write the page even if a question is there that may be the same
    #[arg(long)]
    force: bool,

    /// The day that is written into the page, instead of today
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
}

/// Asks for what is missing, looks for the same question, writes the page.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let folder = load::load(&args.root)?;
    let (config, mut problems) = pipeline::configuration(&folder);
    let Some(config) = config else {
        problems.extend_from_slice(&folder.diagnostics);
        diag::tidy(&mut problems);
        return told(&problems, &folder);
    };
    let pages: Vec<Parsed> = folder.sources.par_iter().map(parse::parse).collect();
    let mut asker = Asker::new();

    let Some(title) = title(args, &mut asker)? else {
        return Ok(Outcome::Problems);
    };
    if !args.force && !wanted(&title, args, &pages, &mut asker)? {
        return Ok(Outcome::Problems);
    }
    let guide = guide(args, &pages, &mut asker)?;
    let levels: Vec<&str> = config
        .levels
        .iter()
        .map(|level| level.id.as_str())
        .collect();
    let topics: Vec<&str> = config
        .topics
        .iter()
        .map(|topic| topic.id.as_str())
        .collect();
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.id()).collect();
    let level = choice("level", args.level.as_deref(), &levels, None, &mut asker)?;
    let topic = choice("topic", args.topic.as_deref(), &topics, None, &mut asker)?;
    let first = Some(Kind::Concept.id());
    let kind = choice("kind", args.kind.as_deref(), &kinds, first, &mut asker)?;
    let slug = slug(args, &title, &guide, &config, &pages, &mut asker)?;
    let question = NewQuestion {
        guide,
        level,
        slug,
        title,
        topic,
        kind: Kind::ALL
            .into_iter()
            .find(|of| of.id() == kind)
            .unwrap_or(Kind::Concept),
        day: args.today.unwrap_or_else(|| Zoned::now().date()),
    };
    write(&args.root, &question)
}

/// The title, if a page can have it.
fn title(args: &Args, asker: &mut Asker) -> anyhow::Result<Option<String>> {
    let one_line = |text: &str| {
        let title = text.trim();
        if title.is_empty() {
            Err("a question has a title".to_owned())
        } else if title.contains(char::is_control) {
            Err("a title is one line of text".to_owned())
        } else {
            Ok(title.to_owned())
        }
    };
    let title = match &args.title {
        Some(title) => one_line(title).map_err(|why| anyhow!(why))?,
        None => asker.ask("The question", "it as an argument", None, one_line)?,
    };
    // Everything else on the page is ours, so whatever is wrong with it is wrong with the title.
    let trial = NewQuestion {
        guide: "guide".to_owned(),
        level: "level".to_owned(),
        slug: "question".to_owned(),
        title,
        topic: "topic".to_owned(),
        kind: Kind::Concept,
        day: Date::default(),
    };
    let File { path, text } = trial.file();
    let source = Source::new(&path, &text);
    let problems: Vec<Diagnostic> = parse::parse(&source)
        .diagnostics
        .into_iter()
        // What is left to be written is told of when the page is there.
        .filter(|problem| *problem.rule != rules::TODO)
        .collect();
    if problems.is_empty() {
        return Ok(Some(trial.title));
    }
    for problem in problems {
        say!("{}: {}", report::error_word(), problem.message);
        if let Some(help) = problem.help {
            say!("  {help}");
        }
    }
    Ok(None)
}

/// Whether no question may be the same, or it is wanted all the same.
fn wanted(title: &str, args: &Args, pages: &[Parsed], asker: &mut Asker) -> anyhow::Result<bool> {
    let likely = scaffold::likely(title, pages);
    if likely.is_empty() {
        return Ok(true);
    }
    say!("These may ask the same:");
    for found in &likely {
        say!("  {} % {} ({})", found.percent, found.title, found.path);
    }
    if args.title.is_none() {
        return asker.confirm("Go on all the same?");
    }
    say!("Nothing was written. With `--force`, it is.");
    Ok(false)
}

/// The guide: the only one goes without saying.
fn guide(args: &Args, pages: &[Parsed], asker: &mut Asker) -> anyhow::Result<String> {
    let guides: BTreeSet<&str> = pages
        .iter()
        .filter_map(|page| match page.place.as_ref()? {
            Place::Guide { guide }
            | Place::Level { guide, .. }
            | Place::Question { guide, .. }
            | Place::Kit { guide, .. } => Some(guide.as_str()),
            Place::Home | Place::Page { .. } => None,
        })
        .collect();
    let guides: Vec<&str> = guides.into_iter().collect();
    match (guides.as_slice(), &args.guide) {
        ([], _) => {
            bail!("there is no guide: a guide is a folder `content/<guide>/` with an `index.md`")
        }
        ([only], None) => Ok((*only).to_owned()),
        (_, given) => choice("guide", given.as_deref(), &guides, None, asker),
    }
}

/// One of several names, given or asked for.
fn choice(
    what: &str,
    given: Option<&str>,
    names: &[&str],
    default: Option<&str>,
    asker: &mut Asker,
) -> anyhow::Result<String> {
    let one_of = |text: &str| {
        if names.contains(&text) {
            return Ok(text.to_owned());
        }
        Err(match diag::nearest(text, names.iter().copied()) {
            Some(near) => format!("there is no {what} `{text}`; did you mean `{near}`?"),
            None => format!(
                "there is no {what} `{text}`; there are {}",
                names.join(", ")
            ),
        })
    };
    match given {
        Some(given) => one_of(given).map_err(|why| anyhow!(why)),
        None => asker.ask(
            &format!("The {what} ({})", names.join(", ")),
            &format!("`--{what}`"),
            default,
            one_of,
        ),
    }
}

/// The name in the address.
fn slug(
    args: &Args,
    title: &str,
    guide: &str,
    config: &Config,
    pages: &[Parsed],
    asker: &mut Asker,
) -> anyhow::Result<String> {
    let free = |slug: &str| match scaffold::why_not(slug, guide, config, pages) {
        None => Ok(slug.to_owned()),
        Some(why) => Err(format!("the question can't be called `{slug}`: {why}")),
    };
    let made = scaffold::slug_of(title);
    match (&args.slug, made.as_deref()) {
        (Some(slug), _) => free(slug).map_err(|why| anyhow!(why)),
        // Whoever gave the title as an argument is not asked for what can be told from it.
        (None, Some(made)) if args.title.is_some() => match free(made) {
            Ok(slug) => Ok(slug),
            Err(why) => {
                say!("{why}");
                asker.ask("The name in the address", "`--slug`", None, free)
            }
        },
        (None, made) => asker.ask("The name in the address", "`--slug`", made, free),
    }
}

fn write(root: &Path, question: &NewQuestion) -> anyhow::Result<Outcome> {
    let File { path, text } = question.file();
    let file = root.join(&path);
    if disk::exists(&file) {
        bail!("{path} exists already");
    }
    disk::write_atomic(&file, text.as_bytes())?;
    print(&format!("{path}\n"))?;
    let NewQuestion {
        guide, level, slug, ..
    } = question;
    say!(
        "\nThe page is there. Next:\n\
         1. Write the parts that are marked `TODO`; `viva serve` shows the page while you do.\n\
         2. `viva check` tells what is left, and `viva test {guide}/{slug}` runs the code samples.\n\
         3. Put `{slug}` where it belongs in `content/{guide}/{level}/index.md`, if it has a place there."
    );
    Ok(Outcome::Done)
}

/// Shows why there is nothing to add a question to.
fn told(problems: &[Diagnostic], folder: &Folder) -> anyhow::Result<Outcome> {
    let args = ReportArgs {
        format: Format::Human,
        deny_warnings: false,
    };
    report::show(problems, &pipeline::texts(folder), &args)
}
