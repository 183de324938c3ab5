//! A font file: its glyphs, how wide they are, and how near to each other they stand.

use std::borrow::Cow;

use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::{GlyphId, Tag};

/// A font.
#[derive(Debug, Clone)]
pub struct Font {
    bytes: Cow<'static, [u8]>,
    units_per_em: f32,
    has_ascii: bool,
}

impl Font {
    /// `None` when it is no TrueType or OpenType font.
    pub fn new(bytes: Cow<'static, [u8]>) -> Option<Self> {
        let face = ttf_parser::Face::parse(&bytes, 0).ok()?;
        let units_per_em = f32::from(face.units_per_em());
        let has_ascii = ('!'..='~').all(|character| glyph(&face, character).is_some());
        Some(Self {
            bytes,
            units_per_em,
            has_ascii,
        })
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether it has a glyph for every sign of ASCII.
    pub fn has_ascii(&self) -> bool {
        self.has_ascii
    }

    /// The font, ready to be read.
    pub fn open(&self) -> Option<Face<'_>> {
        let face = ttf_parser::Face::parse(&self.bytes, 0).ok()?;
        let pairs = pairs(&face);
        Some(Face {
            tables: face,
            pairs,
            units_per_em: self.units_per_em,
        })
    }
}

/// A font that is read. Lengths are shares of its size.
pub struct Face<'f> {
    pub tables: ttf_parser::Face<'f>,
    /// By lookup, then subtable.
    pairs: Vec<Vec<PairAdjustment<'f>>>,
    units_per_em: f32,
}

fn glyph(tables: &ttf_parser::Face<'_>, character: char) -> Option<GlyphId> {
    tables.glyph_index(character).filter(|glyph| glyph.0 != 0)
}

impl Face<'_> {
    /// The glyph of a character, if there is one that shows it.
    pub fn glyph(&self, character: char) -> Option<GlyphId> {
        glyph(&self.tables, character)
    }

    pub fn advance(&self, glyph: GlyphId) -> f32 {
        f32::from(self.tables.glyph_hor_advance(glyph).unwrap_or(0)) / self.units_per_em
    }

    /// By how much the second moves away from the first.
    pub fn kerning(&self, first: GlyphId, second: GlyphId) -> f32 {
        let units = if self.pairs.is_empty() {
            self.old_kerning(first, second)
        } else {
            self.pairs
                .iter()
                .filter_map(|subtables| {
                    subtables
                        .iter()
                        .find_map(|pairs| kern(pairs, first, second))
                })
                .sum()
        };
        f32::from(units) / self.units_per_em
    }

    /// <https://learn.microsoft.com/typography/opentype/spec/kern>
    fn old_kerning(&self, first: GlyphId, second: GlyphId) -> i16 {
        let Some(kern) = self.tables.tables().kern else {
            return 0;
        };
        kern.subtables
            .into_iter()
            .filter(|table| table.horizontal && !table.variable)
            .find_map(|table| table.glyphs_kerning(first, second))
            .unwrap_or(0)
    }

    pub fn scale(&self, size: f32) -> f32 {
        size / self.units_per_em
    }
}

/// <https://learn.microsoft.com/typography/opentype/spec/gpos#lookup-type-2-subtable-pair-adjustment-positioning>
fn pairs<'f>(face: &ttf_parser::Face<'f>) -> Vec<Vec<PairAdjustment<'f>>> {
    let Some(table) = face.tables().gpos else {
        return Vec::new();
    };
    let kern = Tag::from_bytes(b"kern");
    let mut lookups: Vec<u16> = table
        .features
        .into_iter()
        .filter(|feature| feature.tag == kern)
        .flat_map(|feature| feature.lookup_indices)
        .collect();
    // A feature stands there once for each script.
    lookups.sort_unstable();
    lookups.dedup();
    lookups
        .into_iter()
        .filter_map(|index| table.lookups.get(index))
        .map(|lookup| {
            lookup
                .subtables
                .into_iter::<PositioningSubtable<'f>>()
                .filter_map(|subtable| match subtable {
                    PositioningSubtable::Pair(pairs) => Some(pairs),
                    _ => None,
                })
                .collect()
        })
        .filter(|subtables: &Vec<_>| !subtables.is_empty())
        .collect()
}

fn kern(pairs: &PairAdjustment<'_>, first: GlyphId, second: GlyphId) -> Option<i16> {
    let covered = pairs.coverage().get(first)?;
    let (value, _) = match pairs {
        PairAdjustment::Format1 { sets, .. } => sets.get(covered)?.get(second)?,
        PairAdjustment::Format2 {
            classes, matrix, ..
        } => matrix.get((classes.0.get(first), classes.1.get(second)))?,
    };
    Some(value.x_advance)
}
