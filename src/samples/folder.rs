//! The folder that a program runs in.

use std::path::PathBuf;

use super::job::Job;
use crate::disk::{self, Error};

/// That is not the scratch folder itself, so that `../file` is no file of anybody else's.
pub fn work(job: &Job) -> PathBuf {
    job.scratch.join("work")
}

/// Makes it, with its files. Where mounts are the guard's own, it is a file system of limited size,
/// as is the memory that processes share by names.
pub fn make(job: &Job) -> Result<(), Error> {
    disk::create_private_dir(&job.scratch)?;
    let work = work(job);
    disk::create_dir(&work)?;
    #[cfg(target_os = "linux")]
    if job.mounts {
        mount(job);
    }
    for (name, text) in &job.files {
        disk::write_new(&work.join(name), text.as_bytes())?;
    }
    Ok(())
}

/// Removes it with all that is in it.
pub fn remove(job: &Job) -> Result<(), Error> {
    #[cfg(target_os = "linux")]
    if job.mounts {
        let _ = rustix::mount::unmount(work(job), rustix::mount::UnmountFlags::DETACH);
    }
    disk::remove_scratch(&job.scratch)
}

/// What can't be mounted stays the folder that it is.
#[cfg(target_os = "linux")]
fn mount(job: &Job) {
    use rustix::mount::MountFlags;

    let Ok(size) = std::ffi::CString::new(format!("size={},mode=0700", job.limits.folder)) else {
        return;
    };
    let flags = MountFlags::NOSUID | MountFlags::NODEV;
    for folder in [work(job), PathBuf::from("/dev/shm")] {
        let _ = rustix::mount::mount("tmpfs", folder, "tmpfs", flags, size.as_c_str());
    }
}
