//! Files of the content folder: whole, or a part as players of media ask for it.

use std::ops::Range;
use std::path::PathBuf;

use hyper::body::Bytes;
use tokio::sync::mpsc;

use super::body::Body;
use crate::disk;

/// As much of a file is in memory for a client at a time, twice.
const PIECE: u64 = 64 * 1024;

/// What a `Range` asks for.
#[derive(Debug, PartialEq, Eq)]
pub enum Part {
    /// Everything: also where it asks for more than one part, or in another unit.
    Whole,
    Of(Range<u64>),
    /// Nothing that is there.
    Beyond,
}

/// Reads a `Range`. <https://www.rfc-editor.org/rfc/rfc9110#section-14.2>
pub fn part(header: &str, length: u64) -> Part {
    let Some((first, last)) = header
        .strip_prefix("bytes=")
        .and_then(|range| range.trim().split_once('-'))
    else {
        return Part::Whole;
    };
    let number = |text: &str| -> Option<u64> {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse().unwrap_or(u64::MAX))
    };
    let range = match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => first..last.saturating_add(1).min(length),
        (Some(first), None) if last.is_empty() => first..length,
        (None, Some(last)) if first.is_empty() => length - last.min(length)..length,
        _ => return Part::Whole,
    };
    if range.start < range.end {
        Part::Of(range)
    } else {
        Part::Beyond
    }
}

/// A part of a file, read as the client takes it.
pub fn stream(file: PathBuf, range: Range<u64>) -> Body {
    let (pieces, receiver) = mpsc::channel(1);
    tokio::spawn(async move {
        let mut at = range.start;
        while at < range.end {
            let (file, length) = (file.clone(), PIECE.min(range.end - at));
            let length = usize::try_from(length).unwrap_or(0);
            let read = tokio::task::spawn_blocking(move || disk::read_part(&file, at, length));
            // What can't be read any more ends the answer too soon, and the client sees that.
            let Ok(Ok(piece)) = read.await else { return };
            if piece.is_empty() {
                return;
            }
            at += piece.len() as u64;
            if pieces.send(Bytes::from(piece)).await.is_err() {
                return;
            }
        }
    });
    Body::Pieces(receiver)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts() {
        for (header, expected) in [
            ("bytes=0-3", Part::Of(0..4)),
            ("bytes=4-", Part::Of(4..10)),
            ("bytes=-3", Part::Of(7..10)),
            ("bytes=-99", Part::Of(0..10)),
            ("bytes=8-99", Part::Of(8..10)),
            ("bytes=0-18446744073709551615", Part::Of(0..10)),
            ("bytes=0-99999999999999999999999", Part::Of(0..10)),
            ("bytes=10-", Part::Beyond),
            ("bytes=-0", Part::Beyond),
            ("bytes=3-2", Part::Whole),
            ("bytes=0-1,3-4", Part::Whole),
            ("bytes=a-b", Part::Whole),
            ("bytes=-", Part::Whole),
            ("lines=0-1", Part::Whole),
            ("bytes=+1-2", Part::Whole),
        ] {
            assert_eq!(part(header, 10), expected, "{header}");
        }
        assert_eq!(part("bytes=0-", 0), Part::Beyond);
    }
}
