//! Byte offsets to lines and columns.

use super::Span;

/// A place as people count: from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

/// The line starts of one text, and how many characters stand before every so many bytes of it: a
/// place on a line of a million characters is found as fast as any other.
#[derive(Debug)]
pub struct LineIndex<'t> {
    text: &'t str,
    starts: Vec<usize>,
    characters: Vec<usize>,
}

impl<'t> LineIndex<'t> {
    /// Bytes between two counts of characters.
    const STEP: usize = 256;

    pub fn new(text: &'t str) -> Self {
        let starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        let mut before = 0;
        let blocks = text.as_bytes().chunks(Self::STEP);
        let characters = blocks
            .map(|block| {
                let here = before;
                before += begun(block);
                here
            })
            .collect();
        Self {
            text,
            starts,
            characters,
        }
    }

    /// The text that the lines are of.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Offsets beyond the text or inside a character are moved back to the nearest place.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.line(offset);
        Position {
            line: line + 1,
            column: self.before(offset) - self.before(self.starts[line]) + 1,
        }
    }

    /// The number of the line that a byte stands on, from 0.
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset) - 1
    }

    /// A line's bytes, without its line feed.
    pub fn bytes(&self, line: usize) -> Span {
        let start = self.starts.get(line).copied().unwrap_or(self.text.len());
        let end = match self.starts.get(line + 1) {
            Some(next) => next - 1,
            None => self.text.len(),
        };
        start..end
    }

    /// How many characters stand before a byte.
    fn before(&self, offset: usize) -> usize {
        let block = offset / Self::STEP;
        match self.characters.get(block) {
            Some(before) => before + begun(&self.text.as_bytes()[block * Self::STEP..offset]),
            // At the end of a text that fills its last block.
            None => match block.checked_sub(1) {
                Some(last) => {
                    self.characters[last] + begun(&self.text.as_bytes()[last * Self::STEP..])
                }
                None => 0,
            },
        }
    }

    /// First and one-past-last position of a span.
    pub fn range(&self, span: &Span) -> (Position, Position) {
        (self.position(span.start), self.position(span.end))
    }
}

/// How many characters begin in these bytes.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_wherever_a_block_of_bytes_ends() {
        for width in 1..5 {
            let line: String = std::iter::repeat_n("aüé日👍", 60 * width).collect();
            let text = format!("{line}\n{line}");
            let index = LineIndex::new(&text);
            for (number, (at, _)) in line.char_indices().enumerate() {
                let place = index.position(line.len() + 1 + at);
                assert_eq!((place.line, place.column), (2, number + 1));
            }
            let end = index.position(text.len());
            assert_eq!(end.column, line.chars().count() + 1);
        }
        let full = "x".repeat(LineIndex::STEP);
        assert_eq!(
            LineIndex::new(&full).position(full.len()).column,
            full.len() + 1
        );
        assert_eq!(
            LineIndex::new("").position(0),
            Position { line: 1, column: 1 }
        );
    }
}
