//! Pictures for previews of links: the words of a card, set like the site.
//!
//! 1. [`characters`] says whether a text can be set letter by letter in the theme's font.
//! 2. [`Card`] holds what is written on a picture; its key names the file, before it is drawn.
//! 3. [`layout`] finds the lines and their size, [`face`] reads the fonts, [`glyphs`] keeps what
//!    was drawn of them.
//! 4. [`canvas`] is the paper, [`png`] makes the file and can tell whether it is whole.

mod canvas;
mod card;
mod characters;
mod deflate;
mod face;
mod glyphs;
mod layout;
mod png;

use xxhash_rust::xxh3::Xxh3;

use canvas::{Canvas, Tone};
use characters::Settable;
use face::Face;
use glyphs::{Glyphs, Key, STEPS};
use layout::{Frame, Measure};

pub use canvas::{HEIGHT, Rgb, WIDTH};
pub use card::Card;
pub use face::Font;
pub use png::is_whole;

/// To be raised when the same card and fonts would make other bytes.
const EDITION: u64 = 1;

/// The light scheme's, as the default theme's `css/` has them.
const PAPER: Rgb = [0xff, 0xff, 0xff];
const INK: Rgb = [0x1d, 0x23, 0x28];

/// The bar at the left edge, as of a book's back.
const SPINE: u32 = 28;
/// Words begin at this column, and lines are so wide.
const LEFT: u32 = 104;
const MEASURE: u32 = 1008;

const LABEL_SIZE: u16 = 32;
const LABEL_BASELINE: i32 = 112;
/// Where the capitals of the title begin.
const TITLE_TOP: i32 = 160;
#[expect(clippy::cast_precision_loss, reason = "it is small")]
const TITLE: Frame<'static> = Frame {
    width: MEASURE as f32,
    height: 330.0,
    lines: 4,
    sizes: &[80, 72, 64, 56, 50, 44],
    leading: 1.16,
};
const RULE_TOP: u32 = 530;
const FOOT_SIZE: u16 = 30;
const FOOT_BASELINE: i32 = 580;

/// Draws a handbook's pictures. Shared by all threads.
#[derive(Debug)]
pub struct Painter {
    regular: Font,
    bold: Font,
    accent: Rgb,
    fingerprint: u128,
    glyphs: Glyphs,
}

/// A card, and whether its title stands on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub card: Card,
    /// A character of the title that can't be set.
    pub lacking: Option<char>,
}

impl Painter {
    pub fn new(regular: Font, bold: Font, accent: Rgb) -> Self {
        let mut hash = Xxh3::new();
        hash.update(&EDITION.to_le_bytes());
        hash.update(&accent);
        for font in [&regular, &bold] {
            hash.update(&(font.bytes().len() as u64).to_le_bytes());
            hash.update(font.bytes());
        }
        Self {
            regular,
            bold,
            accent,
            fingerprint: hash.digest128(),
            glyphs: Glyphs::default(),
        }
    }

    /// A card with those of the words that the fonts can set.
    pub fn card(&self, label: Option<&str>, title: &str, foot: &str) -> Written {
        let (regular, bold) = (self.regular.open(), self.bold.open());
        let set = |text: &str, face: &Option<Face<'_>>| {
            characters::settable(text, |character| {
                face.as_ref()
                    .is_some_and(|face| face.glyph(character).is_some())
            })
        };
        let words = |set: Settable| match set {
            Settable::Text(text) => Some(text),
            Settable::Nothing | Settable::Not(_) => None,
        };
        let title = set(title, &bold);
        let lacking = match title {
            Settable::Not(character) => Some(character),
            Settable::Text(_) | Settable::Nothing => None,
        };
        let label = label.and_then(|label| words(set(label, &bold)));
        let foot = words(set(foot, &regular));
        Written {
            card: Card::new(label, words(title), foot, self.fingerprint),
            lacking,
        }
    }

    /// The picture of a card that [`Self::card`] made.
    pub fn draw(&self, card: &Card) -> Vec<u8> {
        let mut canvas = Canvas::with_spine(SPINE);
        self.write(card, &mut canvas);
        let palette = canvas::palette(PAPER, INK, self.accent);
        png::file(card.key, &palette, &canvas)
    }

    fn write(&self, card: &Card, canvas: &mut Canvas) -> Option<()> {
        let bold = Hand::new(self, true)?;
        if let Some(label) = &card.label {
            let line = layout::one_line(label, LABEL_SIZE, TITLE.width, &bold);
            bold.line(canvas, &line, LABEL_SIZE, LABEL_BASELINE, Tone::Accent);
        }
        if let Some(title) = &card.title {
            let block = layout::set(title, &TITLE, &bold);
            for (number, line) in (0_u8..).zip(&block.lines) {
                let size = f32::from(block.size);
                let down = size * (CAPITALS + f32::from(number) * TITLE.leading);
                bold.line(canvas, line, block.size, TITLE_TOP + round(down), Tone::Ink);
            }
        }
        if let Some(foot) = &card.foot {
            let regular = Hand::new(self, false)?;
            canvas.bar(LEFT, RULE_TOP, MEASURE, 1, Tone::Ink, 64);
            let line = layout::one_line(foot, FOOT_SIZE, TITLE.width, &regular);
            regular.line(canvas, &line, FOOT_SIZE, FOOT_BASELINE, Tone::Ink);
        }
        Some(())
    }
}

/// How high capitals are, as a share of the size.
const CAPITALS: f32 = 0.73;

/// Writes with one font.
struct Hand<'p> {
    painter: &'p Painter,
    face: Face<'p>,
    bold: bool,
}

impl<'p> Hand<'p> {
    fn new(painter: &'p Painter, bold: bool) -> Option<Self> {
        let font = if bold {
            &painter.bold
        } else {
            &painter.regular
        };
        Some(Self {
            painter,
            face: font.open()?,
            bold,
        })
    }

    /// Calls `place` for each glyph with its distance from the beginning, and gives that of the end.
    fn run(&self, text: &str, mut place: impl FnMut(ttf_parser::GlyphId, f32)) -> f32 {
        let mut pen = 0.0;
        let mut before = None;
        for character in text.chars() {
            // An ellipsis is ours, and a font may have none.
            let dots = character == '…' && self.face.glyph(character).is_none();
            let (character, times) = if dots { ('.', 3) } else { (character, 1) };
            for glyph in std::iter::repeat_n(self.face.glyph(character), times).flatten() {
                if let Some(before) = before {
                    pen += self.face.kerning(before, glyph);
                }
                place(glyph, pen);
                pen += self.face.advance(glyph);
                before = Some(glyph);
            }
        }
        pen
    }

    fn line(&self, canvas: &mut Canvas, text: &str, size: u16, baseline: i32, tone: Tone) {
        self.run(text, |glyph, at| {
            let steps = round(at * f32::from(size) * f32::from(STEPS));
            let steps_of_one = i32::from(STEPS);
            let key = Key {
                bold: self.bold,
                glyph: glyph.0,
                size,
                step: u8::try_from(steps.rem_euclid(steps_of_one)).unwrap_or(0),
            };
            let x = LEFT.cast_signed() + steps.div_euclid(steps_of_one);
            let bitmap = self.painter.glyphs.get(&self.face, key);
            canvas.glyph(&bitmap, x, baseline, tone);
        });
    }
}

impl Measure for Hand<'_> {
    fn width(&self, text: &str) -> f32 {
        self.run(text, |_, _| {})
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a cast of a number to an integer ends at the integer's limits"
)]
fn round(number: f32) -> i32 {
    number.round() as i32
}
