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
mod face;
mod glyphs;
mod layout;
mod png;
#[cfg(test)]
mod tests;

use std::cell::LazyCell;

use xxhash_rust::xxh3::Xxh3;

use canvas::{Canvas, Tone};
use characters::Settable;
use face::Face;
use glyphs::{Glyphs, Key, STEPS};
use layout::{Block, Frame, Measure};

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

/// Where the first capitals begin.
const TOP: f32 = 90.0;
const LABEL_SIZE: u16 = 32;
/// From the first capitals of a label to those of the title.
const BELOW_LABEL: f32 = 78.0;
/// The lowest baseline of a title.
const TITLE_END: f32 = 494.0;
#[expect(clippy::cast_precision_loss, reason = "it is small")]
const TITLE: Frame<'static> = Frame {
    width: MEASURE as f32,
    height: 0.0,
    lines: 4,
    sizes: &[80, 72, 64, 56, 50, 44],
    leading: 1.16,
};
/// From the line above the foot to the first baseline.
const BELOW_RULE: f32 = 50.0;
/// The last baseline of all.
const FOOT_END: f32 = 580.0;
const FOOT: Frame<'static> = Frame {
    height: f32::MAX,
    lines: 2,
    sizes: &[30],
    leading: 1.35,
    ..TITLE
};
/// How high capitals are, as a share of the size.
const CAPITALS: f32 = 0.73;

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
        // Nearly all words are of letters that nearly all fonts have.
        let set = |text: &str, font: &Font| {
            let face = LazyCell::new(|| font.open());
            characters::settable(text, |character| {
                (font.has_ascii() && character.is_ascii_graphic())
                    || LazyCell::force(&face)
                        .as_ref()
                        .is_some_and(|face| face.glyph(character).is_some())
            })
        };
        let words = |set: Settable| match set {
            Settable::Text(text) => Some(text),
            Settable::Nothing | Settable::Not(_) => None,
        };
        let title = set(title, &self.bold);
        let lacking = match title {
            Settable::Not(character) => Some(character),
            Settable::Text(_) | Settable::Nothing => None,
        };
        let label = label.and_then(|label| words(set(label, &self.bold)));
        let foot = words(set(foot, &self.regular));
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
        let (regular, bold) = (Hand::new(self, false)?, Hand::new(self, true)?);
        let mut top = TOP;
        let mut end = TITLE_END;
        if let Some(label) = &card.label {
            let line = layout::one_line(label, LABEL_SIZE, TITLE.width, &bold);
            let baseline = top + CAPITALS * f32::from(LABEL_SIZE);
            bold.line(canvas, &line, LABEL_SIZE, baseline, Tone::Accent);
            top += BELOW_LABEL;
        }
        if let Some(foot) = &card.foot {
            let block = layout::set(foot, &FOOT, &regular);
            let rest = block.height(FOOT.leading);
            end -= rest;
            let first = FOOT_END - rest;
            let rule = u32::try_from(round(first - BELOW_RULE)).ok()?;
            canvas.bar(LEFT, rule, MEASURE, 1, Tone::Ink, FAINT);
            regular.block(canvas, &block, first, FOOT.leading);
        }
        if let Some(title) = &card.title {
            // Between the first baseline and the last one.
            let frame = Frame {
                height: end - top,
                ..TITLE
            };
            let block = layout::set(title, &frame, &bold);
            let first = top + CAPITALS * f32::from(block.size);
            bold.block(canvas, &block, first, TITLE.leading);
        }
        Some(())
    }
}

/// How much of the ink the line above the foot has, of 255.
const FAINT: u8 = 85;

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

    fn block(&self, canvas: &mut Canvas, block: &Block, first: f32, leading: f32) {
        let mut baseline = first;
        for line in &block.lines {
            self.line(canvas, line, block.size, baseline, Tone::Ink);
            baseline += leading * f32::from(block.size);
        }
    }

    fn line(&self, canvas: &mut Canvas, text: &str, size: u16, baseline: f32, tone: Tone) {
        let baseline = round(baseline);
        self.run(text, |glyph, at| {
            let steps = round(at * f32::from(size) * f32::from(STEPS));
            let steps_of_one = i32::from(STEPS);
            let key = Key {
                bold: self.bold,
                glyph: glyph.0,
                size,
                step: u8::try_from(steps.rem_euclid(steps_of_one)).unwrap_or(0),
                tone,
            };
            let x = LEFT.cast_signed() + steps.div_euclid(steps_of_one);
            let bitmap = self.painter.glyphs.get(&self.face, key);
            canvas.glyph(&bitmap, x, baseline);
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
