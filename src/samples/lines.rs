//! From a line of a sample to its place in the page.

use crate::diag::Span;

/// The lines of a fence's code in the text of its page.
pub struct Lines<'t> {
    text: &'t str,
    fence: Span,
    code: Vec<&'t str>,
}

impl<'t> Lines<'t> {
    pub fn new(text: &'t str, fence: &Span, code: &'t str) -> Self {
        Self {
            text,
            fence: fence.clone(),
            code: code.lines().collect(),
        }
    }

    /// A line of the code, counted from 0, without what stands before it in a list or a quote.
    pub fn line(&self, number: usize) -> Option<Span> {
        let code = self.code.get(number)?.trim_end();
        let line = self.raw(number + 1)?;
        let text = &self.text[line.clone()];
        let start = text.rfind(code).map_or(line.start, |at| line.start + at);
        Some(start..start + code.len().min(line.end - start))
    }

    /// A character of a line, both counted from 0.
    pub fn place(&self, number: usize, column: usize) -> Option<Span> {
        let line = self.line(number)?;
        let mut rest = self.text[line.clone()].char_indices().skip(column);
        let at = |found: Option<(usize, char)>| {
            found.map_or(line.end, |(offset, _)| line.start + offset)
        };
        let start = at(rest.next());
        Some(start..at(rest.next()).max(start))
    }

    /// The fence's first line, from its signs on.
    pub fn first(&self) -> Span {
        let end = self.raw(0).map_or(self.fence.end, |line| line.end);
        self.fence.start..end.max(self.fence.start)
    }

    /// The signs of the fence's last line.
    pub fn last(&self) -> Span {
        let block = self.text[self.fence.clone()].trim_end();
        let end = self.fence.start + block.len();
        let signs = block.len() - block.trim_end_matches(['`', '~']).len();
        end - signs..end
    }

    /// A line of the page, counted from the fence's first.
    fn raw(&self, number: usize) -> Option<Span> {
        let mut start = self.text[..self.fence.start]
            .rfind('\n')
            .map_or(0, |at| at + 1);
        for _ in 0..number {
            start += self.text[start..].find('\n')? + 1;
        }
        let length = self.text[start..].find('\n');
        Some(start..length.map_or(self.text.len(), |length| start + length))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "Before.\n\n> ```python\n> a = 1\n>\n>   é = b\n> ```\nAfter.\n";

    fn lines() -> Lines<'static> {
        let start = PAGE.find("```").unwrap();
        let end = PAGE.rfind("```").unwrap() + 3;
        Lines::new(PAGE, &(start..end), "a = 1\n\n  é = b\n")
    }

    #[test]
    fn a_line_is_found_behind_the_sign_of_a_quote() {
        assert_eq!(&PAGE[lines().line(0).unwrap()], "a = 1");
        assert_eq!(&PAGE[lines().line(1).unwrap()], "");
        assert_eq!(&PAGE[lines().line(2).unwrap()], "  é = b");
        assert_eq!(lines().line(3), None);
    }

    #[test]
    fn a_place_counts_characters() {
        assert_eq!(&PAGE[lines().place(2, 2).unwrap()], "é");
        assert_eq!(&PAGE[lines().place(2, 6).unwrap()], "b");
        assert_eq!(&PAGE[lines().place(2, 99).unwrap()], "");
    }

    #[test]
    fn the_fence_has_a_first_and_a_last_line() {
        assert_eq!(&PAGE[lines().first()], "```python");
        assert_eq!(&PAGE[lines().last()], "```");
    }
}
