//! The file of a picture, with a seal that tells whether it is as it was made.
//!
//! <https://www.w3.org/TR/png-3/>

use png::{BitDepth, ColorType, Compression, Encoder, EncodingError, Filter};
use xxhash_rust::xxh3::Xxh3;

use super::canvas::{Canvas, HEIGHT, WIDTH};

/// What stands after the picture: our seal and the end, with their lengths, names and checksums.
const TAIL: usize = (12 + 16) + END;
const END: usize = 12;

/// The file of a picture.
pub fn file(key: u128, palette: &[u8], canvas: &Canvas) -> Vec<u8> {
    #[expect(clippy::expect_used, reason = "memory takes whatever is written")]
    let mut out = encoded(palette, canvas).expect("size and palette are a picture's");
    out.truncate(out.len() - END);
    let tail = tail(key, &out);
    out.extend_from_slice(&tail);
    out
}

fn encoded(palette: &[u8], canvas: &Canvas) -> Result<Vec<u8>, EncodingError> {
    let mut out = Vec::with_capacity(1 << 14);
    let mut encoder = Encoder::new(&mut out, WIDTH, HEIGHT);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Four);
    encoder.set_palette(palette);
    // Others make files of two thirds in two to six times the time.
    encoder.set_compression(Compression::Fast);
    // Rows are mostly as the one above them.
    encoder.set_filter(Filter::Up);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&canvas.packed())?;
    writer.finish()?;
    Ok(out)
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
