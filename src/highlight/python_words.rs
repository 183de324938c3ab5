//! Python's words.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

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

const LONGEST: usize = 25;

static WORDS: LazyLock<FxHashMap<&'static [u8], Word>> = LazyLock::new(|| {
    GROUPS
        .iter()
        .flat_map(|&(words, kind)| words.split_whitespace().map(move |w| (w.as_bytes(), kind)))
        .collect()
});

/// What `word` is, or `None` for an ordinary name.
pub fn lookup(word: &[u8]) -> Option<Word> {
    if word.len() < 2 || word.len() > LONGEST {
        return None;
    }
    WORDS.get(word).copied()
}
