//! What sets the languages of `generic` apart, apart from their words.

/// What a language has. Escapes, if any, begin with a backslash.
#[derive(Clone, Copy)]
#[allow(clippy::struct_excessive_bools)] // a table of yes and no
pub struct Rules {
    pub block_comments: bool,
    pub nested_comments: bool,
    pub single_quotes: bool,
    pub escapes: bool,
    /// Strings in plain quotes may run over lines.
    pub long_strings: bool,
    pub text_blocks: bool,
    pub templates: bool,
    pub raw_backticks: bool,
    pub regexes: bool,
    /// A string before a colon is a key.
    pub keys: bool,
    pub dollar_names: bool,
    /// `#include`, and the rest of C's own.
    pub directives: bool,
    pub annotations: bool,
    /// `int name(`: a name behind a type and before a bracket is defined.
    pub typed_functions: bool,
    /// Rust's: lifetimes and raw strings, `#[…]`, `name!`.
    pub lifetimes: bool,
    pub attributes: bool,
    pub macros: bool,
    /// Words count in any case.
    pub any_case: bool,
}

pub const C: Rules = Rules {
    block_comments: true,
    nested_comments: false,
    single_quotes: true,
    escapes: true,
    long_strings: false,
    text_blocks: false,
    templates: false,
    raw_backticks: false,
    regexes: false,
    keys: false,
    dollar_names: false,
    directives: true,
    annotations: false,
    typed_functions: true,
    lifetimes: false,
    attributes: false,
    macros: false,
    any_case: false,
};

pub const JAVA: Rules = Rules {
    directives: false,
    annotations: true,
    text_blocks: true,
    ..C
};

pub const SCRIPT: Rules = Rules {
    directives: false,
    annotations: true,
    typed_functions: false,
    templates: true,
    regexes: true,
    dollar_names: true,
    ..C
};

pub const GO: Rules = Rules {
    directives: false,
    typed_functions: false,
    raw_backticks: true,
    ..C
};

pub const RUST: Rules = Rules {
    nested_comments: true,
    single_quotes: false,
    long_strings: true,
    directives: false,
    typed_functions: false,
    lifetimes: true,
    attributes: true,
    macros: true,
    ..C
};

pub const JSON: Rules = Rules {
    directives: false,
    typed_functions: false,
    keys: true,
    ..C
};

pub const SQL: Rules = Rules {
    escapes: false,
    long_strings: true,
    directives: false,
    typed_functions: false,
    any_case: true,
    ..C
};
