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
        /// Fields with nothing but empty lines above them, or without the line above them.
        yaml: Option<Span>,
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
        return late(source)
            .unwrap_or_else(|| missing(source, first..first + line.trim_end().len()));
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
        yaml: None,
        body: None,
    }
}

/// Fields below other lines, or without the line above them: a slip at the top of the file, after
/// which the text begins where it was meant to.
fn late(source: &Source) -> Option<FrontMatter> {
    let lines: Vec<(usize, &str)> = lines(&source.text)
        .map(|(at, line)| (at, line.trim_end()))
        .collect();
    let opens = lines
        .windows(2)
        .position(|pair| pair[0].1 == "---" && is_field(pair[1].1));
    let (first, message, help) = if is_field(lines.first()?.1) {
        (
            0,
            "the front matter does not begin with a line `---`",
            "put a line `---` above its first field",
        )
    } else {
        (
            opens?,
            "the front matter does not begin with the file",
            "remove what stands above it",
        )
    };
    let (end, _) = lines[first + 1..].iter().find(|(_, line)| *line == "---")?;
    let (at, line) = lines[first];
    let is_alone = source.text[..at].trim().is_empty();
    let begin = if line == "---" {
        lines.get(first + 1)?.0
    } else {
        at
    };
    let diagnostic = Diagnostic::at(
        &rules::FRONT_MATTER_MISSING,
        &source.path,
        at..at + line.len(),
        message,
    );
    Some(FrontMatter::Missing {
        diagnostic: Box::new(diagnostic.help(help)),
        yaml: is_alone.then_some(begin..*end),
        body: Some(end + "---".len()),
    })
}

/// `title: …` or `tags:`
fn is_field(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, rest)| {
        !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
            && (rest.is_empty() || rest.starts_with(' '))
    })
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
        yaml: None,
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
