//! Cutting a page into YAML and Markdown.

use crate::diag::{Diagnostic, Span, rules};
use crate::load::Source;

/// Where the two parts of a page stand.
pub enum FrontMatter {
    Found {
        yaml: Span,
        body: usize,
    },
    Missing {
        diagnostic: Box<Diagnostic>,
        /// `None` where nothing tells fields from text.
        body: Option<usize>,
    },
}

/// Front matter stands between two lines `---`, the first of which begins the file.
pub fn split(source: &Source) -> FrontMatter {
    let text = &*source.text;
    let mut lines = lines(text);
    let Some((first, line)) = lines.next() else {
        return missing(source, 0..0);
    };
    if line.trim_end() != "---" {
        return missing(source, first..first + line.trim_end().len());
    }
    let start = first + line.len();
    for (at, line) in lines {
        if line.trim_end() == "---" {
            return FrontMatter::Found {
                yaml: start..at,
                body: at + line.len(),
            };
        }
    }
    FrontMatter::Missing {
        diagnostic: Box::new(
            Diagnostic::at(
                &rules::FRONT_MATTER_OPEN,
                &source.path,
                0..3,
                "the front matter that begins here is not closed",
            )
            .help("put a line `---` below its last field"),
        ),
        body: None,
    }
}

fn missing(source: &Source, span: Span) -> FrontMatter {
    FrontMatter::Missing {
        diagnostic: Box::new(
            Diagnostic::at(
                &rules::FRONT_MATTER_MISSING,
                &source.path,
                span,
                "the page does not begin with front matter",
            )
            .help("begin the file with a line `---`, fields such as `title: …`, and another `---`"),
        ),
        body: Some(0),
    }
}

fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line)
    })
}
