//! As much of HTML as built pages need: their start tags, and what stands between two of them.

/// A start tag.
#[derive(Debug, PartialEq, Eq)]
pub struct Element {
    pub name: String,
    /// Names and decoded values.
    pub attributes: Vec<(String, String)>,
    /// Where the tag ends.
    pub end: usize,
}

impl Element {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// All start tags, without those in comments and scripts.
pub fn elements(html: &str) -> Vec<Element> {
    let mut elements = Vec::new();
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        at += found;
        if let Some(comment) = html[at..].strip_prefix("<!--") {
            at = comment.find("-->").map_or(html.len(), |end| at + end + 7);
            continue;
        }
        let Some(element) = start_tag(html, at) else {
            at += 1;
            continue;
        };
        at = element.end;
        if ["script", "style"].contains(&element.name.as_str()) {
            let end = format!("</{}>", element.name);
            at = html[at..]
                .find(&end)
                .map_or(html.len(), |length| at + length);
        }
        elements.push(element);
    }
    elements
}

fn start_tag(html: &str, start: usize) -> Option<Element> {
    let mut rest = &html[start + 1..];
    if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let name = until(&mut rest, |c| c.is_whitespace() || c == '>' || c == '/');
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            let end = html.len() - after.len();
            return Some(Element {
                name: name.to_ascii_lowercase(),
                attributes,
                end,
            });
        }
        let key = until(&mut rest, |c| c.is_whitespace() || "=>/".contains(c));
        if key.is_empty() {
            return None;
        }
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            rest = after;
            let quote = rest.chars().next()?;
            if quote == '"' || quote == '\'' {
                rest = &rest[1..];
                value = until(&mut rest, |c| c == quote);
                rest = rest.strip_prefix(quote)?;
            } else {
                value = until(&mut rest, |c| c.is_whitespace() || c == '>');
            }
        }
        attributes.push((key.to_owned(), decoded(value)));
    }
}

fn until<'t>(rest: &mut &'t str, stop: impl Fn(char) -> bool) -> &'t str {
    let end = rest.find(stop).unwrap_or(rest.len());
    let (before, after) = rest.split_at(end);
    *rest = after;
    before
}

/// Text between the first tag of this name with this attribute and its end tag, markup included.
pub fn inside<'h>(html: &'h str, name: &str, attribute: (&str, &str)) -> &'h str {
    let element = elements(html)
        .into_iter()
        .find(|element| element.name == name && element.get(attribute.0) == Some(attribute.1))
        .unwrap_or_else(|| panic!("no <{name} {attribute:?}> in\n{html}"));
    let rest = &html[element.end..];
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut end = 0;
    loop {
        end += rest[end..].find(&close).unwrap();
        if rest[..end].matches(&open).count() <= rest[..end].matches(&close).count() {
            return &rest[..end];
        }
        end += close.len();
    }
}

/// The values of an attribute, in order.
pub fn values(html: &str, name: &str, attribute: &str) -> Vec<String> {
    elements(html)
        .iter()
        .filter(|element| element.name == name)
        .filter_map(|element| element.get(attribute).map(str::to_owned))
        .collect()
}

/// Whether the file is of this kind by its name.
pub fn has_ending(path: &str, ending: &str) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, found)| found == ending)
}

/// Text without tags, entities decoded, one space between words.
pub fn text(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        rest = rest[start..]
            .find('>')
            .map_or("", |end| &rest[start + end + 1..]);
    }
    out.push_str(rest);
    let words: Vec<&str> = out.split_whitespace().collect();
    decoded(&words.join(" "))
}

/// The signs that the templates write as entities.
pub fn decoded(text: &str) -> String {
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#x2F;", "/"),
        ("&apos;", "'"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (entity, sign)| {
        text.replace(entity, sign)
    })
}
