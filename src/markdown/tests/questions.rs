use super::*;

#[test]
fn parted_at_the_answer() {
    let text = "look\n\n## Setting\n\n[a](b.md)\n\n## Answer\n\nwell\n\n### More\n\n```py\n```\n![c](d.png)";
    let (walked, found) = walk(question, text);
    assert_eq!(found, []);
    let answer = walked.answer.as_ref().unwrap();
    assert!(walked.shown.fragment.html.starts_with("<p>look</p>"));
    assert!(answer.fragment.html.starts_with("<p>well</p>"));
    assert!(
        !answer.fragment.html.contains("Answer") && !walked.shown.fragment.html.contains("Answer")
    );
    assert_eq!(
        (walked.shown.excerpt.as_str(), answer.excerpt.as_str()),
        ("look", "well")
    );
    let at = text.find("## Answer").unwrap() + OFFSET;
    assert_eq!(walked.shown.span, OFFSET..at);
    assert_eq!(answer.span, at + "## Answer\n".len()..OFFSET + text.len());
    let parts = [
        walked.headings[0].part,
        walked.headings[1].part,
        walked.links[0].part,
        walked.blocks[0].part,
        walked.images[0].part,
    ];
    assert_eq!(
        parts,
        [
            Part::Shown,
            Part::Answer,
            Part::Shown,
            Part::Answer,
            Part::Answer
        ]
    );
    check_question("## Answer\n\na", "---- answer\n<p>a</p>");
    check_question("##   *Answer*  ##\na", "---- answer\n<p>a</p>");
    wrong(page, "## Answer\n\n## Answer", "");
}

#[test]
fn no_answer() {
    let missing = |text: &str| {
        let (walked, found) = walk(question, text);
        assert!(walked.answer.is_none());
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(found[0].rule.name, "answer-missing");
        let span = found[0].primary.as_ref().unwrap().span.clone();
        let place = &text[span.start - OFFSET..span.end - OFFSET];
        (found[0].help.clone().unwrap(), place.to_owned())
    };
    let meant = |heading: &str| ("did you mean `## Answer`?".to_owned(), heading.to_owned());
    assert_eq!(missing("a\n\n## answer\n\nb\n"), meant("## answer"));
    assert_eq!(missing("a\n\n### Answer\n\nb"), meant("### Answer"));
    assert_eq!(missing("a\n\n# Answer\n\nb"), meant("# Answer"));
    assert_eq!(missing("a\n\n## Answer:\n\nb"), meant("## Answer:"));
    assert_eq!(
        missing("> ## Answer\n\nb"),
        (
            "`## Answer` must stand outside of quotes and lists".to_owned(),
            "## Answer".to_owned()
        )
    );
    assert_eq!(missing("").1, "");
    assert_eq!(missing("a\n\n## Questions").1, "");
    wrong(
        question,
        "# answer\n\n## Answer",
        "! heading-one \"# answer\"",
    );
}

#[test]
fn two_answers() {
    let text = "## Answer\n\na\n\n## Answer\n\nb";
    wrong(question, text, "! answer-twice \"## Answer\"");
    let (_, found) = walk(question, text);
    assert_eq!(found[0].primary.as_ref().unwrap().span.start, OFFSET + 14);
    assert_eq!(found[0].secondary[0].span, OFFSET..OFFSET + 9);
}

#[test]
fn what_is_open_above_is_not_open_below() {
    check_question(
        "<details>\n<summary>s</summary>\n\na\n\n## Answer\n\nb\n\n</details>",
        "<details>\n<summary>s</summary>\n<p>a</p></details>\n---- answer\n<p>b</p>\n! html-place \"## Answer\"",
    );
}
