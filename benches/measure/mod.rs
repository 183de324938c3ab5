//! Running a command and what it took, folders and the table of results.

pub mod contest;
pub mod options;

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;
use wait4::Wait4;

/// What one run took.
#[derive(Clone, Copy)]
pub struct Run {
    /// Seconds on the clock.
    pub wall: f64,
    /// Seconds of all cores, in the program and in the kernel for it.
    pub cpu: f64,
    /// Peak resident memory in MiB, of the largest process.
    pub memory: f64,
    /// Seconds that `cp -r` takes for the finished site.
    pub copy: f64,
}

/// Files of a folder, with all below it.
#[derive(Clone, Copy, Default)]
pub struct Tree {
    pub files: usize,
    pub bytes: u64,
}

/// Runs a command to its end. Its standard error goes to the file `log`, so
/// that neither a pipe nor a terminal slows it.
pub fn run(command: &mut Command, log: &Path) -> io::Result<Run> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(File::create(log)?);
    let program = command.get_program().to_string_lossy().into_owned();
    let start = Instant::now();
    let mut child = command
        .spawn()
        .map_err(|error| io::Error::other(format!("{program}: {error}")))?;
    let used = child.wait4()?;
    let wall = start.elapsed().as_secs_f64();
    if !used.status.success() {
        let text = fs::read_to_string(log).unwrap_or_default();
        let lines: Vec<_> = text.lines().collect();
        let end = lines[lines.len().saturating_sub(30)..].join("\n");
        return Err(io::Error::other(format!(
            "{program}: {}\n{end}",
            used.status
        )));
    }
    let usage = used.rusage;
    let cpu = (usage.utime + usage.stime).as_secs_f64();
    Ok(Run {
        wall,
        cpu,
        memory: usage.maxrss as f64 / f64::from(1 << 20),
        copy: 0.0,
    })
}

/// Seconds that `cp -r` takes from one folder to a new one, which is deleted again.
pub fn copy(from: &Path, to: &Path, log: &Path) -> io::Result<f64> {
    remove(to)?;
    let took = run(Command::new("cp").arg("-r").args([from, to]), log)?;
    remove(to)?;
    Ok(took.wall)
}

/// Deletes a folder, if there is one.
pub fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(io::Error::other(format!("{}: {error}", folder.display())))
        }
        _ => Ok(()),
    }
}

/// Counts the files of a folder.
pub fn tree(folder: &Path) -> io::Result<Tree> {
    let mut total = Tree::default();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            let below = tree(&entry.path())?;
            total.files += below.files;
            total.bytes += below.bytes;
        } else {
            total.files += 1;
            total.bytes += entry.metadata()?.len();
        }
    }
    Ok(total)
}

/// The type of the file system that holds a folder, as far as the system tells.
pub fn file_system(folder: &Path) -> String {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let mounts = fs::read_to_string("/proc/mounts").unwrap_or_default();
    let holding = mounts.lines().filter_map(|line| {
        let mut fields = line.split(' ').skip(1);
        let (point, kind) = (fields.next()?, fields.next()?);
        folder.starts_with(point).then_some((point.len(), kind))
    });
    // Of two mounts at one place the later one is seen.
    holding
        .max_by_key(|&(length, _)| length)
        .map_or("a file system of unknown type", |(_, kind)| kind)
        .to_owned()
}

/// The load of the machine, to tell a quiet run from a disturbed one.
pub fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ')
        .next()
        .filter(|load| !load.is_empty())
        .unwrap_or("unknown")
        .to_owned()
}

/// The middle of some figures.
pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    let (lower, upper) = (figures.len().saturating_sub(1) / 2, figures.len() / 2);
    match figures.get(upper) {
        Some(upper) => f64::midpoint(figures[lower], *upper),
        None => f64::NAN,
    }
}

/// A table with its first column to the left and the others to the right.
pub fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell: &String| cell.chars().count())
            .max()
    };
    let widths: Vec<_> = (0..columns)
        .map(|column| width(column).unwrap_or(0))
        .collect();
    let lines = rows.iter().map(|row| {
        let cells =
            row.iter()
                .zip(&widths)
                .enumerate()
                .map(|(column, (cell, width))| match column {
                    0 => format!("{cell:<width$}"),
                    _ => format!("{cell:>width$}"),
                });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    });
    lines.collect()
}
