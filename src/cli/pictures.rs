//! The pictures of earlier builds, so that none is drawn twice.
//!
//! Each lies in the cache under the hash of what it shows, and carries a seal that tells whether it
//! is as it was drawn. The site has it as a second name of the same file.

use std::collections::HashSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::disk;
use crate::emit::Stage;
use crate::picture::{self, Card};
use crate::plan::{Route, Site};

/// May be deleted at any time.
const CACHE: &str = ".viva-cache/pictures";

/// Larger than any picture: 1 MiB.
const LIMIT: u64 = 1 << 20;

/// The folder of kept pictures.
#[derive(Debug)]
pub struct Pictures {
    folder: PathBuf,
}

impl Pictures {
    /// Those of a handbook. If the folder can't be made, every picture is drawn.
    pub fn of(root: &Path) -> Self {
        let folder = root.join(CACHE);
        let _ = disk::create_dir_all(&folder);
        Self { folder }
    }

    /// Puts the picture of a card into the site: the kept one, or else a new one.
    pub fn put(
        &self,
        stage: &Stage,
        path: &str,
        card: &Card,
        draw: impl FnOnce() -> Vec<u8>,
    ) -> anyhow::Result<()> {
        let kept = self.folder.join(card.name());
        match disk::read(&kept, LIMIT) {
            Ok(bytes) if picture::is_whole(card.key, &bytes) => stage.share(path, &bytes, &kept),
            _ => stage.write_and_keep(path, &draw(), &kept),
        }
    }

    /// Removes what no page shows any more, when it is more than what pages show: builds of another
    /// edition or with drafts, which show a few more, find theirs again.
    pub fn tidy(&self, site: &Site) {
        let used: HashSet<OsString> = site
            .routes
            .values()
            .filter_map(|route| match route {
                Route::Picture(card) => Some(card.name().into()),
                _ => None,
            })
            .collect();
        let found = disk::list(&self.folder).unwrap_or_default();
        if found.len() > 2 * used.len() {
            for unused in found.iter().filter(|found| !used.contains(&found.name)) {
                let _ = disk::remove_file(&self.folder.join(&unused.name));
            }
        }
    }
}
