//! Highlighted blocks, kept between builds.
//!
//! Header: magic, format version, fingerprint, checksum of the rest. Then for
//! each block its key, the length of its tokens and the tokens, sorted by key.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128_with_seed};

use super::codec::{put_varint, take_varint};

const MAGIC: &[u8; 8] = b"vivahl\0\x01";
const HEADER: usize = 24;

pub struct Cache {
    fingerprint: u64,
    old: Vec<u8>,
    /// Where a block's tokens are in `old`, and whether it was asked for.
    index: FxHashMap<u128, (usize, usize, AtomicBool)>,
    new: Mutex<FxHashMap<u128, Box<[u8]>>>,
}

/// The key of a block; `syntax` is the name in the syntax set.
pub fn key(syntax: &str, code: &str) -> u128 {
    xxh3_128_with_seed(code.as_bytes(), xxh3_64(syntax.as_bytes()))
}

impl Cache {
    pub fn new(bytes: Option<&[u8]>, fingerprint: u64) -> Self {
        let old = bytes.and_then(|bytes| payload(bytes, fingerprint));
        let index = old.and_then(index).unwrap_or_default();
        Self {
            fingerprint,
            old: old.filter(|_| !index.is_empty()).unwrap_or(&[]).to_vec(),
            index,
            new: Mutex::default(),
        }
    }

    /// Hands the tokens of a block to `read`; `None` if there are none or
    /// `read` refuses them.
    pub fn get<T>(&self, key: u128, read: impl FnOnce(&[u8]) -> Option<T>) -> Option<T> {
        if let Some((start, end, used)) = self.index.get(&key) {
            let found = read(self.old.get(*start..*end)?)?;
            used.store(true, Ordering::Relaxed);
            return Some(found);
        }
        let new = self.new.lock().ok()?;
        read(new.get(&key)?)
    }

    pub fn insert(&self, key: u128, tokens: &[u8]) {
        if let Ok(mut new) = self.new.lock() {
            new.insert(key, tokens.into());
        }
    }

    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        let new = self.new.lock().ok()?;
        if new.is_empty() {
            return None;
        }
        let used = self
            .index
            .iter()
            .filter(|(key, entry)| entry.2.load(Ordering::Relaxed) && !new.contains_key(*key))
            .filter_map(|(&key, entry)| Some((key, self.old.get(entry.0..entry.1)?)));
        let mut blocks: Vec<(u128, &[u8])> = new
            .iter()
            .map(|(&key, tokens)| (key, &**tokens))
            .chain(used)
            .collect();
        blocks.sort_unstable_by_key(|block| block.0);

        let mut out = vec![0; HEADER];
        for (key, tokens) in blocks {
            out.extend_from_slice(&key.to_le_bytes());
            put_varint(tokens.len(), &mut out);
            out.extend_from_slice(tokens);
        }
        let checksum = xxh3_64(&out[HEADER..]);
        out[..8].copy_from_slice(MAGIC);
        out[8..16].copy_from_slice(&self.fingerprint.to_le_bytes());
        out[16..HEADER].copy_from_slice(&checksum.to_le_bytes());
        Some(out)
    }
}

fn payload(bytes: &[u8], fingerprint: u64) -> Option<&[u8]> {
    let rest = bytes.strip_prefix(MAGIC)?;
    let rest = rest.strip_prefix(&fingerprint.to_le_bytes())?;
    let (checksum, rest) = rest.split_first_chunk::<8>()?;
    (u64::from_le_bytes(*checksum) == xxh3_64(rest)).then_some(rest)
}

fn index(payload: &[u8]) -> Option<FxHashMap<u128, (usize, usize, AtomicBool)>> {
    let mut index = FxHashMap::default();
    let mut rest = payload;
    while !rest.is_empty() {
        let (key, tail) = rest.split_first_chunk::<16>()?;
        rest = tail;
        let len = take_varint(&mut rest)?;
        let start = payload.len() - rest.len();
        rest = rest.get(len..)?;
        let entry = (start, start + len, AtomicBool::new(false));
        index.insert(u128::from_le_bytes(*key), entry);
    }
    Some(index)
}
