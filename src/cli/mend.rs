//! Writing the edits that diagnostics bring, and showing them.

use std::collections::BTreeMap;
use std::path::Path;

use anstyle::{AnsiColor, Style};

use super::certain::certain;
use super::report::say;
use crate::diag::render::Texts;
use crate::diag::{Diagnostic, Fix};
use crate::disk;
use crate::fix::{self, Line, Side};
use crate::load::{Source, TEXT_LIMIT};

/// A file and what it will be.
#[derive(Debug)]
pub struct Edit {
    path: String,
    old: String,
    new: String,
    problems: usize,
}

/// The edits that are certain, one for each file.
///
/// # Errors
/// When a file can't be read.
pub fn edits(root: &Path, diagnostics: &[Diagnostic], texts: &Texts) -> anyhow::Result<Vec<Edit>> {
    let mut by_path: BTreeMap<&str, Vec<&Fix>> = BTreeMap::new();
    for diagnostic in diagnostics {
        if let Some(fix) = &diagnostic.fix {
            by_path.entry(&diagnostic.path).or_default().push(fix);
        }
    }
    let mut edits = Vec::new();
    for (path, fixes) in by_path {
        let Ok(old) = String::from_utf8(disk::read(&root.join(path), TEXT_LIMIT)?) else {
            continue;
        };
        // Edits are for the text that was checked, not for what somebody has just saved.
        if texts.get(path).map(|text| &**text) != Some(&*Source::new(path, &old).text) {
            continue;
        }
        let (new, problems) = fix::apply(&old, certain(path, &old, &fixes));
        if problems > 0 {
            edits.push(Edit {
                path: path.to_owned(),
                old,
                new,
                problems,
            });
        }
    }
    Ok(edits)
}

/// Shows all edits, and makes them if `write` says so.
///
/// # Errors
/// When a file can't be written. Those before it are mended then.
pub fn mend(root: &Path, edits: &[Edit], write: bool) -> anyhow::Result<()> {
    for edit in edits {
        show(&fix::difference(&edit.path, &edit.old, &edit.new));
        if write {
            disk::replace(&root.join(&edit.path), edit.new.as_bytes())?;
        }
    }
    Ok(())
}

/// How many problems the edits mend.
pub fn problems(edits: &[Edit]) -> usize {
    edits.iter().map(|edit| edit.problems).sum()
}

/// Prints a difference for people.
fn show(lines: &[Line]) {
    for line in lines {
        let style = match line.side {
            Side::Head => Style::new().bold(),
            Side::Both => Style::new(),
            Side::Old => Style::new().fg_color(Some(AnsiColor::Red.into())),
            Side::New => Style::new().fg_color(Some(AnsiColor::Green.into())),
        };
        say!("{style}{}{style:#}", line.text);
    }
    say!("");
}
