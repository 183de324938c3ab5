//! Sessions: lines behind a prompt are code, the rest is what they printed.

use super::class::{Class, Token};

/// A line of code within the block.
struct Line {
    /// The prompt, as offsets into the block.
    prompt: (usize, usize),
    /// Where the code is in the buffer and in the block.
    buffer: usize,
    block: usize,
}

/// The lines that one command or statement runs over, joined without prompts
/// so that a string over several lines is seen as one.
#[derive(Default)]
struct Group {
    code: String,
    lines: Vec<Line>,
}

impl Group {
    fn add(&mut self, at: usize, line: &str, prompt: usize) {
        self.lines.push(Line {
            prompt: (at, at + prompt),
            buffer: self.code.len(),
            block: at + prompt,
        });
        self.code.push_str(&line[prompt..]);
    }

    fn flush(&mut self, lex: &mut impl FnMut(&str, &mut Vec<Token>), tokens: &mut Vec<Token>) {
        let mut found = Vec::new();
        if !self.code.is_empty() {
            lex(&self.code, &mut found);
        }
        let mut next = 0;
        for (i, line) in self.lines.iter().enumerate() {
            let (start, end) = line.prompt;
            tokens.push(Token {
                class: Class::Prompt,
                start,
                end,
            });
            let until = self.lines.get(i + 1).map_or(self.code.len(), |l| l.buffer);
            while let Some(token) = found.get(next).filter(|t| t.start < until) {
                let start = token.start.max(line.buffer);
                let stop = token.end.min(until);
                tokens.push(Token {
                    class: token.class,
                    start: start - line.buffer + line.block,
                    end: stop - line.buffer + line.block,
                });
                if token.end > until {
                    break; // goes on in the next line
                }
                next += 1;
            }
        }
        self.code.clear();
        self.lines.clear();
    }
}

fn lines(code: &str) -> impl Iterator<Item = (usize, &str)> {
    code.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    })
}

/// The length of `mark` if the line is it, or begins with it and a blank.
fn marked(line: &str, mark: &str) -> Option<usize> {
    let rest = line.strip_prefix(mark)?;
    if rest.starts_with(' ') {
        Some(mark.len() + 1)
    } else {
        rest.trim_end().is_empty().then_some(mark.len())
    }
}

/// Whether a block said to be Python is a session at the prompt.
pub fn is_python(code: &str) -> bool {
    code.lines()
        .map(str::trim_end)
        .find(|line| !line.is_empty() && !line.starts_with('#'))
        .is_some_and(|line| marked(line, ">>>").is_some())
}

/// A session at Python's prompt.
pub fn python(code: &str, mut lex: impl FnMut(&str, &mut Vec<Token>), tokens: &mut Vec<Token>) {
    let mut group = Group::default();
    for (at, line) in lines(code) {
        if let Some(prompt) = marked(line, ">>>") {
            group.flush(&mut lex, tokens);
            group.add(at, line, prompt);
        } else if let Some(prompt) = marked(line, "...").filter(|_| !group.lines.is_empty()) {
            group.add(at, line, prompt);
        } else {
            group.flush(&mut lex, tokens);
            if line.starts_with('#') {
                tokens.push(Token {
                    class: Class::Comment,
                    start: at,
                    end: at + line.len(),
                });
            }
        }
    }
    group.flush(&mut lex, tokens);
}

/// Whether a block said to be shell shows prompts.
pub fn is_shell(code: &str) -> bool {
    code.lines()
        .find(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .is_some_and(|line| shell_prompt(line).is_some())
}

/// A session at a shell's prompt: `$ `, `(venv) $ `, `me@host:~$ `.
pub fn shell(code: &str, mut lex: impl FnMut(&str, &mut Vec<Token>), tokens: &mut Vec<Token>) {
    let mut group = Group::default();
    let mut goes_on = false;
    for (at, line) in lines(code) {
        if goes_on {
            let prompt = if line.starts_with("> ") { 2 } else { 0 };
            group.add(at, line, prompt);
        } else {
            group.flush(&mut lex, tokens);
            let Some(prompt) = shell_prompt(line) else {
                continue;
            };
            group.add(at, line, prompt);
        }
        let line = line.trim_end();
        goes_on = ["\\", "|", "&&"].iter().any(|end| line.ends_with(end));
    }
    group.flush(&mut lex, tokens);
}

fn shell_prompt(line: &str) -> Option<usize> {
    if let Some(len) = marked(line, "$") {
        return Some(len);
    }
    // An environment's name, user and host: one word each before the dollar.
    let dollar = line.find("$ ").filter(|&at| at <= 60)?;
    let before = &line[..dollar];
    let rest = match before.strip_prefix('(') {
        Some(rest) => rest.split_once(") ")?.1,
        None => before,
    };
    let place = rest.split_once('@').is_none_or(|(user, host)| {
        !user.is_empty() && !user.contains(' ') && host.contains(':') && !host.contains(' ')
    });
    let bare = rest.is_empty() || rest.contains('@');
    (place && bare).then_some(dollar + 2)
}
