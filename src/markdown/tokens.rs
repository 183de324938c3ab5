//! A strict reader of raw HTML.

use crate::diag::Span;

/// A piece of raw HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// Character references are not decoded.
    Text(&'t str),
    Open {
        name: &'t str,
        attributes: Vec<Attribute<'t>>,
    },
    Close(&'t str),
    Comment,
    /// Anything that is neither.
    Bad(Bad<'t>),
}

/// Why a piece can't be accepted, whatever it says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Bad<'t> {
    /// `<name` without its `>`.
    Tag(&'t str),
    /// `</name` without its `>`.
    EndTag(&'t str),
    Comment,
    /// `<!doctype …>` and the like.
    Declaration,
    /// `<? … ?>`.
    Instruction,
    Cdata,
}

/// One attribute of a tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Attribute<'t> {
    pub name: &'t str,
    /// `None` without `=`.
    pub value: Option<&'t str>,
    pub quoted: bool,
    pub range: Span,
}

/// The tokens of a text, each with its range. Always ends: each token has at least one byte.
#[derive(Debug)]
pub(super) struct Tokens<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Tokens<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// Skips to the end tag of `name`, or to the end. Gives what has no end.
    pub fn skip_content(&mut self, name: &str) -> &'t str {
        let bytes = self.text.as_bytes();
        let start = self.at;
        while self.at < bytes.len() {
            let Some(found) = self.text[self.at..].find("</") else {
                break;
            };
            self.at += found;
            let after = &bytes[self.at + 2..];
            if after.len() >= name.len()
                && after[..name.len()].eq_ignore_ascii_case(name.as_bytes())
                && !after.get(name.len()).is_some_and(|&byte| in_name(byte))
            {
                return "";
            }
            self.at += 2;
        }
        self.at = bytes.len();
        &self.text[start..]
    }

    /// Up to and with `end`, or to the end of the text.
    fn through(&self, from: usize, end: &str) -> (usize, bool) {
        match self.text.get(from..).and_then(|rest| rest.find(end)) {
            Some(found) => (from + found + end.len(), true),
            None => (self.text.len(), false),
        }
    }

    fn markup(&self, start: usize) -> Option<(Token<'t>, usize)> {
        let rest = &self.text[start..];
        if rest.starts_with("<!--") {
            // `<!-->` is one, too.
            let (end, closed) = self.through(start + 2, "-->");
            let token = if closed {
                Token::Comment
            } else {
                Token::Bad(Bad::Comment)
            };
            return Some((token, end));
        }
        if rest.starts_with("<![CDATA[") {
            return Some((Token::Bad(Bad::Cdata), self.through(start, "]]>").0));
        }
        if rest.starts_with("<!") {
            return Some((Token::Bad(Bad::Declaration), self.through(start, ">").0));
        }
        if rest.starts_with("<?") {
            return Some((Token::Bad(Bad::Instruction), self.through(start, "?>").0));
        }
        let end_tag = rest.starts_with("</");
        let name_start = start + 1 + usize::from(end_tag);
        let bytes = self.text.as_bytes();
        if !bytes.get(name_start)?.is_ascii_alphabetic() {
            return None;
        }
        let name_end = self.while_matches(name_start, in_name);
        let name = &self.text[name_start..name_end];
        if end_tag {
            let end = self.while_matches(name_end, is_space);
            if bytes.get(end) == Some(&b'>') {
                return Some((Token::Close(name), end + 1));
            }
            return Some((Token::Bad(Bad::EndTag(name)), self.after_bad(end)));
        }
        Some(match self.attributes(name_end) {
            Ok((attributes, end)) => (Token::Open { name, attributes }, end),
            Err(at) => (Token::Bad(Bad::Tag(name)), self.after_bad(at)),
        })
    }

    /// Where a broken tag is over: at its `>` or before the next `<`.
    fn after_bad(&self, from: usize) -> usize {
        let bytes = self.text.as_bytes();
        let end = self.while_matches(from, |byte| byte != b'<' && byte != b'>');
        end + usize::from(bytes.get(end) == Some(&b'>'))
    }

    fn attributes(&self, from: usize) -> Result<(Vec<Attribute<'t>>, usize), usize> {
        let bytes = self.text.as_bytes();
        let mut attributes = Vec::new();
        let mut at = from;
        loop {
            let start = self.while_matches(at, is_space);
            match bytes.get(start) {
                Some(b'>') => return Ok((attributes, start + 1)),
                Some(b'/') if bytes.get(start + 1) == Some(&b'>') => {
                    return Ok((attributes, start + 2));
                }
                Some(&byte) if start > at && begins_attribute(byte) => {}
                _ => return Err(start),
            }
            let name_end = self.while_matches(start, in_attribute);
            let mut attribute = Attribute {
                name: &self.text[start..name_end],
                value: None,
                quoted: false,
                range: start..name_end,
            };
            let equals = self.while_matches(name_end, is_space);
            if bytes.get(equals) == Some(&b'=') {
                self.value(self.while_matches(equals + 1, is_space), &mut attribute)?;
            }
            at = attribute.range.end;
            attributes.push(attribute);
        }
    }

    fn value(&self, start: usize, attribute: &mut Attribute<'t>) -> Result<(), usize> {
        let bytes = self.text.as_bytes();
        let Some(&first) = bytes.get(start) else {
            return Err(start);
        };
        if matches!(first, b'"' | b'\'') {
            let end = self.while_matches(start + 1, |byte| byte != first);
            if end == bytes.len() {
                return Err(end);
            }
            attribute.value = Some(&self.text[start + 1..end]);
            attribute.quoted = true;
            attribute.range.end = end + 1;
        } else {
            let end = self.while_matches(start, |byte| {
                !is_space(byte) && !matches!(byte, b'"' | b'\'' | b'=' | b'<' | b'>' | b'`')
            });
            if end == start {
                return Err(start);
            }
            attribute.value = Some(&self.text[start..end]);
            attribute.range.end = end;
        }
        Ok(())
    }

    fn while_matches(&self, from: usize, matches: impl Fn(u8) -> bool) -> usize {
        let bytes = &self.text.as_bytes()[from..];
        from + bytes
            .iter()
            .position(|&byte| !matches(byte))
            .unwrap_or(bytes.len())
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = (Token<'t>, Span);

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.at;
        if start >= self.text.len() {
            return None;
        }
        if self.text[start..].starts_with('<')
            && let Some((token, end)) = self.markup(start)
        {
            self.at = end;
            return Some((token, start..end));
        }
        // A `<` before anything but a letter is text.
        let end = self.while_matches(start + 1, |byte| byte != b'<');
        self.at = end;
        Some((Token::Text(&self.text[start..end]), start..end))
    }
}

fn in_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0C)
}

fn begins_attribute(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'_' | b':')
}

fn in_attribute(byte: u8) -> bool {
    begins_attribute(byte) || byte.is_ascii_digit() || matches!(byte, b'.' | b'-')
}
