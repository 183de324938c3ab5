//! Which name in a fence means which lexer. A table of our own rather than a
//! look into the syntax set, so that asking does not load it.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// How a block is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lexer {
    Plain,
    Python,
    PythonSession,
    ShellSession,
    /// By the syntax of this name in two-face's set.
    Syntax(&'static str),
}

const OWN: [(Lexer, &str); 4] = [
    (Lexer::Plain, "text plain txt output plaintext none"),
    (
        Lexer::Python,
        "python python3 py py3 python2 pyi cython pyx bazel",
    ),
    (
        Lexer::PythonSession,
        "pycon python-repl python-console doctest",
    ),
    (
        Lexer::ShellSession,
        "console shell-session shellsession sh-session terminal",
    ),
];

static BY_NAME: LazyLock<FxHashMap<&'static str, Lexer>> = LazyLock::new(|| {
    let own = OWN.iter().copied();
    let rest = SYNTAXES
        .iter()
        .map(|&(name, names)| (Lexer::Syntax(name), names));
    own.chain(rest)
        .flat_map(|(lexer, names)| names.split(' ').map(move |name| (name, lexer)))
        .collect()
});

/// The lexer for a fence's language, whatever its case.
pub fn lexer(language: &str) -> Option<Lexer> {
    if language.is_empty() {
        return Some(Lexer::Plain);
    }
    BY_NAME.get(language).copied().or_else(|| {
        let lower = language.to_ascii_lowercase();
        BY_NAME.get(lower.as_str()).copied()
    })
}

/// Every name that [`lexer`] knows, in the order of the tables.
pub fn names() -> impl Iterator<Item = &'static str> {
    let own = OWN.iter().map(|row| row.1);
    let rest = SYNTAXES.iter().map(|row| row.1);
    own.chain(rest).flat_map(|names| names.split(' '))
}

/// The syntax of what stands behind a shell's prompt.
pub const SHELL: &str = "Bourne Again Shell (bash)";

/// `(name in two-face's set, names in a fence)`.
pub const SYNTAXES: &[(&str, &str)] = &[
    ("ActionScript", "actionscript as"),
    ("Ada", "ada adb ads gpr"),
    ("Apache Conf", "apache apacheconf htaccess"),
    ("AppleScript", "applescript"),
    ("ARM Assembly", "arm"),
    ("AsciiDoc (Asciidoctor)", "asciidoc adoc"),
    ("ASP", "asp asa"),
    ("AWK", "awk"),
    ("Batch File", "bat batch cmd batchfile"),
    ("BibTeX", "bibtex bib"),
    (SHELL, "bash sh shell zsh ksh"),
    ("C", "c h"),
    ("C#", "c# cs csharp"),
    ("C++", "c++ cpp cxx cc hpp"),
    ("Cabal", "cabal"),
    ("CFML", "cfml cfm cfc"),
    ("Clojure", "clojure clj cljs edn"),
    ("CMake", "cmake"),
    ("CMakeCache", "cmakecache"),
    ("CoffeeScript", "coffeescript coffee cakefile cson"),
    ("Command Help", "help"),
    ("Crontab", "crontab cron"),
    ("Crystal", "crystal cr"),
    ("CSS", "css"),
    ("D", "d"),
    ("Dart", "dart"),
    ("debsources", "debsources sources.list"),
    ("Diff", "diff patch udiff"),
    ("Dockerfile", "dockerfile docker containerfile"),
    ("DotENV", "dotenv env .env"),
    ("Elixir", "elixir ex exs"),
    ("Elm", "elm"),
    ("Email", "email eml"),
    ("Erlang", "erlang erl"),
    ("F#", "f# fs fsharp"),
    ("Fish", "fish"),
    ("Fortran (Fixed Form)", "f77"),
    ("Fortran (Modern)", "fortran f90 f95 f03 f08"),
    ("Fortran Namelist", "namelist"),
    ("fstab", "fstab"),
    ("GDScript (Godot Engine)", "gdscript gd"),
    ("Git Commit", "gitcommit git-commit"),
    ("Git Config", "gitconfig"),
    ("Git Ignore", "gitignore"),
    ("Git Log", "gitlog"),
    ("GLSL", "glsl"),
    ("gnuplot", "gnuplot gp gpl gnu plot plt"),
    ("Go", "go golang"),
    ("Gomod", "gomod go.mod"),
    ("Gosum", "gosum"),
    ("GraphQL", "graphql graphqls gql"),
    ("Graphviz (DOT)", "dot graphviz gv"),
    ("Groff/troff", "groff troff"),
    ("Groovy", "groovy gradle jenkinsfile"),
    ("group", "group"),
    ("Haskell", "haskell hs"),
    ("Hosts File", "hosts"),
    ("HTML", "html htm xhtml"),
    ("HTML (ASP)", "html.asp asp.html"),
    ("HTML (Jinja2)", "html+jinja html.j2 htmldjango django"),
    ("HTML (Twig)", "twig"),
    ("HTTP Request and Response", "http"),
    ("Idris", "idris idr"),
    ("INI", "ini cfg conf inf reg editorconfig"),
    ("Java", "java"),
    ("Java Properties", "properties"),
    ("JavaScript (Babel)", "javascript js jsx mjs cjs node"),
    ("Jinja2", "jinja jinja2 j2"),
    ("JQ", "jq"),
    ("JSON", "json jsonc json5 ipynb"),
    ("jsonnet", "jsonnet libsonnet libjsonnet"),
    ("Julia", "julia jl"),
    ("Kotlin", "kotlin kt kts"),
    ("LaTeX", "latex ltx"),
    ("Lean 4", "lean lean4"),
    ("Less", "less"),
    ("Lisp", "lisp cl elisp scheme scm"),
    ("LiveScript", "livescript ls slakefile"),
    ("LLVM", "llvm ll"),
    ("Lua", "lua"),
    ("Makefile", "make makefile mk"),
    ("Manpage", "man"),
    ("Markdown", "markdown md"),
    ("MATLAB", "matlab octave"),
    ("MediaWiki", "mediawiki wiki"),
    ("nginx", "nginx"),
    ("Nim", "nim nims nimble"),
    ("Ninja", "ninja"),
    ("Nix", "nix"),
    ("NSIS", "nsis nsi"),
    ("Objective-C", "objective-c objc m"),
    ("Objective-C++", "objective-c++ objc++ mm"),
    ("OCaml", "ocaml ml mli"),
    ("OCamllex", "ocamllex mll"),
    ("OCamlyacc", "ocamlyacc mly"),
    ("Odin", "odin"),
    ("orgmode", "orgmode org"),
    ("Pascal", "pascal pas delphi"),
    ("passwd", "passwd"),
    ("Perl", "perl pl pm"),
    ("PHP", "php"),
    ("PowerShell", "powershell ps1 pwsh"),
    ("Protocol Buffer", "protobuf proto"),
    ("Protocol Buffer (TEXT)", "prototxt textproto"),
    ("Puppet", "puppet pp epp"),
    ("PureScript", "purescript purs"),
    ("QML", "qml qmlproject"),
    ("R", "r"),
    ("Racket", "racket rkt"),
    ("Rego", "rego"),
    ("Regular Expression", "regex regexp re"),
    (
        "Requirements.txt",
        "requirements.txt requirements pip-requirements",
    ),
    ("resolv", "resolv"),
    ("reStructuredText", "restructuredtext rst rest"),
    ("Robot Framework", "robot"),
    ("Ruby", "ruby rb"),
    ("Ruby Haml", "haml"),
    ("Ruby Slim", "slim"),
    ("Rust", "rust rs"),
    ("Salt State (SLS)", "sls salt"),
    ("Sass", "sass"),
    ("Scala", "scala sbt"),
    ("SCSS", "scss"),
    ("Separated Values", "csv tsv"),
    ("SML", "sml cm sig"),
    ("Solidity", "solidity sol"),
    ("SQL", "sql ddl dml mysql postgres postgresql psql sqlite"),
    ("SSH Config", "ssh_config sshconfig"),
    ("SSHD Config", "sshd_config"),
    ("Strace", "strace"),
    ("Stylus", "stylus styl"),
    ("Svelte", "svelte svlt"),
    ("Swift", "swift"),
    ("syslog", "syslog log"),
    ("SystemVerilog", "systemverilog sv"),
    ("Tcl", "tcl"),
    ("Terraform", "terraform tf tfvars hcl"),
    ("TeX", "tex sty"),
    ("Textile", "textile"),
    ("Todo.txt", "todo.txt todotxt"),
    ("TOML", "toml"),
    ("TypeScript", "typescript ts"),
    ("TypeScriptReact", "tsx"),
    ("Typst", "typst typ"),
    ("varlink", "varlink"),
    ("Verilog", "verilog"),
    ("VHDL", "vhdl vhd vho vht"),
    ("VimHelp", "vimhelp"),
    ("VimL", "vim viml"),
    ("Vue Component", "vue"),
    ("Vyper", "vyper vy"),
    ("WGSL", "wgsl"),
    ("x86_64 Assembly", "asm nasm yasm assembly"),
    ("XML", "xml xsd xslt svg rss opml"),
    ("YAML", "yaml yml"),
    ("Zig", "zig zon"),
];
