//! The first paragraph in plain words, and the count of words.

const LONGEST: usize = 200;
/// Bytes of a paragraph that are kept: room for the longest excerpt in any script.
const KEPT: usize = 1600;

/// Takes the first paragraph of a part. One inside a quote or list counts only if there is no
/// other.
#[derive(Debug, Default)]
pub(super) struct Excerpt {
    text: String,
    open: bool,
    /// The text is a paragraph's that stands in no container.
    top: bool,
}

impl Excerpt {
    /// A paragraph begins; `top` if it stands in no container.
    pub fn open(&mut self, top: bool) {
        if self.top || (!top && !self.text.is_empty()) {
            return;
        }
        self.text.clear();
        self.open = true;
        self.top = top;
    }

    pub fn push(&mut self, text: &str) {
        if self.open && self.text.len() < KEPT {
            let end = text.floor_char_boundary(KEPT - self.text.len());
            self.text.push_str(&text[..end]);
        }
    }

    /// The paragraph ends. One without words, such as an image's, is passed over.
    pub fn close(&mut self) {
        if self.open {
            self.open = false;
            if self.text.trim().is_empty() {
                self.text.clear();
                self.top = false;
            }
        }
    }

    pub fn finish(&mut self) -> String {
        let taken = std::mem::take(self);
        shorten(&taken.text)
    }
}

/// Single spaces, and at most [`LONGEST`] characters with the `…` where words are left out.
fn shorten(text: &str) -> String {
    if is_short(text) {
        return text.to_owned();
    }
    let mut short = String::new();
    let mut characters = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        let space = usize::from(characters > 0);
        if characters + space + length > LONGEST {
            return cut(short, characters, word);
        }
        if space == 1 {
            short.push(' ');
        }
        short.push_str(word);
        characters += space + length;
    }
    short
}

/// Whether it is plain to see that nothing is to be done.
fn is_short(text: &str) -> bool {
    text.len() <= LONGEST
        && text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
        && !text.contains("  ")
        && text.trim() == text
}

fn cut(mut short: String, characters: usize, word: &str) -> String {
    if short.is_empty() {
        short.extend(word.chars().take(LONGEST - 1));
    } else if characters == LONGEST {
        // No room for the sign: the last word goes.
        let end = short.rfind(' ').unwrap_or(short.len() - 1);
        short.truncate(short.floor_char_boundary(end));
    }
    short.push('…');
    short
}

/// How many words begin in `text`, when `within` says whether it starts inside one.
pub(super) fn words(text: &str, within: &mut bool) -> u32 {
    let letter = |byte: u8| byte > b' ';
    let bytes = text.as_bytes();
    let (Some(&first), Some(&last)) = (bytes.first(), bytes.last()) else {
        return 0;
    };
    // Without a state from byte to byte, the compiler makes wide instructions of it.
    let inner: u32 = bytes
        .iter()
        .zip(&bytes[1..])
        .map(|(&before, &byte)| u32::from(!letter(before) & letter(byte)))
        .sum();
    let starts = u32::from(letter(first) && !*within);
    *within = letter(last);
    starts + inner
}
