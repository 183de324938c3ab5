//! Steps of the lexer for Python. Offsets are in bytes; all that they look
//! for is ASCII, so that they never stop within a character.

/// Beyond ASCII nearly everything in code is a letter.
pub fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// Where the name at `from` ends; `from` itself if there is none.
pub fn name_end(src: &[u8], from: usize) -> usize {
    end_of(src, from, is_name)
}

/// Where the blanks at `from` end.
pub fn blank_end(src: &[u8], from: usize) -> usize {
    end_of(src, from, |b| b == b' ' || b == b'\t')
}

/// Where the line ends, before its line end.
pub fn line_end(src: &[u8], from: usize) -> usize {
    end_of(src, from, |b| b != b'\n')
}

/// Where the bytes that are such end; `from` may lie beyond the end.
pub fn end_of(src: &[u8], from: usize, is: impl Fn(u8) -> bool) -> usize {
    let rest = src.get(from..).unwrap_or_default();
    from.min(src.len()) + rest.iter().position(|&b| !is(b)).unwrap_or(rest.len())
}
