//! Tokens as bytes: for each stretch, plain ones included, its class and its
//! length as a varint. Shared by the memo of lines and the cache of blocks.

use super::class::{Class, Token};

/// Appends the encoding of `tokens` over the text from `start` to `end`.
pub fn encode(tokens: &[Token], start: usize, end: usize, out: &mut Vec<u8>) {
    let mut done = start;
    for token in tokens {
        put(Class::Plain, token.start - done, out);
        put(token.class, token.end - token.start, out);
        done = token.end;
    }
    put(Class::Plain, end - done, out);
}

fn put(class: Class, len: usize, out: &mut Vec<u8>) {
    if len > 0 {
        out.push(class as u8);
        put_varint(len, out);
    }
}

/// Seven bits a byte, lowest first.
pub fn put_varint(mut value: usize, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    out.push(value.to_le_bytes()[0]);
}

/// Reads a varint off the front.
pub fn take_varint(bytes: &mut &[u8]) -> Option<usize> {
    let mut value = 0_usize;
    for shift in (0..usize::BITS).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        let bits = usize::from(byte & 0x7f);
        if bits << shift >> shift != bits {
            return None;
        }
        value |= bits << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

/// Appends the tokens that `bytes` holds for `text`, moved by `base`. `None` if
/// they do not fit the text exactly; some may have been appended by then.
pub fn decode(mut bytes: &[u8], text: &str, base: usize, out: &mut Vec<Token>) -> Option<()> {
    let mut at = 0_usize;
    while let Some((&class, rest)) = bytes.split_first() {
        bytes = rest;
        let class = Class::from_byte(class)?;
        let end = at.checked_add(take_varint(&mut bytes)?)?;
        if !text.is_char_boundary(end) {
            return None; // also beyond the end
        }
        if class != Class::Plain {
            out.push(Token {
                class,
                start: base + at,
                end: base + end,
            });
        }
        at = end;
    }
    (at == text.len()).then_some(())
}
