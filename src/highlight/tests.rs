//! Written as a specification: code on the left, its spans on the right, where
//! `‹k def›` stands for `<span class="k">def</span>`.

use super::*;

pub fn html(language: &str, code: &str) -> String {
    let mut out = String::new();
    Highlighter::new(None).write_html(language, code, &mut out);
    out
}

pub fn spans(language: &str, code: &str) -> String {
    let html = html(language, code).replace("</span>", "›");
    let html = html.replace("<span class=\"", "‹").replace("\">", " ");
    html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

#[track_caller]
fn python(code: &str, expected: &str) {
    assert_eq!(spans("python", code), expected);
}

#[test]
fn html_is_escaped_and_spans_are_short() {
    assert_eq!(
        html("python", "def f(): return a < b & \"<>\"\n"),
        "<span class=\"k\">def</span> <span class=\"f\">f</span>(): <span class=\"k\">return</span> \
         a &lt; b &amp; <span class=\"s\">\"&lt;&gt;\"</span>\n"
    );
    assert_eq!(html("text", "a < \"b\" & c"), "a &lt; \"b\" &amp; c");
    assert_eq!(html("no such language", "<if>"), "&lt;if&gt;");
    assert_eq!(html("python", ""), "");
}

#[test]
fn neighbours_of_one_class_share_a_span() {
    python("a is not b", "a ‹k is not› b");
    python("async def f", "‹k async def› ‹f f›");
    python("# a\n  # b\nx", "‹c # a\n  # b›\nx");
    python("else\ntry", "‹k else›\n‹k try›");
}

#[test]
fn python_names() {
    python("class A(B): pass", "‹k class› ‹t A›(B): ‹k pass›");
    python("@a.b(1)\nx @ y", "‹d @a.b›(‹n 1›)\nx @ y");
    python("self.print(len(x))", "‹b self›.print(‹b len›(x))");
    python("x = None or True", "x = ‹b None› ‹k or› ‹b True›");
    python("raise ValueError", "‹k raise› ‹b ValueError›");
    python("from . import a", "‹k from› . ‹k import› a");
    python("été = λ", "été = λ");
}

#[test]
fn python_names_that_the_author_takes_are_plain() {
    python("list = f(id=1, max = 2)", "list = f(id=‹n 1›, max = ‹n 2›)");
    python("x: int = 3; id == 4", "x: ‹b int› = ‹n 3›; ‹b id› == ‹n 4›");
}

#[test]
fn python_numbers() {
    python("0xFF 1_000 2.5e-3j .5 1.", "‹n 0xFF 1_000 2.5e-3j .5 1.›");
    python("1if x else 2", "‹n 1›‹k if› x ‹k else› ‹n 2›");
}

#[test]
fn python_strings() {
    python(
        r#"'a\n' "b\"" b'\x00'"#,
        r#"‹s 'a›‹e \n›‹s ' "b›‹e \"›‹s " b'›‹e \x00›‹s '›"#,
    );
    python(r"r'\n\'' rb'\d'", r"‹s r'\n\'' rb'\d'›");
    python("\"\"\"a\n'b\n\"\"\" c", "‹s \"\"\"a\n'b\n\"\"\"› c");
    python("'open\nif", "‹s 'open›\n‹k if›");
    python("'é\\é' x", "‹s 'é\\é'› x");
}

#[test]
fn python_f_strings() {
    python("f'a{b}c'", "‹s f'a›‹i {›b‹i }›‹s c'›");
    python("f'{a!r:>{w}}'", "‹s f'›‹i {›a‹i !r:›‹s >›‹i {›w‹i }}›‹s '›");
    python("f'{{a}}'", "‹s f'›‹e {{›‹s a›‹e }}›‹s '›");
    python("f'{x[\"k\"]}'", "‹s f'›‹i {›x[‹s \"k\"›]‹i }›‹s '›");
    python("f'{f'{a}'}'", "‹s f'›‹i {›‹s f'›‹i {›a‹i }›‹s '›‹i }›‹s '›");
    python(
        "f'{ {1: 2}[1] }'",
        "‹s f'›‹i {› {‹n 1›: ‹n 2›}[‹n 1›] ‹i }›‹s '›",
    );
    python("f'{a != b}'", "‹s f'›‹i {›a != b‹i }›‹s '›");
}

#[test]
fn python_soft_keywords_where_they_are_keywords() {
    python(
        "match x:\n  case [a, 1]: y",
        "‹k match› x:\n  ‹k case› [a, ‹n 1›]: y",
    );
    python("match (x):\n", "‹k match› (x):\n");
    python("match x, *y:\n", "‹k match› x, *y:\n");
    python("match not x:\n", "‹k match not› x:\n");
    python("match -x: # y\n", "‹k match› -x: ‹c # y›\n");
    python(
        "case (1 | 2) if z: y",
        "‹k case› (‹n 1› | ‹n 2›) ‹k if› z: y",
    );
    python("case {'a': b}:", "‹k case› {‹s 'a'›: b}:");
    python("type A = int", "‹k type› ‹t A› = ‹b int›");
    python("type A[T] = T", "‹k type› ‹t A›[T] = T");
}

#[test]
fn python_soft_keywords_where_they_are_names() {
    for code in [
        "match = 3",
        "match(x)",
        "match.group()",
        "match[x]: y = 3",
        "match in x",
        "match is not x",
        "match not in x",
        "case = 1",
        "case(x)",
        "a.match = a.case",
        "print(match)",
    ] {
        let found = spans("python", code);
        assert!(
            !found.contains("k match") && !found.contains("k case"),
            "{found}"
        );
    }
    python("type(x) is type", "‹b type›(x) ‹k is› ‹b type›");
}

#[test]
fn python_recovers_from_brackets_left_open() {
    python("f(\ndef g", "f(\n‹k def› ‹f g›");
    python("f(\nreturn\nmatch x:", "f(\n‹k return›\n‹k match› x:");
}

#[test]
fn python_sessions() {
    let code = ">>> x = 1\n>>> if x:\n...     'a'\n... \n'a'\n>>>\n";
    let expected =
        "‹p >>> ›x = ‹n 1›\n‹p >>> ›‹k if› x:\n‹p ... ›    ‹s 'a'›\n‹p ... ›\n'a'\n‹p >>>›\n";
    assert_eq!(spans("pycon", code), expected);
    assert_eq!(
        spans("python", code),
        expected,
        "also where Python is promised"
    );
    assert_eq!(
        spans("pycon", ">>> '''a\n... b''' if 1\nif"),
        "‹p >>> ›‹s '''a›\n‹p ... ›‹s b'''› ‹k if› ‹n 1›\nif"
    );
}

#[test]
fn shell() {
    let code = "for f in *.py; do cd \"$f\" && ls -l | wc; done # x\n";
    let expected = "‹k for› f ‹k in› *.py; ‹k do› ‹b cd› ‹s \"›‹v $f›‹s \"› && ‹f ls› -l | ‹f wc›; \
                    ‹k done› ‹c # x›\n";
    for name in ["sh", "bash", "zsh", "shell", "BASH"] {
        assert_eq!(spans(name, code), expected);
    }
    assert_eq!(
        spans("sh", "x=\"$(ls \"${y:-1}\" $1)\""),
        "x=‹s \"›‹v $›(‹f ls› ‹s \"›‹v ${y:-1}›‹s \"› ‹v $1›)‹s \"›"
    );
}

#[test]
fn shell_sessions() {
    let code = "$ pip install x\nCollecting if\n(venv) $ ls \\\n> -l\n# note\nme@box:~$ cd\n";
    let expected = "‹p $ ›‹f pip› install x\nCollecting if\n‹p (venv) $ ›‹f ls› \\\n‹p > ›-l\n\
                    # note\n‹p me@box:~$ ›‹b cd›\n";
    for name in ["console", "shell-session", "sh"] {
        assert_eq!(spans(name, code), expected);
    }
    assert_eq!(
        spans("console", "if it costs 5 $ or more\n"),
        "if it costs 5 $ or more\n"
    );
}

#[test]
fn languages_of_two_face() {
    assert_eq!(
        spans("yaml", "a: 1 # c\nb: |\n  if\n"),
        "‹a a›: ‹n 1› ‹c # c›\n‹a b›: ‹k |›\n  if\n"
    );
    assert_eq!(spans("toml", "a = \"b\""), "‹a a› = ‹s \"b\"›");
    assert_eq!(
        spans("html", "<a href=\"b\">&amp;</a>"),
        "<‹k a› ‹a href›=‹s \"b\"›>‹e &amp;›</‹k a›>"
    );
    assert_eq!(
        spans("json", "{\"a\\n\": [1, \"b\\n\", null]}"),
        "{‹a \"a\\n\"›: [‹n 1›, ‹s \"b›‹e \\n›‹s \"›, ‹b null›]}"
    );
    assert_eq!(
        spans("sql", "SELECT count(id) FROM t WHERE a = 'b' -- c"),
        "‹k SELECT› ‹b count›(id) ‹k FROM› t ‹k WHERE› a = ‹s 'b'› ‹c -- c›"
    );
    assert_eq!(
        spans("js", "const f = (x) => `a${x / 2}`; // c"),
        "‹k const› ‹f f› = (x) ‹k =>› ‹s `a›‹i ${›x / ‹n 2›‹i }›‹s `›; ‹c // c›"
    );
    assert_eq!(
        spans("c", "#include <a.h>\nint main() { f(); }"),
        "‹k #include› ‹s <a.h>›\n‹k int› ‹f main›() { f(); }"
    );
    assert_eq!(spans("diff", "-a\n+b\n"), "‹gd -a›\n‹gi +b›\n");
    assert_eq!(spans("ini", "[a]\nb = 1\n"), "[‹t a›]\n‹a b› = ‹s 1›\n");
    assert_eq!(spans("dockerfile", "FROM a"), "‹k FROM› a");
}

#[test]
fn every_name_is_known_and_every_syntax_exists() {
    let highlighter = Highlighter::new(None);
    for name in [
        "",
        "text",
        "plain",
        "output",
        "txt",
        "py",
        "python3",
        "PyCon",
        "console",
        "js",
        "c++",
        "Dockerfile",
        "http",
        "make",
        "xml",
        "markdown",
    ] {
        assert!(highlighter.knows(name), "{name}");
    }
    assert!(!highlighter.knows("pyhton"));
    let mut names: Vec<_> = highlighter.languages().collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count, "each name once");
    let set = two_face::syntax::extra_newlines();
    for (name, _) in languages::SYNTAXES {
        assert!(set.find_syntax_by_name(name).is_some(), "{name}");
    }
}

#[test]
fn the_class_table_is_in_order() {
    for (i, row) in class::TABLE.iter().enumerate() {
        assert_eq!(row.0 as usize, i);
        assert!(
            include_str!("mod.rs").contains(&format!("`{}`", row.1)) || i == 0,
            "{}",
            row.1
        );
    }
}

#[test]
fn the_fingerprint_has_the_versions_in_use() {
    let lock = include_str!("../../Cargo.lock");
    for (name, version) in PARSERS {
        let package = format!("name = \"{name}\"\nversion = \"{version}\"");
        assert!(lock.contains(&package), "raise PARSERS: {name}");
    }
}
