use super::*;

#[test]
fn paragraphs_and_emphasis() {
    check(
        "a *b* **c** ~~d~~ `e<f` \\<g> &amp; &copy; \"q\" --- ...",
        "<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>e&lt;f</code> &lt;g&gt; &amp; © \
         \"q\" --- ...</p>",
    );
    check("a\nb  \nc\\\nd", "<p>a\nb<br>\nc<br>\nd</p>");
    check("a\n\n---\n\nb", "<p>a</p><hr><p>b</p>");
    check("$x$ {#y}", "<p>$x$ {#y}</p>");
}

#[test]
fn headings_have_ids_and_permalinks() {
    check(
        "## The *GIL*, `x` & [more of it](../a.md)\n\ntext",
        "<div class=\"heading\"><h{2} id=\"{}the-gil-x--more-of-it\">The <em>GIL</em>, <code>x</code> \
         &amp; <a href=\"{href:0}\">more of it</a></h{2}><a class=\"permalink\" \
         href=\"#{}the-gil-x--more-of-it\" aria-labelledby=\"{}the-gil-x--more-of-it\">#</a></div><p>text</p>",
    );
    let (walked, found) = walk(
        page,
        "## A\n## A\n## A-1\n### References\n#### Füße & Ärger\n###### 你好\n## ???\n##\n## ![alt](x.png)\n## fn 1\n## 2nd\n## <br>",
    );
    assert_eq!(found, []);
    let ids: Vec<_> = walked
        .headings
        .iter()
        .map(|heading| (heading.level, heading.id.as_str(), heading.text.as_str()))
        .collect();
    assert_eq!(
        ids,
        [
            (2, "a", "A"),
            (2, "a-1", "A"),
            (2, "a-1-1", "A-1"),
            (3, "references-1", "References"),
            (4, "fusse--arger", "Füße & Ärger"),
            (6, "ni-hao", "你好"),
            (2, "section", "???"),
            (2, "alt", "alt"),
            (2, "section-fn-1", "fn 1"),
            (2, "section-2nd", "2nd"),
        ]
    );
}

#[test]
fn level_one_is_the_titles() {
    wrong(page, "# One\n\n## Two", "! heading-one \"# One\"");
    wrong(page, "One\n===", "! heading-one \"One\"");
    assert_eq!(walk(page, "# One").0.headings[0].level, 2);
}

#[test]
fn lists_and_tasks() {
    check(
        "- a\n- b\n  1. c\n\n3) d",
        "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul><ol start=\"3\"><li>d</li></ol>",
    );
    check(
        "- [x] a\n- [ ] b\n- c",
        "<ul><li class=\"task\"><input type=\"checkbox\" disabled checked \
         aria-label=\"{TaskDone}\"> a</li><li class=\"task\"><input type=\"checkbox\" disabled \
         aria-label=\"{TaskOpen}\"> b</li><li>c</li></ul>",
    );
    check(
        "- [x] a\n\n- b",
        "<ul><li class=\"task\"><p><input type=\"checkbox\" disabled checked \
         aria-label=\"{TaskDone}\"> a</p></li><li><p>b</p></li></ul>",
    );
}

#[test]
fn tables() {
    check(
        "| | b | c |\n|---|:-:|--:|\n| 1 | *2* | 3 |\n| 4 |",
        "<div class=\"table\" tabindex=\"0\"><table><thead><tr><td></td><th scope=\"col\" \
         class=\"center\">b</th><th scope=\"col\" class=\"right\">c</th></tr></thead><tbody><tr>\
         <td>1</td><td class=\"center\"><em>2</em></td><td class=\"right\">3</td></tr><tr><td>4</td>\
         <td class=\"center\"></td><td class=\"right\"></td></tr></tbody></table></div>",
    );
    check(
        "| a |\n|---|",
        "<div class=\"table\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">a</th></tr>\
         </thead></table></div>",
    );
}

#[test]
fn quotes_and_alerts() {
    check(
        "> a\n> > b",
        "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>",
    );
    check(
        "> [!warning]\n> a",
        "<div class=\"alert warning\" role=\"note\"><p class=\"alert-title\">{AlertWarning}</p>\
         <p>a</p></div>",
    );
    for (kind, word) in [
        ("NOTE", "Note"),
        ("TIP", "Tip"),
        ("IMPORTANT", "Important"),
        ("CAUTION", "Caution"),
    ] {
        let (walked, _) = walk(page, &format!("> [!{kind}]\n> a"));
        assert!(shown(&walked.shown.fragment).contains(&format!("{{Alert{word}}}")));
    }
}

#[test]
fn an_alert_that_is_none() {
    wrong(page, "> [!WARNNIG]\n> a", "! alert-unknown \"[!WARNNIG]\"");
    assert_eq!(
        said(page, "> [!WARNNIG]\n> a"),
        "there is no alert `WARNNIG`; did you mean `WARNING`?"
    );
    assert_eq!(
        said(page, "> [!FOO]\n> a"),
        "there is no alert `FOO`; the alerts are `NOTE`, `TIP`, `IMPORTANT`, `WARNING` and `CAUTION`"
    );
    wrong(page, "- >  [!NOTE] a", "! alert-unknown \"[!NOTE]\"");
    wrong(page, "> \\[!FOO]\n\n> [!a](x.md) and [!FOO]", "");
}

#[test]
fn a_field_is_one_paragraph() {
    check_inline("a *b*\nc", "a <em>b</em>\nc");
    check_inline("<kbd>Ctrl</kbd>", "<kbd>Ctrl</kbd>");
    check_inline("", "");
    for (block, first) in [
        ("- a", "- a"),
        ("1. a\n2. b", "1. a"),
        ("# a", "# a"),
        ("> a", "> a"),
        ("```\na\n```", "```"),
        ("---", "---"),
        ("|a|\n|-|", "|a|"),
        ("[^1]: a", "[^1]: a"),
    ] {
        check_inline(block, &format!("! block-in-inline {first:?}"));
    }
    check_inline("a\n\nb *c*\n\n- d", "a\n! block-in-inline \"b *c*\"");
}

#[test]
fn a_field_is_shown_as_a_whole() {
    let mut diagnostics = Vec::new();
    let path = path();
    let input = Input {
        path: &path,
        text: "[a](javascript:b) <b>c</b>",
        place: Place::Whole(7..9),
    };
    let walked = inline(input, &mut diagnostics);
    assert_eq!(walked.shown.span, 7..9);
    let spans: Vec<_> = diagnostics
        .iter()
        .filter_map(|d| d.primary.as_ref())
        .map(|label| label.span.clone())
        .collect();
    assert_eq!(spans, [7..9, 7..9]);
}

#[test]
fn excerpt_and_words() {
    let excerpt = |text: &str| walk(page, text).0.shown.excerpt;
    assert_eq!(
        excerpt(
            "> quote\n\n![a](b.png)\n\n## Heading\n\nThe *first* `code`\nand [link](a.md).\n\nNext"
        ),
        "The first code and link."
    );
    assert_eq!(excerpt("> only\n> quotes"), "only quotes");
    assert_eq!(excerpt("[^1]\n\n[^1]: note"), "");
    let long = excerpt(&"wörd ".repeat(60));
    assert_eq!(long.chars().count(), 200);
    assert!(long.ends_with("wörd…"), "{long}");
    assert_eq!(excerpt(&"x".repeat(300)).chars().count(), 200);
    assert_eq!(excerpt(&"x".repeat(200)), "x".repeat(200));
    let words = |text: &str| walk(page, text).0.shown.words;
    assert_eq!(
        words("one *two*three\nfour `five six`\n\n- seven\n- eight\n\n```\nnine ten\n```"),
        9
    );
    assert_eq!(words("|a|b|\n|-|-|\n|c|d|"), 4);
    assert_eq!(words("a[^1]\n\n[^1]: b c\n\n[^2]: d"), 3);
}

#[test]
fn nesting_has_an_end() {
    for text in [
        "> ".repeat(60),
        "- ".repeat(60),
        "*a **b ".repeat(60) + &"** *".repeat(60),
    ] {
        let (walked, found) = walk(page, &(text + "x"));
        let rules: Vec<_> = found.iter().map(|d| d.rule.name).collect();
        assert!(
            rules.len() <= 1 && rules.iter().all(|&rule| rule == "nesting"),
            "{rules:?}"
        );
        assert!(walked.shown.fragment.html.len() < 2500);
    }
    wrong(page, &("> ".repeat(40) + "x"), "");
    wrong(page, &("> ".repeat(41) + "x"), "! nesting \"> x\"");
    wrong(
        page,
        &("<u>".repeat(42) + &"</u>".repeat(42)),
        "! nesting \"<u>\"",
    );
}
