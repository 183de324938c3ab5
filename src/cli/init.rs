//! `viva init`

use std::path::PathBuf;

use anyhow::{anyhow, bail};
use jiff::Zoned;
use jiff::civil::Date;

use super::Outcome;
use super::ask::Asker;
use super::report::say;
use crate::disk;
use crate::scaffold::{NewHandbook, Role};

/// Begin a handbook: one guide, three levels, three questions, a kit.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,

    /// Whom the interviews are for, such as "Data engineer"
    #[arg(long)]
    role: Option<String>,

    /// The handbook's title
    #[arg(long)]
    title: Option<String>,

    /// The day that is written into the pages, instead of today
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
}

/// Writes the files of a new handbook, or none where one of them is there already.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let role: Role = match &args.role {
        Some(role) => role.parse().map_err(|why: String| anyhow!(why))?,
        None => Asker::new().ask(
            "Whom are the interviews for (such as Data engineer)",
            "`--role`",
            None,
            str::parse,
        )?,
    };
    let title = match &args.title {
        Some(title) if title.trim().is_empty() || title.contains(char::is_control) => {
            bail!("a title is one line of text")
        }
        Some(title) => title.trim().to_owned(),
        None => format!("The {role} Interview Handbook"),
    };
    let guide = role.guide().to_owned();
    let files = NewHandbook {
        role,
        title,
        day: args.today.unwrap_or_else(|| Zoned::now().date()),
    }
    .files()
    .map_err(|why| anyhow!(why))?;
    if disk::exists(&args.folder.join("content")) {
        bail!(
            "there is a handbook already: {}",
            args.folder.join("content").display()
        );
    }
    let taken = files
        .iter()
        .find(|file| disk::exists(&args.folder.join(&file.path)));
    if let Some(file) = taken {
        bail!("{} exists already: begin in an empty folder", file.path);
    }
    for (written, file) in files.iter().enumerate() {
        let path = args.folder.join(&file.path);
        if let Err(error) = disk::write_atomic(&path, file.text.as_bytes()) {
            // A part of a handbook would only be in the way of the next try.
            for file in &files[..written] {
                let _ = disk::remove_file(&args.folder.join(&file.path));
            }
            let _ = disk::remove_dir_all(&args.folder.join("content"));
            return Err(error.into());
        }
    }
    say!(
        "{} files are there. Next:\n\
         1. `viva serve --open` shows the site while you write.\n\
         2. Put your own words into `content/handbook.yaml` and `content/{guide}/index.md`.\n\
         3. `viva new` begins a question; the three that are there show how one is made.\n\
         4. `viva check` and `viva test` before you share it; `viva build` makes the website.",
        files.len(),
    );
    Ok(Outcome::Done)
}
