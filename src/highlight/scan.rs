//! What the hand-written lexers share. Offsets are in bytes; all that they look
//! for is ASCII, so that they never stop within a character.

const NAME: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        #[allow(clippy::cast_possible_truncation)] // below 256
        let b = byte as u8;
        // Beyond ASCII nearly everything in code is a letter.
        table[byte] = b.is_ascii_alphanumeric() || b == b'_' || b >= 0x80;
        byte += 1;
    }
    table
};

pub fn is_name(byte: u8) -> bool {
    NAME[usize::from(byte)]
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
