//! Every page is valid HTML, as html-validate sees it; its rules stand in `tests/web`.

use std::path::Path;
use std::process::Command;

use crate::everything::everything;
use crate::site::{Ran, Site};

#[test]
#[ignore = "needs Node.js packages: tests/run installs them"]
fn the_shipped_handbook() {
    let site = Site::shipped();
    for edition in ["interviewer", "candidate"] {
        site.built_with(&["--edition", edition]);
        assert_eq!(problems(&site.out()), "", "{edition}");
    }
}

#[test]
#[ignore = "needs Node.js packages: tests/run installs them"]
fn everything_that_markdown_can_do() {
    let site = with_all_of_markdown();
    for edition in ["interviewer", "candidate"] {
        site.built_with(&["--edition", edition, "--drafts"]);
        assert_eq!(problems(&site.out()), "", "{edition}");
    }
}

#[test]
#[ignore = "needs Node.js packages: tests/run installs them"]
fn a_mistake_is_found() {
    let site = Site::new();
    let page = site.built().page("/python/lists/").to_owned();
    for (wrong, rule) in [
        ("<p><div></div></p>", "close-order"),
        ("<p style=\"color: red\">Red.</p>", "no-inline-style"),
        ("<img src=\"/a.png\">", "wcag/h37"),
    ] {
        let page = page.replace("</main>", &format!("{wrong}</main>"));
        site.write("public/python/lists/index.html", page);
        let found = problems(&site.out());
        assert!(found.contains(rule), "{wrong}: {found}");
    }
}

/// What html-validate says of the pages in a folder; nothing when they are valid.
fn problems(folder: &Path) -> String {
    let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/web");
    let program = web.join("node_modules/html-validate/bin/html-validate.mjs");
    assert!(
        program.is_file(),
        "no {}: npm ci --prefix tests/web",
        program.display()
    );
    let ran = Ran::of(
        Command::new("node")
            .arg(program)
            .arg("--config")
            .arg(web.join(".htmlvalidate.json"))
            .args(["--max-warnings=0", "--ext=html"])
            .arg(folder),
    );
    if ran.code == 0 {
        return String::new();
    }
    format!("{}{}", ran.stdout, ran.stderr)
}

/// A handbook with every field and every address, and a question, a page and a kit with all that
/// Markdown can do.
pub fn with_all_of_markdown() -> Site {
    everything()
        .file(
            "content/pages/markdown.md",
            &format!("---\ntitle: Markdown\n---\n{MARKDOWN}"),
        )
        .file(
            "content/pages/empty.md",
            "---\ntitle: A page without words\n---\n",
        )
        .file(
            "content/pages/picture.svg",
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'/>",
        )
        .file(
            "content/python/mid/picture.svg",
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'/>",
        )
        .file(
            "content/python/kits/words.md",
            &format!(
                "---\ntitle: A kit with words\nlevel: mid\nminutes: 20\nquestions: [lists]\n---\n\
                 {}",
                MARKDOWN.replace("(picture.svg", "(../mid/picture.svg")
            ),
        )
        .question("mid/markdown", |question| {
            question
                .set("title", "What of `Markdown` is <allowed> & \"safe\"?")
                .set(
                    "assesses",
                    "Whether `<b>`, *em*, **strong** and [links](https://example.com/?a=1&b=2) hold.",
                )
                .set("strong_answers", "['Says `a < b && c`.', 'Says \"so\".']")
                .set("by_level", "{ junior: Says *a*., mid: Says `b`. }")
                .set(
                    "follow_ups",
                    "['Why `x`?', { ask: 'And [this](https://example.com/)?', assesses: 'It.', \
                     strong_answers: ['Says *so*.'], red_flags: ['Says `no`.'] }]",
                )
                .candidate(MARKDOWN)
                .answer(&MARKDOWN.replace("## ", "### ").replace("[^", "[^answer-"))
        })
        .question("mid/bare", |question| {
            question
                .set("title", "Is nothing more than the required fields enough?")
                .without("follow_ups")
        })
}

const MARKDOWN: &str = r#"Words, *emphasis*, **strength**, ~~strikes~~, `code`, <kbd>Ctrl</kbd>, H<sub>2</sub>O,
<abbr title="Global Interpreter Lock">GIL</abbr>, https://example.com/?a=1&b=2 and a hard\
break.[^1] Again.[^1] And another.[^long]

## A heading with `code` & [a link](https://example.com/)

## A heading with `code` & [a link](https://example.com/)

| Left | Middle | Right |
|:-----|:------:|------:|
| `a`  | *b*    | 1     |
| [c](#a-heading-below-another) | ![Dot](picture.svg) | |

> A quote
>
> > in a quote
>
> - with a list

> [!NOTE]
> A note.

> [!WARNING]
> A warning with
>
> ```python
> code = 1
> ```

- [x] Done
- [ ] Open
  - [ ] Nested, with a paragraph

    more.

1. One
   1. Inner

      ```text
      deep
      ```

7. Seven

3) From three

* loose

* list

---

![Three by four](picture.svg "A picture")

[![A picture that is a link](picture.svg)](https://example.com/)

```python
def long(argument: str) -> str:
    """Says a < b and "c" & d."""
    return f"{argument!r:>{20}}" + 'x' * 1000000000000000000000000000000000000000000000000000000000
```

```output
None
```

```
no language
```

    indented

<details>
<summary>More of *it*</summary>

Inside, with a list:

- a

</details>

<details open>
<summary>Open</summary>
Text.
</details>

### A heading below another

[^1]: A note with `code`.
[^long]: A note.

    With two paragraphs.

    - And a list.
"#;
