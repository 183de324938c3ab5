//! Writing: escapes, the buffer that a walk fills, and fragments with their marks filled in.

use super::{Fragment, Mark, Part, Walked, Word};

/// What a page says where a fragment leaves it open. Numbers count into the lists of the
/// fragment's [`Walked`].
pub trait Fill {
    /// Writes the address of a link, escaped for an attribute.
    fn href(&self, link: u32, out: &mut String);
    /// Writes ` src="…" width="…" height="…"` of an image, with the leading space.
    fn image(&self, image: u32, out: &mut String);
    /// What makes ids unique where several fragments share a page.
    fn id_prefix(&self) -> &str;
    /// What parts the text before each section from it.
    fn section(&self) -> &'static str {
        ""
    }
    /// How much deeper headings are than written.
    fn heading_shift(&self) -> u8;
    /// Writes the highlighted text of a code block.
    fn code(&self, block: u32, out: &mut String);
    /// A word of the interface, as plain text.
    fn word(&self, word: Word) -> &str;
}

impl Fragment {
    /// Writes the HTML with the marks filled in by `fill`.
    pub fn write(&self, fill: &impl Fill, out: &mut String) {
        let mut from = 0;
        for &(at, mark) in &self.marks {
            let at = at as usize;
            out.push_str(self.html.get(from..at).unwrap_or_default());
            from = at;
            match mark {
                Mark::Href(link) => fill.href(link, out),
                Mark::Image(image) => fill.image(image, out),
                Mark::IdPrefix => escape_attribute(fill.id_prefix(), out),
                Mark::Section => out.push_str(fill.section()),
                Mark::HeadingLevel(level) => {
                    let level = level.saturating_add(fill.heading_shift()).clamp(1, 6);
                    out.push(char::from(b'0' + level));
                }
                Mark::Code(block) => fill.code(block, out),
                Mark::Word(word) => escape_attribute(fill.word(word), out),
            }
        }
        out.push_str(self.html.get(from..).unwrap_or_default());
    }
}

impl Walked {
    /// Writes one part's HTML; nothing if there is no such part.
    pub fn write(&self, part: Part, fill: &impl Fill, out: &mut String) {
        let content = match part {
            Part::Shown => Some(&self.shown),
            Part::Answer => self.answer.as_ref(),
        };
        if let Some(content) = content {
            content.fragment.write(fill, out);
        }
    }
}

/// Appends `text` so that HTML reads it as text.
pub fn escape_text(text: &str, out: &mut String) {
    escape(text, out, |byte| matches!(byte, b'&' | b'<' | b'>'));
}

/// Appends `text` so that it can stand between double quotes, or as text.
pub fn escape_attribute(text: &str, out: &mut String) {
    escape(text, out, |byte| matches!(byte, b'&' | b'<' | b'>' | b'"'));
}

/// The first special byte. A block at a time, which the compiler makes wide instructions of:
/// nearly all text has none.
fn position(bytes: &[u8], special: impl Fn(u8) -> bool) -> Option<usize> {
    const BLOCK: usize = 32;
    let mut at = 0;
    for block in bytes.chunks_exact(BLOCK) {
        if block.iter().fold(false, |any, &byte| any | special(byte)) {
            break;
        }
        at += BLOCK;
    }
    let found = bytes[at..].iter().position(|&byte| special(byte))?;
    Some(at + found)
}

fn escape(text: &str, out: &mut String, special: impl Fn(u8) -> bool) {
    let mut rest = text;
    while let Some(at) = position(rest.as_bytes(), &special) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// HTML in the making.
#[derive(Debug, Default)]
pub(super) struct Buffer {
    pub html: String,
    pub marks: Vec<(u32, Mark)>,
    /// Where footnotes are referred to: the note's number among all labels.
    pub references: Vec<(u32, usize)>,
    pub words: u32,
}

impl Buffer {
    /// Room for the HTML of a text of this many bytes.
    pub fn for_text(length: usize) -> Self {
        Self {
            html: String::with_capacity(length + length / 4),
            ..Self::default()
        }
    }

    pub fn push(&mut self, html: &str) {
        self.html.push_str(html);
    }

    pub fn mark(&mut self, mark: Mark) {
        self.marks.push((self.here(), mark));
    }

    pub fn reference(&mut self, note: usize) {
        self.references.push((self.here(), note));
    }

    /// `href="#…` or `id="…`: the part before the id.
    pub fn id(&mut self, before: &str) {
        self.push(before);
        self.mark(Mark::IdPrefix);
    }

    pub fn append(&mut self, other: &Buffer) {
        let here = self.here();
        self.html.push_str(&other.html);
        self.marks
            .extend(other.marks.iter().map(|&(at, mark)| (here + at, mark)));
        self.references
            .extend(other.references.iter().map(|&(at, note)| (here + at, note)));
        self.words += other.words;
    }

    /// The end of what is written. A page that reaches 4 GB is refused long before.
    fn here(&self) -> u32 {
        u32::try_from(self.html.len()).unwrap_or(u32::MAX)
    }

    pub fn into_fragment(mut self) -> Fragment {
        // Fragments are kept as long as the handbook: the room left over adds up.
        self.html.shrink_to_fit();
        self.marks.shrink_to_fit();
        Fragment {
            html: self.html,
            marks: self.marks,
        }
    }
}
