//! Made-up Python of about fifteen lines that compiles: functions, classes,
//! coroutines, generators and scripts, with names and literals drawn at random.

mod pieces;

use super::rng::Rng;
use super::words::{fill, sentence};

/// What a block may contain, by what it stands in.
#[derive(Clone, Copy)]
struct Scope {
    depth: usize,
    in_loop: bool,
    in_class: bool,
    asynchronous: bool,
}

/// Outside everything.
const TOP: Scope = Scope {
    depth: 0,
    in_loop: false,
    in_class: false,
    asynchronous: false,
};

/// In a class.
const METHOD: Scope = Scope {
    depth: 1,
    in_class: true,
    ..TOP
};

/// Columns that a line may have: rule V0915 warns of more.
const WIDEST: usize = 80;

/// A fence being written.
struct Writer<'a> {
    rng: &'a mut Rng,
    lines: Vec<String>,
    /// Names that a later line may read.
    names: Vec<String>,
}

/// The text of a fence, without its markers, ending with a line break.
pub fn fence(rng: &mut Rng) -> String {
    let target = rng.range(13, 17);
    let mut writer = Writer {
        rng,
        lines: Vec::new(),
        names: Vec::new(),
    };
    writer.fitting(Writer::preamble);
    while writer.lines.len() + 3 < target {
        writer.definition(target);
        if writer.lines.len() + 5 < target {
            writer.lines.push(String::new());
        }
    }
    writer.lines.join("\n") + "\n"
}

impl Writer<'_> {
    fn push(&mut self, depth: usize, line: impl AsRef<str>) {
        self.lines
            .push(format!("{:1$}{2}", "", depth * 4, line.as_ref()));
    }

    /// Draws lines until none is too wide.
    fn fitting(&mut self, draw: impl Fn(&mut Self)) {
        let (lines, names) = (self.lines.len(), self.names.len());
        loop {
            draw(self);
            if self.lines[lines..].iter().all(|line| line.len() <= WIDEST) {
                return;
            }
            self.lines.truncate(lines);
            self.names.truncate(names);
        }
    }

    /// A comment or an import, or both.
    fn preamble(&mut self) {
        if self.rng.chance(30) {
            let comment = fill("# {J} {P} {V} the {N} {R}", self.rng);
            self.push(0, comment);
        }
        if self.rng.chance(70) {
            let line = match self.rng.below(3) {
                0 => format!(
                    "from {}.{} import {}, {}",
                    self.noun(),
                    self.noun(),
                    self.call(),
                    self.class()
                ),
                1 => format!(
                    "from {} import {} as {}",
                    self.module(),
                    self.call(),
                    self.noun()
                ),
                _ => format!("import {}.{} as {}", self.noun(), self.noun(), self.name()),
            };
            self.push(0, line);
            self.lines.push(String::new());
        }
    }

    /// One top-level thing, which grows until the fence has its length.
    fn definition(&mut self, target: usize) {
        match self.rng.below(6) {
            0 => self.class_definition(target),
            1 => self.dataclass(target),
            2 => self.function(
                Scope {
                    asynchronous: true,
                    ..TOP
                },
                target,
            ),
            3 => self.script(target),
            _ => self.function(TOP, target),
        }
    }

    fn script(&mut self, target: usize) {
        self.fitting(|writer| {
            let name = writer.fresh();
            let value = writer.literal();
            writer.push(0, format!("{name} = {value}"));
        });
        while self.lines.len() < target {
            self.statement(TOP);
        }
    }

    fn class_definition(&mut self, target: usize) {
        let (class, base) = (self.class(), self.class());
        self.push(0, format!("class {class}({base}):"));
        self.fitting(|writer| {
            let doc = sentence(writer.rng).replace('`', "");
            writer.push(1, format!("\"\"\"{doc}\"\"\""));
        });
        self.lines.push(String::new());
        self.function(METHOD, usize::midpoint(self.lines.len(), target) + 1);
        self.lines.push(String::new());
        self.function(METHOD, target);
    }

    fn dataclass(&mut self, target: usize) {
        let options = self.rng.pick(&[
            "(frozen=True, slots=True)",
            "(order=True)",
            "(kw_only=True)",
            "",
        ]);
        let class = self.class();
        self.push(0, format!("@dataclass{options}"));
        self.push(0, format!("class {class}:"));
        for _ in 0..self.rng.range(2, 4) {
            self.fitting(|writer| {
                let (name, kind, value) = (writer.name(), writer.kind(), writer.literal());
                writer.push(1, format!("{name}: {kind} = {value}"));
            });
        }
        self.lines.push(String::new());
        self.function(METHOD, target);
    }

    /// A function with its body up to the line `target`, and at least two lines of it.
    fn function(&mut self, scope: Scope, target: usize) {
        self.fitting(|writer| writer.head(scope));
        let body = Scope {
            depth: scope.depth + 1,
            ..scope
        };
        self.statement(body);
        while self.lines.len() + 1 < target {
            self.statement(body);
        }
        self.fitting(|writer| writer.result(scope));
        self.names.clear();
    }

    fn head(&mut self, scope: Scope) {
        let Scope { depth, .. } = scope;
        self.decorator(depth, scope.in_class);
        let name = self.call();
        let (first, second) = (self.fresh(), self.fresh());
        let (kind, result, value) = (self.kind(), self.kind(), self.literal());
        let receiver = if scope.in_class { "self, " } else { "" };
        let keyword = if scope.asynchronous {
            "async def"
        } else {
            "def"
        };
        self.push(
            depth,
            format!("{keyword} {name}({receiver}{first}: {kind}, {second}={value}) -> {result}:"),
        );
    }

    fn result(&mut self, scope: Scope) {
        let value = self.expression();
        let line = match self.rng.below(5) {
            0 if !scope.asynchronous => format!("yield {value}"),
            1 if scope.asynchronous => format!("return await {}", self.invocation()),
            2 => format!("return {value} or {}", self.literal()),
            _ => format!("return {value}"),
        };
        self.push(scope.depth + 1, line);
    }

    fn decorator(&mut self, depth: usize, in_class: bool) {
        let line = match self.rng.below(8) {
            0 => format!("@lru_cache(maxsize={})", self.rng.range(8, 4096)),
            1 => format!("@{}.{}({})", self.noun(), self.call(), self.literal()),
            2 => format!(
                "@retry(times={}, on={})",
                self.rng.range(2, 9),
                self.class()
            ),
            3 => format!("@{}", self.call()),
            4 if !in_class => format!(
                "@pytest.mark.parametrize(\"{}\", [{}, {}])",
                self.name(),
                self.literal(),
                self.literal()
            ),
            _ => return,
        };
        self.push(depth, line);
    }

    /// One statement, of one to three lines.
    fn statement(&mut self, scope: Scope) {
        self.fitting(|writer| writer.any_statement(scope));
    }

    fn any_statement(&mut self, scope: Scope) {
        let Scope { depth, .. } = scope;
        match self.rng.below(13) {
            0 if depth < 3 => {
                let condition = self.condition();
                self.push(depth, format!("if {condition}:"));
                let error = self.class();
                let message = self.words("the {J} {N} of");
                let name = self.known();
                self.push(
                    depth + 1,
                    format!("raise {error}Error(f\"{message} {{{name}!r}}\")"),
                );
            }
            1 | 2 if depth < 3 => {
                let (item, source) = (self.fresh(), self.source());
                let keyword = if scope.asynchronous && self.rng.chance(40) {
                    "async for"
                } else {
                    "for"
                };
                self.push(depth, format!("{keyword} {item} in {source}:"));
                self.statement(Scope {
                    depth: depth + 1,
                    in_loop: true,
                    ..scope
                });
            }
            3 if depth < 2 => {
                let (context, name) = (self.invocation(), self.fresh());
                self.push(depth, format!("with {context} as {name}:"));
                self.statement(Scope {
                    depth: depth + 1,
                    ..scope
                });
            }
            4 if depth < 2 => {
                self.push(depth, "try:");
                let (name, call, error) = (self.fresh(), self.invocation(), self.class());
                self.push(depth + 1, format!("{name} = {call}"));
                self.push(depth, format!("except {error}Error as error:"));
                let log = self.log();
                self.push(depth + 1, log);
            }
            5 => {
                let comment = fill("# {G} the {J} {N} {S} the {P}", self.rng);
                self.push(depth, comment);
                self.assignment(scope);
            }
            6 => {
                let log = self.log();
                self.push(depth, log);
            }
            7 if scope.in_loop => {
                let (condition, word) = (self.condition(), self.rng.pick(&["continue", "break"]));
                self.push(depth, format!("if {condition}:"));
                self.push(depth + 1, word);
            }
            8 => {
                let line = match self.rng.below(3) {
                    0 => format!("assert {}, {}", self.condition(), self.string()),
                    1 => format!(
                        "{}[{}] = {}",
                        self.known(),
                        self.string(),
                        self.expression()
                    ),
                    _ => format!("{}.{}({})", self.known(), self.call(), self.expression()),
                };
                self.push(depth, line);
            }
            _ => self.assignment(scope),
        }
    }

    fn assignment(&mut self, scope: Scope) {
        let value = match self.rng.below(9) {
            0 | 1 => self.comprehension(),
            2 if scope.asynchronous => format!("await {}", self.invocation()),
            3 => format!(
                "{{{}: {}, {}: {}}}",
                self.string(),
                self.known(),
                self.string(),
                self.number()
            ),
            4 => format!(
                "{} if {} else {}",
                self.known(),
                self.condition(),
                self.literal()
            ),
            5 => format!(
                "sorted({}, key=lambda {2}: {2}.{1})",
                self.source(),
                self.noun(),
                self.noun()
            ),
            6 => format!(
                "{}[{}:{}]",
                self.known(),
                self.rng.range(0, 9),
                self.rng.range(10, 99)
            ),
            _ => self.invocation(),
        };
        let line = match self.rng.below(7) {
            0 => {
                let operator = self.rng.pick(&["+=", "-=", "*=", "|=", "//="]);
                format!("{} {operator} {}", self.known(), self.expression())
            }
            1 => format!("{}, {} = {value}", self.fresh(), self.fresh()),
            2 | 3 if scope.in_class => format!("self.{} = {value}", self.name()),
            _ => format!("{} = {value}", self.fresh()),
        };
        self.push(scope.depth, line);
    }

    fn comprehension(&mut self) -> String {
        let (item, attribute, source, condition) =
            (self.noun(), self.noun(), self.source(), self.name());
        let number = self.number();
        match self.rng.below(4) {
            0 => format!(
                "[{item}.{attribute} for {item} in {source} if {item}.{condition} > {number}]"
            ),
            1 => format!("{{{item}.{attribute}: {item} for {item} in {source}}}"),
            2 => format!("{{{item}.{attribute}() for {item} in {source} if {item} is not None}}"),
            _ => format!("sum({item}.{attribute} * {number} for {item} in {source})"),
        }
    }

    fn log(&mut self) -> String {
        let (name, text) = (self.known(), self.words("{J} {N} {R} {D}"));
        match self.rng.below(3) {
            0 => format!("print(f\"{text}: {{{name}}}\", flush=True)"),
            1 => format!(
                "logger.{}(\"{text} %s\", {name})",
                self.rng.pick(&["debug", "info", "warning", "error"])
            ),
            _ => format!(
                "print(\"{text}\", len({name}), sep={})",
                self.rng.pick(&["\": \"", "\"\\t\"", "' = '"])
            ),
        }
    }
}
