use super::*;

#[test]
fn allowed_tags() {
    check(
        "<KBD>Ctrl</KBD>+<kbd >C</kbd > H<sub>2</sub>O<br/>x<wbr>y <abbr title='A \"&amp;&lt;'>*a*</abbr> <!-- c -->d",
        "<p><kbd>Ctrl</kbd>+<kbd>C</kbd> H<sub>2</sub>O<br>x<wbr>y \
         <abbr title=\"A &quot;&amp;&lt;\"><em>a</em></abbr> d</p>",
    );
    for tag in [
        "abbr", "cite", "del", "dfn", "ins", "kbd", "mark", "q", "s", "samp", "small", "sub",
        "sup", "u", "var",
    ] {
        check_inline(&format!("a<{tag}>b</{tag}>"), &format!("a<{tag}>b</{tag}>"));
    }
    check(
        "> <abbr\n> title=\"x\">a</abbr>",
        "<blockquote><p><abbr title=\"x\">a</abbr></p></blockquote>",
    );
    check("<!-- a -->\n\nb <!--\nc -->\n\n<!-->d", "<p>b </p>d");
}

#[test]
fn details_hold_markdown() {
    check(
        "<details open>\n<summary>A &amp; <kbd>b</kbd> &lt;</summary>\n\n- *c*\n\n```py\n```\n\n</details>\n\nd",
        "<details open>\n<summary>A &amp; <kbd>b</kbd> &lt;</summary>\n<ul><li><em>c</em></li></ul>\
         <pre class=\"code\" tabindex=\"0\"><code class=\"language-py\">{code:0}</code></pre></details>\n<p>d</p>",
    );
    check(
        "> <dl>\n> <dt>a</dt>\n> <dd>\n>\n> *b*\n>\n> </dd>\n> </dl>",
        "<blockquote><dl>\n<dt>a</dt>\n<dd>\n<p><em>b</em></p></dd>\n</dl></blockquote>",
    );
    check(
        "- <details><summary>a</summary>b &copy; &#x3C;i> &unknown; & <u>c</u></details>",
        "<ul><li><details><summary>a</summary>b © &lt;i&gt; &amp;unknown; &amp; <u>c</u></details></li></ul>",
    );
}

#[test]
fn tags_that_are_not_allowed() {
    check("a <b>c</b>", "<p>a c</p>\n! html-tag \"<b>\"");
    check(
        "<div class=\"x\" onclick=y>\n<p>a\n</div>",
        "a\n\n! html-tag \"<div class=\\\"x\\\" onclick=y>\"\n! html-tag \"<p>\"",
    );
    check(
        "<script>alert(\"<b>\")</script>x",
        "x\n! html-tag \"<script>\"",
    );
    check(
        "a <script>b</script>",
        "<p>a b</p>\n! html-tag \"<script>\"",
    );
    check(
        "<style>\n\n*{}\n\n</style>\n\na",
        "\n<p>a</p>\n! html-tag \"<style>\"",
    );
    check("a</b>", "<p>a</p>\n! html-tag \"</b>\"");
    wrong(
        page,
        "<svg onload=x>\n<a/></svg>",
        "! html-tag \"<svg onload=x>\"",
    );
    wrong(
        page,
        "<img src=x onerror=y>",
        "! html-tag \"<img src=x onerror=y>\"",
    );
    wrong(page, "a List<String> b", "! html-tag \"<String>\"");
    wrong(
        page,
        "a <x-y> <!doctype html> <?php ?> <![CDATA[x]]>",
        "! html-tag \"<x-y>\"\n! html-tag \"<!doctype html>\"\n! html-tag \"<?php ?>\"\n! html-tag \"<![CDATA[x]]>\"",
    );
    wrong(
        page,
        "<!DOCTYPE html>\n\n<?php\n?>\n\n<![CDATA[\n]]>",
        "! html-tag \"<!DOCTYPE html>\"\n! html-tag \"<?php\"\n! html-tag \"<![CDATA[\"",
    );
    check("<details\nfoo", "! html-tag \"<details\"");
    wrong(page, "<dd\"", "");
    wrong(page, "<dd \"", "! html-tag \"<dd \\\"\"");
    wrong(page, "<!-- a\nb", "! html-tag \"<!-- a\"");
    check("a < b <c 1<2", "<p>a &lt; b &lt;c 1&lt;2</p>");
    assert_eq!(
        said(page, "a <b>c</b>"),
        "the tag `b` is not allowed; write `**text**`"
    );
    assert_eq!(
        said(page, "a <sumary>c"),
        "the tag `sumary` is not allowed; did you mean `summary`?"
    );
    assert!(said(page, "a <T>c").contains("if it is code, put it between backticks"));
}

#[test]
fn attributes() {
    check(
        "<kbd class=\"x\" id=y>a</kbd>",
        "<p><kbd>a</kbd></p>\n! html-attribute \"class=\\\"x\\\"\"\n! html-attribute \"id=y\"",
    );
    check(
        "<u onclick=\"x\">a</u>",
        "<p><u>a</u></p>\n! html-attribute \"onclick=\\\"x\\\"\"",
    );
    wrong(
        page,
        "<abbr title=x>a</abbr>",
        "! html-attribute \"title=x\"",
    );
    wrong(
        page,
        "> é <u\n> class=\"é\">é</u>",
        "! html-attribute \"<u\\n> class=\\\"é\\\">\"",
    );
    wrong(page, "<abbr title>a</abbr>", "! html-attribute \"title\"");
    wrong(
        page,
        "<abbr title=\"x\" title=\"y\">a</abbr>",
        "! html-attribute \"title=\\\"y\\\"\"",
    );
    wrong(
        page,
        "<details open=\"\">\n<summary>a</summary>\n</details>",
        "",
    );
    wrong(
        page,
        "> <details\n>  open=x>\n> <summary style=y>a</summary>\n> </details>",
        "! html-attribute \"open=x\"\n! html-attribute \"style=y\"",
    );
    wrong(
        page,
        "a <abbr title=\"b&#x202E;c\">d</abbr>",
        "! control-reordering \"title=\\\"b&#x202E;c\\\"\"",
    );
}

#[test]
fn balance() {
    check("<u>a", "<p><u>a</u></p>\n! html-unclosed \"<u>\"");
    check("a</u>", "<p>a</p>\n! html-unopened \"</u>\"");
    check("a</br>", "<p>a</p>\n! html-unopened \"</br>\"");
    check(
        "*<u>a*</u>",
        "<p><em><u>a</u></em></p>\n! html-unclosed \"<u>\"",
    );
    check(
        "<u>*a</u>*",
        "<p><u><em>a</em></u></p>\n! html-unclosed \"<u>\"",
    );
    check(
        "<u><s>a</u></s>",
        "<p><u><s>a</s></u></p>\n! html-unclosed \"<s>\"",
    );
    check(
        "x <u>a\n\nb</u>",
        "<p>x <u>a</u></p><p>b</p>\n! html-unclosed \"<u>\"",
    );
    check(
        "- <u>a\n- b</u>",
        "<ul><li><u>a</u></li><li>b</li></ul>\n! html-unclosed \"<u>\"",
    );
    check(
        "<u>\n\na\n\n</u>",
        "<u>\n</u><p>a</p>\n! html-unclosed \"<u>\"",
    );
    check(
        "## <u>a\n\nb",
        "<div class=\"heading\"><h{2} id=\"{}a\"><u>a</u></h{2}><a class=\"permalink\" href=\"#{}a\" aria-labelledby=\"{}a\">#</a></div><p>b</p>\n! html-unclosed \"<u>\"",
    );
    wrong(
        page,
        "<details>\n<summary>a</summary>\n\nb </details>",
        "! html-unclosed \"<details>\"",
    );
    wrong(
        page,
        "<details>\n<summary>a</summary>\n\nb </details>\n\n</details>",
        "! html-unopened \"</details>\"",
    );
    wrong(
        page,
        "> <details>\n> <summary>a</summary>\n\n</details>",
        "! html-unclosed \"<details>\"",
    );
    wrong(
        page,
        "<details>\n<summary>a\n\n</details>",
        "! html-unclosed \"<summary>\"",
    );
    wrong(page, "|<u>a|b</u>|\n|-|-|", "! html-unclosed \"<u>\"");
}

#[test]
fn places() {
    check(
        "a <details>b</details>",
        "<p>a b</p>\n! html-place \"<details>\"",
    );
    wrong(page, "## a <dl>", "! html-place \"<dl>\"");
    wrong(page, "<summary>a</summary>", "! html-place \"<summary>\"");
    wrong(page, "<dd>a</dd>", "! html-place \"<dd>\"");
    wrong(
        page,
        "<details><dt>a</dt></details>",
        "! html-place \"<dt>\"\n! html-place \"<details>\""
            .split('\n')
            .rev()
            .collect::<Vec<_>>()
            .join("\n")
            .as_str(),
    );
    wrong(
        page,
        "<details>a<summary>b</summary></details>",
        "! html-place \"<summary>\"",
    );
    wrong(
        page,
        "<details><summary>b</summary><summary>c</summary></details>",
        "! html-place \"<summary>\"",
    );
    wrong(
        page,
        "<details><summary><details></details></summary></details>",
        "! html-place \"<details>\"",
    );
    wrong(
        page,
        "<details>\n\na\n\n</details>",
        "! html-place \"<details>\"",
    );
    check(
        "<dl>\n\na\n\n*b*\n\n</dl>",
        "<dl>\n<p>a</p><p><em>b</em></p></dl>\n! html-place \"a\"",
    );
    wrong(page, "<dl>a <u>b</u></dl>", "! html-place \"a\"");
    check_inline("<details>", "! html-place \"<details>\"");
    check_inline("a <dl>b</dl>", "a b\n! html-place \"<dl>\"");
}

#[test]
fn hidden_characters_that_are_encoded() {
    check(
        "a &#x202e;b &#27;",
        "<p>a b </p>\n! control-reordering \"&#x202e;\"\n! control-character \"&#27;\"",
    );
    check(
        "<dl><dt>a &#x2066;b</dt></dl>",
        "<dl><dt>a b</dt></dl>\n! control-reordering \"a &#x2066;b\"",
    );
    wrong(
        page,
        "[a](b.md \"&#x202e;\") ![&#x202e;x](c.png)",
        "! control-reordering \"[a](b.md \\\"&#x202e;\\\")\"\n! control-reordering \"&#x202e;\"",
    );
}
