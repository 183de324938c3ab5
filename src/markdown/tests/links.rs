use super::*;

fn target(text: &str) -> Target {
    let (walked, found) = walk(page, text);
    assert_eq!(found, [], "{text}");
    assert_eq!(walked.links.len(), 1, "{text}");
    walked.links[0].target.clone()
}

fn file(path: &str, anchor: Option<&str>) -> Target {
    Target::File {
        path: path.to_owned(),
        anchor: anchor.map(str::to_owned),
    }
}

fn site(path: &str, anchor: Option<&str>) -> Target {
    Target::Site {
        path: path.to_owned(),
        anchor: anchor.map(str::to_owned),
    }
}

fn external(url: &str) -> Target {
    Target::External(url.to_owned())
}

#[test]
fn targets() {
    for (address, expected) in [
        (
            "../mid/decorators.md#section",
            file("content/python/mid/decorators.md", Some("section")),
        ),
        ("y.md", file("content/python/senior/y.md", None)),
        ("./y.md#", file("content/python/senior/y.md", None)),
        ("../../pages/faq.md", file("content/pages/faq.md", None)),
        ("../mid/", file("content/python/mid", None)),
        (
            "a%20b%3F.md#%C3%BC",
            file("content/python/senior/a b?.md", Some("ü")),
        ),
        ("<a b.md>", file("content/python/senior/a b.md", None)),
        ("a%2F..%2F..%2Fb.md", file("content/python/b.md", None)),
        ("./a:b.md", file("content/python/senior/a:b.md", None)),
        ("#x-y", Target::Anchor("x-y".to_owned())),
        ("#", Target::Anchor(String::new())),
        ("#top", Target::Anchor("top".to_owned())),
        ("/python/", site("/python/", None)),
        ("/python/../faq/?q=1#a", site("/faq/", Some("a"))),
        ("/", site("/", None)),
        ("/%2F/evil.com", site("/evil.com", None)),
        (
            "HTTPS://Example.ORG/a b".replace(' ', "%20").as_str(),
            external("https://example.org/a%20b"),
        ),
        ("https://example.org", external("https://example.org/")),
        ("mailto:a@b.c", external("mailto:a@b.c")),
    ] {
        assert_eq!(target(&format!("[x]({address})")), expected, "{address}");
    }
    assert_eq!(target("<a@b.c>"), external("mailto:a@b.c"));
    assert_eq!(
        target("<https://a.b/?x=1&y>"),
        external("https://a.b/?x=1&y")
    );
    assert_eq!(
        target("[x][y]\n\n[Y]: z.md 'title'"),
        file("content/python/senior/z.md", None)
    );
}

#[test]
fn how_links_are_written() {
    check(
        "[a](https://b.c \"t<\\\"\") [d](e.md)",
        "<p><a href=\"{href:0}\" title=\"t&lt;&quot;\" rel=\"noopener\">a</a> \
         <a href=\"{href:1}\">d</a></p>",
    );
    check_inline("[a](#b)", "<a href=\"{href:0}\">a</a>");
    check("<a@b.c>", "<p><a href=\"{href:0}\">a@b.c</a></p>");
}

#[test]
fn unsafe_addresses_however_they_are_written() {
    for address in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#x73;cript:alert(1)",
        "javascript&colon;alert(1)",
        "javascript&#58;alert(1)",
        "&#1;javascript:alert(1)",
        "<java\tscript:alert(1)>",
        "<java&Tab;script:alert(1)>",
        "<java&NewLine;script:alert(1)>",
        "<  javascript:alert(1)>",
        "<&#32;javascript:alert(1)>",
        "java\\script:alert(1)".replace('\\', "&#10;").as_str(),
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:x",
        "//evil.com",
        "&#47;/evil.com",
        "</&Tab;/evil.com>",
        "tel:1",
        "c:/x",
    ] {
        let text = format!("[*x*]({address})");
        let (walked, found) = walk(page, &text);
        let rules: Vec<_> = found.iter().map(|d| d.rule.name).collect();
        assert_eq!(rules, ["unsafe-address"], "{address}");
        assert_eq!(
            shown(&walked.shown.fragment),
            "<p><em>x</em></p>",
            "{address}"
        );
        assert_eq!(walked.links, []);
        let (walked, found) = walk(page, &format!("![x]({address})"));
        assert_eq!(found.len(), 1, "{address}");
        assert_eq!(shown(&walked.shown.fragment), "<p>x</p>", "{address}");
    }
    check(
        "<javascript:alert(1)>",
        "<p>javascript:alert(1)</p>\n! unsafe-address \"javascript:alert(1)\"",
    );
    // Encoded, it is a file's name.
    assert_eq!(
        target("[x](javascript%3Aalert)"),
        file("content/python/senior/javascript:alert", None)
    );
}

#[test]
fn addresses_that_can_not_be_read() {
    for address in [
        "",
        "<>",
        "<  >",
        "<\\\\evil.com>",
        "/\\\\evil.com",
        "a\\\\b.md",
        "a%5Cb.md",
        "%00.md",
        "%FF.md",
        "https:a.b",
        "https:/a.b",
        "https://",
        "https:///a",
        "https://a b".replace(' ', "%20").as_str(),
        "https://a:99999/",
        "https:\\\\\\\\a",
        "y.md?a",
        "mailto:",
        "http://[::1",
    ] {
        let text = format!("[x]({address})");
        let (walked, found) = walk(page, &text);
        let rules: Vec<_> = found.iter().map(|d| d.rule.name).collect();
        assert_eq!(rules, ["address-invalid"], "{address}");
        assert_eq!(walked.links, []);
    }
    wrong(
        page,
        "[x](../../../y.md)",
        "! link-outside \"../../../y.md\"",
    );
    wrong(page, "[x](/../y)", "! link-outside \"/../y\"");
    wrong(
        page,
        "[x](%2E%2E/%2e%2e/../y.md)",
        "! link-outside \"%2E%2E/%2e%2e/../y.md\"",
    );
}

#[test]
fn the_address_is_underlined_and_a_definition_told_once() {
    wrong(page, "a [x](data:y 't') b", "! unsafe-address \"data:y\"");
    wrong(
        page,
        "[a][r] [b][R] [r]\n\n[r]: data:x",
        "! unsafe-address \"data:x\"",
    );
    wrong(
        page,
        "a [x](data&colon;y) b",
        "! unsafe-address \"[x](data&colon;y)\"",
    );
}

#[test]
fn undefined_references() {
    wrong(
        page,
        "[a][b] and [c][]",
        "! link-undefined \"[a][b]\"\n! link-undefined \"[c][]\"",
    );
    wrong(page, "![a][b]", "! link-undefined \"![a][b]\"");
    wrong(page, "[a] \\[a][b] `[a][b]` [x]\n\n[b]: y.md", "");
    assert_eq!(
        said(page, "[a][gli]\n\n[gil]: x.md"),
        "the link refers to `gli`, which is not defined; did you mean `gil`?"
    );
    assert_eq!(
        said(page, "x[0][1]"),
        "the link refers to `1`, which is not defined; write `[1]: address` on a line of its own; \
         if this is code, put it between backticks"
    );
}

#[test]
fn bare_links() {
    check(
        "See https://ab.io/c_d_e?x=1&amp;y=2#z. And <b@c.d> (http://ef.io/g_(h)), ftp://x.y www.z.de",
        "<p>See <a href=\"{href:0}\" rel=\"noopener\">https://ab.io/c_d_e?x=1&amp;y=2#z</a>. And \
         <a href=\"{href:1}\">b@c.d</a> (<a href=\"{href:2}\" rel=\"noopener\">http://ef.io/g_(h)</a>), \
         ftp://x.y www.z.de</p>",
    );
    let text = "é &amp; https://ab.io/c_d_e *x*";
    let (walked, _) = walk(page, text);
    let span = walked.links[0].span.clone();
    assert_eq!(
        &text[span.start - OFFSET..span.end - OFFSET],
        "https://ab.io/c_d_e"
    );
    check(
        "`https://ab.io` [https://ab.io](c.md)",
        "<p><code>https://ab.io</code> <a href=\"{href:0}\">https://ab.io</a></p>\n! link-text \"https://ab.io\"",
    );
    check(
        "## https://ab.io",
        "<div class=\"heading\"><h{2} id=\"{}httpsabio\"><a href=\"{href:0}\" rel=\"noopener\">https://ab.io</a></h{2}><a class=\"permalink\" href=\"#{}httpsabio\" aria-labelledby=\"{}httpsabio\">#</a></div>",
    );
    wrong(page, "https://a:99999/ javascript://x.y/%0aalert(1)", "");
}

#[test]
fn images() {
    check(
        "![a *b* `c` [d](e.md) &amp;<\\\"](../f.svg \"t\")",
        "<p><img{image:0} alt=\"a b c d &amp;&lt;&quot;\" title=\"t\" loading=\"lazy\" decoding=\"async\"></p>",
    );
    let (walked, _) = walk(page, "![a](../f%20g.svg)");
    assert_eq!(walked.images[0].path, "content/python/f g.svg");
    check(
        "![a](https://b.c/d.png)",
        "<p>a</p>\n! image-external \"https://b.c/d.png\"",
    );
    wrong(page, "![a](/b.png)", "! address-invalid \"/b.png\"");
    wrong(page, "![a](#b)", "! address-invalid \"#b\"");
    wrong(page, "![a](b.svg#c)", "! address-invalid \"b.svg#c\"");
    wrong(
        page,
        "![a](mailto:b@c.d)",
        "! address-invalid \"mailto:b@c.d\"",
    );
    wrong(page, "![](b.png)", "! alt-missing \"![](b.png)\"");
    wrong(
        page,
        "![ &nbsp; ](b.png)",
        "! alt-missing \"![ &nbsp; ](b.png)\"",
    );
    wrong(
        page,
        "![a](../../../b.png)",
        "! link-outside \"../../../b.png\"",
    );
    check(
        "[![a](b.png)](c.md)",
        "<p><a href=\"{href:0}\"><img{image:0} alt=\"a\" loading=\"lazy\" decoding=\"async\"></a></p>",
    );
}
