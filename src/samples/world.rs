//! The file system as a sample sees it, where what its guard mounts is the guard's own.

use std::path::{Path, PathBuf};

use rustix::mount::{MountFlags, mount, mount_remount};

use super::family::read;
use super::folder::SEEN;
use super::job::{Closed, Job};
use crate::disk;

/// Python's locks between processes are files there.
const SHARED: &str = "/dev/shm";

/// Where programs listen for others of the same machine.
const RUN: &str = "/run";
const TEMPORARY: &str = "/tmp";

/// Makes the folder, and closes the ways to what is not the sample's. `None`, and nothing is
/// different, where the system does not allow that or the program is where the folder would be.
pub fn make(job: &Job) -> Option<Closed> {
    if is_needed(job, RUN) {
        return None;
    }
    mount_empty(RUN, "size=64k,mode=0755").ok()?;
    disk::create_private_dir(Path::new(SEEN)).ok()?;
    let room = format!("size={},mode=0700", job.limits.folder);
    mount_empty(SEEN, &room).ok()?;
    let _ = mount_empty(SHARED, &room);
    let hides = !is_needed(job, TEMPORARY) && mount_empty(TEMPORARY, "size=64k,mode=0755").is_ok();
    Some(Closed {
        changes: protect(),
        sockets: hides,
    })
}

/// Whether the program or a file that it is given is in a folder.
fn is_needed(job: &Job, folder: &str) -> bool {
    job.command.iter().map(PathBuf::from).any(|path| {
        let real = disk::canonicalize(&path)
            .ok()
            .filter(|_| path.is_absolute());
        path.starts_with(folder) || real.is_some_and(|real| real.starts_with(folder))
    })
}

fn mount_empty(folder: &str, options: &str) -> rustix::io::Result<()> {
    let options = std::ffi::CString::new(options).map_err(|_| rustix::io::Errno::INVAL)?;
    let flags = MountFlags::NOSUID | MountFlags::NODEV;
    mount("tmpfs", folder, "tmpfs", flags, options.as_c_str())
}

/// Lets nothing be changed but what is the sample's: not even by an administrator, whom Landlock
/// would let change modes and times. Whether all of it holds.
fn protect() -> bool {
    let mounts = read("/proc/self/mountinfo");
    let mut holds = !mounts.is_empty();
    for line in mounts.lines() {
        let mut fields = line.split(' ').skip(4);
        let (Some(place), Some(options)) = (fields.next(), fields.next()) else {
            continue;
        };
        let place = unescaped(place);
        if [SEEN, SHARED].contains(&place.as_str()) {
            continue;
        }
        let flags = flags(options) | MountFlags::BIND | MountFlags::RDONLY;
        match mount_remount(place.as_str(), flags, c"") {
            // What nobody reaches needs no protection.
            Ok(()) | Err(rustix::io::Errno::ACCESS | rustix::io::Errno::NOENT) => {}
            Err(_) => holds = false,
        }
    }
    holds
}

/// What a mount has already, which is not to be lost, and could not where it is another user's.
fn flags(options: &str) -> MountFlags {
    let kept = options.split(',').map(|option| match option {
        "nosuid" => MountFlags::NOSUID,
        "nodev" => MountFlags::NODEV,
        "noexec" => MountFlags::NOEXEC,
        "noatime" => MountFlags::NOATIME,
        "nodiratime" => MountFlags::NODIRATIME,
        "relatime" => MountFlags::RELATIME,
        "nosymfollow" => MountFlags::NOSYMFOLLOW,
        _ => MountFlags::empty(),
    });
    let kept = kept.fold(MountFlags::empty(), |all, flag| all | flag);
    if kept.intersects(MountFlags::NOATIME | MountFlags::RELATIME) {
        kept
    } else {
        kept | MountFlags::STRICTATIME
    }
}

/// A path as it is, not as the kernel's tables write it: `\040` is a space.
fn unescaped(path: &str) -> String {
    let mut parts = path.split('\\');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        match part.get(..3).map(|digits| u8::from_str_radix(digits, 8)) {
            Some(Ok(byte)) => {
                bytes.push(byte);
                bytes.extend_from_slice(&part.as_bytes()[3..]);
            }
            _ => {
                bytes.push(b'\\');
                bytes.extend_from_slice(part.as_bytes());
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read_as_the_kernel_writes_them() {
        assert_eq!(unescaped("/mnt/a\\040b\\134c"), "/mnt/a b\\c");
        assert_eq!(unescaped("/mnt/\\303\\251"), "/mnt/é");
        assert_eq!(unescaped("/mnt/a\\9"), "/mnt/a\\9");
    }

    #[test]
    fn flags_of_a_mount_are_kept() {
        let known = MountFlags::NOSUID | MountFlags::RELATIME;
        assert_eq!(flags("rw,nosuid,relatime"), known);
        assert_eq!(flags("rw"), MountFlags::STRICTATIME);
    }
}
