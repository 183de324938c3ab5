//! Titles: plain text in which only `code` is markup.

use super::write::escape_text;

/// A title as HTML and as plain text. Between backticks stands code; nothing else is markup.
pub fn title(text: &str) -> (String, String) {
    let mut html = String::with_capacity(text.len() + 16);
    let mut plain = String::with_capacity(text.len());
    // Runs of these lengths have no partner, so a title of backticks is not searched over and over.
    let mut hopeless: u64 = 0;
    let mut rest = text;
    while let Some(open) = rest.find('`') {
        let (before, from) = rest.split_at(open);
        escape_text(before, &mut html);
        plain.push_str(before);
        let run = from.bytes().take_while(|&byte| byte == b'`').count();
        let (ticks, after) = from.split_at(run);
        let bit = 1_u64 << run.min(63);
        let close = if hopeless & bit == 0 {
            closing(after, run)
        } else {
            None
        };
        if let Some(close) = close {
            let code = trimmed(&after[..close]);
            html.push_str("<code>");
            escape_text(code, &mut html);
            html.push_str("</code>");
            plain.push_str(code);
            rest = &after[close + run..];
        } else {
            hopeless |= bit;
            html.push_str(ticks);
            plain.push_str(ticks);
            rest = after;
        }
    }
    escape_text(rest, &mut html);
    plain.push_str(rest);
    (html, plain)
}

/// Where a run of exactly `length` backticks begins.
fn closing(text: &str, length: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = text[at..].find('`') {
        let start = at + found;
        let run = text[start..].bytes().take_while(|&b| b == b'`').count();
        if run == length {
            return Some(start);
        }
        at = start + run;
    }
    None
}

/// As in `CommonMark`: one space on both sides only keeps backticks apart.
fn trimmed(code: &str) -> &str {
    match code
        .strip_prefix(' ')
        .and_then(|code| code.strip_suffix(' '))
    {
        Some(inner) if !inner.trim().is_empty() => inner,
        _ => code,
    }
}
