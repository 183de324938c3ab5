//! Lines of a text: where they break, how large they are set, and what is cut off.

use unicode_segmentation::UnicodeSegmentation;

/// What ends a text that is cut off.
const ELLIPSIS: &str = "…";

/// How wide texts are at a size of 1.
pub trait Measure {
    /// The width of a text in one line.
    fn width(&self, text: &str) -> f32;
}

/// The room that there is for a text.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'s> {
    pub width: f32,
    /// From the first capitals to the last baseline.
    pub height: f32,
    /// At most so many; one there always is.
    pub lines: usize,
    /// From the largest to the smallest.
    pub sizes: &'s [u16],
    /// From baseline to baseline, as a share of the size.
    pub leading: f32,
}

/// A text as it is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub size: u16,
    pub lines: Vec<String>,
}

impl Block {
    /// From the first baseline to the last one.
    pub fn height(&self, leading: f32) -> f32 {
        let more = u16::try_from(self.lines.len().saturating_sub(1)).unwrap_or(u16::MAX);
        f32::from(more) * f32::from(self.size) * leading
    }
}

/// Sets a text as large as its frame allows, in lines of about one length. What is too long at the
/// smallest size is cut off.
pub fn set(text: &str, frame: &Frame<'_>, measure: &impl Measure) -> Block {
    let pieces = pieces(text, measure);
    let Some(smallest) = frame.sizes.last().copied() else {
        return Block {
            size: 0,
            lines: Vec::new(),
        };
    };
    let fitting = frame.sizes.iter().find_map(|&size| {
        let width = frame.width / f32::from(size);
        let lines = broken(&pieces, width)?;
        (lines.len() <= frame.most(size)).then(|| (size, balanced(&pieces, width, lines)))
    });
    if let Some((size, lines)) = fitting {
        let lines = lines
            .into_iter()
            .map(|line| joined(&pieces[line]))
            .collect();
        return Block { size, lines };
    }
    Block {
        size: smallest,
        lines: cut(text, smallest, frame, measure),
    }
}

/// A text in one line, cut off where it is too long.
pub fn one_line(text: &str, size: u16, width: f32, measure: &impl Measure) -> String {
    if measure.width(text) * f32::from(size) <= width {
        text.to_owned()
    } else {
        shortened(text, width / f32::from(size), measure)
    }
}

impl Frame<'_> {
    /// How many lines there is room for.
    fn most(&self, size: u16) -> usize {
        let size = f32::from(size);
        let more = (1_u16..)
            .take(self.lines.saturating_sub(1))
            .take_while(|&more| size * (1.0 + f32::from(more) * self.leading) <= self.height);
        1 + more.count()
    }
}

/// What stands together in a line.
#[derive(Debug, Clone, Copy)]
struct Piece<'t> {
    text: &'t str,
    width: f32,
    /// Of the blank before it, which is not seen where a line begins.
    blank: f32,
}

fn pieces<'t>(text: &'t str, measure: &impl Measure) -> Vec<Piece<'t>> {
    let blank = measure.width(" ");
    let mut pieces = Vec::new();
    for word in text.split(' ') {
        for (number, part) in parts(word).into_iter().enumerate() {
            pieces.push(Piece {
                text: part,
                width: measure.width(part),
                blank: if number == 0 { blank } else { 0.0 },
            });
        }
    }
    pieces
}

/// A word's parts, between which a line can end.
fn parts(word: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    let mut characters = word.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let after = characters.peek().map(|&(_, next)| next);
        let end = at + character.len_utf8();
        if after.is_some_and(|after| can_break(before, character, after)) {
            parts.push(&word[start..end]);
            start = end;
        }
        before = Some(character);
    }
    parts.push(&word[start..]);
    parts
}

/// Whether a line can end after `at` in a word.
fn can_break(before: Option<char>, at: char, after: char) -> bool {
    if matches!(at, '-' | '–' | '—' | '/') {
        return before.is_some_and(char::is_alphabetic) && after.is_alphabetic();
    }
    (is_ideograph(at) || is_ideograph(after))
        && !"([{「『（《〈【“‘".contains(at)
        && !")]}」』）》〉】”’、。，．・：；！？!?,.:;ーぁぃぅぇぉっゃゅょァィゥェォッャュョ…"
            .contains(after)
}

/// Letters between which a line can end wherever it is full.
fn is_ideograph(character: char) -> bool {
    matches!(
        character,
        '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}'
            | '\u{ff01}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}'
    )
}

/// Each line's pieces. `None` when one of them is wider than a line.
fn broken(pieces: &[Piece<'_>], width: f32) -> Option<Vec<std::ops::Range<usize>>> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut filled = 0.0;
    for (number, piece) in pieces.iter().enumerate() {
        if piece.width > width {
            return None;
        }
        let with_it = filled + piece.blank + piece.width;
        if number == start {
            filled = piece.width;
        } else if with_it <= width {
            filled = with_it;
        } else {
            lines.push(start..number);
            start = number;
            filled = piece.width;
        }
    }
    lines.push(start..pieces.len());
    Some(lines)
}

/// As many lines, of which the longest is as short as can be.
fn balanced(
    pieces: &[Piece<'_>],
    width: f32,
    lines: Vec<std::ops::Range<usize>>,
) -> Vec<std::ops::Range<usize>> {
    const STEPS: usize = 12;
    let (mut narrow, mut wide) = (0.0, width);
    let mut best = lines;
    for _ in 0..STEPS {
        let middle = f32::midpoint(narrow, wide);
        match broken(pieces, middle) {
            Some(lines) if lines.len() == best.len() => {
                best = lines;
                wide = middle;
            }
            _ => narrow = middle,
        }
    }
    best
}

fn joined(pieces: &[Piece<'_>]) -> String {
    let mut line = String::new();
    for (number, piece) in pieces.iter().enumerate() {
        if number > 0 && piece.blank > 0.0 {
            line.push(' ');
        }
        line.push_str(piece.text);
    }
    line
}

/// Full lines, with words broken where they must be, and an end that says that there was more.
fn cut(text: &str, size: u16, frame: &Frame<'_>, measure: &impl Measure) -> Vec<String> {
    let width = frame.width / f32::from(size);
    let most = frame.most(size);
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    for piece in self::pieces(text, measure) {
        let mut rest = piece;
        while rest.width > width {
            let head = head(rest.text, width, measure);
            let (text, tail) = rest.text.split_at(head);
            pieces.push(Piece {
                text,
                width: measure.width(text),
                blank: rest.blank,
            });
            rest = Piece {
                text: tail,
                width: measure.width(tail),
                blank: 0.0,
            };
        }
        pieces.push(rest);
    }
    // A single letter may be wider than the line.
    let widest = pieces
        .iter()
        .fold(width, |most, piece| most.max(piece.width));
    let lines = broken(&pieces, widest).unwrap_or_default();
    let mut set: Vec<String> = lines
        .iter()
        .take(most)
        .map(|line| joined(&pieces[line.clone()]))
        .collect();
    if lines.len() > most
        && let Some(last) = set.last_mut()
    {
        *last = shortened(last, width, measure);
    }
    set
}

/// How many bytes of a word fill a line; at least one cluster, so that there is an end to it.
fn head(text: &str, width: f32, measure: &impl Measure) -> usize {
    let ends: Vec<usize> = text
        .grapheme_indices(true)
        .map(|(at, cluster)| at + cluster.len())
        .collect();
    let fitting = ends.partition_point(|&end| measure.width(&text[..end]) <= width);
    ends.get(fitting.saturating_sub(1))
        .copied()
        .unwrap_or(text.len())
}

/// The beginning of a text and an ellipsis, in at most this width.
fn shortened(text: &str, width: f32, measure: &impl Measure) -> String {
    let room = width - measure.width(ELLIPSIS);
    let ends: Vec<usize> = std::iter::once(0)
        .chain(
            text.grapheme_indices(true)
                .map(|(at, cluster)| at + cluster.len()),
        )
        .collect();
    let fitting = ends.partition_point(|&end| measure.width(&text[..end]) <= room);
    let kept = &text[..ends.get(fitting.saturating_sub(1)).copied().unwrap_or(0)];
    // Whole words, unless that leaves little.
    let words = match kept.rfind(' ') {
        Some(end) if kept.len() < text.len() && end * 2 > kept.len() => &kept[..end],
        _ => kept,
    };
    let words = words.trim_end_matches(|c: char| c == ' ' || c.is_ascii_punctuation());
    format!("{words}{ELLIPSIS}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A font in which every letter is as wide as half its height.
    struct Even;

    impl Measure for Even {
        fn width(&self, text: &str) -> f32 {
            text.chars().map(|_| 0.5).sum()
        }
    }

    /// Room for twenty letters of size 10, or for ten of size 20.
    const FRAME: Frame<'static> = Frame {
        width: 100.0,
        height: 60.0,
        lines: 3,
        sizes: &[20, 10],
        leading: 1.0,
    };

    fn lines(text: &str) -> String {
        let block = set(text, &FRAME, &Even);
        format!("{}: {}", block.size, block.lines.join(" | "))
    }

    #[test]
    fn short_texts_are_set_large() {
        assert_eq!(lines("A list"), "20: A list");
        assert_eq!(lines("ten letter"), "20: ten letter");
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(lines("What is a list?"), "20: What is | a list?");
    }

    #[test]
    fn lines_are_of_about_one_length() {
        assert_eq!(lines("a bb ccc d eeee"), "20: a bb ccc | d eeee");
        assert_eq!(lines("aaa bbb ccc"), "20: aaa bbb | ccc");
        assert_eq!(lines("aa bb cc dd"), "20: aa bb | cc dd");
    }

    #[test]
    fn long_texts_and_long_words_are_set_smaller() {
        assert_eq!(
            lines("one two three four five six seven eight"),
            "10: one two three four | five six seven eight"
        );
        assert_eq!(lines("a metaclasses"), "10: a metaclasses");
    }

    #[test]
    fn what_is_too_long_is_cut_off() {
        assert_eq!(
            lines(["word"; 20].join(" ").as_str()),
            "10: word word word word | word word word word | word word word word…"
        );
        // Not between a word and what ends it.
        assert_eq!(one_line("one, two, three", 10, 50.0, &Even), "one, two…");
        assert_eq!(one_line("one two", 10, 50.0, &Even), "one two");
    }

    #[test]
    fn a_word_that_fills_lines_is_broken() {
        assert_eq!(
            lines(&format!("a {} b", "x".repeat(30))),
            "10: a | xxxxxxxxxxxxxxxxxxxx | xxxxxxxxxx b"
        );
        assert_eq!(
            lines(&"x".repeat(200)),
            "10: xxxxxxxxxxxxxxxxxxxx | xxxxxxxxxxxxxxxxxxxx | xxxxxxxxxxxxxxxxxxx…"
        );
    }

    #[test]
    fn lines_break_in_compounds_but_not_in_numbers_and_options() {
        assert_eq!(parts("copy-on-write"), ["copy-", "on-", "write"]);
        assert_eq!(parts("and/or"), ["and/", "or"]);
        for whole in ["3-5", "--flag", "a-", "/usr", "x/2", "and—"] {
            assert_eq!(parts(whole), [whole]);
        }
    }

    #[test]
    fn lines_break_between_ideographs_but_not_before_their_stops() {
        assert_eq!(
            parts("什么是「列表」？"),
            ["什", "么", "是", "「列", "表」？"]
        );
    }

    #[test]
    fn there_is_one_line_whatever_the_room() {
        let frame = Frame {
            width: 1.0,
            height: 0.0,
            lines: 0,
            ..FRAME
        };
        assert_eq!(set("words", &frame, &Even).lines, ["…"]);
    }
}
