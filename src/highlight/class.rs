//! The class table: the one place that says what a span may be called.

/// What a piece of code is. The discriminants are written into the cache;
/// [`NAMES`] turns them into the class names that theme style sheets use.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
#[repr(u8)]
pub enum Class {
    #[default]
    Plain = 0,
    Comment,
    Keyword,
    String,
    Escape,
    Interpolation,
    Number,
    Builtin,
    Function,
    Type,
    Decorator,
    Attribute,
    Variable,
    Prompt,
    Heading,
    Deleted,
    Inserted,
}

/// `(class, the name in class="…", meaning)`, in the order of the enum.
pub const TABLE: [(Class, &str, &str); 17] = [
    (Class::Plain, "", "everything else; never in a span"),
    (Class::Comment, "c", "comment"),
    (
        Class::Keyword,
        "k",
        "keyword, word operator, HTML or XML tag",
    ),
    (Class::String, "s", "string, regular expression, raw text"),
    (Class::Escape, "e", "escape within a string: \\n, {{, &amp;"),
    (
        Class::Interpolation,
        "i",
        "braces and placeholders of an interpolation",
    ),
    (Class::Number, "n", "number, colour"),
    (
        Class::Builtin,
        "b",
        "constant or built-in name: None, len, self",
    ),
    (
        Class::Function,
        "f",
        "function name where it is defined; command of a shell line",
    ),
    (
        Class::Type,
        "t",
        "class or type name where it is defined; section of a settings file",
    ),
    (Class::Decorator, "d", "decorator, annotation"),
    (
        Class::Attribute,
        "a",
        "attribute of a tag, key of JSON, YAML, TOML, CSS",
    ),
    (
        Class::Variable,
        "v",
        "variable in a language that marks them: $HOME",
    ),
    (Class::Prompt, "p", "prompt of a session: >>>, ..., $"),
    (Class::Heading, "h", "heading in markup, header of a diff"),
    (Class::Deleted, "gd", "deleted line"),
    (Class::Inserted, "gi", "inserted line"),
];

impl Class {
    /// The name in `class="…"`.
    pub const fn name(self) -> &'static str {
        TABLE[self as usize].1
    }

    /// The class with this discriminant, if there is one.
    pub fn from_byte(byte: u8) -> Option<Self> {
        TABLE.get(usize::from(byte)).map(|row| row.0)
    }
}

/// A classed stretch of code, as byte offsets; what lies between is plain.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    pub class: Class,
    pub start: usize,
    pub end: usize,
}
