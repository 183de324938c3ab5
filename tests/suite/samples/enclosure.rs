//! What a sample sees and reaches of the system that it runs on.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;

use insta::assert_snapshot;

use super::{Samples, Tried};

/// A page with one sample, and what it prints.
fn samples(code: &str, output: &str) -> Samples {
    Samples::new(&format!(
        "```python\n{}\n```\n\n```output\n{output}```\n",
        code.trim()
    ))
}

/// `viva test` where programs that make namespaces are not installed.
fn without_namespaces(samples: &Samples, args: &[&str]) -> Tried {
    let programs = tempfile::tempdir().unwrap();
    symlink("/bin/sh", programs.path().join("sh")).unwrap();
    // What stands on the path may be a script that needs others.
    let python = Command::new("python3")
        .args(["-c", "import sys; print(sys.executable)"])
        .output()
        .unwrap();
    let python = String::from_utf8(python.stdout).unwrap();
    program(
        &programs.path().join("python3"),
        &format!("exec {} \"$@\"", python.trim()),
    );
    samples.tried(samples.command(args).env("PATH", programs.path()))
}

/// A script of the shell.
fn program(file: &Path, text: &str) {
    fs::write(file, format!("#!/bin/sh\n{text}\n")).unwrap();
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn the_folder_has_the_same_name_in_each_run() {
    let code = "
import os, sys, traceback
print(__file__, os.getcwd(), os.environ['HOME'])
try:
    1 / 0
except ZeroDivisionError:
    traceback.print_exc(file=sys.stdout)
";
    let output = "\
/run/sample/sample.py /run/sample /run/sample
Traceback (most recent call last):
  File \"/run/sample/sample.py\", line 4, in <module>
    1 / 0
    ~~^~~
ZeroDivisionError: division by zero
";
    let samples = samples(code, "");
    assert!(samples.test(&["--update"]).0.contains("updated"));
    let text = samples.text();
    // Older versions of Python underline less.
    let marks = "    ~~^~~\n";
    assert!(
        text.replace(marks, "").contains(&output.replace(marks, "")),
        "{text}"
    );
    assert_eq!(samples.test(&[]).0, "1 sample: 1 run\nexit 0");
    let tried = without_namespaces(&samples, &[]).0;
    assert_eq!(tried, "1 sample: 1 run\nexit 0");
    // The same where another one goes before it.
    let text = text.replacen(
        "```python\n",
        "```python\npass\n```\n\n```python continues\n",
        1,
    );
    samples.site.write(super::PAGE, text);
    let tried = samples.test(&[]).0;
    assert_eq!(tried, "2 samples: 1 run, 1 compiled\nexit 0");
}

#[test]
fn modes_and_times_outside_stay() {
    let code = "
import os
old = os.stat('/')
for change in [
    lambda: os.chmod('/', old.st_mode & 0o7777),
    lambda: os.utime('/', ns=(old.st_atime_ns, old.st_mtime_ns)),
    lambda: [os.setxattr('/', 'user.viva', b''), os.removexattr('/', 'user.viva')],
]:
    try:
        change()
        print('changed')
    except OSError:
        print('kept')
";
    let samples = samples(code, "kept\nkept\nkept\n");
    let tried = samples.test(&["--verbose"]).0;
    if tried.contains("without changing what is there: yes") {
        assert!(tried.ends_with("1 sample: 1 run\nexit 0"), "{tried}");
    }
    let tried = without_namespaces(&samples, &["--verbose"]).0;
    assert!(
        tried.contains("without changing what is there: no"),
        "{tried}"
    );
}

#[test]
fn sockets_of_others_are_out_of_reach() {
    let folder = tempfile::tempdir_in("/tmp").unwrap();
    let socket = folder.path().join("socket");
    let listener = UnixListener::bind(&socket).unwrap();
    listener.set_nonblocking(true).unwrap();
    let code = format!(
        "
import socket
try:
    socket.socket(socket.AF_UNIX).connect({:?})
    print('connected')
except OSError:
    print('alone')
",
        socket.to_str().unwrap()
    );
    let samples = samples(&code, "alone\n");
    let tried = samples.test(&["--verbose"]).0;
    if tried.contains("without others' sockets in /run and /tmp: yes") {
        assert!(tried.ends_with("1 sample: 1 run\nexit 0"), "{tried}");
        assert!(listener.accept().is_err(), "nobody called");
    }
    let tried = without_namespaces(&samples, &["--verbose"]).0;
    assert!(
        tried.contains("without others' sockets in /run and /tmp: no"),
        "{tried}"
    );
}

#[test]
fn a_program_in_a_hidden_folder_is_found_and_the_sockets_told() {
    let folder = tempfile::tempdir_in("/tmp").unwrap();
    let file = folder.path().join("python");
    program(&file, "exec python3 \"$@\"");
    let samples = Samples::new("```own\nprint(1)\n```\n\n```output\n1\n```").config(&format!(
        "samples: {{ own: {{ command: [{}, '{{file}}'] }} }}",
        file.display()
    ));
    let tried = samples.test(&["--verbose"]).0;
    assert!(
        tried.contains("sockets in /run and /tmp: no") && tried.ends_with("1 run\nexit 0"),
        "{tried}"
    );
}

#[test]
fn descriptors_are_not_inherited() {
    let code = "
import os
def is_open(number):
    try:
        os.fstat(number)
        return True
    except OSError:
        return False
print([number for number in range(3, 100) if is_open(number)])
";
    let samples = samples(code, "[]\n");
    let viva = samples.command(&[]);
    let mut shell = Command::new("sh");
    shell
        .args(["-c", "exec 7<&0 8</dev/null; exec \"$@\"", "sh"])
        .arg(viva.get_program())
        .args(viva.get_args())
        .env("TMPDIR", samples.temp.path());
    assert_snapshot!(samples.tried(&mut shell), @r"
    1 sample: 1 run
    exit 0
    ");
}
