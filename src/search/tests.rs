use proptest::prelude::*;

use super::coding;
use super::tokens::{Role, fold, stem, tokens};

/// Each word with the parts of its name.
fn words(text: &str) -> Vec<Vec<String>> {
    let mut words: Vec<Vec<String>> = Vec::new();
    tokens(text, |token, role| match (role, words.last_mut()) {
        (Role::Part, Some(word)) => word.push(token.to_owned()),
        _ => words.push(vec![token.to_owned()]),
    });
    words
}

#[test]
fn tokens_and_stems_are_those_of_the_table() {
    let table = include_str!("../../tests/suite/search_cases.json");
    let table: serde_json::Value = serde_json::from_str(table).unwrap();
    let cases = table["tokens"].as_array().unwrap();
    assert!(cases.len() > 40);
    for case in cases {
        let text = case[0].as_str().unwrap();
        assert_eq!(serde_json::json!(words(text)), case[1], "{text}");
    }
    for case in table["stems"].as_array().unwrap() {
        let word = case[0].as_str().unwrap();
        assert_eq!(stem(word), case[1].as_str().unwrap(), "{word}");
    }
}

/// Reads numbers as FORMAT.md says.
fn read(text: &str) -> Vec<u32> {
    let last = "0123456789abcdefghijklmnopqrstuv";
    let before = "QRSTUVWXYZwxyz!#$%&()*+,-./:;<=>";
    let mut numbers = Vec::new();
    let mut high = 0;
    for c in text.chars() {
        if let Some(digit) = last.find(c) {
            numbers.push(high * 32 + u32::try_from(digit).unwrap());
            high = 0;
        } else {
            high = high * 32 + u32::try_from(before.find(c).unwrap()).unwrap();
        }
    }
    numbers
}

proptest! {
    #[test]
    fn any_text_has_tokens_of_one_form(text in ".{0,60}") {
        for token in words(&text).concat() {
            prop_assert!(!token.is_empty());
            prop_assert!(token.chars().count() <= 2 * 48, "{token}");
            prop_assert!(!token.contains(char::is_whitespace), "{token:?}");
            prop_assert!(!token.contains(['"', '\\']), "{token:?} would need an escape");
            prop_assert!(!stem(&token).is_empty());
        }
        let folded = fold(&text);
        prop_assert_eq!(fold(&folded), folded.clone(), "folded twice");
    }

    #[test]
    fn case_and_accents_make_no_difference(text in "[a-zà-ÿ]{2,12}") {
        prop_assert_eq!(words(&text), words(&fold(&text)));
        let capital: String = text.chars().flat_map(char::to_uppercase).collect();
        prop_assert_eq!(words(&text), words(&capital));
    }

    #[test]
    fn code_is_found_in_prose_as_alone(name in "[a-z]{2,8}(\\.[a-z]{2,8}){0,2}") {
        let inside = format!("see ({name}), and so on");
        prop_assert!(words(&inside).contains(&words(&name)[0]), "{}", inside);
    }

    #[test]
    fn numbers_are_read_as_they_were_written(numbers in prop::collection::vec(any::<u32>(), 0..20)) {
        let mut text = String::new();
        for &number in &numbers {
            coding::number(number, &mut text);
        }
        prop_assert_eq!(read(&text), numbers);
    }

    #[test]
    fn ascending_numbers_are_read_as_they_were_written(numbers in prop::collection::btree_set(0_u32..100_000, 0..40)) {
        let mut text = String::new();
        coding::ascending(numbers.iter().copied(), &mut text);
        let mut next = 0;
        let found: Vec<u32> = read(&text)
            .into_iter()
            .map(|gap| {
                let number = next + gap;
                next = number + 1;
                number
            })
            .collect();
        prop_assert_eq!(found, numbers.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn terms_are_read_as_they_were_written(terms in prop::collection::btree_set("[a-zé装𝒳]{1,40}", 1..20)) {
        let mut text = String::new();
        let mut before = String::new();
        for term in &terms {
            text.push(' ');
            coding::term(&before, term, &mut text);
            before.clone_from(term);
        }
        let mut found: Vec<String> = Vec::new();
        let mut last: Vec<u16> = Vec::new();
        for entry in text.split(' ').skip(1) {
            last.truncate(usize::try_from(read(&entry[..1])[0]).unwrap());
            last.extend(entry[1..].encode_utf16());
            found.push(String::from_utf16(&last).unwrap());
        }
        prop_assert_eq!(found, terms.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn an_impact_is_the_nearest_of_the_sixteen(impact in 0.0_f32..50.0) {
        let off = |level: u8| (f32::from(level) - impact).abs();
        let nearest = coding::IMPACTS.into_iter().map(off).fold(f32::INFINITY, f32::min);
        match coding::level(impact) {
            Some(level) => prop_assert!((off(coding::IMPACTS[usize::from(level)]) - nearest).abs() < 0.001),
            None => prop_assert!(impact < 0.5),
        }
    }
}

#[test]
fn postings_name_each_impact_once_the_highest_first() {
    let mut text = String::new();
    coding::postings(&[(15, 3), (15, 40), (2, 0), (2, 1)], &mut text);
    // 3, then 36 after it: one high digit and a last one.
    assert_eq!(text, "P3R4C00");
}
