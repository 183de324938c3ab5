//! From a syntax's scopes to our classes.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use syntect::parsing::{ClearAmount, Scope, ScopeStackOp};

use super::class::Class;

/// What the text below a scope is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Meaning {
    /// As around it.
    Inherit,
    Is(Class),
    /// This, whatever is nested within.
    Only(Class),
    /// A keyword if it is a word; signs stay plain.
    Operator,
}

use Meaning::{Inherit, Is, Only, Operator};

/// Scope prefixes; of several that fit, the longest counts.
pub const PREFIXES: &[(&str, Meaning)] = &[
    ("source", Is(Class::Plain)),
    ("source.regexp", Only(Class::String)),
    ("text", Is(Class::Plain)),
    ("comment", Only(Class::Comment)),
    ("string", Is(Class::String)),
    ("string.regexp", Only(Class::String)),
    ("string.unquoted", Is(Class::Plain)),
    ("string.unquoted.heredoc", Is(Class::String)),
    ("constant", Is(Class::Builtin)),
    ("constant.character", Is(Class::String)),
    ("constant.character.escape", Is(Class::Escape)),
    ("constant.character.entity", Is(Class::Escape)),
    ("constant.numeric", Is(Class::Number)),
    ("constant.other.color", Is(Class::Number)),
    ("constant.other.placeholder", Is(Class::Interpolation)),
    ("constant.other.symbol", Is(Class::String)),
    ("keyword", Is(Class::Keyword)),
    ("keyword.operator", Operator),
    ("keyword.operator.word", Is(Class::Keyword)),
    ("keyword.name.ini", Is(Class::Attribute)),
    ("keyword.other.substitution", Is(Class::Interpolation)),
    ("keyword.other.template", Is(Class::String)),
    ("keyword.other.unit", Is(Class::Number)),
    ("storage", Is(Class::Keyword)),
    ("storage.type.annotation", Is(Class::Decorator)),
    ("entity.name.function", Is(Class::Function)),
    ("entity.name.function.decorator", Is(Class::Decorator)),
    ("entity.name.class", Is(Class::Type)),
    ("entity.name.struct", Is(Class::Type)),
    ("entity.name.enum", Is(Class::Type)),
    ("entity.name.union", Is(Class::Type)),
    ("entity.name.trait", Is(Class::Type)),
    ("entity.name.interface", Is(Class::Type)),
    ("entity.name.type", Is(Class::Type)),
    ("entity.name.tag", Is(Class::Keyword)),
    ("entity.name.tag.yaml", Is(Class::Attribute)),
    ("entity.name.tag.toml", Is(Class::Attribute)),
    ("entity.name.section", Is(Class::Heading)),
    ("entity.name.table", Is(Class::Type)),
    ("entity.section", Is(Class::Type)),
    ("entity.other.attribute-name", Is(Class::Attribute)),
    ("variable.language", Is(Class::Builtin)),
    ("variable.annotation", Is(Class::Decorator)),
    ("punctuation.definition.variable", Is(Class::Variable)),
    ("meta.group.expansion", Is(Class::Plain)),
    ("meta.group.expansion.parameter", Only(Class::Variable)),
    ("variable.function.shell", Is(Class::Function)),
    ("variable.other.php", Is(Class::Variable)),
    ("support.function", Is(Class::Builtin)),
    ("support.class", Is(Class::Builtin)),
    ("support.constant", Is(Class::Builtin)),
    ("support.type", Is(Class::Builtin)),
    ("support.type.property-name", Is(Class::Attribute)),
    ("meta.mapping.key", Only(Class::Attribute)),
    ("meta.interpolation", Is(Class::Plain)),
    ("meta.template.expression", Is(Class::Plain)),
    (
        "punctuation.section.interpolation",
        Is(Class::Interpolation),
    ),
    (
        "punctuation.definition.interpolation",
        Is(Class::Interpolation),
    ),
    (
        "punctuation.definition.template-expression",
        Is(Class::Interpolation),
    ),
    ("markup.heading", Is(Class::Heading)),
    ("markup.deleted", Is(Class::Deleted)),
    ("markup.inserted", Is(Class::Inserted)),
    ("markup.raw", Is(Class::String)),
    ("markup.underline.link", Is(Class::String)),
    ("markup.quote", Is(Class::Comment)),
    ("meta.diff.header", Only(Class::Heading)),
    ("meta.diff.range", Only(Class::Heading)),
];

static SCOPES: LazyLock<Vec<(Scope, Meaning)>> = LazyLock::new(|| {
    PREFIXES
        .iter()
        .filter_map(|&(prefix, meaning)| Some((Scope::new(prefix).ok()?, meaning)))
        .collect()
});

/// Meanings by scope, each looked up once.
#[derive(Default)]
pub struct Meanings(FxHashMap<Scope, Meaning>);

impl Meanings {
    pub fn of(&mut self, scope: Scope) -> Meaning {
        *self.0.entry(scope).or_insert_with(|| {
            SCOPES
                .iter()
                .filter(|(prefix, _)| prefix.is_prefix_of(scope))
                .max_by_key(|(prefix, _)| prefix.len())
                .map_or(Inherit, |&(_, meaning)| meaning)
        })
    }
}

/// The scope stack, each scope already turned into what it means for the text:
/// all that is ever asked of it.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Stack {
    meanings: Vec<Meaning>,
    cleared: Vec<Vec<Meaning>>,
}

impl Stack {
    pub fn apply(&mut self, op: &ScopeStackOp, known: &mut Meanings) {
        match *op {
            ScopeStackOp::Push(scope) => {
                let meaning = match (self.meanings.last(), known.of(scope)) {
                    (Some(&around @ Only(_)), _) => around,
                    (around, Inherit) => around.copied().unwrap_or(Is(Class::Plain)),
                    (_, own) => own,
                };
                self.meanings.push(meaning);
            }
            ScopeStackOp::Pop(count) => {
                let left = self.meanings.len().saturating_sub(count);
                self.meanings.truncate(left);
            }
            ScopeStackOp::Clear(amount) => {
                let left = match amount {
                    ClearAmount::TopN(count) => self.meanings.len().saturating_sub(count),
                    ClearAmount::All => 0,
                };
                self.cleared.push(self.meanings.split_off(left));
            }
            ScopeStackOp::Restore => {
                self.meanings.extend(self.cleared.pop().unwrap_or_default());
            }
            ScopeStackOp::Noop => {}
        }
    }

    /// The class of `text` below the stack.
    pub fn class(&self, text: &str) -> Class {
        match self.meanings.last() {
            Some(&(Is(class) | Only(class))) => class,
            Some(Operator) if text.starts_with(|c: char| c.is_ascii_alphabetic()) => Class::Keyword,
            _ => Class::Plain,
        }
    }
}
