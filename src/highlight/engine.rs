//! All languages but Python: syntect's parser, and a memo of its lines.
//!
//! Identical lines in identical parser states are parsed once. States are
//! numbered as they turn up; the number and the line make the memo's key. The
//! memo belongs to the thread, as a parser state cannot be sent to another one;
//! it needs no lock, and what it holds never shows in the result.

use std::cell::RefCell;
use std::hash::BuildHasher;
use std::rc::Rc;
use std::sync::LazyLock;

use rustc_hash::{FxBuildHasher, FxHashMap};
use syntect::parsing::{ParseState, SyntaxSet};
use xxhash_rust::xxh3::xxh3_128_with_seed;

use super::class::{Class, Token};
use super::codec;
use super::scopes::{Meanings, Stack};

/// Lines of more bytes are left plain, the parser's state as it was: some
/// patterns take a time that grows with the cube of a line's length (a tenth of
/// a second at this one, seven at four times it).
pub const LONGEST_LINE: usize = 500;

/// Bounds on a thread's memo; with some 100 bytes a line at most about 4 MB.
const LINES: usize = 40_000;
const STATES: usize = 4_000;
const STATES_PER_HASH: usize = 32;

static SET: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

thread_local! {
    static ENGINE: RefCell<Engine> = RefCell::default();
}

/// Appends the tokens of `code`; a syntax that is missing, or an error, leaves
/// what follows plain.
pub fn lex(syntax: &'static str, code: &str, tokens: &mut Vec<Token>) {
    ENGINE.with_borrow_mut(|engine| engine.lex(syntax, code, tokens));
}

/// What the parser carries from one line to the next.
#[derive(Clone, PartialEq, Eq)]
struct State {
    parse: ParseState,
    stack: Stack,
}

/// Where a block has got to.
#[derive(Clone)]
enum Position {
    Known(u32),
    /// There are too many states to number this one.
    Free(Rc<State>),
}

struct Line {
    tokens: Box<[u8]>,
    next: u32,
}

#[derive(Default)]
struct Engine {
    meanings: Meanings,
    states: Vec<Rc<State>>,
    by_hash: FxHashMap<u64, Vec<u32>>,
    starts: FxHashMap<&'static str, Position>,
    lines: FxHashMap<u128, Line>,
    /// A last line with the line end that the syntaxes want.
    ended: String,
}

impl Engine {
    fn lex(&mut self, syntax: &'static str, code: &str, tokens: &mut Vec<Token>) {
        let Some(mut position) = self.start(syntax) else {
            return;
        };
        let mut at = 0;
        for line in code.split_inclusive('\n') {
            if line.len() <= LONGEST_LINE {
                let Some(next) = self.line(&position, line, at, tokens) else {
                    return;
                };
                position = next;
            }
            at += line.len();
        }
    }

    fn start(&mut self, syntax: &'static str) -> Option<Position> {
        if let Some(position) = self.starts.get(syntax) {
            return Some(position.clone());
        }
        let position = self.number(State {
            parse: ParseState::new(SET.find_syntax_by_name(syntax)?),
            stack: Stack::default(),
        });
        self.starts.insert(syntax, position.clone());
        Some(position)
    }

    /// Appends the tokens of a line, which begins at `at` in the block.
    fn line(
        &mut self,
        position: &Position,
        line: &str,
        at: usize,
        tokens: &mut Vec<Token>,
    ) -> Option<Position> {
        let (before, key) = match position {
            Position::Free(state) => (Rc::clone(state), None),
            Position::Known(id) => {
                let key = xxh3_128_with_seed(line.as_bytes(), u64::from(*id));
                if let Some(known) = self.lines.get(&key) {
                    codec::decode(&known.tokens, line, at, tokens)?;
                    return Some(Position::Known(known.next));
                }
                (Rc::clone(self.states.get(*id as usize)?), Some(key))
            }
        };
        let first = tokens.len();
        let after = self.parse(&before, line, at, tokens)?;
        let position = self.number(after);
        if let (Some(key), &Position::Known(next)) = (key, &position)
            && self.lines.len() < LINES
        {
            let mut bytes = Vec::with_capacity((tokens.len() - first) * 4 + 2);
            codec::encode(&tokens[first..], at, at + line.len(), &mut bytes);
            let tokens = bytes.into_boxed_slice();
            self.lines.insert(key, Line { tokens, next });
        }
        Some(position)
    }

    fn number(&mut self, state: State) -> Position {
        let same = self
            .by_hash
            .entry(FxBuildHasher.hash_one(&state.stack))
            .or_default();
        if let Some(&id) = same.iter().find(|&&id| *self.states[id as usize] == state) {
            return Position::Known(id);
        }
        let state = Rc::new(state);
        match u32::try_from(self.states.len()) {
            Ok(id) if self.states.len() < STATES && same.len() < STATES_PER_HASH => {
                same.push(id);
                self.states.push(state);
                Position::Known(id)
            }
            _ => Position::Free(state),
        }
    }

    fn parse(
        &mut self,
        before: &State,
        line: &str,
        at: usize,
        tokens: &mut Vec<Token>,
    ) -> Option<State> {
        let mut state = before.clone();
        let text = if line.ends_with('\n') {
            line
        } else {
            self.ended.clear();
            self.ended.extend([line, "\n"]);
            &self.ended
        };
        let ops = state.parse.parse_line(text, &SET).ok()?;
        let mut from = 0;
        let first = tokens.len();
        for (to, op) in &ops {
            let to = (*to).min(line.len());
            if to > from {
                push(&state.stack, line, from..to, at, first, tokens);
                from = to;
            }
            state.stack.apply(op, &mut self.meanings);
        }
        push(&state.stack, line, from..line.len(), at, first, tokens);
        Some(state)
    }
}

/// Appends the stretch of a line as a token, or to the line's last token.
fn push(
    stack: &Stack,
    line: &str,
    range: std::ops::Range<usize>,
    at: usize,
    first: usize,
    tokens: &mut Vec<Token>,
) {
    let (start, end) = (at + range.start, at + range.end);
    let Some(text) = line.get(range) else {
        return;
    };
    let class = stack.class(text);
    if class == Class::Plain || text.is_empty() {
        return;
    }
    match tokens[first..].last_mut() {
        Some(last) if last.class == class && last.end == start => last.end = end,
        _ => tokens.push(Token { class, start, end }),
    }
}
