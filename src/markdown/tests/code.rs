use super::*;
use crate::diag::rules;

fn blocks(text: &str) -> Vec<CodeBlock> {
    let (walked, found) = walk(page, text);
    let errors = found
        .iter()
        .filter(|found| found.rule != &rules::FENCE_LANGUAGE);
    assert_eq!(errors.count(), 0, "{text}");
    walked.blocks
}

#[test]
fn code_blocks() {
    check(
        "```python\na < b\n```\n\n    indented\n\n~~~\nx\n~~~\n\n```C++\n```",
        "<pre class=\"code\" tabindex=\"0\"><code class=\"language-python\">{code:0}</code></pre>\
         <pre class=\"code\" tabindex=\"0\"><code>{code:1}</code></pre>\
         <pre class=\"code\" tabindex=\"0\"><code>{code:2}</code></pre>\
         <pre class=\"code\" tabindex=\"0\"><code class=\"language-cpp\">{code:3}</code></pre>\
         \n! fence-language \"~~~\"",
    );
    let text = "- ```py x\n  a\n\n    b\n  ```\n";
    let (walked, _) = walk(page, text);
    let block = &walked.blocks[0];
    assert_eq!(
        (block.language.as_str(), &*block.code),
        ("py", "a\n\n  b\n")
    );
    assert_eq!(
        &text[block.span.start - OFFSET..block.span.end - OFFSET],
        "```py x\n  a\n\n    b\n  ```"
    );
    assert_eq!(
        &text[block.language_span.start - OFFSET..block.language_span.end - OFFSET],
        "py"
    );
    let block = &blocks("> ~~~~\n> ~~~\n> ~~~~")[0];
    assert_eq!((block.language.as_str(), &*block.code), ("", "~~~\n"));
    assert_eq!(block.language_span, OFFSET + 2..OFFSET + 6);
    assert_eq!(&*blocks("    a\n      b")[0].code, "a\n  b\n");
    assert_eq!(&*blocks("```\n```")[0].code, "");
}

#[test]
fn a_class_has_only_safe_characters() {
    check(
        "```a\"><script>&quot;x\n```",
        "<pre class=\"code\" tabindex=\"0\"><code class=\"language-ascriptquotx\">{code:0}</code></pre>",
    );
}

#[test]
fn open_fences() {
    wrong(
        page,
        "a\n\n```python\nx = 1\n",
        "! fence-open \"```python\"",
    );
    wrong(page, "```", "! fence-open \"```\"");
    wrong(page, "```\n", "! fence-open \"```\"");
    wrong(page, "~~~~ py\n~~~\n```\n", "! fence-open \"~~~~ py\"");
    wrong(page, "```\na\n    ```\n", "! fence-open \"```\"");
    wrong(page, "> ```py\n> a\n\nb", "! fence-open \"```py\"");
    wrong(page, "> ```py\n> > ```\n\nb", "! fence-open \"```py\"");
    wrong(page, "- ```py\n  a\n- b", "! fence-open \"```py\"");
    wrong(page, "- ```py\n```\nx\n```", "! fence-open \"```py\"");
    wrong(page, "```py\na\n  ```  ", "");
    wrong(page, "> ```py\n>\n> ```\nb", "");
    wrong(page, "1. ```py\n   a\n\n   ```\n", "");
}

#[test]
fn an_open_fence_is_one_mistake() {
    let text = "[^1] [a][b] <details><br>\n\n```py\n\n## Answer\n\n[^1]: c\n[b]: d.md\n</details>";
    wrong(
        question,
        &text.replace("<details><br>", "\n\n<details>\n<summary>s</summary>"),
        "! fence-open \"```py\"",
    );
    wrong(
        question,
        "a\n\n<!-- b\n\n## Answer\nc",
        "! html-tag \"<!-- b\"",
    );
    wrong(
        question,
        "a\n\n<script>\n\n## Answer\nc",
        "! html-tag \"<script>\"",
    );
}

#[test]
fn fence_words() {
    let options = |info: &str| blocks(&format!("```{info}\n```"))[0].options.clone();
    assert_eq!(
        options(
            "python norun=\"needs a network\" raises=ValueError continues requires=\"python>=3.12\""
        ),
        FenceOptions {
            norun: Some("needs a network".to_owned()),
            raises: Some("ValueError".to_owned()),
            continues: true,
            requires: Some("python>=3.12".to_owned()),
        }
    );
    assert_eq!(
        options("  python   requires=python>=3.12  ")
            .requires
            .as_deref(),
        Some("python>=3.12")
    );
    assert_eq!(options("text"), FenceOptions::default());
    for (info, under) in [
        ("python norn=\"x\"", "norn=\"x\""),
        ("python norun", "norun"),
        ("python norun=\"\"", "norun=\"\""),
        ("python norun=\" \"", "norun=\" \""),
        ("python norun=\"a", "norun=\"a"),
        ("python norun=\"a\"b continues", "norun=\"a\"b"),
        ("python raises", "raises"),
        ("python raises=", "raises="),
        ("python continues=1", "continues=1"),
        ("python continues continues", "continues"),
        ("python raises=A raises=B", "raises=B"),
        ("text {1,3}", "{1,3}"),
        ("norun=\"x\"", "norun=\"x\""),
        ("continues", "continues"),
    ] {
        wrong(
            page,
            &format!("```{info}\n```"),
            &format!("! fence-word {under:?}"),
        );
    }
    assert_eq!(
        said(page, "```python norn=\"x\"\n```"),
        "`norn` is not a word of a code fence; did you mean `norun`?"
    );
    assert_eq!(
        said(page, "```norun=x\n```"),
        "the language is missing before `norun`; write it first, as in `python norun`"
    );
    wrong(
        page,
        "> ```python é=1 xx\n> ```",
        "! fence-word \"é=1\"\n! fence-word \"xx\"",
    );
}
