//! The pages that differ from what git has.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, bail};

/// Paths below `root` of files that are not as they were where the branch left `base`, or that git
/// does not know.
///
/// # Errors
/// When git is not there, `root` is in no repository, or there is no such `base`.
pub fn changed(root: &Path, base: &str) -> anyhow::Result<BTreeSet<String>> {
    // A name that begins with a hyphen would be an option.
    let commit = format!("{base}^{{commit}}");
    git(
        root,
        &[
            "rev-parse",
            "--quiet",
            "--verify",
            "--end-of-options",
            &commit,
        ],
    )
    .or_else(|_| {
        // Say first whether it is the repository that is missing.
        git(root, &["rev-parse", "--git-dir"])?;
        bail!("there is no commit `{base}`")
    })?;
    let known = git(
        root,
        &[
            "diff",
            "--name-only",
            "--no-renames",
            "--relative",
            "-z",
            "--merge-base",
            base,
            "--",
            ".",
        ],
    )?;
    let unknown = git(
        root,
        &[
            "ls-files",
            "--others",
            "--exclude-standard",
            "-z",
            "--",
            ".",
        ],
    )?;
    Ok(known
        .split('\0')
        .chain(unknown.split('\0'))
        .filter(|path| !path.is_empty())
        .map(str::to_owned)
        .collect())
}

fn git(root: &Path, arguments: &[&str]) -> anyhow::Result<String> {
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(arguments)
        .output()
        .context("`--changed` asks git, which can't be run")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.trim().trim_start_matches("fatal: ");
        if said.contains("not a git repository") {
            bail!(
                "`--changed` compares with git, and {} is in no repository",
                root.display()
            );
        }
        bail!("git says: {said}");
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
