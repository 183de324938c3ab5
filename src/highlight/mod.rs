//! Syntax highlighting: from the code of a fence to escaped HTML with short
//! class spans, `<span class="k">def</span>`.
//!
//! | class | meaning |
//! |---|---|
//! | `c` | comment |
//! | `k` | keyword, word operator, HTML or XML tag |
//! | `s` | string, regular expression, raw text |
//! | `e` | escape within a string: `\n`, `{{`, `&amp;` |
//! | `i` | braces and placeholders of an interpolation |
//! | `n` | number, colour |
//! | `b` | constant or built-in name: `None`, `len`, `self` |
//! | `f` | function name where it is defined; command of a shell line |
//! | `t` | class or type name where it is defined; section of a settings file |
//! | `d` | decorator, annotation |
//! | `a` | attribute of a tag, key of JSON, YAML, TOML, CSS |
//! | `v` | variable in a language that marks them: `$HOME` |
//! | `p` | prompt of a session: `>>>`, `...`, `$` |
//! | `h` | heading in markup, header of a diff |
//! | `gd`, `gi` | deleted line, inserted line |
//!
//! Plain text, blanks, punctuation and signs are in no span. A span may run
//! over lines. The table itself is [`class::TABLE`].
//!
//! All languages but one go through syntect, whose results are kept: line by
//! line within a run, block by block between runs. A line of more than
//! [`engine::LONGEST_LINE`] bytes is left plain, and so is the rest of a block
//! that syntect fails on.
//!
//! Python alone has a lexer of our own: handbooks' code is mostly Python,
//! syntect takes a hundred times as long for it (half a millisecond a block),
//! and its syntax knows no `match`, `case` or `type`.

mod cache;
mod class;
mod codec;
mod engine;
mod html;
mod languages;
mod python;
mod python_text;
mod python_words;
mod scan;
mod scopes;
mod session;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_limits;

use xxhash_rust::xxh3::xxh3_64;

use cache::Cache;
use class::Token;
use languages::{Lexer, SHELL};

/// To be raised when the use we make of syntect's parser, or what we take for
/// a line of a shell's session, changes.
const EDITION: u64 = 1;
/// Whose results are in the cache; a test holds it against `Cargo.lock`.
const PARSERS: [(&str, &str); 2] = [("syntect", "5.3.0"), ("two-face", "0.5.2+bat-0.26.1")];

/// Whether two names of fences mean one language, of those that are highlighted.
#[must_use]
pub fn is_same_language(one: &str, other: &str) -> bool {
    let lexer = |name| languages::lexer(name).filter(|lexer| *lexer != Lexer::Plain);
    lexer(one).is_some_and(|found| lexer(other) == Some(found))
}

/// Highlights code; to be shared by all threads.
pub struct Highlighter {
    cache: Cache,
}

impl Highlighter {
    /// `cache` is what an earlier [`Self::to_cache`] returned; anything
    /// unreadable or of another version is ignored.
    #[must_use]
    pub fn new(cache: Option<&[u8]>) -> Self {
        Self {
            cache: Cache::new(cache, fingerprint()),
        }
    }

    /// Whether a fence of this language is understood; `text`, `output` and the
    /// empty name are, as plain text.
    #[must_use]
    pub fn knows(&self, language: &str) -> bool {
        languages::lexer(language).is_some()
    }

    /// Every name that [`Self::knows`] knows, in lower case.
    pub fn languages(&self) -> impl Iterator<Item = &'static str> + use<> {
        languages::names()
    }

    /// Appends the code as HTML, without `<pre>` and `<code>`. An unknown
    /// language is escaped only.
    pub fn write_html(&self, language: &str, code: &str, out: &mut String) {
        let lexer = languages::lexer(language).unwrap_or(Lexer::Plain);
        // About what code has; growing costs more than a few bytes too many.
        let mut tokens = Vec::with_capacity(code.len() / 8);
        match lexer {
            Lexer::Plain => {}
            Lexer::Python if !session::is_python(code) => python::lex(code, &mut tokens),
            Lexer::Python | Lexer::PythonSession => {
                session::python(code, python::lex, &mut tokens);
            }
            Lexer::Syntax(SHELL) if session::is_shell(code) => self.shell(code, &mut tokens),
            Lexer::ShellSession => self.shell(code, &mut tokens),
            Lexer::Syntax(name) => self.remembered(name, code, &mut tokens, |tokens| {
                engine::lex(name, code, tokens);
            }),
        }
        html::write(code, &tokens, out);
    }

    /// The cache's new content: the blocks of this run. `None` when none of
    /// them was new.
    #[must_use]
    pub fn to_cache(&self) -> Option<Vec<u8>> {
        self.cache.to_bytes()
    }

    fn shell(&self, code: &str, tokens: &mut Vec<Token>) {
        self.remembered("session", code, tokens, |tokens| {
            let lex = |code: &str, tokens: &mut Vec<Token>| engine::lex(SHELL, code, tokens);
            session::shell(code, lex, tokens);
        });
    }

    /// The tokens of a block: from the cache, or else by `lex`.
    fn remembered(
        &self,
        name: &str,
        code: &str,
        tokens: &mut Vec<Token>,
        lex: impl FnOnce(&mut Vec<Token>),
    ) {
        let key = cache::key(name, code);
        let found = self.cache.get(key, |bytes| {
            tokens.clear();
            codec::decode(bytes, code, 0, tokens)
        });
        if found.is_none() {
            tokens.clear();
            lex(tokens);
            let mut bytes = Vec::with_capacity(tokens.len() * 4 + 2);
            codec::encode(tokens, 0, code.len(), &mut bytes);
            self.cache.insert(key, &bytes);
        }
    }
}

/// Changes whenever cached tokens would no longer be what we make today.
fn fingerprint() -> u64 {
    let table = format!(
        "{EDITION} {PARSERS:?} {:?} {:?} {}",
        class::TABLE,
        scopes::PREFIXES,
        engine::LONGEST_LINE
    );
    xxh3_64(table.as_bytes())
}
