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
"), @r"
    error[V0701]: the sample is no python: SyntaxError: invalid syntax
     --> content/pages/samples.md:9:7
      |
    9 | def f(:
      |       ^
      |
      = help: correct it, or name it another language, such as `text`

    error[V0701]: the sample is no python: SyntaxError: invalid syntax
      --> content/pages/samples.md:17:9
       |
    17 |   > b = = 2
       |         ^
       |
       = help: correct it, or name it another language, such as `text`

    error: 2 errors; `viva explain CODE` tells more
    3 samples: 2 wrong, 1 compiled
    exit 1
    ");
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
"), @r"
    error[V0702]: the sample prints something else
      --> content/pages/samples.md:13:1
       |
     4 | ```python
       | --------- this sample
    ...
    13 | three
       | ^^^^^ the sample prints `3`
       |
       = note: the page says (-), the sample prints (+)
                 1
                 2
               - three
               + 3
                 4
                 5
       = help: correct the sample or its output; `viva test --update` writes the output anew

    error: 1 error; `viva explain CODE` tells more
    1 sample: 1 wrong
    exit 1
    ");
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
"), @"
    error[V0702]: the sample prints something else
      --> content/pages/samples.md:10:1
       |
     4 | ```python
       | --------- this sample
    ...
    10 | 2
       | ^ the sample prints nothing more
       |
       = note: the page says (-), the sample prints (+)
                 1
               - 2
       = help: correct the sample or its output; `viva test --update` writes the output anew

    error[V0702]: the sample prints something else
      --> content/pages/samples.md:20:1
       |
    13 | ```python
       | --------- this sample
    ...
    20 | ```
       | ^^^ the sample goes on with `2·`
       |
       = note: the page says (-), the sample prints (+)
                 1
               + 2·
       = help: correct the sample or its output; `viva test --update` writes the output anew

    error: 2 errors; `viva explain CODE` tells more
    2 samples: 2 wrong
    exit 1
    ");
}

#[test]
fn outputs_that_are_true() {
    is_true("```python\nprint(1)\n```\n\n```output\n1\n```");
    is_true("```python\nprint(1, end='')\n```\n```output\n1\n```");
    is_true("```python\nprint('é 日本')\n```\n\n```output\né 日本\n```");
    is_true("> ```python\n> print(1)\n> ```\n>\n> ```output\n> 1\n> ```");
    is_true("```python\nimport warnings\nwarnings.warn('aside')\n```\n\n```output\n```");
    is_true("```python\nimport sys\nsys.exit(0)\n```\n\n```output\n```");
    is_true(
        "```python\nprint(hash('a') == hash('a'), __name__)\n```\n\n```output\nTrue __main__\n```",
    );
    is_true(
        "```python\nimport os\nprint(sorted(os.environ))\n```\n\n```output\n['HOME', 'LANG', 'PATH', 'PYTHONDONTWRITEBYTECODE', 'PYTHONHASHSEED', 'TMPDIR']\n```",
    );
}

#[test]
fn exceptions() {
    is_true(
        "```python\nprint(1)\n1 / 0\n```\n\n```output\n1\nZeroDivisionError: division by zero\n```",
    );
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
"), @r"
    error[V0702]: the sample prints something else
      --> content/pages/samples.md:11:1
       |
     6 | int('a')
       | -------- this line raises the exception
    ...
    11 | ```
       | ^^^ the sample goes on with `ValueError: invalid literal for int() with base 10: 'a'`
       |
       = note: the page says (-), the sample prints (+)
                 1
               + ValueError: invalid literal for int() with base 10: 'a'
       = help: correct the sample or its output; `viva test --update` writes the output anew

    error[V0703]: the sample ends with `IndexError: list index out of range`, not with `KeyError`
      --> content/pages/samples.md:13:11
       |
    13 | ```python raises=KeyError
       |           ^^^^^^^^^^^^^^^
    14 | [1, 2, 3][7]
       | ------------ this line raises the exception
       |
       = help: name the exception that the sample ends with, or remove `raises`

    error[V0703]: the sample ends without an exception, not with `KeyError`
      --> content/pages/samples.md:17:11
       |
    17 | ```python raises=KeyError
       |           ^^^^^^^^^^^^^^^
       |
       = help: name the exception that the sample ends with, or remove `raises`

    error: 3 errors; `viva explain CODE` tells more
    3 samples: 3 wrong
    exit 1
    ");
}

#[test]
fn exceptions_are_known_by_their_type() {
    is_true("```python raises=SystemExit\nimport sys\nsys.exit(3)\n```");
    is_true("```python raises=SystemExit\nprint(1)\nexit()\n```\n\n```output\n1\n```");
    is_true("```python raises=KeyboardInterrupt\nraise KeyboardInterrupt\n```");
    is_true(
        "```python\nprint(1)\nraise KeyboardInterrupt\n```\n\n```output\n1\nKeyboardInterrupt\n```",
    );
    is_true(
        "```python\nx = 1\n```\n\n```python continues raises=SystemExit\nraise SystemExit(x)\n```",
    );
    is_true(
        "```python raises=Odd\nimport os\nos.mkdir('a')\nos.chdir('a')\nclass Odd(BaseException): pass\nraise Odd\n```",
    );
    is_true(
        "```python raises=ValueError\nimport os, sys\nif os.fork() == 0:\n    raise KeyError\nos.wait()\nraise ValueError\n```",
    );
}

#[test]
fn other_ends_are_no_exceptions() {
    assert_snapshot!(tried(r#"
```python raises=ValueError
import sys
sys.exit("ValueError: x")
```

```python raises=KeyError
import sys, traceback
try:
    {}[1]
except KeyError:
    traceback.print_exc()
    sys.exit(1)
```

```python raises=SystemExit
import os
os._exit(1)
```

```python
import sys
print(1)
sys.exit(3)
```

```output
1
```

```python
import os
os._exit(4)
```

```output
```

```python
raise KeyboardInterrupt
```

```output
```
"#), @r#"
    error[V0703]: the sample ends with `SystemExit: ValueError: x`, not with `ValueError`
     --> content/pages/samples.md:4:11
      |
    4 | ```python raises=ValueError
      |           ^^^^^^^^^^^^^^^^^
      |
      = help: name the exception that the sample ends with, or remove `raises`

    error[V0703]: the sample ends with `SystemExit`, not with `KeyError`
     --> content/pages/samples.md:9:11
      |
    9 | ```python raises=KeyError
      |           ^^^^^^^^^^^^^^^
      |
      = help: name the exception that the sample ends with, or remove `raises`

    error[V0705]: the sample ends with the exit code 1
      --> content/pages/samples.md:18:1
       |
    18 | ```python raises=SystemExit
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: mend the sample, or say with `norun="reason"` why it can't be run

    error[V0705]: the sample ends with the exit code 3, and no `raises=SystemExit` says so
      --> content/pages/samples.md:23:1
       |
    23 | ```python
       | ^^^^^^^^^
       |
       = note: it printed
               1
       = help: mend the sample, or say with `norun="reason"` why it can't be run

    error[V0705]: the sample ends with the exit code 4
      --> content/pages/samples.md:33:1
       |
    33 | ```python
       | ^^^^^^^^^
       |
       = help: mend the sample, or say with `norun="reason"` why it can't be run

    error[V0702]: the sample prints something else
      --> content/pages/samples.md:46:1
       |
    42 | raise KeyboardInterrupt
       | ----------------------- this line raises the exception
    ...
    46 | ```
       | ^^^ the sample goes on with `KeyboardInterrupt`
       |
       = note: the page says (-), the sample prints (+)
               + KeyboardInterrupt
       = help: correct the sample or its output; `viva test --update` writes the output anew

    error: 6 errors; `viva explain CODE` tells more
    6 samples: 6 wrong
    exit 1
    "#);
}

#[test]
fn what_is_not_seen_is_shown_where_it_differs() {
    assert_snapshot!(tried("```python\nprint('a  ')\nprint('b\\u200bc')\nprint('d')\nprint('e\\xa0f')\n```\n\n```output\na\nbc\nd\ne f\n```"), @r"
    error[V0702]: the sample prints something else
      --> content/pages/samples.md:12:1
       |
     4 | ```python
       | --------- this sample
    ...
    12 | a
       | ^ the sample prints `a··`
       |
       = note: the page says (-), the sample prints (+)
               - a
               - bc
               + a··
               + b\u{200b}c
                 d
               - e f
               + e\u{a0}f
       = help: correct the sample or its output; `viva test --update` writes the output anew

    error: 1 error; `viva explain CODE` tells more
    1 sample: 1 wrong
    exit 1
    ");
    assert_snapshot!(tried("```python\nprint('a')\n```\n\n```output\na \n```"), @"
    error[V0702]: the sample prints something else
     --> content/pages/samples.md:9:1
      |
    4 | ```python
      | --------- this sample
    ...
    9 | a 
      | ^ the sample prints `a`
      |
      = note: the page says (-), the sample prints (+)
              - a·
              + a
      = help: correct the sample or its output; `viva test --update` writes the output anew

    error: 1 error; `viva explain CODE` tells more
    1 sample: 1 wrong
    exit 1
    ");
}

#[test]
fn prompts_that_raise_something_else() {
    assert_snapshot!(tried(r"
```python
>>> print(1); int('a')
Traceback (most recent call last):
    ...
ValueError: nonsense
>>> for i in range(2):
...     {}[i]
Traceback (most recent call last):
  some line
KeyError: 7
>>> 1
Traceback (most recent call last):
    ...
KeyError: 7
```
"), @"
    error[V0702]: the prompt answers something else
     --> content/pages/samples.md:8:1
      |
    8 | ValueError: nonsense
      | ^^^^^^^^^^^^^^^^^^^^ the answer is `ValueError: invalid literal for int() with base 10: 'a'`
      |
      = note: the page says (-), the prompt answers (+)
              - ValueError: nonsense
              + ValueError: invalid literal for int() with base 10: 'a'
      = help: correct the prompt or its answer

    error[V0702]: the prompt answers something else
      --> content/pages/samples.md:13:1
       |
    13 | KeyError: 7
       | ^^^^^^^^^^^ the answer is `KeyError: 0`
       |
       = note: the page says (-), the prompt answers (+)
               - KeyError: 7
               + KeyError: 0
       = help: correct the prompt or its answer

    error[V0702]: the prompt answers something else
      --> content/pages/samples.md:15:1
       |
    15 | Traceback (most recent call last):
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the answer is `1`
       |
       = note: the page says (-), the prompt answers (+)
               - Traceback (most recent call last):
               -     ...
               - KeyError: 7
               + 1
       = help: correct the prompt or its answer

    error: 3 errors; `viva explain CODE` tells more
    1 sample: 1 wrong
    exit 1
    ");
}

#[test]
fn prompts() {
    is_true(
        "```python\n>>> 1 + 1\n2\n>>> [][0]\nTraceback (most recent call last):\n    ...\nIndexError: list index out of range\n```",
    );
    is_true(
        "```python\n>>> print('a\\n\\nb')\na\n<BLANKLINE>\nb\n>>> x = 1\n>>> for i in range(2):\n...     print(i)\n0\n1\n```",
    );
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
"), @"
    error[V0702]: the prompt answers something else
     --> content/pages/samples.md:6:1
      |
    6 | 3
      | ^ the answer is `2`
      |
      = note: the page says (-), the prompt answers (+)
              - 3
              + 2
      = help: correct the prompt or its answer

    error[V0702]: the prompt answers something else
      --> content/pages/samples.md:11:1
       |
    11 | 2
       | ^ the answer is `1`
       |
       = note: the page says (-), the prompt answers (+)
                 0
               - 2
               + 1
       = help: correct the prompt or its answer

    error[V0702]: the prompt answers something else
      --> content/pages/samples.md:13:1
       |
    13 | 1
       | ^ the answer is `KeyError: 'a'`
       |
       = note: the page says (-), the prompt answers (+)
               - 1
               + KeyError: 'a'
       = help: correct the prompt or its answer

    error[V0702]: the prompt answers something else
      --> content/pages/samples.md:17:1
       |
    17 | >>> x = = 1
       | ^^^^^^^^^^^ the answer goes on with `SyntaxError: invalid syntax`
       |
       = note: the page says (-), the prompt answers (+)
               + SyntaxError: invalid syntax
       = help: correct the prompt or its answer

    error: 4 errors; `viva explain CODE` tells more
    2 samples: 2 wrong
    exit 1
    ");
}

#[test]
fn what_goes_on_shares_names_and_not_outputs() {
    is_true(
        "```python\nprint('a')\nx = 1\n```\n\n```python continues\nprint(x)\n```\n\n```output\n1\n```",
    );
    is_true(
        "```python\nx = []\n```\n\nThen:\n\n```python continues\nx.append(1)\n```\n\n```python continues\n>>> x\n[1]\n```",
    );
    is_true(
        "```python\nx = 1\n1 / 0\n```\n\n```output\nZeroDivisionError: division by zero\n```\n\n```python continues\nprint(x)\n```\n\n```output\n1\n```",
    );
    is_true(
        "```python\nx = 1\n```\n\n```python\nprint('x' in globals())\n```\n\n```output\nFalse\n```",
    );
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
"), @r"
    error[V0707]: the sample continues none
     --> content/pages/samples.md:4:11
      |
    4 | ```python continues
      |           ^^^^^^^^^
      |
      = help: remove `continues`, or put the sample that it goes on from before it

    error[V0702]: the sample prints something else
      --> content/pages/samples.md:21:1
       |
    16 | ```python continues
       | ------------------- this sample
    ...
    21 | 2
       | ^ the sample prints `1`
       |
       = note: the page says (-), the sample prints (+)
               - 2
               + 1
       = help: correct the sample or its output; `viva test --update` writes the output anew

    error: 2 errors; `viva explain CODE` tells more
    3 samples: 1 wrong, 1 run, 1 compiled
    exit 1
    ");
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
    assert_snapshot!(python.replace(version, "VERSION"), @r"
    error[V0701]: the sample is no python: SyntaxError: invalid syntax
      --> content/pages/samples.md:13:5
       |
    13 | x = = 1
       |     ^
       |
       = help: correct it, or name it another language, such as `text`

    error: 1 error; `viva explain CODE` tells more
    skipped 2 samples: requires python>=97.1, and `python3` is VERSION
    5 samples: 1 wrong, 1 run, 1 compiled, 2 skipped
    exit 1
    ");
}

#[test]
fn words_that_nobody_understands() {
    assert_snapshot!(tried(r#"
```python requires="Python 3.9 or later"
print(1)
```

```python requires="numpy>=2"
print(1)
```

```python runs="no"
print(1)
```
"#), @r#"
    error[V0706]: `Python 3.9 or later` names no version
     --> content/pages/samples.md:4:11
      |
    4 | ```python requires="Python 3.9 or later"
      |           ^^^^^^^^
      |
      = help: write a program and its version, as in `requires="python>=3.12"`

    error[V0706]: `numpy` is not what runs the sample
     --> content/pages/samples.md:8:11
      |
    8 | ```python requires="numpy>=2"
      |           ^^^^^^^^
      |
      = help: write `python` and its version, or say with `norun="reason"` what is missing

    error[V0305]: `runs` is not a word of a code fence
      --> content/pages/samples.md:12:11
       |
    12 | ```python runs="no"
       |           ^^^^^^^^^
       |
       = help: the words are `norun="reason"`, `raises=Name`, `continues` and `requires="python>=3.12"`

    error: 3 errors; `viva explain CODE` tells more
    3 samples: 3 compiled
    exit 1
    "#);
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
    assert_snapshot!(samples.test(&[]), @r"
    3 samples: 2 run, 1 compiled
    exit 0
    ");
    samples.site = site("[1]");
    assert_snapshot!(samples.test(&[]), @r"
    error[V0702]: the sample prints something else
      --> content/python/junior/lists.md:27:1
       |
    15 | ```python
       | --------- this sample
    ...
    27 | [1]
       | ^^^ the sample prints `[1, 2]`
       |
       = note: the page says (-), the sample prints (+)
               - [1]
               + [1, 2]
       = help: correct the sample or its output; `viva test --update` writes the output anew

    error: 1 error; `viva explain CODE` tells more
    3 samples: 1 wrong, 1 run, 1 compiled
    exit 1
    ");
}

#[test]
fn the_candidate_predicts_what_the_last_sample_prints() {
    let mut samples = Samples::new("Nothing.");
    samples.site = Site::new().question("junior/lists", |question| {
        question
            .set("kind", "predict-output")
            .candidate("```python\nx = 1\nprint('not this')\n```\n\n```python\n1 / 0\n```\n\n```python continues\npass\n```\n")
            .answer("```output\n```")
    });
    assert!(samples.test(&[]).0.contains("error[V0702]"));
    let path = "content/python/junior/lists.md";
    samples.site = samples.site.edit(path, "1 / 0", "y = 2");
    samples.site = samples
        .site
        .edit(path, "pass", "print(y, 'x' in globals())");
    samples.site = samples
        .site
        .edit(path, "```output\n", "```output\n2 False\n");
    assert_snapshot!(samples.test(&[]), @r"
    3 samples: 1 run, 2 compiled
    exit 0
    ");
}
