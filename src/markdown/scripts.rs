//! Words in which a letter is of another script than it looks.

use std::sync::Arc;

use crate::diag::{Diagnostic, Span, rules};

/// Cyrillic and Greek letters that look as a Latin one, with that one.
const LOOK_ALIKES: [(char, char); 46] = [
    ('а', 'a'),
    ('с', 'c'),
    ('ԁ', 'd'),
    ('е', 'e'),
    ('һ', 'h'),
    ('і', 'i'),
    ('ј', 'j'),
    ('о', 'o'),
    ('р', 'p'),
    ('ԛ', 'q'),
    ('ѕ', 's'),
    ('у', 'y'),
    ('ү', 'y'),
    ('х', 'x'),
    ('ԝ', 'w'),
    ('А', 'A'),
    ('В', 'B'),
    ('С', 'C'),
    ('Е', 'E'),
    ('Н', 'H'),
    ('І', 'I'),
    ('Ј', 'J'),
    ('К', 'K'),
    ('М', 'M'),
    ('О', 'O'),
    ('Р', 'P'),
    ('Ѕ', 'S'),
    ('Т', 'T'),
    ('Х', 'X'),
    ('У', 'Y'),
    ('Α', 'A'),
    ('Β', 'B'),
    ('Ε', 'E'),
    ('Ζ', 'Z'),
    ('Η', 'H'),
    ('Ι', 'I'),
    ('Κ', 'K'),
    ('Μ', 'M'),
    ('Ν', 'N'),
    ('Ο', 'O'),
    ('Ρ', 'P'),
    ('Τ', 'T'),
    ('Υ', 'Y'),
    ('Χ', 'X'),
    ('ο', 'o'),
    ('ϲ', 'c'),
];

/// Reports words of Latin letters with look-alikes among them, and Cyrillic words with Latin ones.
/// Searching does not find them, and as a name in code they are another one.
pub fn mixed_scripts(path: &Arc<str>, text: &str, diagnostics: &mut Vec<Diagnostic>) {
    let bytes = text.as_bytes();
    // Greek and Cyrillic letters begin with these bytes.
    let may_begin = |byte: &u8| matches!(byte, 0xCD..=0xD4);
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(may_begin) {
        let word = word_around(text, at + found);
        at = word.end.max(at + found + 1);
        while !text.is_char_boundary(at) {
            at += 1;
        }
        if let Some(strange) = strange(&text[word.clone()]) {
            diagnostics.push(told(path, text, word, &strange));
        }
    }
}

/// The letter that does not belong into the word, its script, and what it looks as.
struct Strange {
    at: usize,
    letter: char,
    script: &'static str,
    among: &'static str,
}

fn word_around(text: &str, at: usize) -> Span {
    let inside = |c: char| c.is_alphanumeric() || c == '_';
    let start = text[..at]
        .char_indices()
        .rev()
        .take_while(|(_, c)| inside(*c))
        .last()
        .map_or(at, |(start, _)| start);
    let end = text[at..]
        .find(|c| !inside(c))
        .map_or(text.len(), |end| at + end);
    start..end
}

fn strange(word: &str) -> Option<Strange> {
    let all = |of: fn(char) -> bool| word.char_indices().filter(move |(_, c)| of(*c));
    let (latin, cyrillic, greek) = (all(is_latin), all(is_cyrillic), all(is_greek));
    let first_latin = latin.clone().next()?;
    // A suffix in the reader's own script shows itself by its other letters.
    for (letters, script) in [(cyrillic.clone(), "Cyrillic"), (greek, "Greek")] {
        if let Some((at, letter)) = letters.clone().next()
            && letters.clone().all(|(_, c)| latin_of(c).is_some())
        {
            return Some(Strange {
                at,
                letter,
                script,
                among: "Latin",
            });
        }
    }
    let disguised = |c: char| {
        LOOK_ALIKES
            .iter()
            .any(|(other, latin)| *latin == c && is_cyrillic(*other))
    };
    let (latin_count, cyrillic_count) = (latin.clone().count(), cyrillic.count());
    (cyrillic_count > latin_count && latin.clone().all(|(_, c)| disguised(c))).then_some(Strange {
        at: first_latin.0,
        letter: first_latin.1,
        script: "Latin",
        among: "Cyrillic",
    })
}

fn told(path: &Arc<str>, text: &str, word: Span, strange: &Strange) -> Diagnostic {
    let Strange {
        at,
        letter,
        script,
        among,
    } = *strange;
    let code = u32::from(letter);
    let at = word.start + at;
    Diagnostic::at(
        &rules::MIXED_SCRIPTS,
        path,
        word.clone(),
        format!(
            "`{}` has the {script} letter `{letter}` (U+{code:04X}) among {among} ones",
            &text[word]
        ),
    )
    .secondary(at..at + letter.len_utf8(), "this one")
    .help("type the word anew in one script")
}

fn latin_of(c: char) -> Option<char> {
    LOOK_ALIKES
        .iter()
        .find(|(other, _)| *other == c)
        .map(|(_, latin)| *latin)
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || (c.is_alphabetic() && matches!(c, '\u{00C0}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}'))
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{0400}'..='\u{0481}' | '\u{048A}'..='\u{052F}')
}

fn is_greek(c: char) -> bool {
    c.is_alphabetic() && matches!(c, '\u{0370}'..='\u{03FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        mixed_scripts(&Arc::from("a.md"), text, &mut found);
        found
            .into_iter()
            .map(|diagnostic| text[diagnostic.primary.unwrap().span].to_owned())
            .collect()
    }

    #[test]
    fn letters_in_disguise() {
        assert_eq!(found("Is Pуthon fast?"), ["Pуthon"]);
        assert_eq!(found("`my_с = 1`, twice: my_с"), ["my_с", "my_с"]);
        assert_eq!(found("Νumpy"), ["Νumpy"]);
        assert_eq!(found("Это cтрока"), ["cтрока"]);
    }

    #[test]
    fn words_of_one_script_formulas_and_suffixes() {
        for text in [
            "Пример на русском",
            "Python и C++",
            "3 μs, Δx, λx, 5 Ωm",
            "α-helix, π_r, σ2",
            "APIшка, SQLник, URLы",
            "naïve café Straße",
            "λόγος and logos",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
