//! Python's words: a table built at compile time, so that a name costs one probe.

use super::class::Class;

/// What a word means to the lexer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Word {
    /// Begins a statement, and so can never stand within brackets.
    Statement,
    Keyword,
    Def,
    Class,
    Import,
    /// `match`, `case`, `type`: keywords only where they begin a statement.
    Soft,
    Constant,
    Builtin,
}

impl Word {
    pub fn class(self) -> Class {
        match self {
            Self::Constant | Self::Builtin => Class::Builtin,
            Self::Soft => Class::Plain,
            _ => Class::Keyword,
        }
    }
}

const STATEMENT: &str =
    "assert break continue del global nonlocal pass raise return try while with";
const KEYWORD: &str =
    "and as async await elif else except finally for from if in is lambda not or yield";
const CONSTANT: &str = "True False None Ellipsis NotImplemented __debug__";
const BUILTIN: &str = "self cls \
    __name__ __file__ __doc__ __all__ __dict__ __class__ __slots__ __version__ __annotations__ \
    abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod \
    compile complex delattr dict dir divmod enumerate eval exec filter float format frozenset \
    getattr globals hasattr hash help hex id input int isinstance issubclass iter len list locals \
    map max memoryview min next object oct open ord pow print property range repr reversed round \
    set setattr slice sorted staticmethod str sum super tuple type vars zip __import__ __build_class__ \
    basestring long raw_input reduce reload unichr unicode xrange \
    BaseException BaseExceptionGroup Exception ExceptionGroup ArithmeticError AssertionError \
    AttributeError BlockingIOError BrokenPipeError BufferError ChildProcessError \
    ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError EOFError \
    EnvironmentError FileExistsError FileNotFoundError FloatingPointError GeneratorExit IOError \
    ImportError IndentationError IndexError InterruptedError IsADirectoryError KeyError \
    KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError NotADirectoryError \
    NotImplementedError OSError OverflowError PermissionError ProcessLookupError \
    PythonFinalizationError RecursionError ReferenceError RuntimeError StopAsyncIteration \
    StopIteration SyntaxError SystemError SystemExit TabError TimeoutError TypeError \
    UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError \
    ValueError ZeroDivisionError \
    Warning BytesWarning DeprecationWarning EncodingWarning FutureWarning ImportWarning \
    PendingDeprecationWarning ResourceWarning RuntimeWarning SyntaxWarning UnicodeWarning UserWarning";

const GROUPS: [(&str, Word); 8] = [
    (STATEMENT, Word::Statement),
    (KEYWORD, Word::Keyword),
    ("def", Word::Def),
    ("class", Word::Class),
    ("import", Word::Import),
    ("match case", Word::Soft),
    (CONSTANT, Word::Constant),
    (BUILTIN, Word::Builtin),
];

const SLOTS: usize = 1024;
const LONGEST: usize = 25;

#[derive(Clone, Copy)]
struct Slot {
    group: u8,
    start: u16,
    len: u8,
}

/// Open addressing; `len` 0 is an empty slot.
static TABLE: [Slot; SLOTS] = build();

#[allow(clippy::cast_possible_truncation)] // words are short
const fn hash(word: &[u8]) -> usize {
    let n = word.len();
    let middle = word[n / 2] as u32;
    let key = word[0] as u32 | (middle << 8) | ((word[n - 1] as u32) << 16) | ((n as u32) << 24);
    (key.wrapping_mul(0x9E37_79B1) >> 22) as usize % SLOTS
}

const fn slice(text: &[u8], start: usize, len: usize) -> &[u8] {
    text.split_at(start).1.split_at(len).0
}

#[allow(clippy::cast_possible_truncation)] // the lists above are short
const fn build() -> [Slot; SLOTS] {
    let mut table = [Slot {
        group: 0,
        start: 0,
        len: 0,
    }; SLOTS];
    let mut group = 0;
    while group < GROUPS.len() {
        let text = GROUPS[group].0.as_bytes();
        let mut start = 0;
        while start < text.len() {
            let mut end = start;
            while end < text.len() && text[end] != b' ' {
                end += 1;
            }
            if end > start {
                assert!(end - start <= LONGEST);
                let mut at = hash(slice(text, start, end - start));
                while table[at].len != 0 {
                    at = (at + 1) % SLOTS;
                }
                table[at] = Slot {
                    group: group as u8,
                    start: start as u16,
                    len: (end - start) as u8,
                };
            }
            start = end + 1;
        }
        group += 1;
    }
    table
}

/// What `word` is, or `None` for an ordinary name.
pub fn lookup(word: &[u8]) -> Option<Word> {
    if word.len() < 2 || word.len() > LONGEST {
        return None;
    }
    let mut at = hash(word);
    loop {
        let slot = TABLE[at];
        if slot.len == 0 {
            return None;
        }
        let (text, kind) = GROUPS[usize::from(slot.group)];
        let start = usize::from(slot.start);
        if &text.as_bytes()[start..start + usize::from(slot.len)] == word {
            return Some(kind);
        }
        at = (at + 1) % SLOTS;
    }
}
