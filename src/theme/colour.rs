//! Colours and their contrast.

use std::fmt;

/// A colour of the sRGB space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

impl Colour {
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// Red, green, blue.
    pub const fn rgb(self) -> [u8; 3] {
        [self.red, self.green, self.blue]
    }

    /// `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix('#').filter(|hex| hex.len() == 6)?;
        let part = |range| u8::from_str_radix(hex.get(range)?, 16).ok();
        Some(Self::new(part(0..2)?, part(2..4)?, part(4..6)?))
    }

    /// From 1 to 21. <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The nearest colour on the way to `end` that can be read on `background`.
    #[must_use]
    pub fn towards(self, end: Self, background: Self, contrast: f64) -> Self {
        const STEPS: u16 = 64;
        (0..=STEPS)
            .map(|step| self.mixed(end, f64::from(step) / f64::from(STEPS)))
            .find(|colour| colour.contrast(background) >= contrast)
            .unwrap_or(end)
    }

    fn mixed(self, end: Self, share: f64) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a mean of two bytes is one"
        )]
        let mix = |from: u8, to: u8| {
            (f64::from(from) + (f64::from(to) - f64::from(from)) * share).round() as u8
        };
        Self::new(
            mix(self.red, end.red),
            mix(self.green, end.green),
            mix(self.blue, end.blue),
        )
    }

    /// <https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "#{:02x}{:02x}{:02x}",
            self.red, self.green, self.blue
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let (black, white) = (Colour::new(0, 0, 0), Colour::new(255, 255, 255));
        assert!((black.contrast(white) - 21.0).abs() < 1e-9);
        assert!((Colour::parse("#767676").unwrap().contrast(white) - 4.54).abs() < 0.01);
    }

    #[test]
    fn a_colour_is_changed_no_further_than_needed() {
        let white = Colour::new(255, 255, 255);
        let black = Colour::new(0, 0, 0);
        let readable = Colour::parse("#0b6e4f").unwrap();
        assert_eq!(readable.towards(black, white, 4.5), readable);
        let yellow = Colour::parse("#ffd400").unwrap().towards(black, white, 4.5);
        assert!((4.5..4.9).contains(&yellow.contrast(white)), "{yellow}");
    }
}
