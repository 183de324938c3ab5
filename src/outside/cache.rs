//! Addresses that were there not long ago.
//!
//! Only what is well is kept: what was wrong is asked again each time, so that a repair shows at once
//! and nobody is told of a fault that is over.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use url::Url;

use super::collect::Target;
use super::probe::Outcome;

/// Of the file's form. Files of another are read as if they were not there.
const VERSION: u32 = 1;

/// What earlier runs found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept(BTreeMap<String, Entry>);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    /// In seconds since 1970.
    seen: u64,
    /// Where it leads for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    moved: Option<Url>,
    /// Fragments with which nothing was wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    parts: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct File {
    version: u32,
    addresses: BTreeMap<String, Entry>,
}

impl Kept {
    /// Reads the file's bytes. What can't be read is nothing kept.
    pub fn read(bytes: &[u8]) -> Self {
        match serde_json::from_slice::<File>(bytes) {
            Ok(file) if file.version == VERSION => Self(file.addresses),
            _ => Self::default(),
        }
    }

    /// The file's bytes.
    pub fn write(&self) -> Vec<u8> {
        let file = File {
            version: VERSION,
            addresses: self.0.clone(),
        };
        // Texts and numbers alone: there is nothing that JSON can't hold.
        serde_json::to_vec_pretty(&file).unwrap_or_default()
    }

    /// What is known of an address, with all parts that are meant of it.
    pub fn outcome(&self, target: &Target, now: u64, keep: Duration) -> Option<Outcome> {
        let entry = self.0.get(target.url.as_str())?;
        let has = |part: &&str| entry.parts.iter().any(|known| known == part);
        let whole = target.fragments().iter().all(has);
        (entry.is_fresh(now, keep) && whole).then(|| Outcome::Alive {
            moved: entry.moved.clone(),
            ids: None,
        })
    }

    /// With what a run found, and without what is too old to be of use.
    #[must_use]
    pub fn with(&self, targets: &[Target], outcomes: &[Outcome], now: u64, keep: Duration) -> Self {
        let mut kept = self.clone();
        kept.0.retain(|_, entry| entry.is_fresh(now, keep));
        for (target, outcome) in targets.iter().zip(outcomes) {
            let url = target.url.as_str();
            let Outcome::Alive { moved, ids } = outcome else {
                kept.0.remove(url);
                continue;
            };
            if self.outcome(target, now, keep).as_ref() == Some(outcome) {
                continue;
            }
            let well = |part: &&str| ids.as_ref().is_none_or(|ids| ids.may_have(part));
            let parts = target.fragments().into_iter().filter(well);
            let entry = Entry {
                seen: now,
                moved: moved.clone(),
                parts: parts.map(str::to_owned).collect(),
            };
            kept.0.insert(url.to_owned(), entry);
        }
        kept
    }
}

impl Entry {
    /// A time that has not come yet is a clock that was wrong.
    fn is_fresh(&self, now: u64, keep: Duration) -> bool {
        now.checked_sub(self.seen)
            .is_some_and(|age| age < keep.as_secs())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::anchors::Ids;
    use super::super::collect::Mention;
    use super::super::probe::{End, Why};
    use super::*;

    const DAY: u64 = 24 * 60 * 60;
    const WEEK: Duration = Duration::from_secs(7 * DAY);

    fn target(fragments: &[&str]) -> Target {
        let mention = |fragment: Option<&str>| Mention {
            path: Arc::from("content/index.md"),
            start: 0,
            end: 1,
            fragment: fragment.map(str::to_owned),
        };
        let mut mentions = vec![mention(None)];
        mentions.extend(fragments.iter().map(|part| mention(Some(part))));
        Target {
            url: Url::parse("https://a.dev/x").unwrap(),
            mentions,
        }
    }

    fn alive(ids: Option<&str>) -> Outcome {
        Outcome::Alive {
            moved: None,
            ids: ids.map(Ids::of),
        }
    }

    fn known(kept: &Kept, target: &Target, day: u64) -> bool {
        Kept::read(&kept.write())
            .outcome(target, day * DAY, WEEK)
            .is_some()
    }

    #[test]
    fn what_was_there_is_known_for_a_week_from_the_day_it_was_asked() {
        let plain = [target(&[])];
        let first = Kept::default().with(&plain, &[alive(None)], 10 * DAY, WEEK);
        assert!(known(&first, &plain[0], 16));
        assert!(!known(&first, &plain[0], 17));
        assert!(!known(&first, &plain[0], 9), "a clock that was wrong");
        // A run that took it from here does not make it younger.
        let again = first.with(&plain, &[alive(None)], 15 * DAY, WEEK);
        assert_eq!(again, first);
        // One that has other addresses keeps it, as long as it is of use.
        assert_eq!(first.with(&[], &[], 15 * DAY, WEEK), first);
        assert_eq!(first.with(&[], &[], 17 * DAY, WEEK), Kept::default());
    }

    #[test]
    fn a_part_that_is_missing_or_new_is_asked_for() {
        let page = "<p id=a><p id=b><p id=c>";
        let kept = Kept::default().with(&[target(&["a", "z"])], &[alive(Some(page))], 0, WEEK);
        assert!(known(&kept, &target(&["a"]), 1));
        assert!(!known(&kept, &target(&["a", "z"]), 1));
        assert!(!known(&kept, &target(&["b"]), 1));
    }

    #[test]
    fn what_is_wrong_is_not_kept() {
        let plain = [target(&[])];
        let kept = Kept::default().with(&plain, &[alive(None)], 0, WEEK);
        let end = End {
            at: plain[0].url.clone(),
            why: Why::Status(404),
        };
        let kept = kept.with(&plain, &[Outcome::Dead(end)], DAY, WEEK);
        assert_eq!(kept, Kept::default());
    }

    #[test]
    fn where_it_moved_is_kept() {
        let plain = [target(&[])];
        let moved = Outcome::Alive {
            moved: Some(Url::parse("https://b.dev/").unwrap()),
            ids: None,
        };
        let kept = Kept::default().with(&plain, std::slice::from_ref(&moved), 0, WEEK);
        let read = Kept::read(&kept.write());
        assert_eq!(read.outcome(&plain[0], DAY, WEEK), Some(moved));
    }

    #[test]
    fn a_broken_file_is_nothing_kept() {
        let whole = Kept::default().with(&[target(&[])], &[alive(None)], 0, WEEK);
        let whole = whole.write();
        let newer = String::from_utf8(whole.clone()).unwrap();
        let newer = newer.replace("\"version\": 1", "\"version\": 2");
        for bytes in [
            b"".as_slice(),
            b"{}",
            b"\xff",
            &whole[..20],
            newer.as_bytes(),
        ] {
            assert_eq!(Kept::read(bytes), Kept::default());
        }
    }
}
