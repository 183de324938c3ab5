//! Paper of few shades, on which glyphs and bars are put.

use super::glyphs::Bitmap;

/// What link previews ask for. <https://ogp.me/#structured>
pub const WIDTH: u32 = 1200;
pub const HEIGHT: u32 = 630;

const COLUMNS: usize = WIDTH as usize;
const ROWS: usize = HEIGHT as usize;

/// Shades of each tone beside paper: with it sixteen, so that two pixels are a byte.
const INK_SHADES: u8 = 3;
const ACCENT_SHADES: u8 = 3;

/// Red, green, blue.
pub type Rgb = [u8; 3];

/// What is put on the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    Ink,
    Accent,
}

impl Tone {
    /// The palette's entry for each coverage of a pixel.
    pub fn shades(self) -> &'static [u8; 256] {
        const INK: [u8; 256] = shades(0, INK_SHADES);
        const ACCENT: [u8; 256] = shades(INK_SHADES, ACCENT_SHADES);
        match self {
            Tone::Ink => &INK,
            Tone::Accent => &ACCENT,
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a share of a byte's worth of shades is a byte"
)]
const fn shades(before: u8, count: u8) -> [u8; 256] {
    let mut table = [0; 256];
    let mut coverage = 0;
    while coverage < 256 {
        let shade = (coverage * count as usize + 127) / 255;
        if shade > 0 {
            table[coverage] = before + shade as u8;
        }
        coverage += 1;
    }
    table
}

/// Paper first, then ink and the accent from the faintest on.
pub fn palette(paper: Rgb, ink: Rgb, accent: Rgb) -> Vec<u8> {
    let shades = |tone: Rgb, count: u8| {
        (1..=count).flat_map(move |shade| {
            std::array::from_fn::<u8, 3, _>(|part| mixed(paper[part], tone[part], shade, count))
        })
    };
    paper
        .into_iter()
        .chain(shades(ink, INK_SHADES))
        .chain(shades(accent, ACCENT_SHADES))
        .collect()
}

fn mixed(paper: u8, tone: u8, shade: u8, of: u8) -> u8 {
    let (shade, of) = (u16::from(shade), u16::from(of));
    let sum = u16::from(paper) * (of - shade) + u16::from(tone) * shade;
    u8::try_from((sum + of / 2) / of).unwrap_or(u8::MAX)
}

/// A picture in the making. Rows are there once something is put on them.
pub struct Canvas {
    /// What all rows begin as.
    blank: [u8; COLUMNS],
    /// Where each row's pixels are.
    rows: [Option<u16>; ROWS],
    pixels: Vec<[u8; COLUMNS]>,
}

impl Canvas {
    /// Paper with a bar of the accent along its left edge.
    pub fn with_spine(width: u32) -> Self {
        let mut blank = [0; COLUMNS];
        blank[..width.min(WIDTH) as usize].fill(Tone::Accent.shades()[255]);
        Self {
            blank,
            rows: [None; ROWS],
            pixels: Vec::with_capacity(ROWS / 2),
        }
    }

    /// Fills the part of a rectangle that is on the paper, with a share of the tone's strength.
    pub fn bar(&mut self, left: u32, top: u32, width: u32, height: u32, tone: Tone, strength: u8) {
        let shade = tone.shades()[usize::from(strength)];
        let columns = left.min(WIDTH) as usize..left.saturating_add(width).min(WIDTH) as usize;
        for row in top..top.saturating_add(height) {
            if let Some(row) = self.row(row as usize) {
                row[columns.clone()].fill(shade);
            }
        }
    }

    /// Puts a glyph down, with its pen on the baseline at this pixel. What is beside the paper is
    /// cut off.
    pub fn glyph(&mut self, bitmap: &Bitmap, x: i32, baseline: i32) {
        let (x, y) = (x + bitmap.left, baseline + bitmap.top);
        let skipped = usize::try_from(-x).unwrap_or(0);
        let left = usize::try_from(x).unwrap_or(0);
        for (row, pixels) in (y..).zip(bitmap.pixels.chunks_exact(bitmap.width.max(1))) {
            let row = usize::try_from(row).ok().and_then(|row| self.row(row));
            let places = row.and_then(|row| row.get_mut(left..));
            if let (Some(places), Some(pixels)) = (places, pixels.get(skipped..)) {
                for (place, &pixel) in places.iter_mut().zip(pixels) {
                    *place = (*place).max(pixel);
                }
            }
        }
    }

    fn row(&mut self, number: usize) -> Option<&mut [u8; COLUMNS]> {
        let place = self.rows.get_mut(number)?;
        let place = match *place {
            Some(known) => known,
            None => {
                let new = u16::try_from(self.pixels.len()).ok()?;
                *place = Some(new);
                self.pixels.push(self.blank);
                new
            }
        };
        self.pixels.get_mut(usize::from(place))
    }

    /// All rows from the top, two pixels a byte.
    pub fn packed(&self) -> Vec<u8> {
        let blank = packed(&self.blank);
        let mut bytes = Vec::with_capacity(ROWS * blank.len());
        for row in &self.rows {
            match row.and_then(|row| self.pixels.get(usize::from(row))) {
                Some(row) => bytes.extend_from_slice(&packed(row)),
                None => bytes.extend_from_slice(&blank),
            }
        }
        bytes
    }
}

fn packed(row: &[u8; COLUMNS]) -> [u8; COLUMNS / 2] {
    let mut bytes = [0; COLUMNS / 2];
    let (pairs, _) = row.as_chunks();
    for (byte, &pair) in bytes.iter_mut().zip(pairs) {
        let pair = u16::from_be_bytes(pair);
        // Of each the lower four bits say something.
        [_, *byte] = (pair >> 4 | pair).to_be_bytes();
    }
    bytes
}
