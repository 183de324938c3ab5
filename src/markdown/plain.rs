//! A fragment's words without its markup.

use super::{CodeBlock, Fragment, Mark};

/// Where a fragment's words go.
pub trait Words {
    /// Text between two tags. What is no word of the text is never among it.
    fn text(&mut self, text: &str);
    /// Code within a line.
    fn code(&mut self, code: &str);
    /// A block of code.
    fn block(&mut self, block: &CodeBlock);
    /// Words before and after it are not neighbours.
    fn pause(&mut self);
}

/// Elements whose ends are no ends of words.
const WITHIN_LINES: [&str; 20] = [
    "a", "abbr", "cite", "code", "del", "dfn", "em", "ins", "kbd", "mark", "q", "s", "samp",
    "small", "strong", "sub", "sup", "u", "var", "wbr",
];

/// Signs of the page that stand among the words: their elements, and how those are known.
const SIGNS: [(&str, &str); 3] = [
    ("a", "class=\"permalink\""),
    ("a", "class=\"footnote-back\""),
    ("sup", "class=\"footnote-ref\""),
];

impl Fragment {
    /// Gives every word once, in order. `blocks` are those of the same text.
    pub fn words(&self, blocks: &[CodeBlock], words: &mut impl Words) {
        let mut reader = Reader {
            in_code: false,
            left_out: None,
            text: String::new(),
        };
        let mut from = 0;
        for &(at, mark) in &self.marks {
            if let Mark::Code(number) = mark {
                reader.read(self.html.get(from..at as usize).unwrap_or_default(), words);
                from = at as usize;
                if let Some(block) = blocks.get(number as usize) {
                    words.block(block);
                }
            }
        }
        reader.read(self.html.get(from..).unwrap_or_default(), words);
    }
}

struct Reader {
    in_code: bool,
    /// The element that is open and holds a sign of the page, no word of the text.
    left_out: Option<&'static str>,
    text: String,
}

impl Reader {
    /// Our own HTML: a `>` in it always ends a tag, since in texts and values it is escaped.
    fn read(&mut self, html: &str, words: &mut impl Words) {
        let mut rest = html;
        while !rest.is_empty() {
            let open = rest.find('<').unwrap_or(rest.len());
            let (text, tagged) = rest.split_at(open);
            self.give(text, words);
            let Some(end) = tagged.find('>') else {
                return;
            };
            self.tag(&tagged[1..end], words);
            rest = &tagged[end + 1..];
        }
    }

    fn give(&mut self, text: &str, words: &mut impl Words) {
        if text.is_empty() || self.left_out.is_some() {
            return;
        }
        let text = if text.contains('&') {
            self.text.clear();
            unescape(text, &mut self.text);
            &self.text
        } else {
            text
        };
        if self.in_code {
            words.code(text);
        } else {
            words.text(text);
        }
    }

    fn tag(&mut self, tag: &str, words: &mut impl Words) {
        let closes = tag.starts_with('/');
        let tag = tag.trim_start_matches('/');
        let name = tag.split(' ').next().unwrap_or_default();
        if closes && self.left_out == Some(name) {
            self.left_out = None;
        } else if let Some((element, _)) = SIGNS.iter().find(|(_, sign)| tag.contains(sign)) {
            self.left_out = Some(element);
        }
        if name == "code" {
            self.in_code = !closes;
        } else if !WITHIN_LINES.contains(&name) {
            words.pause();
        }
    }
}

fn unescape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (character, length) = [
            ("&amp;", '&'),
            ("&lt;", '<'),
            ("&gt;", '>'),
            ("&quot;", '"'),
        ]
        .into_iter()
        .find(|(name, _)| rest.starts_with(name))
        .map_or(('&', 1), |(name, character)| (character, name.len()));
        out.push(character);
        rest = &rest[length..];
    }
    out.push_str(rest);
}
