//! Turns code and its tokens into escaped text with spans.

use super::class::{Class, Token};

/// Appends `code` to `out`, escaped, each token in a span of its class.
///
/// Tokens are in order and do not overlap. Neighbours of one class that only
/// blanks part share a span: same looks, fewer bytes.
pub fn write(code: &str, tokens: &[Token], out: &mut String) {
    out.reserve(code.len() + tokens.len() * 24);
    let mut done = 0;
    let mut pending: Option<Token> = None;
    for &token in tokens {
        let Some(token) = trimmed(code, token) else {
            continue;
        };
        match &mut pending {
            Some(last) if last.class == token.class && joins(code, last, &token) => {
                last.end = token.end;
            }
            _ => {
                if let Some(last) = pending.replace(token) {
                    span(code, &mut done, last, out);
                }
            }
        }
    }
    if let Some(last) = pending {
        span(code, &mut done, last, out);
    }
    escape(&code[done..], out);
}

/// Without the blanks at either end; `None` when nothing is left to colour.
fn trimmed(code: &str, token: Token) -> Option<Token> {
    if token.class == Class::Plain {
        return None;
    }
    let bytes = &code.as_bytes()[token.start..token.end];
    let lead = bytes.iter().position(|b| !b.is_ascii_whitespace())?;
    let trail = match token.class {
        // A prompt keeps its blank: style sheets leave it out of a selection.
        Class::Prompt => 0,
        _ => bytes.iter().rev().position(|b| !b.is_ascii_whitespace())?,
    };
    Some(Token {
        start: token.start + lead,
        end: token.end - trail,
        ..token
    })
}

fn joins(code: &str, last: &Token, next: &Token) -> bool {
    let gap = &code.as_bytes()[last.end..next.start];
    // Comments and strings truly run over lines; other classes end with them.
    let over_lines = matches!(
        last.class,
        Class::Comment | Class::String | Class::Deleted | Class::Inserted
    );
    gap.iter()
        .all(|&b| b == b' ' || b == b'\t' || (over_lines && (b == b'\n' || b == b'\r')))
}

fn span(code: &str, done: &mut usize, token: Token, out: &mut String) {
    escape(&code[*done..token.start], out);
    out.push_str("<span class=\"");
    out.push_str(token.class.name());
    out.push_str("\">");
    escape(&code[token.start..token.end], out);
    out.push_str("</span>");
    *done = token.end;
}

/// Appends text with `&`, `<` and `>` made harmless.
pub fn escape(text: &str, out: &mut String) {
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => continue,
        };
        out.push_str(&text[done..at]);
        out.push_str(entity);
        done = at + 1;
    }
    out.push_str(&text[done..]);
}
