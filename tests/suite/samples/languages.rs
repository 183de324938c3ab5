//! Languages that handbook.yaml names, and programs that are missing.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use insta::assert_snapshot;

use super::Samples;

const SH: &str = "samples:\n  sh: { command: [sh, '{file}'], timeout: 5 }";

#[test]
fn nothing_is_known_of_other_languages() {
    let samples = Samples::new("```sh\nexit 1\n```\n\n```output\n2\n```");
    assert_snapshot!(samples.test(&[]), @r"
    0 samples
    exit 0
    ");
}

#[test]
fn a_language_has_several_names() {
    let fence = |name: &str| format!("```{name}\necho 1\n```\n\n```output\n1\n```\n\n");
    let run = |body: &str, config: &str| Samples::new(body).config(config).test(&[]).0;
    let body = ["js", "javascript", "JavaScript", "node"]
        .map(fence)
        .concat();
    let all = "4 samples: 4 run\nexit 0";
    let config = "samples: { javascript: { command: [sh, '{file}'] } }";
    assert_eq!(run(&body, config), all);
    assert_eq!(run(&body, &config.replace("javascript", "js")), all);
    // Its own name comes first, and what is no language is none.
    let both = "samples: { js: { command: ['false', '{file}'] }, javascript: { command: [sh, '{file}'] } }";
    let tried = run(&(fence("javascript") + &fence("text")), both);
    assert!(tried.starts_with("1 sample: 1 run"), "{tried}");
    // Python by another name is Python.
    let config = "samples: { py: { command: [python3, -I, '{file}'], timeout: 7 } }";
    let tried = run(
        "```python\nwhile True: pass\n```\n\n```output\n```\n\n```py\nx = = 1\n```",
        config,
    );
    assert!(
        tried.contains("after 7 seconds") && tried.contains("V0701"),
        "{tried}"
    );
    // What is lexed as Python is not all Python 3.
    let tried = run("```python2\nprint 1\n```", "");
    assert_eq!(tried, "0 samples\nexit 0");
}

#[test]
fn samples_of_another_language() {
    let samples = Samples::new(
        r#"
```sh
echo one
```

```output
one
```

```sh
echo two
echo aside >&2
```

```output
three
```

```sh
echo before
exit 3
```

```output
before
```

```sh raises=Trouble
echo "Trouble: it is so" >&2
exit 1
```

```sh raises=Trouble
echo fine
```

```sh
if
```

```SH
echo name
name=Viva
```

```output
name
```

```sh continues
echo "$name"
```

```output
Viva
```
"#,
    )
    .config(SH);
    assert_snapshot!(samples.test(&["--verbose"]).0.replace(": yes", ": …").replace(": no,", ": …,").replace(": no\n", ": …\n"), @r#"
    error[V0702]: the sample prints something else
      --> content/pages/samples.md:18:1
       |
    12 | ```sh
       | ----- this sample
    ...
    18 | three
       | ^^^^^ the sample prints `two`
       |
       = note: the page says (-), the sample prints (+)
               - three
               + two
       = help: correct the sample or its output; `viva test --update` writes the output anew

    error[V0705]: the sample ends with the exit code 3
      --> content/pages/samples.md:21:1
       |
    21 | ```sh
       | ^^^^^
       |
       = help: mend the sample, or say with `norun="reason"` why it can't be run

    error[V0703]: the sample ends without an exception, not with `Trouble`
      --> content/pages/samples.md:35:7
       |
    35 | ```sh raises=Trouble
       |       ^^^^^^^^^^^^^^
       |
       = help: name the exception that the sample ends with, or remove `raises`

    error: 3 errors; `viva explain CODE` tells more
    content/pages/samples.md:39: skipped: nothing says what comes of it, and there is no `check` for `sh`
    samples run with a network of their own: …, with process numbers of their own: …, without writing outside their folder: …, without changing what is there: …, without others' sockets in /run and /tmp: …
    8 samples: 3 wrong, 4 run, 1 skipped
    exit 1
    "#);
}

#[test]
fn a_language_with_a_check() {
    let samples = Samples::new(
        "```sh\nif true; then echo; fi\n```\n\n```sh\nif\n```\n\n```sh norun=\"it deletes files\"\nif\n```",
    )
    .config("samples:\n  sh: { command: [sh, '{file}'], check: [sh, -n, '{file}'] }");
    let tried = samples.test(&[]).0;
    assert_eq!(
        tried.matches("error[V0701]: the sample is no sh").count(),
        2,
        "{tried}"
    );
    assert!(
        tried.contains("samples.md:8:1") && tried.contains("samples.md:12:1"),
        "{tried}"
    );
    assert!(
        tried.ends_with("3 samples: 2 wrong, 1 compiled\nexit 1"),
        "{tried}"
    );
}

#[test]
fn a_check_tells_the_line() {
    let samples = Samples::new(
        "```sh\necho\n```\n\n> ```sh continues\n> echo\n> fi\n> ```\n\n```odd\n```",
    )
    .config(
        "samples:\n  sh: { command: [sh, '{file}'], check: [sh, -n, '{file}'] }\n  odd: { command: [sh, '{file}'], check: [sh, -c, 'echo; echo \"$PWD/{file}:1:1: it is so\"; echo \"SyntaxError: odd\"; exit 1'] }",
    );
    assert_snapshot!(samples.test(&[]), @r#"
    error[V0701]: the sample is no sh: Syntax error: "fi" unexpected
      --> content/pages/samples.md:10:3
       |
    10 | > fi
       |   ^^
       |
       = help: correct it, or name it another language, such as `text`

    error[V0701]: the sample is no odd: SyntaxError: odd
      --> content/pages/samples.md:13:1
       |
    13 | ```odd
       | ^^^^^^
       |
       = note: it printed
               sample.odd:1:1: it is so
               SyntaxError: odd
       = help: correct it, or name it another language, such as `text`

    error: 2 errors; `viva explain CODE` tells more
    3 samples: 2 wrong, 1 compiled
    exit 1
    "#);
}

#[test]
fn a_program_of_the_handbook() {
    let samples = Samples::new("```loud requires=\"loud>=2\"\nhello\n```\n\n```output\nHELLO\n```")
        .config("samples:\n  loud: { command: [tools/loud, '{file}'] }")
        .file(
            "tools/loud",
            "#!/bin/sh\nif [ \"$1\" = --version ]; then echo loud 2.7.1; else tr a-z A-Z < \"$1\"; fi\n",
        );
    let program = samples.site.path("tools/loud");
    fs::set_permissions(program, PermissionsExt::from_mode(0o755)).unwrap();
    assert_snapshot!(samples.test(&[]), @r"
    1 sample: 1 run
    exit 0
    ");
}

#[test]
fn a_missing_program_is_said_once() {
    let samples = Samples::new(
        "```sh\necho\n```\n\n```output\n\n```\n\n```none\n1\n```\n\n```none\n2\n```\n\n```other\n3\n```\n\n```sh\necho 1\n```\n\n```output\n2\n```",
    )
    .config(&format!(
        "{SH}\n  none: {{ command: [viva-none, '{{file}}'] }}\n  other: {{ command: [./viva-other, '{{file}}'] }}"
    ));
    assert_snapshot!(samples.test(&[]), @r"
    error[V0702]: the sample prints something else
      --> content/pages/samples.md:29:1
       |
    24 | ```sh
       | ----- this sample
    ...
    29 | 2
       | ^ the sample prints `1`
       |
       = note: the page says (-), the sample prints (+)
               - 2
               + 1
       = help: correct the sample or its output; `viva test --update` writes the output anew

    error: 1 error; `viva explain CODE` tells more
    5 samples: 1 wrong, 1 run, 3 not tried
    error: `viva-none`, which runs samples of `none`, is not installed; `./viva-other`, which runs samples of `other`, is not installed
    exit 2
    ");
}

#[test]
fn a_program_without_samples_may_be_missing() {
    let samples = Samples::new("```python\nprint(1)\n```")
        .config("samples:\n  none: { command: [viva-none, '{file}'] }");
    assert_snapshot!(samples.test(&[]), @r"
    1 sample: 1 compiled
    exit 0
    ");
}

#[test]
fn a_program_that_does_not_tell_its_version() {
    let samples = Samples::new(
        "```silent\n1\n```\n\n```silent requires=\"silent>=1\"\n1\n```\n\n```python\nprint(1)\n```",
    )
    .config("samples:\n  silent: { command: [tools/silent, '{file}'] }\n  python: { command: [tools/silent, '{file}'] }")
    .file("tools/silent", "#!/bin/sh\necho no version here >&2\nexit 1\n");
    let program = samples.site.path("tools/silent");
    fs::set_permissions(program, PermissionsExt::from_mode(0o755)).unwrap();
    assert_snapshot!(samples.test(&[]), @r"
    3 samples: 3 not tried
    error: `tools/silent` does not tell its version: no version here
    exit 2
    ");
}

#[test]
fn limits_that_are_none() {
    let samples = Samples::new("Nothing.").config(
        "samples:\n  python: { command: [python3, '{file}'], timeout: 0, memory: 1 }\n  sh: { command: [sh], check: [sh, -n] }",
    );
    assert_snapshot!(samples.test(&[]), @r#"
    error[V0111]: `timeout` must be from 1 to 600, not 0
      --> content/handbook.yaml:15:52
       |
    15 |   python: { command: [python3, '{file}'], timeout: 0, memory: 1 }
       |                                                    ^

    error[V0111]: `memory` must be from 64 to 16384, not 1
      --> content/handbook.yaml:15:63
       |
    15 |   python: { command: [python3, '{file}'], timeout: 0, memory: 1 }
       |                                                               ^

    error[V0111]: the command does not say where the sample's file goes
      --> content/handbook.yaml:16:9
       |
    16 |   sh: { command: [sh], check: [sh, -n] }
       |         ^^^^^^^
       |
       = help: add an argument "{file}"

    error: 3 errors; `viva explain CODE` tells more
    exit 1
    "#);
}
