//! What is drawn, as a reader of PNG files sees it.

use std::io::Cursor;
use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;

const GREEN: Rgb = [0x0b, 0x6e, 0x4f];

/// Words and what hangs over them stay this far from the edges.
const MARGIN: usize = 36;

static PAINTER: LazyLock<Painter> = LazyLock::new(|| painter(GREEN));

fn painter(accent: Rgb) -> Painter {
    let font = |bytes: &'static [u8]| Font::new(bytes.into()).unwrap();
    Painter::new(
        font(include_bytes!("../../themes/default/fonts/picture.ttf")),
        font(include_bytes!(
            "../../themes/default/fonts/picture-bold.ttf"
        )),
        accent,
    )
}

fn card(label: &str, title: &str, foot: &str) -> Card {
    PAINTER.card(Some(label), title, foot).card
}

/// Rows of colours.
struct Seen(Vec<Vec<Rgb>>);

impl Seen {
    fn of(card: &Card) -> Self {
        Self::read(&PAINTER.draw(card))
    }

    fn read(file: &[u8]) -> Self {
        let mut decoder = ::png::Decoder::new(Cursor::new(file));
        decoder.set_transformations(::png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut pixels).unwrap();
        reader.finish().unwrap();
        assert_eq!((frame.width, frame.height), (WIDTH, HEIGHT));
        assert_eq!(frame.color_type, ::png::ColorType::Rgb);
        let (pixels, _) = pixels.as_chunks();
        Self(
            pixels
                .chunks(frame.width as usize)
                .map(<[_]>::to_vec)
                .collect(),
        )
    }

    /// Whether something stands in a row, beside the spine.
    fn has_words(&self, row: usize) -> bool {
        self.0[row][SPINE as usize..]
            .iter()
            .any(|pixel| *pixel != PAPER)
    }

    /// Ranges of rows in which something stands.
    fn bands(&self) -> Vec<std::ops::Range<usize>> {
        let mut bands: Vec<std::ops::Range<usize>> = Vec::new();
        for row in (0..self.0.len()).filter(|&row| self.has_words(row)) {
            match bands.last_mut() {
                Some(band) if band.end == row => band.end += 1,
                _ => bands.push(row..row + 1),
            }
        }
        bands
    }

    fn uses(&self, rows: std::ops::Range<usize>, colour: Rgb) -> bool {
        self.0[rows]
            .iter()
            .any(|row| row[SPINE as usize..].contains(&colour))
    }

    /// What stands where no word may.
    fn outside(&self) -> usize {
        let inside = |row: usize, column: usize| {
            (MARGIN..HEIGHT as usize - MARGIN).contains(&row)
                && (SPINE as usize + MARGIN..WIDTH as usize - MARGIN).contains(&column)
        };
        let rows = self.0.iter().enumerate();
        rows.flat_map(|(row, pixels)| {
            let pixels = pixels.iter().enumerate().skip(SPINE as usize);
            pixels.filter(move |(column, pixel)| **pixel != PAPER && !inside(row, *column))
        })
        .count()
    }
}

#[test]
fn a_card_has_a_label_a_title_a_line_and_a_foot() {
    let seen = Seen::of(&card("Senior", "Moon", "Handbook"));
    let bands = seen.bands();
    let [label, title, rule, foot] = &bands[..] else {
        panic!("{bands:?}");
    };
    assert!(seen.uses(label.clone(), GREEN) && !seen.uses(label.clone(), INK));
    assert!(seen.uses(title.clone(), INK) && !seen.uses(title.clone(), GREEN));
    assert!(title.len() > 2 * label.len());
    assert_eq!(rule.len(), 1);
    assert!(seen.uses(foot.clone(), INK));
    let spine = |row: &Vec<Rgb>| row[..SPINE as usize].iter().all(|pixel| *pixel == GREEN);
    assert!(seen.0.iter().all(spine));
}

#[test]
fn a_title_without_a_label_stands_in_its_place() {
    let with = Seen::of(&card("Moon", "Moon", "")).bands();
    let without = Seen::of(&PAINTER.card(None, "Moon", "").card).bands();
    assert_eq!(without.len(), 1);
    assert!(
        without[0].start.abs_diff(with[0].start) <= 4,
        "{with:?} {without:?}"
    );
}

#[test]
fn letters_stand_nearer_where_the_font_says_so() {
    let regular = Hand::new(&PAINTER, true).unwrap();
    let apart = regular.width("A") + regular.width("V");
    assert!(regular.width("AV") < apart - 0.03);
    assert!((regular.width("HH") - 2.0 * regular.width("H")).abs() < 1e-4);
}

#[test]
fn what_can_t_be_set_is_left_out_and_named() {
    let written = PAINTER.card(Some("Junior"), "什么是列表？", "Handbook");
    assert_eq!(written.lacking, Some('什'));
    assert_eq!(written.card.words(), "Junior · Handbook");
    let written = PAINTER.card(None, "🎉 Ship it 🚢", "手冊");
    assert_eq!(written.lacking, None);
    assert_eq!(written.card.words(), "Ship it");
}

#[test]
fn the_key_changes_with_all_that_is_drawn() {
    let base = card("a", "b", "c");
    assert_eq!(base, card("a", "b", "c"));
    let others = [
        card("x", "b", "c"),
        card("a", "x", "c"),
        card("a", "b", "x"),
        card("ab", "", "c"),
        card("", "ab", "c"),
        painter([1, 2, 3]).card(Some("a"), "b", "c").card,
    ];
    for other in others {
        assert_ne!(base.key, other.key, "{other:?}");
    }
}

#[test]
fn the_same_card_makes_the_same_bytes() {
    let card = card("Mid", "What does a decorator do?", "Handbook");
    let file = PAINTER.draw(&card);
    assert_eq!(file, PAINTER.draw(&card));
    assert_eq!(file, painter(GREEN).draw(&card));
    assert!(file.len() < 16 * 1024, "{} bytes", file.len());
}

#[test]
fn a_changed_file_is_told_from_a_whole_one() {
    let card = card("Mid", "What does a decorator do?", "Handbook");
    let file = PAINTER.draw(&card);
    assert!(is_whole(card.key, &file));
    assert!(!is_whole(card.key + 1, &file));
    for end in [0, 8, 40, file.len() / 2, file.len() - 1] {
        assert!(!is_whole(card.key, &file[..end]), "cut at {end}");
    }
    for at in (0..file.len()).step_by(97).chain([file.len() - 1]) {
        let mut changed = file.clone();
        changed[at] ^= 1;
        assert!(!is_whole(card.key, &changed), "changed at {at}");
    }
    let longer = [file.as_slice(), b"\0"].concat();
    assert!(!is_whole(card.key, &longer));
}

#[test]
fn what_is_no_font_is_refused() {
    for bytes in [
        &b""[..],
        b"wOF2",
        b"\0\x01\0\0\0\x0a",
        b"This is not a font.",
    ] {
        assert!(Font::new(bytes.into()).is_none());
    }
}

#[test]
fn long_words_and_long_texts_stay_inside_and_apart() {
    let sentence = ["What does it cost to be sure?"; 12].join(" ");
    let word = "Donaudampfschifffahrt".repeat(12);
    for (label, title, foot) in [
        ("Senior", sentence.as_str(), "Handbook"),
        (&sentence, &sentence, &sentence),
        (&word, &word, &word),
        (
            "Ǻ",
            "ǺǺǺ ÅÅÅ Ẫgj Ẫgj Ẫgj Ẫgj Ẫgj Ẫgj Ẫgj Ẫgj Ẫgj Ẫgj Ẫgj Ẫgj",
            &word,
        ),
    ] {
        let seen = Seen::of(&card(label, title, foot));
        assert_eq!(seen.outside(), 0, "{title}");
        // The line above the foot stands alone.
        let bands = seen.bands();
        assert!(
            bands.iter().any(|band| band.len() == 1),
            "{title}: {bands:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_written_stays_inside(
        label in proptest::option::of(".{0,40}"),
        title in "(?s).{0,400}|[a-zÀ-ž –-]{0,400}|[A-Z]{0,300}",
        foot in ".{0,200}|[A-Za-z ]{0,300}",
    ) {
        let written = PAINTER.card(label.as_deref(), &title, &foot);
        let file = PAINTER.draw(&written.card);
        prop_assert!(is_whole(written.card.key, &file));
        prop_assert_eq!(Seen::read(&file).outside(), 0);
    }
}
