//! The door, tried with real files.

#![allow(
    clippy::disallowed_methods,
    reason = "the tests look from outside at what the door did"
)]

use super::folder::swap_by_renames;
use super::walk::walk_at_most;
use super::*;
use std::time::{Duration, SystemTime};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn make(dir: &Path, path: &str, text: &str) {
    let path = dir.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// One line an entry: its path, what it is, why not.
fn walked(dir: &Path) -> Vec<String> {
    walk(dir)
        .into_iter()
        .map(|found| match found {
            Ok(Entry {
                relative,
                is_dir,
                leaves,
                ..
            }) => {
                let slash = if is_dir { "/" } else { "" };
                let leaves = if leaves { " leaves" } else { "" };
                format!("{relative}{slash}{leaves}")
            }
            Err(error) => format!("{}: {}", error.relative, error.reason),
        })
        .collect()
}

#[test]
fn walk_sorts_by_the_bytes_of_the_whole_path() {
    let dir = folder();
    for path in ["b.md", "a/z.md", "a.md", "a/Z.md", "a-b/c.md", "é.md"] {
        make(dir.path(), path, "text");
    }
    assert_eq!(
        walked(dir.path()),
        [
            "a/", "a-b/", "a-b/c.md", "a.md", "a/Z.md", "a/z.md", "b.md", "é.md"
        ]
    );
}

#[test]
fn walk_tells_the_path_to_read() {
    let dir = folder();
    make(dir.path(), "a/b.md", "12345");
    let found = walk(dir.path()).pop().unwrap().unwrap();
    assert_eq!(fs::read(found.path).unwrap(), b"12345");
}

#[test]
fn walk_skips_hidden_names_but_not_a_hidden_root() {
    let dir = folder();
    let root = dir.path().join(".root");
    make(&root, ".git/config", "");
    make(&root, "a/.b.md.swp", "");
    make(&root, "a/b.md", "");
    assert_eq!(walked(&root), ["a/", "a/b.md"]);
}

#[test]
fn walk_of_what_is_no_folder_is_one_error() {
    let dir = folder();
    make(dir.path(), "file", "");
    assert_eq!(walked(&dir.path().join("file")), [": is not a folder"]);
    let missing = walked(&dir.path().join("missing"));
    assert!(missing[0].starts_with(": can't be read: "), "{missing:?}");
    assert_eq!(missing.len(), 1);
}

#[test]
fn walk_gives_up_on_too_many_entries() {
    let dir = folder();
    for name in ["a", "b", "c"] {
        make(dir.path(), name, "");
    }
    assert_eq!(walk_at_most(3, dir.path()).len(), 3);
    let found = walk_at_most(2, dir.path());
    let [Err(error)] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert!(matches!(error.reason, WalkReason::TooMany(2)));
}

#[cfg(unix)]
#[test]
fn walk_follows_links_inside_and_marks_links_that_leave() {
    use std::os::unix::fs::symlink;
    let outside = folder();
    make(outside.path(), "secret/key.md", "");
    let dir = folder();
    make(dir.path(), "common/a.md", "");
    symlink("../common", {
        make(dir.path(), "guide/index.md", "");
        dir.path().join("guide/inside")
    })
    .unwrap();
    symlink(outside.path().join("secret"), dir.path().join("out-dir")).unwrap();
    symlink(
        outside.path().join("secret/key.md"),
        dir.path().join("out.md"),
    )
    .unwrap();
    // By two steps: the first link stays, its target leaves.
    symlink("out.md", dir.path().join("two-steps.md")).unwrap();
    assert_eq!(
        walked(dir.path()),
        [
            "common/",
            "common/a.md",
            "guide/",
            "guide/index.md",
            "guide/inside/",
            "guide/inside/a.md",
            "out-dir/ leaves",
            "out.md leaves",
            "two-steps.md leaves",
        ]
    );
}

#[cfg(unix)]
#[test]
fn walk_from_a_linked_root_finds_that_nothing_leaves() {
    use std::os::unix::fs::symlink;
    let dir = folder();
    make(dir.path(), "real/a.md", "");
    symlink("a.md", dir.path().join("real/b.md")).unwrap();
    symlink("real", dir.path().join("link")).unwrap();
    assert_eq!(walked(&dir.path().join("link")), ["a.md", "b.md"]);
}

#[cfg(unix)]
#[test]
fn walk_reports_loops_and_dangling_links_and_goes_on() {
    use std::os::unix::fs::symlink;
    let dir = folder();
    make(dir.path(), "a/z.md", "");
    symlink("..", dir.path().join("a/loop")).unwrap();
    symlink("nowhere", dir.path().join("a/dangling")).unwrap();
    symlink("user@host.1:2", dir.path().join("a/.#z.md")).unwrap();
    symlink("self", dir.path().join("a/self")).unwrap();
    let found = walked(dir.path());
    assert_eq!(
        found[..2],
        ["a/", "a/dangling: is a symbolic link to nothing"]
    );
    assert_eq!(
        found[2],
        "a/loop: is a symbolic link to a folder that contains it"
    );
    assert!(found[3].starts_with("a/self: can't be read: "), "{found:?}");
    assert_eq!(found[4..], ["a/z.md"]);
}

#[cfg(unix)]
#[test]
fn special_files_are_never_opened() {
    use std::os::unix::net::UnixListener;
    let dir = folder();
    make(dir.path(), "a.md", "");
    let socket = dir.path().join("socket.md");
    let _listener = UnixListener::bind(&socket).unwrap();
    let fifo = dir.path().join("fifo.md");
    let made = std::process::Command::new("mkfifo").arg(&fifo).status();
    assert!(made.unwrap().success());
    std::os::unix::fs::symlink("/dev/zero", dir.path().join("zero.md")).unwrap();
    assert_eq!(
        walked(dir.path()),
        [
            "a.md",
            "fifo.md: is not a regular file",
            "socket.md: is not a regular file",
            "zero.md: is not a regular file",
        ]
    );
    for special in [&fifo, &socket, Path::new("/dev/zero"), dir.path()] {
        let error = read(special, 10).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("can't read {}", special.display())
        );
        assert_eq!(error.reason().to_string(), "it is not a regular file");
        copy(special, &dir.path().join("copy")).unwrap_err();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn walk_reports_names_that_are_not_utf8_and_does_not_go_below() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let dir = folder();
    make(dir.path(), "a.md", "");
    let bad = dir.path().join(OsStr::from_bytes(b"b\xff"));
    make(&bad, "inside.md", "");
    make(dir.path(), "c.md", "");
    assert_eq!(
        walked(dir.path()),
        ["a.md", "b\u{fffd}: has a name that is not UTF-8", "c.md"]
    );
}

#[cfg(unix)]
#[test]
fn walk_reports_an_unreadable_folder_and_goes_on() {
    use std::os::unix::fs::PermissionsExt;
    let dir = folder();
    make(dir.path(), "a/b.md", "");
    make(dir.path(), "c.md", "");
    let closed = dir.path().join("a");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o0)).unwrap();
    let found = walked(dir.path());
    let is_root = fs::read_dir(&closed).is_ok();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
    if !is_root {
        assert_eq!(found[0], "a/");
        assert!(found[1].starts_with("a: can't be read: "), "{found:?}");
        assert_eq!(found[2..], ["c.md"]);
    }
}

#[test]
fn read_takes_one_byte_more_than_the_limit_at_most() {
    let dir = folder();
    make(dir.path(), "a", "12345");
    let path = dir.path().join("a");
    assert_eq!(read(&path, 5).unwrap(), b"12345");
    assert_eq!(read(&path, 4).unwrap(), b"12345");
    assert_eq!(read(&path, 3).unwrap(), b"1234");
    assert_eq!(read(&path, u64::MAX).unwrap(), b"12345");
}

#[test]
fn errors_name_their_path_and_carry_the_reason() {
    let dir = folder();
    let path = dir.path().join("missing");
    let error = read(&path, 1).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert_eq!(error.path(), path);
    let chain = format!("{:#}", anyhow::Error::from(error));
    let start = format!("can't read {}: ", path.display());
    assert!(chain.starts_with(&start), "{chain}");
}

#[test]
fn write_new_leaves_an_existing_file_alone() {
    let dir = folder();
    let path = dir.path().join("a");
    write_new(&path, b"first").unwrap();
    let error = write_new(&path, b"second").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AlreadyExists);
    assert_eq!(fs::read(&path).unwrap(), b"first");
}

#[test]
fn write_atomic_makes_the_folder_replaces_and_leaves_nothing_beside() {
    let dir = folder();
    let path = dir.path().join("cache/deep/file");
    write_atomic(&path, b"first").unwrap();
    write_atomic(&path, b"second").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"second");
    assert_eq!(list(path.parent().unwrap()).unwrap().len(), 1);
}

#[test]
fn write_atomic_that_fails_leaves_nothing_beside() {
    let dir = folder();
    let path = dir.path().join("a");
    fs::create_dir(&path).unwrap();
    write_atomic(&path, b"text").unwrap_err();
    assert_eq!(list(dir.path()).unwrap().len(), 1);
}

#[cfg(unix)]
#[test]
fn remove_dir_all_takes_links_and_leaves_their_targets() {
    use std::os::unix::fs::symlink;
    let dir = folder();
    make(dir.path(), "kept/file", "");
    make(dir.path(), "gone/a/b/c/file", "");
    make(dir.path(), "gone/d/.hidden", "");
    symlink("../kept", dir.path().join("gone/dir-link")).unwrap();
    symlink("../kept/file", dir.path().join("gone/file-link")).unwrap();
    symlink("kept", dir.path().join("link")).unwrap();
    remove_dir_all(&dir.path().join("gone")).unwrap();
    remove_dir_all(&dir.path().join("link")).unwrap_err();
    assert_eq!(
        remove_dir_all(&dir.path().join("gone")).unwrap_err().kind(),
        ErrorKind::NotFound
    );
    assert_eq!(
        walked(dir.path()),
        ["kept/", "kept/file", "link/", "link/file"]
    );
}

type Swap = fn(&Path, &Path, &Path) -> Result<()>;

#[test]
fn both_swaps_replace_a_folder_and_fill_a_gap() {
    for swap in [swap as Swap, swap_by_renames] {
        let dir = folder();
        let (new, place) = (dir.path().join("new"), dir.path().join("place"));
        for text in ["first", "second"] {
            make(&new, "file", text);
            swap(&new, &place, &dir.path().join("spare")).unwrap();
            assert_eq!(fs::read_to_string(place.join("file")).unwrap(), text);
        }
        let olds = ["new", "spare"].map(|old| dir.path().join(old).join("file"));
        let olds: Vec<_> = olds.iter().filter_map(|old| fs::read(old).ok()).collect();
        assert_eq!(olds, [b"first"]);
    }
}

#[test]
fn both_swaps_that_fail_change_nothing() {
    for swap in [swap as Swap, swap_by_renames] {
        let dir = folder();
        let place = dir.path().join("place");
        make(&place, "file", "kept");
        let (new, spare) = (dir.path().join("missing"), dir.path().join("spare"));
        swap(&new, &place, &spare).unwrap_err();
        assert_eq!(walked(dir.path()), ["place/", "place/file"]);
    }
}

#[test]
fn a_lock_is_busy_until_it_is_dropped() {
    let dir = folder();
    let path = dir.path().join("lock");
    let held = try_lock(&path).unwrap();
    assert!(matches!(held, Lock::Held(_)));
    assert!(matches!(try_lock(&path).unwrap(), Lock::Busy));
    drop(held);
    assert!(matches!(try_lock(&path).unwrap(), Lock::Held(_)));
}

#[test]
fn what_was_touched_since_a_moment() {
    let dir = folder();
    for path in [
        "a/old.md",
        "a/new.md",
        "b/moved.md",
        "c/d/gone.md",
        "e/same.md",
    ] {
        make(dir.path(), path, "text");
    }
    let long_ago = SystemTime::UNIX_EPOCH;
    assert_eq!(touched_since(dir.path(), long_ago).unwrap().len(), 11);
    std::thread::sleep(Duration::from_millis(60));
    let moment = SystemTime::now() - Duration::from_millis(30);
    let since = |moment| -> Vec<String> {
        let mut paths: Vec<String> = touched_since(dir.path(), moment)
            .unwrap()
            .iter()
            .map(|path| slashed(dir.path(), path))
            .collect();
        paths.sort();
        paths
    };
    assert_eq!(since(moment), [""; 0]);
    fs::write(dir.path().join("a/new.md"), "other").unwrap();
    fs::rename(dir.path().join("b/moved.md"), dir.path().join("b/there.md")).unwrap();
    fs::remove_file(dir.path().join("c/d/gone.md")).unwrap();
    make(dir.path(), ".hidden/x.md", "text");
    assert_eq!(
        since(moment),
        ["", "a/new.md", "b", "b/there.md", "c/d"],
        "the folder itself has a hidden one now"
    );
    assert!(touched_since(&dir.path().join("none"), long_ago).is_none());
}

fn slashed(dir: &Path, path: &Path) -> String {
    let path = path.strip_prefix(dir).unwrap();
    path.to_str().unwrap().replace('\\', "/")
}
