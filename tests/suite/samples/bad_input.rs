//! Samples that do what no sample should: they are stopped, it is said, the others go on, and
//! nothing is left behind.
//!
//! Each of them also stops by itself, later than Viva stops it, so that a mistake in Viva costs
//! these tests some seconds and not the machine.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::thread;
use std::time::{Duration, Instant};

use insta::assert_snapshot;

use super::{Samples, Tried, processes_of};

/// Limits that are soon reached.
fn limits(mebibytes: u32) -> String {
    format!(
        "samples:\n  python: {{ command: [python3, -I, '{{file}}'], timeout: 3, memory: {mebibytes} }}"
    )
}

/// A sample that nothing is wrong with, after the bad one.
const GOOD: &str = "\
```python
print('goes on')
```

```output
goes on
```
";

fn samples(code: &str, output: &str) -> Samples {
    samples_within(128, code, output)
}

fn samples_within(mebibytes: u32, code: &str, output: &str) -> Samples {
    let output = output.trim_start_matches('\n');
    Samples::new(&format!(
        "```python\n{}\n```\n\n```output\n{output}```\n\n{GOOD}",
        code.trim()
    ))
    .config(&limits(mebibytes))
}

/// What is said where the system can shut samples in, and where it can't: the same.
fn bad(code: &str) -> Tried {
    bad_with(code, "")
}

fn bad_with(code: &str, output: &str) -> Tried {
    bad_within(128, code, output)
}

fn bad_within(mebibytes: u32, code: &str, output: &str) -> Tried {
    let start = Instant::now();
    let here = samples_within(mebibytes, code, output).test(&[]);
    let there = {
        let samples = samples_within(mebibytes, code, output);
        let tools = samples.site.path("tools");
        fs::create_dir(&tools).unwrap();
        let refuses = tools.join("unshare");
        fs::write(&refuses, "#!/bin/sh\nexit 1\n").unwrap();
        fs::set_permissions(&refuses, PermissionsExt::from_mode(0o755)).unwrap();
        let path = std::env::var("PATH").unwrap();
        samples.tried(
            samples
                .command(&[])
                .env("PATH", format!("{}:{path}", tools.display())),
        )
    };
    let time = start.elapsed();
    assert!(time < Duration::from_secs(40), "{time:?}");
    assert_eq!(here.0, there.0);
    here
}

#[test]
fn loops_for_ever() {
    assert_snapshot!(bad("
import time
print('first', flush=True)
start = time.monotonic()
while time.monotonic() - start < 30:
    pass
"), @r#"
    error[V0704]: the sample was stopped: it was not done after 3 seconds
     --> content/pages/samples.md:4:1
      |
    4 | ```python
      | ^^^^^^^^^
      |
      = note: it printed
              first
      = help: make the sample smaller, or say with `norun="reason"` why it can't be run

    error: 1 error; `viva explain CODE` tells more
    2 samples: 1 wrong, 1 run
    exit 1
    "#);
}

#[test]
fn sleeps_for_ever() {
    assert_snapshot!(bad("
import signal
import time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
time.sleep(30)
"), @r#"
    error[V0704]: the sample was stopped: it was not done after 3 seconds
     --> content/pages/samples.md:4:1
      |
    4 | ```python
      | ^^^^^^^^^
      |
      = help: make the sample smaller, or say with `norun="reason"` why it can't be run

    error: 1 error; `viva explain CODE` tells more
    2 samples: 1 wrong, 1 run
    exit 1
    "#);
}

#[test]
fn forks_and_forks() {
    assert_snapshot!(bad_within(4096, "
import os
import time
for _ in range(7):
    os.fork()
time.sleep(15)
", ""), @r#"
    error[V0704]: the sample was stopped: it had more than 64 processes
     --> content/pages/samples.md:4:1
      |
    4 | ```python
      | ^^^^^^^^^
      |
      = help: make the sample smaller, or say with `norun="reason"` why it can't be run

    error: 1 error; `viva explain CODE` tells more
    2 samples: 1 wrong, 1 run
    exit 1
    "#);
}

#[test]
fn forks_out_of_its_session() {
    assert_snapshot!(bad_within(4096, "
import os
import time
for _ in range(7):
    if os.fork() == 0:
        os.setsid()
time.sleep(15)
", ""), @r#"
    error[V0704]: the sample was stopped: it had more than 64 processes
     --> content/pages/samples.md:4:1
      |
    4 | ```python
      | ^^^^^^^^^
      |
      = help: make the sample smaller, or say with `norun="reason"` why it can't be run

    error: 1 error; `viva explain CODE` tells more
    2 samples: 1 wrong, 1 run
    exit 1
    "#);
}

#[test]
fn eats_memory() {
    assert_snapshot!(bad("
blocks = []
for _ in range(64):
    blocks.append(bytearray(16 * 2**20))
"), @r#"
    error[V0704]: the sample was stopped: it took more than 128 MiB of memory
     --> content/pages/samples.md:4:1
      |
    4 | ```python
      | ^^^^^^^^^
      |
      = help: make the sample smaller, or say with `norun="reason"` why it can't be run

    error: 1 error; `viva explain CODE` tells more
    2 samples: 1 wrong, 1 run
    exit 1
    "#);
}

#[test]
fn eats_memory_in_many_processes() {
    assert_snapshot!(bad("
import os
import time
for _ in range(3):
    os.fork()
block = bytearray(48 * 2**20)
time.sleep(15)
"), @r#"
    error[V0704]: the sample was stopped: it took more than 128 MiB of memory
     --> content/pages/samples.md:4:1
      |
    4 | ```python
      | ^^^^^^^^^
      |
      = help: make the sample smaller, or say with `norun="reason"` why it can't be run

    error: 1 error; `viva explain CODE` tells more
    2 samples: 1 wrong, 1 run
    exit 1
    "#);
}

#[test]
fn writes_a_large_file() {
    assert_snapshot!(bad("
with open('large', 'wb') as file:
    for _ in range(64):
        file.write(bytes(2**20))
"), @r#"
    error[V0704]: the sample was stopped: it wrote a file of more than 16 MiB
     --> content/pages/samples.md:4:1
      |
    4 | ```python
      | ^^^^^^^^^
      |
      = help: make the sample smaller, or say with `norun="reason"` why it can't be run

    error: 1 error; `viva explain CODE` tells more
    2 samples: 1 wrong, 1 run
    exit 1
    "#);
}

#[test]
fn writes_outside_its_folder() {
    let code = "
for path in ['../stray', '../../stray', 'content/stray', '../../../stray']:
    try:
        with open(path, 'w') as file:
            file.write('x')
    except OSError:
        pass
with open('inside', 'w') as file:
    print(file.write('x'))
";
    assert_snapshot!(bad_with(code, "1\n"), @r"
    2 samples: 2 run
    exit 0
    ");
    let samples = samples(code, "1\n");
    let before = samples.site.names();
    samples.test(&[]);
    assert_eq!(samples.site.names(), before);
    assert!(!samples.site.path("content/stray").exists());
    let above = samples.temp.path().parent().unwrap().join("stray");
    assert!(!above.exists());
}

#[test]
fn writes_where_it_is_told() {
    let samples = samples("pass", "");
    if !samples
        .test(&["--verbose"])
        .0
        .contains("outside their folder: yes")
    {
        // This system can't forbid it, and says so.
        return;
    }
    let file = samples.site.path("content/pages/new.md");
    // It may be out of sight, too.
    let code = format!(
        "try:\n    open({:?}, 'w')\nexcept OSError:\n    print('kept')",
        file.to_str().unwrap()
    );
    let body = format!("```python\n{code}\n```\n\n```output\nkept\n```\n");
    let samples = samples.file(super::PAGE, &crate::site::page("Samples", &body));
    assert_snapshot!(samples.test(&[]), @r"
    1 sample: 1 run
    exit 0
    ");
    assert!(!file.exists());
}

#[test]
fn asks_the_network() {
    let samples = samples("pass", "");
    if !samples
        .test(&["--verbose"])
        .0
        .contains("network of their own: yes")
    {
        return;
    }
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let code = format!("import socket\nsocket.create_connection(('127.0.0.1', {port}), 5)");
    let body = format!("```python raises=PermissionError\n{code}\n```\n");
    let samples = samples.file(super::PAGE, &crate::site::page("Samples", &body));
    let tried = samples.test(&[]).0;
    assert!(
        tried.ends_with("1 sample: 1 run\nexit 0") || tried.contains("unreachable"),
        "{tried}"
    );
    listener.set_nonblocking(true).unwrap();
    assert!(listener.accept().is_err(), "nobody called");
}

#[test]
fn prints_a_gigabyte() {
    assert_snapshot!(bad("
for number in range(2**14):
    print('x' * 2**16)
"), @r#"
    error[V0704]: the sample was stopped: it printed more than 1 MiB
     --> content/pages/samples.md:4:1
      |
    4 | ```python
      | ^^^^^^^^^
      |
      = note: it printed
              xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
      = help: make the sample smaller, or say with `norun="reason"` why it can't be run

    error: 1 error; `viva explain CODE` tells more
    2 samples: 1 wrong, 1 run
    exit 1
    "#);
}

#[test]
fn prints_a_gigabyte_of_errors() {
    assert_snapshot!(bad("
import sys
for number in range(2**14):
    print('x' * 2**16, file=sys.stderr)
"), @r#"
    error[V0704]: the sample was stopped: it printed more than 1 MiB
     --> content/pages/samples.md:4:1
      |
    4 | ```python
      | ^^^^^^^^^
      |
      = note: it printed
              xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
      = help: make the sample smaller, or say with `norun="reason"` why it can't be run

    error: 1 error; `viva explain CODE` tells more
    2 samples: 1 wrong, 1 run
    exit 1
    "#);
}

#[test]
fn prints_bytes_that_are_no_text() {
    assert_snapshot!(bad_with("
import sys
sys.stdout.buffer.write(b'\\x00\\xff\\x1b[31mred\\n')
print('\\u202egnp')
", "red\n"), @r"
    error[V0702]: the sample prints something else
      --> content/pages/samples.md:11:1
       |
     4 | ```python
       | --------- this sample
    ...
    11 | red
       | ^^^ the sample prints `\u{0}\xff\u{1b}[31mred`
       |
       = note: the page says (-), the sample prints (+)
               - red
               + \u{0}\xff\u{1b}[31mred
               + \u{202e}gnp
       = help: print text: what is escaped here can't stand in a page

    error: 1 error; `viva explain CODE` tells more
    2 samples: 1 wrong, 1 run
    exit 1
    ");
}

#[test]
fn waits_for_input() {
    assert_snapshot!(bad("name = input()"), @r"
    error[V0702]: the sample prints something else
     --> content/pages/samples.md:9:1
      |
    5 | name = input()
      | -------------- this line raises the exception
    ...
    9 | ```
      | ^^^ the sample goes on with `EOFError: EOF when reading a line`
      |
      = note: the page says (-), the sample prints (+)
              + EOFError: EOF when reading a line
      = help: correct the sample or its output; `viva test --update` writes the output anew

    error: 1 error; `viva explain CODE` tells more
    2 samples: 1 wrong, 1 run
    exit 1
    ");
}

#[test]
fn leaves_a_child_behind() {
    assert_snapshot!(bad("
import subprocess
subprocess.Popen(['sleep', '30'])
"), @r"
    error[V0704]: the sample was stopped: it left a process behind that did not end
     --> content/pages/samples.md:4:1
      |
    4 | ```python
      | ^^^^^^^^^
      |
      = help: wait in the sample for what it starts

    error: 1 error; `viva explain CODE` tells more
    2 samples: 1 wrong, 1 run
    exit 1
    ");
}

#[test]
fn leaves_a_child_behind_that_left_its_session() {
    assert_snapshot!(bad("
import os
import time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.chdir('/')
        time.sleep(30)
    os._exit(0)
os.wait()
"), @r"
    error[V0704]: the sample was stopped: it left a process behind that did not end
     --> content/pages/samples.md:4:1
      |
    4 | ```python
      | ^^^^^^^^^
      |
      = help: wait in the sample for what it starts

    error: 1 error; `viva explain CODE` tells more
    2 samples: 1 wrong, 1 run
    exit 1
    ");
}

#[test]
fn is_always_somebody_else() {
    assert_snapshot!(bad("
import os
import time
start = time.monotonic()
while time.monotonic() - start < 6:
    if os.fork() > 0:
        os._exit(0)
    os.setsid()
"), @r"
    error[V0704]: the sample was stopped: it left a process behind that did not end
     --> content/pages/samples.md:4:1
      |
    4 | ```python
      | ^^^^^^^^^
      |
      = help: wait in the sample for what it starts

    error: 1 error; `viva explain CODE` tells more
    2 samples: 1 wrong, 1 run
    exit 1
    ");
}

#[test]
fn waits_for_what_it_starts() {
    assert_snapshot!(bad_with("
import subprocess
from multiprocessing import get_context

def double(number):
    return 2 * number

with get_context('fork').Pool(2) as pool:
    print(pool.map(double, [1, 2]))
subprocess.run(['sleep', '0.1'])
", "[2, 4]\n"), @r"
    2 samples: 2 run
    exit 0
    ");
}

#[test]
fn locks_its_folder() {
    assert_snapshot!(bad_with("
import os
os.makedirs('a/b')
open('a/b/c', 'w').close()
os.chmod('a/b/c', 0)
os.chmod('a/b', 0o500)
os.chmod('a', 0)
os.chmod('.', 0)
", ""), @r"
    2 samples: 2 run
    exit 0
    ");
}

#[test]
fn ends_by_a_signal() {
    assert_snapshot!(bad("
import os
print('before', flush=True)
os.abort()
"), @r#"
    error[V0705]: the sample is ended by the signal 6
     --> content/pages/samples.md:4:1
      |
    4 | ```python
      | ^^^^^^^^^
      |
      = note: it printed
              before
      = help: mend the sample, or say with `norun="reason"` why it can't be run

    error: 1 error; `viva explain CODE` tells more
    2 samples: 1 wrong, 1 run
    exit 1
    "#);
}

#[test]
fn kills_its_parent() {
    let samples = samples(
        "
import os
import signal
try:
    os.kill(os.getppid(), signal.SIGKILL)
except PermissionError:
    pass
print('alive')
",
        "alive\n",
    );
    let tried = samples.test(&[]).0;
    // Where the system protects the parent, there is nothing to say.
    assert!(
        tried.contains("2 samples: 2 run")
            || tried.contains("V0705") && tried.contains("2 samples: 1 wrong, 1 run"),
        "{tried}"
    );
}

#[test]
fn ends_with_viva() {
    let samples = samples("import time\ntime.sleep(20)", "");
    let mut viva = samples.command(&[]).spawn().unwrap();
    let soon = |what: &str, is: &dyn Fn() -> bool| {
        let start = Instant::now();
        while !is() {
            assert!(start.elapsed() < Duration::from_secs(15), "{what}");
            thread::sleep(Duration::from_millis(10));
        }
    };
    // Its folder may have the same name as others'.
    let is_sample = |process: &u32| {
        let words = fs::read(format!("/proc/{process}/cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&words).contains("\0sample.py")
    };
    let started = || descendants(viva.id()).into_iter().find(is_sample);
    soon("the sample starts", &|| started().is_some());
    let sample = started().unwrap();
    viva.kill().unwrap();
    viva.wait().unwrap();
    let gone = || {
        processes_of(samples.temp.path()).is_empty()
            && fs::read_dir(samples.temp.path()).unwrap().next().is_none()
            && !is_sample(&sample)
    };
    soon("the sample and its folder go", &gone);
}

/// Children, their children, and so on.
fn descendants(process: u32) -> Vec<u32> {
    let mut found = vec![process];
    let mut next = 0;
    while let Some(process) = found.get(next) {
        let tasks = fs::read_dir(format!("/proc/{process}/task"));
        let children = tasks
            .into_iter()
            .flatten()
            .filter_map(|task| fs::read_to_string(task.ok()?.path().join("children")).ok());
        let children: Vec<u32> = children
            .flat_map(|list| {
                list.split_whitespace()
                    .map(|id| id.parse().unwrap())
                    .collect::<Vec<_>>()
            })
            .collect();
        found.extend(children);
        next += 1;
    }
    found
}
