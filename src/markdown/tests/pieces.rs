use super::*;

#[test]
fn titles() {
    for (text, html, plain) in [
        (
            "What is `x < y`?",
            "What is <code>x &lt; y</code>?",
            "What is x < y?",
        ),
        (
            "*a* <b> & [c](d)",
            "*a* &lt;b&gt; &amp; [c](d)",
            "*a* <b> & [c](d)",
        ),
        ("``a ` b``", "<code>a ` b</code>", "a ` b"),
        ("`` `a` ``", "<code>`a`</code>", "`a`"),
        ("`open", "`open", "`open"),
        ("``a`", "``a`", "``a`"),
        ("``a`b`", "``a<code>b</code>", "``ab"),
        ("a\\b", "a\\b", "a\\b"),
        ("", "", ""),
    ] {
        assert_eq!(title(text), (html.to_owned(), plain.to_owned()), "{text}");
    }
}

#[test]
fn slugs() {
    for (text, id) in [
        ("How does the GIL work?", "how-does-the-gil-work"),
        ("  a_b - c  ", "a_b---c"),
        ("Straße — naïve", "strasse--naive"),
        ("3.12", "312"),
        ("🎉", "section"),
        ("", "section"),
        ("--", "section"),
    ] {
        assert_eq!(slug(text), id, "{text}");
    }
}

#[test]
fn control_characters_are_found() {
    let text = "a\tb\n\u{202E}c\u{7}é\u{2067}–“\u{85}\u{7f}\u{200E}";
    let mut found = Vec::new();
    control_characters(&path(), text, OFFSET, &mut found);
    assert_eq!(
        told(text, &found).trim(),
        "! control-reordering \"\\u{202e}\"\n! control-character \"\\u{7}\"\n! control-reordering \
         \"\\u{2067}\"\n! control-character \"\\u{85}\"\n! control-character \"\\u{7f}\""
    );
    assert_eq!(found[0].message, "U+202E reorders the text around it");
}

struct Page;

impl Fill for Page {
    fn href(&self, link: u32, out: &mut String) {
        let _ = write!(out, "/l{link}");
    }
    fn image(&self, image: u32, out: &mut String) {
        let _ = write!(out, " src=\"/i{image}\" width=\"1\" height=\"2\"");
    }
    fn id_prefix(&self) -> &'static str {
        "q1-"
    }
    fn heading_shift(&self) -> u8 {
        3
    }
    fn code(&self, block: u32, out: &mut String) {
        let _ = write!(out, "<b>{block}</b>");
    }
    fn word(&self, _: Word) -> &'static str {
        "A \"&\" word"
    }
}

#[test]
fn marks_are_filled_in() {
    let (walked, _) = walk(
        question,
        "## A\n\n##### B\n\n[a](b.md)![c](d.png)\n\n## Answer\n\n```\nx\n```\n\n- [ ] t",
    );
    let mut out = String::new();
    walked.write(Part::Shown, &Page, &mut out);
    out.push('|');
    walked.write(Part::Answer, &Page, &mut out);
    assert_eq!(
        out,
        "<div class=\"heading\"><h5 id=\"q1-a\">A</h5><a class=\"permalink\" href=\"#q1-a\" \
         aria-labelledby=\"q1-a\">#</a></div><div class=\"heading\"><h6 id=\"q1-b\">B</h6>\
         <a class=\"permalink\" href=\"#q1-b\" aria-labelledby=\"q1-b\">#</a></div>\
         <p><a href=\"/l0\">a</a><img src=\"/i0\" width=\"1\" height=\"2\" alt=\"c\" \
         loading=\"lazy\" decoding=\"async\"></p>|<pre class=\"code\" tabindex=\"0\"><code><b>0</b>\
         </code></pre><ul><li class=\"task\"><input type=\"checkbox\" disabled aria-label=\"A \
         &quot;&amp;&quot; word\"> t</li></ul>"
    );
}

#[test]
fn escapes() {
    let mut out = String::new();
    escape_text("<a & \"b\">", &mut out);
    escape_attribute("<é & \"b\">", &mut out);
    assert_eq!(out, "&lt;a &amp; \"b\"&gt;&lt;é &amp; &quot;b&quot;&gt;");
}
