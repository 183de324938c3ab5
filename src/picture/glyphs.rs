//! Glyphs as pixels, kept: a handbook's titles are made of few of them.

use std::sync::{Arc, PoisonError, RwLock};

use ab_glyph_rasterizer::{Point, Rasterizer, point};
use rustc_hash::FxHashMap;
use ttf_parser::{GlyphId, OutlineBuilder};

use super::canvas::Tone;
use super::face::Face;

/// Between whole pixels a glyph can begin at so many places.
pub const STEPS: u8 = 4;

/// No glyph of a sound font is larger at the sizes that are set here.
const LARGEST: i32 = 512;

/// A glyph in one tone.
#[derive(Debug)]
pub struct Bitmap {
    /// From the pen to the first column, from the baseline to the first row.
    pub left: i32,
    pub top: i32,
    pub width: usize,
    /// The palette's entries, row by row.
    pub pixels: Box<[u8]>,
}

/// What makes one bitmap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    pub bold: bool,
    pub glyph: u16,
    /// Pixels of the em.
    pub size: u16,
    /// By how many [`STEPS`] the glyph begins right of a whole pixel.
    pub step: u8,
    pub tone: Tone,
}

/// The bitmaps that were drawn so far. Shared by all threads.
#[derive(Debug, Default)]
pub struct Glyphs(RwLock<FxHashMap<Key, Arc<Bitmap>>>);

impl Glyphs {
    /// A glyph of this face, drawn when it is asked for the first time.
    pub fn get(&self, face: &Face<'_>, key: Key) -> Arc<Bitmap> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(bitmap) = known.get(&key) {
            return Arc::clone(bitmap);
        }
        drop(known);
        let bitmap = Arc::new(draw(face, key).unwrap_or_else(nothing));
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(key, Arc::clone(&bitmap));
        bitmap
    }
}

/// A blank's bitmap.
fn nothing() -> Bitmap {
    Bitmap {
        left: 0,
        top: 0,
        width: 0,
        pixels: Box::default(),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a glyph's box is checked to have few pixels; a share beyond 1 becomes 255"
)]
fn draw(face: &Face<'_>, key: Key) -> Option<Bitmap> {
    let glyph = GlyphId(key.glyph);
    let scale = face.scale(f32::from(key.size));
    let shift = f32::from(key.step) / f32::from(STEPS);
    let bounds = face.tables.glyph_bounding_box(glyph)?;
    let left = (f32::from(bounds.x_min) * scale + shift).floor() as i32;
    let right = (f32::from(bounds.x_max) * scale + shift).ceil() as i32;
    // Above the baseline rows have negative numbers.
    let top = (-f32::from(bounds.y_max) * scale).floor() as i32;
    let bottom = (-f32::from(bounds.y_min) * scale).ceil() as i32;
    let (width, height) = (right - left, bottom - top);
    if !(1..=LARGEST).contains(&width) || !(1..=LARGEST).contains(&height) {
        return None;
    }
    let (width, height) = (width as usize, height as usize);
    let mut pen = Pen {
        rasterizer: Rasterizer::new(width, height),
        scale,
        origin: point(shift - left as f32, -top as f32),
        start: point(0.0, 0.0),
        at: point(0.0, 0.0),
    };
    face.tables.outline_glyph(glyph, &mut pen)?;
    let shades = key.tone.shades();
    let mut pixels = vec![0; width * height].into_boxed_slice();
    pen.rasterizer.for_each_pixel(|index, covered| {
        if let Some(pixel) = pixels.get_mut(index) {
            *pixel = shades[usize::from((covered * 255.0).round() as u8)];
        }
    });
    Some(Bitmap {
        left,
        top,
        width,
        pixels,
    })
}

/// Draws an outline in the font's units as pixels, upside down.
struct Pen {
    rasterizer: Rasterizer,
    scale: f32,
    origin: Point,
    start: Point,
    at: Point,
}

impl Pen {
    fn place(&self, x: f32, y: f32) -> Point {
        point(
            x * self.scale + self.origin.x,
            self.origin.y - y * self.scale,
        )
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.start = self.place(x, y);
        self.at = self.start;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.place(x, y);
        self.rasterizer.draw_line(self.at, to);
        self.at = to;
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let to = self.place(x, y);
        self.rasterizer.draw_quad(self.at, self.place(x1, y1), to);
        self.at = to;
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (first, second, to) = (self.place(x1, y1), self.place(x2, y2), self.place(x, y));
        self.rasterizer.draw_cubic(self.at, first, second, to);
        self.at = to;
    }

    fn close(&mut self) {
        self.rasterizer.draw_line(self.at, self.start);
        self.at = self.start;
    }
}
