//! `viva schema`

use std::path::PathBuf;

use rayon::prelude::*;

use super::Outcome;
use super::report::print;
use crate::disk;
use crate::load::{self, CONFIG};
use crate::model::{Front, Place};
use crate::parse::{self, Parsed};
use crate::pipeline;
use crate::schema::{self, Choices, Known};

/// Print a JSON Schema for editors.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Of what
    #[arg(value_enum, default_value = "question")]
    of: Of,

    /// The folder that contains `content/`; without one, names are free
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
}

/// What contributors write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Of {
    /// A question's front matter
    Question,
    /// A kit's front matter
    Kit,
    /// handbook.yaml
    Handbook,
}

/// Prints the schema.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    print(&match args.of {
        Of::Question => schema::question(&choices(args)?),
        Of::Kit => schema::kit(&choices(args)?),
        Of::Handbook => schema::handbook(),
    })?;
    Ok(Outcome::Done)
}

/// The handbook's names, as far as they can be read: an editor is open because something is not
/// finished yet.
fn choices(args: &Args) -> anyhow::Result<Choices> {
    if !disk::is_file(&args.root.join(CONFIG)) {
        return Ok(Choices::default());
    }
    let folder = load::load(&args.root)?;
    let Some(config) = pipeline::configuration(&folder).0 else {
        return Ok(Choices::default());
    };
    let pages: Vec<Parsed> = folder.sources.par_iter().map(parse::parse).collect();
    let known = pages.iter().filter_map(|page| {
        let document = page.document.as_ref()?;
        match (&document.place, &document.front) {
            (Place::Question { guide, slug, .. }, Front::Question(question)) => Some(Known {
                guide,
                slug,
                title: &question.public.title.plain,
                tags: &question.public.tags,
            }),
            _ => None,
        }
    });
    Ok(Choices::of(&config, known))
}
