//! What a language's own check says, whichever way it says it.

use super::folder::SEEN;
use super::verdict::Wrong;

/// What a check objects to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// Its essential line.
    message: String,
    /// Places count from 1.
    line: Option<usize>,
    column: Option<usize>,
    /// All of it, if that is more.
    said: String,
}

/// Reads what was said of a file.
pub fn complaint(said: &str, file: &str) -> Complaint {
    let said = said.replace(&format!("{SEEN}/"), "");
    let lines = || said.lines().map(str::trim).filter(|line| !line.is_empty());
    let (line, column) = lines()
        .find_map(|text| place(text, file))
        .map_or((None, None), |(line, column)| (Some(line), column));
    let is_about_it = |text: &&str| text.to_lowercase().contains("error");
    let message = lines().find(is_about_it).or_else(|| lines().next());
    Complaint {
        message: without_place(message.unwrap_or_default(), file).to_owned(),
        line,
        column,
        said: if lines().nth(1).is_some() {
            said.clone()
        } else {
            String::new()
        },
    }
}

impl Complaint {
    /// As a verdict on a sample that has this code before it. What is said of that is said of no line.
    pub fn after(self, before: &str) -> Wrong {
        let line = self
            .line
            .and_then(|line| line.checked_sub(before.lines().count()))
            .filter(|line| *line > 0);
        Wrong::Syntax {
            message: self.message,
            line,
            column: self.column.filter(|_| line.is_some()),
            printed: self.said,
        }
    }
}

/// The line and the column: `file:2:5`, `file: 2: `, `file: line 2:`, `"file", line 2`.
fn place(text: &str, file: &str) -> Option<(usize, Option<usize>)> {
    let (_, rest) = text.split_once(file)?;
    let rest = rest.trim_start_matches([':', '"', '\'', ',', ' ', '(']);
    let rest = rest.strip_prefix("line ").unwrap_or(rest);
    let (line, rest) = number(rest)?;
    let column = rest
        .strip_prefix([':', ','])
        .and_then(number)
        .map(|(column, _)| column);
    Some((line, column))
}

/// What stands after the place, if the line begins with one.
fn without_place<'t>(text: &'t str, file: &str) -> &'t str {
    let Some((before, rest)) = text.split_once(file) else {
        return text;
    };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || ":,\"') ".contains(c));
    let rest = match rest.strip_prefix("line ") {
        Some(rest) => rest.trim_start_matches(|c: char| c.is_ascii_digit() || ": ".contains(c)),
        None => rest,
    };
    // Programs begin with their own name, as shells do.
    let begins = before.split_whitespace().count() <= 1;
    if begins && !rest.is_empty() {
        rest
    } else {
        text
    }
}

fn number(text: &str) -> Option<(usize, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    Some((text[..end].parse().ok()?, &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(said: &str, file: &str) -> (String, Option<usize>, Option<usize>) {
        let Complaint {
            message,
            line,
            column,
            ..
        } = complaint(said, file);
        (message, line, column)
    }

    #[test]
    fn programs_name_places_in_their_ways() {
        let said = |message: &str, line, column| (message.to_owned(), line, column);
        for (text, file, expected) in [
            (
                "/run/sample/sample.js:2\nlet x = = 1;\n        ^\n\nSyntaxError: Unexpected token '='\n    at f (node:internal:1)\n",
                "sample.js",
                said("SyntaxError: Unexpected token '='", Some(2), None),
            ),
            (
                "sample.sh: 2: Syntax error: \"fi\" unexpected\n",
                "sample.sh",
                said("Syntax error: \"fi\" unexpected", Some(2), None),
            ),
            (
                "bash: sample.sh: line 3: syntax error near `fi'\nsample.sh: line 3: `fi'\n",
                "sample.sh",
                said("syntax error near `fi'", Some(3), None),
            ),
            (
                "./sample.c:4:7: error: expected ';'\n  int a\n",
                "sample.c",
                said("error: expected ';'", Some(4), Some(7)),
            ),
            (
                "  File \"/run/sample/sample.x\", line 5\nBadError: no\n",
                "sample.x",
                said("BadError: no", Some(5), None),
            ),
            ("it is so\n", "sample.x", said("it is so", None, None)),
            ("", "sample.x", said("", None, None)),
        ] {
            assert_eq!(read(text, file), expected, "{text}");
        }
    }

    #[test]
    fn lines_of_what_goes_before_do_not_count() {
        let line = |before: &str| match complaint("sample.sh:3: error", "sample.sh").after(before) {
            Wrong::Syntax { line, .. } => line,
            other => panic!("{other:?}"),
        };
        assert_eq!(line("a\n"), Some(2));
        assert_eq!(line("a\nb\nc\n"), None);
    }
}
