//! Who draws the pictures: the theme's fonts and the accent.

use super::colour::Colour;
use super::files::Files;
use crate::diag::{Diagnostic, rules};
use crate::picture::{Font, Painter};

/// The default theme's accent, as `css/` has it.
const ACCENT: Colour = Colour::new(0x0b, 0x6e, 0x4f);

/// `fonts/picture.ttf` and `fonts/picture-bold.ttf`. `None` when one of them is no font.
pub fn painter(files: &Files, sheet: &[u8], diagnostics: &mut Vec<Diagnostic>) -> Option<Painter> {
    let mut font = |name: &str| {
        let file = files.get(name)?;
        let font = Font::new(file.bytes.clone());
        if font.is_none() {
            diagnostics.push(
                Diagnostic::of_file(
                    &rules::FONT,
                    &file.path,
                    format!("`{}` is no TrueType or OpenType font", file.path),
                )
                .help("WOFF and WOFF2 files must be unpacked first"),
            );
        }
        font
    };
    let (regular, bold) = (font("fonts/picture.ttf"), font("fonts/picture-bold.ttf"));
    Some(Painter::new(regular?, bold?, accent(sheet).rgb()))
}

/// The accent of the light scheme: the last one that the sheet sets.
fn accent(sheet: &[u8]) -> Colour {
    String::from_utf8_lossy(sheet)
        .rsplit_once("--accent-light:")
        .and_then(|(_, rest)| Colour::parse(rest.trim_start().get(..7)?))
        .unwrap_or(ACCENT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_accent_counts() {
        let sheet = b":root { --accent-light: #112233; }\n:root { --accent-light:#aabbcc }";
        assert_eq!(accent(sheet), Colour::new(0xaa, 0xbb, 0xcc));
    }

    #[test]
    fn an_accent_that_is_no_plain_colour_is_not_guessed() {
        for sheet in [
            "",
            "--accent-light: green;",
            "--accent-light: #ab",
            "--accent-light: öööööö",
        ] {
            assert_eq!(accent(sheet.as_bytes()), ACCENT, "{sheet}");
        }
    }
}
