//! The languages that `generic` reads, each as a row of rules and words.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::class::Class;
use super::generic_rules::{C, GO, JAVA, JSON, RUST, Rules, SCRIPT, SQL};

/// A language, its words ready to be looked up.
pub struct Language {
    pub line_comments: &'static [&'static [u8]],
    pub rules: Rules,
    words: FxHashMap<&'static [u8], Class>,
    types: &'static str,
}

const LONGEST_WORD: usize = 16;

impl Language {
    /// The class of a word of the language's own.
    pub fn word(&self, word: &[u8]) -> Option<Class> {
        if !self.rules.any_case {
            return self.words.get(word).copied();
        }
        let mut lower = [0; LONGEST_WORD];
        let lower = lower.get_mut(..word.len())?;
        lower.copy_from_slice(word);
        lower.make_ascii_lowercase();
        self.words.get(&*lower).copied()
    }

    /// What the name behind this keyword is.
    #[allow(clippy::unused_self)]
    pub fn names(&self, keyword: &[u8]) -> Option<Class> {
        match keyword {
            b"function" | b"fn" | b"func" => Some(Class::Function),
            b"class" | b"interface" | b"struct" | b"enum" | b"union" | b"trait" | b"type"
            | b"record" | b"namespace" => Some(Class::Type),
            _ => None,
        }
    }

    /// Whether a function's name may follow this word, as in `int main(`.
    pub fn is_type(&self, word: &[u8]) -> bool {
        self.types.split(' ').any(|known| known.as_bytes() == word)
    }
}

/// Name in two-face's set, rules, line comments; keywords, built-in names, types.
type Row = (
    &'static str,
    Rules,
    &'static [&'static [u8]],
    [&'static str; 3],
);

const SLASHES: &[&[u8]] = &[b"//"];

const ROWS: &[Row] = &[
    ("JSON", JSON, SLASHES, ["", "true false null", ""]),
    (
        "SQL",
        SQL,
        &[b"--"],
        [
            "add all alter analyze and any as asc begin between by cascade case check collate column \
         commit conflict constraint create cross cube current database declare default deferrable \
         delete desc describe distinct do drop else end escape except execute exists explain fetch \
         filter first following for foreign from full function grant group grouping having if ilike \
         in index inner insert intersect interval into is isolation join key last lateral left level \
         like limit lock materialized merge natural next not nothing nulls of offset on only or order \
         outer over partition preceding primary procedure range recursive references rename replace \
         restrict returning returns revoke right rollback rollup row rows savepoint schema select \
         sequence set show some start table temp temporary then ties to transaction trigger truncate \
         unbounded union unique update use using values view when where window with within work",
            "null true false unknown avg cast coalesce concat count cume_dist current_date \
         current_time current_timestamp date_part date_trunc dense_rank extract first_value greatest \
         ifnull json_agg lag last_value lead least length lower max min mod now nth_value ntile \
         nullif percent_rank power rank round row_number string_agg strftime substr substring sum \
         trim upper array_agg abs ceil floor random",
            "bigint bigserial bit blob boolean bool bytea char character date datetime decimal double \
         enum float int integer json jsonb money nchar numeric nvarchar precision real serial \
         smallint text time timestamp timestamptz tinyint uuid varchar varying xml year zone",
        ],
    ),
    (
        "JavaScript (Babel)",
        SCRIPT,
        SLASHES,
        [
            "as async await break case catch class const continue debugger default delete do else export \
         extends finally for from function get if import in instanceof let new of return set \
         static switch throw try typeof var void while with yield",
            SCRIPT_NAMES,
            "",
        ],
    ),
    (
        "TypeScript",
        SCRIPT,
        SLASHES,
        [
            "abstract as async asserts await break case catch class const continue debugger declare \
         default delete do else enum export extends finally for from function get if implements \
         import in infer instanceof interface is keyof let module namespace new of override private \
         protected public readonly return satisfies set static switch throw try type typeof var void \
         while with yield",
            SCRIPT_NAMES,
            "any bigint boolean never number object string symbol unknown",
        ],
    ),
    (
        "Java",
        JAVA,
        SLASHES,
        [
            "abstract assert break case catch class const continue default do else enum exports extends \
         final finally for goto if implements import instanceof interface module native new package \
         permits private protected public record requires return sealed static strictfp \
         switch synchronized throw throws transient try var volatile while yield",
            "true false null this super System String Object Integer Long Double Boolean Character Math \
         List Map Set ArrayList HashMap HashSet Override Exception RuntimeException",
            "boolean byte char double float int long short void String Object Integer Long Double Boolean",
        ],
    ),
    (
        "Go",
        GO,
        SLASHES,
        [
            "break case chan const continue default defer else fallthrough for func go goto if import \
         interface map package range return select struct switch type var",
            "true false nil iota append cap clear close complex copy delete imag len make max min new \
         panic print println real recover",
            "any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 \
         int64 rune string uint uint8 uint16 uint32 uint64 uintptr",
        ],
    ),
    (
        "C",
        C,
        SLASHES,
        [
            "auto break case const continue default do else enum extern for goto if inline register \
         restrict return sizeof static struct switch typedef union volatile while _Alignas _Alignof \
         _Atomic _Generic _Noreturn _Static_assert _Thread_local",
            "NULL true false stdin stdout stderr EOF errno",
            C_TYPES,
        ],
    ),
    (
        "C++",
        C,
        SLASHES,
        [
            "alignas alignof asm auto break case catch class co_await co_return co_yield concept const \
         consteval constexpr constinit const_cast continue decltype default delete do dynamic_cast \
         else enum explicit export extern final for friend goto if inline mutable namespace new \
         noexcept operator override private protected public register reinterpret_cast requires return \
         sizeof static static_assert static_cast struct switch template thread_local throw try typedef \
         typeid typename union using virtual volatile while",
            "NULL nullptr true false this std cout cin cerr endl",
            C_TYPES,
        ],
    ),
    (
        "Rust",
        RUST,
        SLASHES,
        [
            "as async await break const continue crate dyn else enum extern fn for if impl in let loop \
         match mod move mut pub ref return static struct super trait type unsafe use where while",
            "true false self Self None Some Ok Err Option Result Vec String Box Rc Arc HashMap HashSet",
            "bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize",
        ],
    ),
];

const SCRIPT_NAMES: &str = "true false null undefined NaN Infinity this super globalThis arguments \
     console window document process module require exports Array BigInt Boolean Date Error Function \
     JSON Map Math Number Object Promise Proxy Reflect RegExp Set String Symbol TypeError WeakMap \
     WeakSet parseFloat parseInt isNaN fetch setTimeout setInterval clearTimeout clearInterval";
const C_TYPES: &str = "bool char double float int int8_t int16_t int32_t int64_t long short signed \
     size_t ssize_t ptrdiff_t uint8_t uint16_t uint32_t uint64_t uintptr_t unsigned void wchar_t \
     char8_t char16_t char32_t FILE _Bool";

static LANGUAGES: LazyLock<FxHashMap<&'static str, Language>> = LazyLock::new(|| {
    let row = |&(name, rules, line_comments, words): &Row| {
        let classes = [Class::Keyword, Class::Builtin, Class::Builtin];
        let all = words.iter().zip(classes).flat_map(|(list, class)| {
            list.split_whitespace()
                .map(move |word| (word.as_bytes(), class))
        });
        let language = Language {
            line_comments,
            rules,
            words: all.collect(),
            types: words[2],
        };
        (name, language)
    };
    ROWS.iter().map(row).collect()
});

/// The rules for what two-face's set calls so, if we have any.
pub fn language(name: &str) -> Option<&'static Language> {
    LANGUAGES.get(name)
}
