//! Which characters can be set one after the other, from left to right, each by a glyph of its own.

use icu_normalizer::ComposingNormalizerBorrowed;
use unicode_segmentation::UnicodeSegmentation;

/// What a text becomes before it is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settable {
    /// In one line, composed, without emoji.
    Text(String),
    /// Nothing is left of it.
    Nothing,
    /// It has this character, which can't be set.
    Not(char),
}

/// Prepares a text; `has_glyph` says what the font has.
pub fn settable(text: &str, has_glyph: impl Fn(char) -> bool) -> Settable {
    let is_plain = |byte: u8| byte == b' ' || (byte.is_ascii_graphic() && has_glyph(byte.into()));
    if !text.is_empty() && text.trim() == text && !text.contains("  ") && text.bytes().all(is_plain)
    {
        return Settable::Text(text.to_owned());
    }
    let composed = ComposingNormalizerBorrowed::new_nfc().normalize(text);
    let mut out = String::with_capacity(composed.len());
    for cluster in composed.graphemes(true) {
        if cluster.chars().any(is_emoji) && !cluster.chars().all(&has_glyph) {
            // A keycap keeps its digit.
            out.extend(cluster.chars().filter(char::is_ascii));
            continue;
        }
        for character in cluster.chars().filter(|&c| !is_silent(c)) {
            match substitute(character) {
                ' ' if out.is_empty() || out.ends_with(' ') => {}
                ' ' => out.push(' '),
                plain if is_simple(plain) && has_glyph(plain) => out.push(plain),
                _ => return Settable::Not(character),
            }
        }
    }
    out.truncate(out.trim_end().len());
    if out.is_empty() {
        Settable::Nothing
    } else {
        Settable::Text(out)
    }
}

/// What fonts may lack and looks the same.
fn substitute(character: char) -> char {
    match character {
        c if c.is_whitespace() => ' ',
        '\u{2010}' | '\u{2011}' => '-',
        '\u{2012}' => '–',
        '\u{2015}' => '—',
        '\u{2212}' => '−',
        c => c,
    }
}

/// Joiners, marks of direction, and choices between glyphs.
fn is_silent(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{34f}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}'
    )
}

/// What pictures of their own are drawn for, and what only such pictures are made with.
fn is_emoji(character: char) -> bool {
    matches!(
        character,
        '\u{20e3}' | '\u{231a}'..='\u{231b}' | '\u{23e9}'..='\u{23fa}' | '\u{2600}'..='\u{27bf}'
            | '\u{2b00}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}'
            | '\u{e0020}'..='\u{e007f}'
    )
}

/// Blocks of scripts that need no shaping, without the marks that stand over other letters.
fn is_simple(character: char) -> bool {
    matches!(
        character,
        // Latin, Greek, Cyrillic, Armenian.
        '!'..='~' | '\u{a1}'..='\u{2ff}' | '\u{370}'..='\u{482}' | '\u{48a}'..='\u{58f}'
            // Georgian.
            | '\u{10a0}'..='\u{10ff}' | '\u{1c90}'..='\u{1cbf}'
            // More of Latin and Greek, punctuation, signs.
            | '\u{1d00}'..='\u{1dbf}' | '\u{1e00}'..='\u{2027}' | '\u{2030}'..='\u{205e}'
            | '\u{2070}'..='\u{20cf}' | '\u{2100}'..='\u{2bff}' | '\u{2c60}'..='\u{2c7f}'
            | '\u{2e00}'..='\u{2e7f}' | '\u{a720}'..='\u{a7ff}' | '\u{ab30}'..='\u{ab6f}'
            // Chinese, Japanese, Korean.
            | '\u{2e80}'..='\u{3029}' | '\u{3030}'..='\u{3098}' | '\u{309b}'..='\u{a4cf}'
            | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}'
            | '\u{ff01}'..='\u{ffee}' | '\u{1d400}'..='\u{1d7ff}' | '\u{20000}'..='\u{3ffff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A font that has what Latin needs.
    fn set(text: &str) -> Settable {
        settable(text, |c| c < '\u{250}' || "–—−".contains(c))
    }

    fn text(text: &str) -> Settable {
        Settable::Text(text.to_owned())
    }

    #[test]
    fn plain_text_stays_in_one_line() {
        assert_eq!(set("What is\n a  list?"), text("What is a list?"));
        assert_eq!(set(" a\u{a0}b\u{2009}c "), text("a b c"));
        assert_eq!(set("copy\u{2011}on\u{2010}write"), text("copy-on-write"));
    }

    #[test]
    fn accents_are_composed_or_refused() {
        assert_eq!(set("Cafe\u{301}"), text("Café"));
        assert_eq!(set("q\u{301}"), Settable::Not('\u{301}'));
    }

    #[test]
    fn emoji_are_left_out() {
        assert_eq!(set("Ship it 🚀!"), text("Ship it !"));
        assert_eq!(set("👩🏽\u{200d}💻 Pairs 🇪🇺"), text("Pairs"));
        assert_eq!(set("1\u{fe0f}\u{20e3} First ✔\u{fe0f}"), text("1 First"));
        assert_eq!(set("🎉"), Settable::Nothing);
    }

    #[test]
    fn what_is_not_seen_is_left_out() {
        assert_eq!(set("a\u{200b}b\u{ad}c\u{feff}"), text("abc"));
    }

    #[test]
    fn a_letter_without_a_glyph_is_named() {
        assert_eq!(set("What is 列表?"), Settable::Not('列'));
        assert_eq!(set("→"), Settable::Not('→'));
    }

    #[test]
    fn scripts_that_are_shaped_are_refused_whatever_the_font_has() {
        for word in ["قائمة", "רשימה", "सूची", "ரட்டியல்", "รายการ"]
        {
            let found = settable(word, |_| true);
            assert!(matches!(found, Settable::Not(_)), "{word}: {found:?}");
        }
        for word in ["列表", "リスト", "목록", "Список", "Λίστα", "Ցուցակ", "სია"]
        {
            assert_eq!(settable(word, |_| true), text(word));
        }
    }
}
