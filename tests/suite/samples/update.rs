//! `viva test --update` writes what samples print into their fences, and changes nothing else.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use insta::assert_snapshot;

use super::{PAGE, Samples};

#[test]
fn outputs_are_written_and_then_true() {
    let samples = Samples::new(
        r"
```python
print(1)
print(2)
```

```output
1
```

- In a list:

  ```python
  x = 'a'
  x.upper(
  ).missing
  ```

  ~~~output
  whatever
  ~~~

```python
print('```')
```
```output
```
",
    );
    assert_snapshot!(samples.test(&["--update"]), @r"
    updated content/pages/samples.md
    3 samples: 3 run
    exit 0
    ");
    assert_snapshot!(samples.text(), @r"
    ---
    title: Samples
    ---
    ```python
    print(1)
    print(2)
    ```

    ```output
    1
    2
    ```

    - In a list:

      ```python
      x = 'a'
      x.upper(
      ).missing
      ```

      ~~~output
      AttributeError: 'str' object has no attribute 'missing'
      ~~~

    ```python
    print('```')
    ```
    ````output
    ```
    ````
    ");
    assert_snapshot!(samples.test(&["--update"]), @r"
    3 samples: 3 run
    exit 0
    ");
}

#[test]
fn bytes_around_them_stay() {
    let samples = Samples::new("");
    let page = |output: &str| {
        format!(
            "\u{feff}---\r\ntitle: Samples\r\n---\r\nA\u{a0}b  \r\n\r\n```python\r\nprint(1)\r\n```\r\n\r\n```output\r\n{output}\r\n```\r\n\n\nno line end"
        )
    };
    let samples = samples.file(PAGE, &page("2"));
    let file = samples.site.path(PAGE);
    fs::set_permissions(&file, PermissionsExt::from_mode(0o640)).unwrap();
    let tried = samples.test(&["--update"]).0;
    assert!(tried.ends_with("exit 0"), "{tried}");
    assert_eq!(samples.text(), page("1"));
    let mode = fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[test]
fn the_answer_of_a_prediction_is_written() {
    let mut samples = Samples::new("Nothing.");
    samples.site = samples.site.question("junior/lists", |question| {
        question
            .set("title", "What is printed?")
            .set("kind", "predict-output")
            .candidate("```python\nprint(1)\n```")
            .answer("```output\n2\n```")
    });
    assert_snapshot!(samples.test(&["--update"]), @r"
    updated content/python/junior/lists.md
    1 sample: 1 run
    exit 0
    ");
    let path = samples.site.path("content/python/junior/lists.md");
    let text = fs::read_to_string(path).unwrap();
    assert!(text.ends_with("```output\n1\n```\n"), "{text}");
}

#[test]
fn what_is_wrong_otherwise_is_not_written() {
    let body = r#"
```python
while True:
    print(1)
```

```output
stopped
```

```python raises=KeyError
print(1)
```

```output
another end
```

```python
print('\033[1m')
```

```output
escaped
```

```python norun="no"
print(1)
```

```output
not run
```

```python
print('\u2067')
```

```output
refused by the check
```
"#;
    let samples = Samples::new(body);
    let before = samples.text();
    assert_snapshot!(samples.test(&["--update"]), @r#"
    error[V0704]: the sample was stopped: it printed more than 1 MiB
     --> content/pages/samples.md:4:1
      |
    4 | ```python
      | ^^^^^^^^^
      |
      = note: it printed
              1
              1
              1
              1
              1
              1
              1
              1
              1
              1
              1
              1
              …
      = help: make the sample smaller, or say with `norun="reason"` why it can't be run

    error[V0703]: the sample ends without an exception, not with `KeyError`
      --> content/pages/samples.md:13:11
       |
    13 | ```python raises=KeyError
       |           ^^^^^^^^^^^^^^^
       |
       = help: name the exception that the sample ends with, or remove `raises`

    error[V0702]: the sample prints something else
      --> content/pages/samples.md:26:1
       |
    21 | ```python
       | --------- this sample
    ...
    26 | escaped
       | ^^^^^^^ the sample prints `\u{1b}[1m`
       |
       = note: the page says (-), the sample prints (+)
               - escaped
               + \u{1b}[1m
       = help: print text: what is escaped here can't stand in a page

    error[V0702]: the sample prints something else
      --> content/pages/samples.md:42:1
       |
    37 | ```python
       | --------- this sample
    ...
    42 | refused by the check
       | ^^^^^^^^^^^^^^^^^^^^ the sample prints `\u{2067}`
       |
       = note: the page says (-), the sample prints (+)
               - refused by the check
               + \u{2067}
       = help: print text: what is escaped here can't stand in a page

    error: 4 errors; `viva explain CODE` tells more
    5 samples: 4 wrong, 1 compiled
    exit 1
    "#);
    assert_eq!(samples.text(), before);
}

#[test]
fn only_pages_that_were_asked_for_are_written() {
    let samples = Samples::new("```python\nprint(1)\n```\n\n```output\n2\n```");
    let before = samples.text();
    let tried = samples.test(&["--update", "faq"]).0;
    assert!(tried.ends_with("0 samples\nexit 0"), "{tried}");
    assert_eq!(samples.text(), before);
}

#[test]
fn a_page_that_can_not_be_written_is_the_environments() {
    let samples = Samples::new("```python\nprint(1)\n```\n\n```output\n2\n```");
    let before = samples.text();
    let folder = samples.site.path("content/pages");
    let moved = samples.site.path("content/moved.md");
    fs::rename(samples.site.path(PAGE), &moved).unwrap();
    fs::write(samples.site.path(PAGE), &before).unwrap();
    fs::remove_file(&moved).unwrap();
    fs::set_permissions(&folder, PermissionsExt::from_mode(0o500)).unwrap();
    let is_superuser = fs::write(folder.join("probe"), "").is_ok();
    let tried = samples.test(&["--update"]).0;
    fs::set_permissions(&folder, PermissionsExt::from_mode(0o700)).unwrap();
    if !is_superuser {
        assert!(
            tried.contains("can't write") && tried.ends_with("exit 2"),
            "{tried}"
        );
        assert_eq!(samples.text(), before);
    }
}
