//! `TODO` and its like, left in a text.

use super::stack::Kind;
use super::text::Run;
use super::walk::Walker;
use crate::diag::{Span, rules};

const WORDS: [&str; 4] = ["TODO", "FIXME", "XXX", "TBD"];

/// What may stand between a word and the end of its block: markup, quotes, brackets.
const MARKUP: &[char] = &[
    '*', '_', '~', '`', '"', '\'', '“', '”', '‘', '’', '[', ']', '(', ')', '>', '#', '-', '+', '<',
    '|',
];

/// Words in `text` that mark something to be written: at the beginning or end of a block or
/// sentence, or before a colon. In the middle of a sentence they are what it is about.
pub fn placeholders(text: &str) -> Vec<Span> {
    words(text).filter(|word| marks(text, word)).collect()
}

/// Whether there is such a word, whatever it means where it stands.
pub(super) fn has_word(text: &str) -> bool {
    words(text).next().is_some()
}

/// The words, whatever they mean where they stand.
fn words(text: &str) -> impl Iterator<Item = Span> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let found = bytes[at..]
                .iter()
                .position(|byte| matches!(byte, b'T' | b'F' | b'X'))?;
            let start = at + found;
            at = start + 1;
            let word = WORDS
                .iter()
                .find(|word| bytes[start..].starts_with(word.as_bytes()));
            if let Some(word) = word {
                let end = start + word.len();
                let outside = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '_');
                if outside(text[..start].chars().next_back()) && outside(text[end..].chars().next())
                {
                    at = end;
                    return Some(start..end);
                }
            }
        }
        None
    })
}

fn marks(text: &str, word: &Span) -> bool {
    let after = text[word.end..].trim_start_matches(['*', '_', '~']);
    after.starts_with(':')
        || begins_note(after)
        || begins_block(&text[..word.start])
        || ends_block(after)
}

/// `TODO(name)`
fn begins_note(after: &str) -> bool {
    after
        .strip_prefix('(')
        .and_then(|rest| rest.split_once(')'))
        .is_some_and(|(name, rest)| {
            !name.contains(char::is_whitespace) && rest.starts_with([':', ' ', '\n'])
        })
}

/// Whether nothing but markup stands before it in its block or sentence.
fn begins_block(before: &str) -> bool {
    let bare = before.trim_end_matches(|c: char| c.is_whitespace() || MARKUP.contains(&c));
    let between = &before[bare.len()..];
    let Some(last) = bare.chars().next_back() else {
        return true;
    };
    if let Some((_, line)) = between.rsplit_once('\n') {
        let marker = line.trim_start();
        if between.trim_end_matches(line).matches('\n').count() > 1
            || marker.starts_with(['-', '+', '#', '>', '|'])
            || marker.starts_with("* ")
        {
            return true;
        }
    }
    matches!(last, '.' | '!' | '?' | '…' | ':')
        && (between.starts_with(char::is_whitespace) || between.is_empty())
}

/// Whether nothing but markup stands after it in its block or line.
fn ends_block(after: &str) -> bool {
    if after.starts_with("  \n") || after.starts_with("\\\n") {
        return true;
    }
    let mut rest = after;
    loop {
        let before = rest.len();
        rest = rest.trim_start_matches(['!', '?', ' ', '\t', '…']);
        while let Some((_, behind)) = rest
            .strip_prefix("[^")
            .and_then(|rest| rest.split_once(']'))
        {
            rest = behind;
        }
        if !rest.starts_with("[^") {
            rest = rest.trim_start_matches(|c| MARKUP.contains(&c));
        }
        if rest.len() == before {
            break;
        }
    }
    if rest.is_empty() {
        return true;
    }
    let Some(line) = rest.strip_prefix('\n') else {
        return false;
    };
    let next = line.trim_start_matches([' ', '\t']);
    next.is_empty()
        || next.starts_with(['\n', '#', '>', '|'])
        || ["- ", "```", "~~~"]
            .iter()
            .any(|start| next.starts_with(start))
}

impl Walker<'_, '_> {
    /// Reports what of a run of text is still to be written.
    pub fn check_placeholders(&mut self, run: &Run) {
        let found: Vec<Span> = words(&run.text).map(|word| run.source(&word)).collect();
        if found.is_empty() {
            return;
        }
        let block = self.block();
        for place in found {
            let begins = place.start.saturating_sub(block.start);
            let text = &self.text[block.clone()];
            if marks(text, &(begins..begins + place.len())) {
                self.placeholder(place);
            }
        }
    }

    /// As [`Walker::check_placeholders`], of the text between two tags of raw HTML.
    pub fn check_placeholders_between(&mut self, text: &str, place: &Span) {
        if text.len() == place.len() {
            for word in placeholders(text) {
                self.placeholder(place.start + word.start..place.start + word.end);
            }
        }
    }

    /// The innermost block that holds words.
    fn block(&self) -> Span {
        let holds_words = |kind: &Kind| {
            matches!(
                kind,
                Kind::Paragraph(_) | Kind::Heading(_) | Kind::Cell(_) | Kind::Item | Kind::Footnote
            )
        };
        let mut frames = self.stack.iter().rev();
        frames
            .find(|frame| holds_words(&frame.kind))
            .map_or(0..self.text.len(), |frame| frame.range.clone())
    }

    fn placeholder(&mut self, place: Span) {
        let word = self.text[place.clone()].to_owned();
        let fault = self
            .report
            .at(&rules::TODO, place, message(&word))
            .help(HELP);
        self.report.add(fault);
    }
}

/// What is said of a placeholder.
pub fn message(word: &str) -> String {
    format!("`{word}` marks a part that is still to be written")
}

/// The way out.
pub const HELP: &str = "write it, or take it out; a word that is meant stands between backticks";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_at_the_ends_of_blocks_and_sentences() {
        for text in [
            "TODO",
            "TODO: the reason",
            "It is so. TODO",
            "It is so. TODO explain why.",
            "Explain the lock TODO",
            "One\n\nTODO write this",
            "- One\n- TODO two",
            "- One\n- Two TODO\n- Three",
            "**TODO**: say why",
            "It is so TODO(anna): say why",
            "It costs TBD",
            "(FIXME)",
            "## TODO\n\nText",
            "> XXX the quote",
            "One TODO\n\nTwo",
            "Explain this TODO!",
            "It is TODO?",
            "It is TODO[^1]",
            "It is **TODO**[^1]…",
            "One TODO  \nTwo",
            "One TODO\\\nTwo",
        ] {
            assert_eq!(placeholders(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn in_the_middle_of_a_sentence_it_is_a_word() {
        for text in [
            "Leaves a TODO in the code.",
            "Counts the TODO comments of a file.",
            "Leaves a TODO.",
            "Knows what\nTODO comments are for.",
            "The **TODO** of another one",
            "AUTODOC and TODOs, XXXL, my_TODO",
            "todo: small letters are a word",
            "Writes FIXME, not more.",
            "Looks for TODO[^1] in comments.",
            "Asks whether a TODO? is meant.",
        ] {
            assert_eq!(placeholders(text).len(), 0, "{text}");
        }
    }
}
