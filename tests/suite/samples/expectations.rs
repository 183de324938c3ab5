//! What a page can say of a sample, and what is said where it is not so.

use insta::assert_snapshot;

use super::{Samples, Tried};
use crate::site::Site;

fn tried(body: &str) -> Tried {
    Samples::new(body).test(&[])
}

/// A page whose samples are all true.
fn is_true(body: &str) {
    let tried = tried(body).0;
    assert!(tried.ends_with("exit 0"), "{body}\n{tried}");
    assert!(
        tried.contains(" run") && !tried.contains("error"),
        "{body}\n{tried}"
    );
}

#[test]
fn samples_without_expectation_are_compiled() {
    assert_snapshot!(tried(r"
```python
print('not run'); 1 / 0
```

```python
def f(:
    pass
```

- A list:

  > ```py
  > a = 1
  > b = = 2
  > ```

```text
no sample = = at all
```
"), @"");
}

#[test]
fn one_broken_sample_hides_no_other() {
    let body = (0..250)
        .map(|number| match number {
            100 | 240 => "```python\nx = = 1\n```\n\n",
            _ => "```python\nx = 1\n```\n\n",
        })
        .collect::<String>();
    let tried = tried(&body).0;
    assert_eq!(tried.matches("error[V0701]").count(), 2, "{tried}");
    assert!(tried.contains("samples.md:405:5") && tried.contains("samples.md:965:5"));
    assert!(tried.contains("250 samples: 2 wrong, 248 compiled"));
}

#[test]
fn the_output_is_compared_line_by_line() {
    assert_snapshot!(tried(r"
```python
for number in range(6):
    print(number)
```

```output
0
1
2
three
4
5
```
"), @"");
}

#[test]
fn lines_too_many_and_too_few() {
    assert_snapshot!(tried(r"
```python
print(1)
```

```output
1
2
```

```python
print(1)
print('2 ')
```

```output
1
```
"), @"");
}

#[test]
fn outputs_that_are_true() {
    is_true("```python\nprint(1)\n```\n\n```output\n1\n```");
    is_true("```python\nprint(1, end='')\n```\n```output\n1\n```");
    is_true("```python\nprint('é 日本')\n```\n\n```output\né 日本\n```");
    is_true("> ```python\n> print(1)\n> ```\n>\n> ```output\n> 1\n> ```");
    is_true("```python\nimport warnings\nwarnings.warn('aside')\n```\n\n```output\n```");
    is_true("```python\nimport sys\nsys.exit(0)\n```\n\n```output\n```");
    is_true("```python\nprint(hash('a') == hash('a'), __name__)\n```\n\n```output\nTrue __main__\n```");
    is_true("```python\nimport os\nprint(sorted(os.environ))\n```\n\n```output\n['HOME', 'LANG', 'PATH', 'PYTHONDONTWRITEBYTECODE', 'PYTHONHASHSEED', 'TMPDIR']\n```");
}

#[test]
fn exceptions() {
    is_true("```python\nprint(1)\n1 / 0\n```\n\n```output\n1\nZeroDivisionError: division by zero\n```");
    is_true("```python raises=ZeroDivisionError\n1 / 0\n```");
    is_true("```python raises=JSONDecodeError\nimport json\njson.loads('')\n```");
    is_true("```python raises=SyntaxError\nx = = 1\n```");
    is_true("```python\nraise SystemExit('bye')\n```\n\n```output\nbye\n```");
    assert_snapshot!(tried(r"
```python
print(1)
int('a')
```

```output
1
```

```python raises=KeyError
[1, 2, 3][7]
```

```python raises=KeyError
print('fine')
```
"), @"");
}

#[test]
fn prompts() {
    is_true("```python\n>>> 1 + 1\n2\n>>> [][0]\nTraceback (most recent call last):\n    ...\nIndexError: list index out of range\n```");
    is_true("```python\n>>> print('a\\n\\nb')\na\n<BLANKLINE>\nb\n>>> x = 1\n>>> for i in range(2):\n...     print(i)\n0\n1\n```");
    assert_snapshot!(tried(r"
```python
>>> 1 + 1
3
>>> for i in range(2):
...     print(i)
...
0
2
>>> {}['a']
1
```

```python
>>> x = = 1
```
"), @"");
}

#[test]
fn what_goes_on_shares_names_and_not_outputs() {
    is_true("```python\nprint('a')\nx = 1\n```\n\n```python continues\nprint(x)\n```\n\n```output\n1\n```");
    is_true("```python\nx = []\n```\n\nThen:\n\n```python continues\nx.append(1)\n```\n\n```python continues\n>>> x\n[1]\n```");
    is_true("```python\nx = 1\n1 / 0\n```\n\n```output\nZeroDivisionError: division by zero\n```\n\n```python continues\nprint(x)\n```\n\n```output\n1\n```");
    is_true("```python\nx = 1\n```\n\n```python\nprint('x' in globals())\n```\n\n```output\nFalse\n```");
    assert_snapshot!(tried(r"
```python continues
print(1)
```

```output
1
```

```python
x = 1
```

```python continues
print(x)
```

```output
2
```
"), @"");
}

#[test]
fn what_is_not_to_be_run() {
    let samples = Samples::new(
        r#"
```python norun="it needs a database"
connect()
```

```output
whatever
```

```python norun="as above"
x = = 1
```

```python requires="python>=3.0,<4"
print(1)
```

```output
1
```

```python requires="python>=97.1"
print(1)
```

```output
2
```

```python requires="python>=97.1"
x = = 1
```
"#,
    );
    let python = samples.test(&[]).0;
    let (before, version) = python.split_once("`python3` is ").unwrap();
    let version = version.lines().next().unwrap();
    assert_eq!(before.matches("requires python").count(), 1);
    assert_snapshot!(python.replace(version, "VERSION"), @"");
}

#[test]
fn words_that_nobody_understands() {
    assert_snapshot!(tried(r#"
```python requires="Python 3.9 or later"
print(1)
```

```python runs="no"
print(1)
```
"#), @"");
}

#[test]
fn the_candidate_predicts_and_the_answer_tells() {
    let site = |output: &str| {
        Site::new().question("junior/lists", |question| {
            question
                .set("title", "What is printed?")
                .set("kind", "predict-output")
                .candidate("```python\nprint(1)\n```\n\n```python\nx = [1]\ny = x\ny.append(2)\nprint(x)\n```")
                .answer(&format!(
                    "Both are one list.\n\n```output\n{output}\n```\n\n```python\nprint(3)\n```\n\n```output\n3\n```"
                ))
        })
    };
    let mut samples = Samples::new("Nothing.");
    samples.site = site("[1, 2]");
    assert_snapshot!(samples.test(&[]), @"");
    samples.site = site("[1]");
    assert_snapshot!(samples.test(&[]), @"");
}
