//! Numbers and terms as texts that stay small and that JSON needs no escapes for. FORMAT.md shows
//! how to read them.

/// The last digit of a number.
const LAST: &[u8; 32] = b"0123456789abcdefghijklmnopqrstuv";
/// The digits before it.
const BEFORE: &[u8; 32] = b"QRSTUVWXYZwxyz!#$%&()*+,-./:;<=>";
/// The impact of the postings that follow, from the lowest on.
const IMPACT: &[u8; 16] = b"ABCDEFGHIJKLMNOP";

/// What each of the sixteen signs stands for.
pub const IMPACTS: [u8; 16] = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 18, 22, 27, 33, 41, 50];

/// Writes a number with digits of five bits, the highest first.
pub fn number(number: u32, out: &mut String) {
    let mut shift = (number | 1).ilog2() / 5 * 5;
    while shift > 0 {
        out.push(char::from(BEFORE[(number >> shift & 31) as usize]));
        shift -= 5;
    }
    out.push(char::from(LAST[(number & 31) as usize]));
}

/// Writes ascending numbers by what lies between each and the one before it.
pub fn ascending(numbers: impl IntoIterator<Item = u32>, out: &mut String) {
    let mut next = 0;
    for number in numbers {
        self::number(number - next, out);
        next = number + 1;
    }
}

/// The sign of an impact of at most 50: that of the nearest that there is, or `None` where nothing
/// is nearer.
pub fn level(impact: f32) -> Option<u8> {
    if impact < 0.5 {
        return None;
    }
    let above = IMPACTS.partition_point(|&level| f32::from(level) < impact);
    let above = above.min(IMPACTS.len() - 1);
    let nearer =
        above > 0 && impact - f32::from(IMPACTS[above - 1]) < f32::from(IMPACTS[above]) - impact;
    u8::try_from(above - usize::from(nearer)).ok()
}

/// Writes the postings of one term, sorted by level, highest first, then by page.
pub fn postings(postings: &[(u8, u32)], out: &mut String) {
    let mut rest = postings;
    while let Some(&(level, _)) = rest.first() {
        let end = rest.partition_point(|&(other, _)| other >= level);
        out.push(char::from(IMPACT[usize::from(level)]));
        ascending(rest[..end].iter().map(|&(_, page)| page), out);
        rest = &rest[end..];
    }
}

/// Writes a term after the one before it: how many bytes both begin with, and the others.
pub fn term(before: &str, term: &str, out: &mut String) {
    let mut shared = before
        .bytes()
        .zip(term.bytes())
        .take(LAST.len() - 1)
        .take_while(|(a, b)| a == b)
        .count();
    while !term.is_char_boundary(shared) {
        shared -= 1;
    }
    // Readers count in UTF-16.
    let units = term[..shared].encode_utf16().count();
    out.push(char::from(LAST[units]));
    out.push_str(&term[shared..]);
}
