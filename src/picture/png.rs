//! The file of a picture, with a seal that tells whether it is as it was made.
//!
//! <https://www.w3.org/TR/png-3/>

use xxhash_rust::xxh3::Xxh3;

use super::canvas::{Canvas, HEIGHT, Packed, WIDTH};
use super::deflate::Stream;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Each byte as the difference from the one above it.
const UP: u8 = 2;

/// What stands after the picture: our seal and the end, with their lengths, names and checksums.
const TAIL: usize = (12 + 16) + 12;

/// The file of a picture.
pub fn file(key: u128, palette: &[u8], canvas: &Canvas) -> Vec<u8> {
    const FOUR_BITS: u8 = 4;
    const INDEXED: u8 = 3;
    let mut header = Vec::with_capacity(13);
    header.extend_from_slice(&WIDTH.to_be_bytes());
    header.extend_from_slice(&HEIGHT.to_be_bytes());
    header.extend_from_slice(&[FOUR_BITS, INDEXED, 0, 0, 0]);
    let data = compressed(canvas);
    let mut out = Vec::with_capacity(data.len() + 256);
    out.extend_from_slice(SIGNATURE);
    chunk(*b"IHDR", &header, &mut out);
    chunk(*b"PLTE", palette, &mut out);
    chunk(*b"IDAT", &data, &mut out);
    let tail = tail(key, &out);
    out.extend_from_slice(&tail);
    out
}

/// Whether these bytes are the file of this key as it was made.
pub fn is_whole(key: u128, bytes: &[u8]) -> bool {
    bytes
        .len()
        .checked_sub(TAIL)
        .map(|end| bytes.split_at(end))
        .is_some_and(|(body, end)| tail(key, body) == end)
}

/// The seal is a chunk that readers skip, and that programs which change the picture drop.
fn tail(key: u128, body: &[u8]) -> Vec<u8> {
    let mut seal = Xxh3::new();
    seal.update(&key.to_le_bytes());
    seal.update(body);
    let mut out = Vec::with_capacity(TAIL);
    chunk(*b"viVA", &seal.digest128().to_le_bytes(), &mut out);
    chunk(*b"IEND", &[], &mut out);
    out
}

fn chunk(name: [u8; 4], data: &[u8], out: &mut Vec<u8>) {
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX);
    out.extend_from_slice(&length.to_be_bytes());
    let start = out.len();
    out.extend_from_slice(&name);
    out.extend_from_slice(data);
    let checksum = crc32fast::hash(&out[start..]);
    out.extend_from_slice(&checksum.to_be_bytes());
}

fn compressed(canvas: &Canvas) -> Vec<u8> {
    const ROW: usize = size_of::<Packed>();
    let mut same = [0; 1 + ROW];
    same[0] = UP;
    let mut line = same;
    let mut above = [0; ROW];
    let mut stream = Stream::new();
    canvas.each_row(|row| match row {
        None => stream.write(&same),
        Some(row) => {
            for ((difference, here), above) in line[1..].iter_mut().zip(row).zip(&above) {
                *difference = here.wrapping_sub(*above);
            }
            stream.write(&line);
            above = *row;
        }
    });
    stream.finish()
}
