use super::*;

const BACK: &str = "aria-label=\"{FootnoteBack}\">↩</a>";

fn reference(note: usize, id: &str) -> String {
    format!(
        "<sup class=\"footnote-ref\"><a href=\"#{{}}fn-{note}\" id=\"{{}}fnref-{id}\">{note}</a></sup>"
    )
}

fn back(id: &str) -> String {
    match id.split_once('-') {
        Some((_, time)) => format!(
            "<a class=\"footnote-back\" href=\"#{{}}fnref-{id}\" aria-label=\"{{FootnoteBack}} ({time})\">↩</a>"
        ),
        None => format!("<a class=\"footnote-back\" href=\"#{{}}fnref-{id}\" {BACK}"),
    }
}

#[test]
fn collected_at_the_end() {
    check(
        "[^b]: B *b*\n\na[^a] b[^b] a[^A].\n\n[^a]: A\n\n    second\n\nlast",
        &format!(
            "<p>a{} b{} a{}.</p><p>last</p><div class=\"footnotes\"><p class=\"footnotes-title\">{{Footnotes}}</p><ol><li id=\"{{}}fn-1\"><p>A</p><p>second {} {}</p></li>\
             <li id=\"{{}}fn-2\"><p>B <em>b</em> {}</p></li></ol></div>",
            reference(1, "1"),
            reference(2, "2"),
            reference(1, "1-2"),
            back("1"),
            back("1-2"),
            back("2"),
        ),
    );
    check(
        "a[^1]\n\n[^1]:\n    ```\n    x\n    ```",
        &format!(
            "<p>a{}</p><div class=\"footnotes\"><p class=\"footnotes-title\">{{Footnotes}}</p><ol><li \
             id=\"{{}}fn-1\"><pre class=\"code\" tabindex=\"0\"><code>{{code:0}}</code></pre><p>{}</p>\
             </li></ol></div>\n! fence-language \"```\"",
            reference(1, "1"),
            back("1"),
        ),
    );
}

#[test]
fn footnotes_in_footnotes() {
    check(
        "a[^1]\n\n[^2]: two [^1]\n[^1]: one [^2] [x](y.md)",
        &format!(
            "<p>a{}</p><div class=\"footnotes\"><p class=\"footnotes-title\">{{Footnotes}}</p><ol><li \
             id=\"{{}}fn-1\"><p>one {} <a href=\"{{href:0}}\">x</a> {} {}</p></li><li \
             id=\"{{}}fn-2\"><p>two {} {}</p></li></ol></div>",
            reference(1, "1"),
            reference(2, "2"),
            back("1"),
            back("1-2"),
            reference(1, "1-2"),
            back("2"),
        ),
    );
}

#[test]
fn each_part_has_its_own() {
    let text = "q[^s] [^b]\n\n[^a]: only answer [l](a.md)\n[^n]: nested\n\n    ## H\n\n## Answer\n\nx[^a] y[^b] \
                [^s2]\n\n[^s]: shown [m](s.md)\n[^b]: both\n[^s2]: [^n] ![i](i.png)";
    let (walked, found) = walk(question, text);
    assert_eq!(found, []);
    let answer = walked
        .answer
        .as_ref()
        .map(|answer| shown(&answer.fragment))
        .unwrap_or_default();
    let first = shown(&walked.shown.fragment);
    for only in ["only answer", "nested", "i.png", "{href:0}", "fn-3"] {
        assert!(!first.contains(only), "{first}");
    }
    assert!(!answer.contains("both"), "{answer}");
    assert!(
        answer.contains("<ol start=\"3\">") && answer.contains("only answer"),
        "{answer}"
    );
    // The answer's reference to a note above has no way back: candidates do not get it.
    assert!(answer.contains(&reference(2, "2-2")) && !first.contains("fnref-2-2"));
    let parts: Vec<_> = walked.links.iter().map(|link| link.part).collect();
    assert_eq!(parts, [Part::Answer, Part::Shown]);
    assert_eq!(walked.headings[0].part, Part::Answer);
    assert_eq!(walked.images[0].part, Part::Answer);
    assert_eq!(walked.shown.words, 4);
}

#[test]
fn what_is_wrong_with_footnotes() {
    wrong(
        page,
        "a[^x] `[^y]` \\[^z] \\\\[^w]",
        "! footnote-undefined \"[^x]\"\n! footnote-undefined \"[^w]\"",
    );
    assert_eq!(
        said(page, "a[^nte] b[^note]\n\n[^note]: c"),
        "the footnote `nte` is not defined; did you mean `note`?"
    );
    wrong(page, "a\n\n[^x]: b", "! footnote-unused \"[^x]:\"");
    wrong(
        page,
        "a[^x]\n\n[^x]: b\n[^X]: [y](data:z)",
        "! footnote-twice \"[^X]:\"\n! unsafe-address \"data:z\"",
    );
    check_inline("a[^1]", "a[^1]\n! footnote-undefined \"[^1]\"");
    // Not shown, and not taken for what candidates read.
    let (walked, _) = walk(question, "[^x]: [a](b.md)\n\n## Answer\n\nc");
    assert_eq!(walked.links[0].part, Part::Answer);
    let (_, found) = walk(page, "a[^1]\n\n[^1]: b\n[^1]: c");
    assert_eq!(found[0].secondary[0].span, OFFSET + 7..OFFSET + 12);
}

#[test]
fn in_headings_links_and_cells() {
    wrong(
        page,
        "## a[^1]\n\n|b[^1]|\n|-|\n\n![c[^1]](d.png)\n\n[^1]: e",
        "",
    );
    let (walked, _) = walk(page, "## a[^1]\n\n[x[^1]](y.md)\n\n[^1]: e");
    assert_eq!(walked.headings[0].text, "a");
    let html = shown(&walked.shown.fragment);
    assert!(
        html.contains(&format!("a{}</h{{2}}>", reference(1, "1"))),
        "{html}"
    );
}
