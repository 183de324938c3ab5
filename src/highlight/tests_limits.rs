//! The cache, the memo, threads, broken code and broken bytes.

use super::class::{Class, Token};
use super::tests::{html, spans};
use super::*;

const YAML: [&str; 3] = ["a: 1\nb: 'x'\n", "- é: \"y\\n\"\n", "c:\n  - d # e\n"];

fn all(highlighter: &Highlighter) -> String {
    let mut out = String::new();
    for code in YAML {
        highlighter.write_html("yaml", code, &mut out);
    }
    out
}

#[test]
fn the_cache_holds_the_blocks_of_this_run() {
    let first = Highlighter::new(None);
    let expected = all(&first);
    let bytes = first.to_cache().expect("three new blocks");

    let second = Highlighter::new(Some(&bytes));
    assert_eq!(all(&second), expected);
    assert_eq!(second.to_cache(), None, "nothing new");

    let third = Highlighter::new(Some(&bytes));
    third.write_html("yaml", YAML[0], &mut String::new());
    third.write_html("yaml", "new: 1", &mut String::new());
    let kept = third.to_cache().expect("one new block");
    let fourth = Highlighter::new(Some(&kept));
    fourth.write_html("yaml", YAML[0], &mut String::new());
    fourth.write_html("yaml", "new: 1", &mut String::new());
    assert_eq!(fourth.to_cache(), None);
    fourth.write_html("yaml", YAML[1], &mut String::new());
    assert!(
        fourth.to_cache().is_some(),
        "what the third run did not use is gone"
    );
}

#[test]
fn a_cache_with_any_byte_changed_or_cut_off_is_ignored() {
    let first = Highlighter::new(None);
    let expected = all(&first);
    let bytes = first.to_cache().expect("new blocks");
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 0x81;
        for bad in [&changed[..], &bytes[..at]] {
            assert_eq!(all(&Highlighter::new(Some(bad))), expected);
        }
    }
}

/// Numbers that look random, the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }
}

#[test]
fn decoding_never_panics_and_never_leaves_the_text() {
    let mut random = Random(1);
    let text = "dé f€\n🦀 x";
    let mut bytes = Vec::new();
    for _ in 0..200_000 {
        bytes.clear();
        for _ in 0..random.below(8) {
            let limit = if random.below(4) == 0 { 256 } else { 18 };
            let byte = random.below(limit);
            bytes.push(u8::try_from(byte).expect("a byte"));
        }
        let mut tokens = Vec::new();
        if codec::decode(&bytes, text, 0, &mut tokens).is_some() {
            let mut out = String::new();
            html::write(text, &tokens, &mut out);
        }
    }
    for bad in [
        &[
            1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1,
        ][..],
        &[1],
        &[1, 2, 0, 12],
        &[99, 16],
    ] {
        assert_eq!(codec::decode(bad, text, 0, &mut Vec::new()), None);
    }
}

#[test]
fn tokens_survive_encoding() {
    let text = "x".repeat(300);
    let token = |class, start, end| Token { class, start, end };
    let tokens = [
        token(Class::Comment, 0, 1),
        token(Class::String, 1, 200),
        token(Class::Inserted, 250, 300),
    ];
    let (mut bytes, mut found) = (Vec::new(), Vec::new());
    codec::encode(&tokens, 0, 300, &mut bytes);
    assert_eq!(bytes.len(), 2 + 3 + 2 + 2);
    codec::decode(&bytes, &text, 0, &mut found).expect("well-formed");
    assert_eq!(found, tokens);
}

/// The code that was highlighted, read back out of the HTML.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at + rest[at..].find('>').expect("a whole tag") + 1..];
    }
    text.push_str(rest);
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

#[test]
fn whatever_the_code_its_text_is_kept() {
    const PIECES: &str = "' \" ''' \"\"\" ` \\ { } ( ) [ ] ${ $( $ # // /* */ -- f' rb\" R\"( r#\" b' \
        match case type def class @ : ! = <<EOF EOF case esac in ;; if [[ ]] >>> ... é 🦀 \\é \\u{ \\x \\N{ \
        0x 1. .5 1e+ ' 'a 'é' < > & | \r \0 | - : \t %{ <!-- </script> @@ +";
    let mut pieces: Vec<&str> = PIECES.split(' ').collect();
    pieces.extend(["\n", "\n", " ", "  ", "\r\n", "\n>>> ", "\n... ", "\n$ "]);
    let mut random = Random(7);
    let highlighter = Highlighter::new(None);
    let others = "sh console json sql js ts java go c c++ rust yaml html";
    for (language, rounds) in [("python", 3_000), ("pycon", 3_000)]
        .into_iter()
        .chain(others.split(' ').map(|l| (l, 60)))
    {
        for _ in 0..rounds {
            let code: String = (0..random.below(40))
                .map(|_| pieces[random.below(pieces.len())])
                .collect();
            let mut out = String::new();
            highlighter.write_html(language, &code, &mut out);
            assert_eq!(text_of(&out), code, "{language}");
        }
    }
}

#[test]
fn the_memo_and_the_threads_never_show() {
    let code = "a: |\n  x\n\nb: 'y\n  z'\nc: 1\na: |\n  x\n";
    let shared = Highlighter::new(None);
    let expected = html("yaml", code);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for warm in ["b: 'y\n  z'\n", "  x\n\n", code] {
                    let mut out = String::new();
                    shared.write_html("yaml", warm, &mut out);
                    assert_eq!(out, html("yaml", warm));
                }
                assert_eq!(html("yaml", code), expected);
            });
        }
    });
}

#[test]
fn long_lines_and_large_blocks_take_linear_time() {
    let started = std::time::Instant::now();
    for piece in [
        "match (", "f'{", "=/[", "\"$(", "r#", "${", "list =", "a ", "'", "<<A ",
    ] {
        let line = piece.repeat(100_000 / piece.len());
        for language in [
            "python", "sh", "js", "rust", "c++", "sql", "yaml", "html", "pycon",
        ] {
            assert_eq!(text_of(&html(language, &line)), line);
        }
    }
    let block = "def f(x):\n    return f'{x}' # é\n".repeat(100_000);
    assert_eq!(text_of(&html("python", &block)).len(), block.len());
    let long = format!("a: 'x\n{}\n  y'\n", "z".repeat(engine::LONGEST_LINE));
    assert!(
        spans("yaml", &long).ends_with("‹s y'›\n"),
        "the state is kept over a long line"
    );
    assert!(started.elapsed().as_secs() < 60);
}
