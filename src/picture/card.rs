//! What is written on a picture.

use xxhash_rust::xxh3::Xxh3;

/// The words of a picture, all of which can be set.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Card {
    /// In small letters, above the title.
    pub label: Option<String>,
    pub title: Option<String>,
    /// In small letters, at the foot.
    pub foot: Option<String>,
    /// Changes with everything that the picture depends on.
    pub key: u128,
}

impl Card {
    pub(super) fn new(
        label: Option<String>,
        title: Option<String>,
        foot: Option<String>,
        fingerprint: u128,
    ) -> Self {
        let mut hash = Xxh3::new();
        hash.update(&fingerprint.to_le_bytes());
        for words in [&label, &title, &foot] {
            // With its length before it, no text runs into the next one.
            let words = words.as_deref().unwrap_or_default();
            hash.update(&(words.len() as u64).to_le_bytes());
            hash.update(words.as_bytes());
        }
        Self {
            key: hash.digest128(),
            label,
            title,
            foot,
        }
    }

    /// The file's name.
    pub fn name(&self) -> String {
        format!("{:032x}.png", self.key)
    }

    /// All words, for those who don't see them.
    pub fn words(&self) -> String {
        let words = [&self.label, &self.title, &self.foot];
        let words: Vec<&str> = words.into_iter().flatten().map(String::as_str).collect();
        words.join(" · ")
    }
}
