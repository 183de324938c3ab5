//! Ids for headings.

use rustc_hash::FxHashMap;

/// Ids that the page around a fragment uses.
pub const RESERVED_IDS: &[&str] = &[
    "main",
    "question",
    "answer",
    "strong-answers",
    "red-flags",
    "by-level",
    "follow-ups",
    "references",
    "related",
    "contents",
    "search",
    "footnotes",
    "navigation",
    "settings",
    "settings-title",
    "copied",
    "copy-code",
    "top",
];

/// An id as GitHub would make it, but in ASCII: lower-case, a hyphen for each space, no
/// punctuation. `section` where nothing is left.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            'a'..='z' | '0'..='9' | '-' | '_' => slug.push(c),
            'A'..='Z' => slug.push(c.to_ascii_lowercase()),
            c if c.is_whitespace() => slug.push('-'),
            // Dashes and signs would come out as hyphens and words.
            c if !c.is_ascii() && c.is_alphanumeric() => {
                for latin in deunicode::deunicode_char(c).unwrap_or_default().chars() {
                    match latin {
                        ' ' => slug.push('-'),
                        latin if latin.is_ascii_alphanumeric() => {
                            slug.push(latin.to_ascii_lowercase());
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    let slug = slug.trim_matches('-');
    if slug.is_empty() {
        "section".to_owned()
    } else {
        slug.to_owned()
    }
}

/// The ids of one text.
#[derive(Debug, Default)]
pub(super) struct Ids {
    /// Each with the suffix that was last given to it.
    used: FxHashMap<String, u32>,
}

impl Ids {
    /// An id that no heading of the text has yet.
    pub fn take(&mut self, text: &str) -> String {
        let mut base = slug(text);
        // Those with a number are the footnotes' own, and style sheets want a letter first.
        let letter = base.starts_with(|c: char| c.is_ascii_alphabetic());
        if !letter || base.starts_with("fn-") || base.starts_with("fnref-") {
            base.insert_str(0, "section-");
        }
        if !self.used.contains_key(&base) && !is_reserved(&base) {
            self.used.insert(base.clone(), 0);
            return base;
        }
        let mut suffix = self.used.get(&base).copied().unwrap_or(0);
        let id = loop {
            suffix += 1;
            let id = format!("{base}-{suffix}");
            if !self.used.contains_key(&id) && !is_reserved(&id) {
                break id;
            }
        };
        self.used.insert(base, suffix);
        self.used.insert(id.clone(), 0);
        id
    }
}

fn is_reserved(id: &str) -> bool {
    RESERVED_IDS.contains(&id)
}
