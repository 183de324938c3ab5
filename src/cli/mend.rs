//! Writing the edits that diagnostics bring, and showing them.

use std::collections::BTreeMap;
use std::path::Path;

use anstyle::{AnsiColor, Style};

use super::report::say;
use crate::diag::render::Texts;
use crate::diag::{Diagnostic, Fix};
use crate::disk;
use crate::fix::{self, Line, Side};
use crate::load::{Source, TEXT_LIMIT};

/// How many problems were mended, in how many files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mended {
    pub problems: usize,
    pub files: usize,
}

impl Mended {
    /// Both together. A file that was mended twice counts twice.
    pub fn and(self, other: Self) -> Self {
        Self {
            problems: self.problems + other.problems,
            files: self.files + other.files,
        }
    }
}

/// Makes all edits, unless `write` says that they are only to be shown.
///
/// # Errors
/// When a file can't be read or written. Those before it are mended then.
pub fn mend(
    root: &Path,
    diagnostics: &[Diagnostic],
    texts: &Texts,
    write: bool,
) -> anyhow::Result<Mended> {
    let mut by_path: BTreeMap<&str, Vec<&Fix>> = BTreeMap::new();
    for diagnostic in diagnostics {
        if let Some(fix) = &diagnostic.fix {
            by_path.entry(&diagnostic.path).or_default().push(fix);
        }
    }
    let mut mended = Mended::default();
    for (path, fixes) in by_path {
        let file = root.join(path);
        let Ok(old) = String::from_utf8(disk::read(&file, TEXT_LIMIT)?) else {
            continue;
        };
        // Edits are for the text that was checked, not for what somebody has just saved.
        if texts.get(path).map(|text| &**text) != Some(&*Source::new(path, &old).text) {
            continue;
        }
        let (new, made) = fix::apply(&old, fixes);
        if made == 0 {
            continue;
        }
        show(&fix::difference(path, &old, &new));
        if write {
            disk::replace(&file, new.as_bytes())?;
        }
        mended = mended.and(Mended {
            problems: made,
            files: 1,
        });
    }
    Ok(mended)
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
