//! The Python samples of the shipped handbook are true: every one compiles, and those that say what
//! comes of them do just that.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rayon::prelude::*;
use viva::load::{self, Source};
use viva::markdown::{CodeBlock, FenceOptions, Part};
use viva::model::{Front, Kind};
use viva::parse;

/// No sample takes so long.
const LIMIT: Duration = Duration::from_secs(20);

/// Written between the samples that one continues and its own words.
const BORDER: char = '\x1e';

/// Runs the prompts of a sample, after the code that is its argument.
const DOCTEST: &str = "\
import doctest, sys
names = {'__name__': '__main__'}
exec(sys.argv[1], names)
test = doctest.DocTestParser().get_doctest(open('sample.py').read(), names, 'sample', None, 0)
sys.exit(doctest.DocTestRunner().run(test).failed)
";

#[test]
fn the_shipped_handbook() {
    let folder = load::load(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let samples: Vec<Sample> = folder.sources.iter().flat_map(samples).collect();
    let told = samples.iter().filter(|sample| sample.is_told()).count();
    assert!(
        samples.len() >= 50 && told * 100 >= samples.len() * 60,
        "only {told} of {} samples say what comes of them",
        samples.len()
    );
    assert_eq!(problems(&samples), "");
}

#[test]
fn a_wrong_sample_is_found() {
    let page = |body: &str| {
        let text = format!("---\ntitle: Samples\n---\n{body}");
        problems(&samples(&Source::new("content/pages/samples.md", &text)))
    };
    let fences = |words: &str, code: &str, output: &str| {
        page(&format!(
            "```python{words}\n{code}\n```\n\n```output\n{output}\n```\n"
        ))
    };
    let wrong = |what: &str| format!("content/pages/samples.md:4: {what}\n");

    assert_eq!(fences("", "print(1 + 1)", "2"), "");
    assert_eq!(
        fences("", "print(1 + 1)", "3"),
        wrong("expected:\n3\nfound:\n2\n")
    );
    assert_eq!(
        fences(
            "",
            "print(1)\n1 / 0",
            "1\nZeroDivisionError: division by zero"
        ),
        ""
    );
    let raised = "1\nZeroDivisionError: division by zero\n";
    assert_eq!(
        fences("", "print(1)\n1 / 0", "1"),
        wrong(&format!("expected:\n1\nfound:\n{raised}"))
    );
    assert_eq!(
        fences(" raises=ValueError", "print(1)\n1 / 0", raised.trim_end()),
        wrong(&format!(
            "expected:\nan uncaught ValueError\nfound:\n{raised}"
        ))
    );
    assert_eq!(
        page("```python raises=ValueError\nint('a')\n```\n"),
        "",
        "an exception without its output"
    );
    assert!(page("```python\nx = = 1\n```\n").contains("invalid syntax"));
    assert!(page("```python norun=\"why\"\nx = = 1\n```\n").contains("invalid syntax"));
    assert_eq!(fences(" norun=\"why\"", "print(1)", "2"), "");
    assert_eq!(fences(" requires=\"python>=9.1\"", "x = = 1", "2"), "");
    assert_eq!(page("```python\n>>> 1 + 1\n2\n```\n"), "");
    assert!(page("```python\n>>> 1 + 1\n3\n```\n").contains("Expected:\n    3\nGot:\n    2"));
    let before = "```python\nprint('a')\nx = 1\n```\n\n";
    let after = "```python continues\nprint(x)\n```\n```output\n1\n```\n";
    assert_eq!(page(&format!("{before}{after}")), "");
    let again = "```python continues\n>>> x\n2\n```\n";
    assert!(page(&format!("{before}{again}")).contains("Got:\n    1"));
}

/// A fence of Python and what is to come of it.
struct Sample {
    /// Path and line.
    place: String,
    code: String,
    /// What runs before it.
    before: String,
    options: FenceOptions,
    /// What it prints, and the last line of a traceback.
    output: Option<String>,
}

impl Sample {
    fn is_doctest(&self) -> bool {
        self.code
            .lines()
            .any(|line| line.trim_start().starts_with(">>> "))
    }

    /// Whether it says what comes of it.
    fn is_told(&self) -> bool {
        self.output.is_some() || self.options.raises.is_some() || self.is_doctest()
    }
}

/// The samples of a page, in order.
fn samples(source: &Source) -> Vec<Sample> {
    let parsed = parse::parse(source);
    let predicts = match parsed.document.map(|document| document.front) {
        Some(Front::Question(question)) => question.public.kind == Kind::PredictOutput,
        _ => false,
    };
    let blocks = &parsed.outline.blocks;
    let follows = |before: &CodeBlock, after: &CodeBlock| {
        let between = &source.text[before.span.end..after.span.start];
        before.language == "python" && after.language == "output" && between.trim().is_empty()
    };
    // The output of a prompt that the candidate predicts stands in the answer.
    let revealed = blocks.windows(2).find_map(|pair| {
        let [before, after] = pair else { return None };
        let alone = after.language == "output" && !follows(before, after);
        (predicts && alone && after.part == Part::Answer).then(|| after.code.to_string())
    });
    let mut samples = Vec::new();
    let mut before = String::new();
    for (number, block) in blocks.iter().enumerate() {
        if block.language != "python" {
            continue;
        }
        if !block.options.continues {
            before.clear();
        }
        let output = match blocks.get(number + 1) {
            Some(next) if follows(block, next) => Some(next.code.to_string()),
            _ if block.part == Part::Shown => revealed.clone(),
            _ => None,
        };
        let line = source.text[..block.span.start].matches('\n').count() + 1;
        samples.push(Sample {
            place: format!("{}:{line}", source.path),
            code: block.code.to_string(),
            before: before.clone(),
            options: block.options.clone(),
            output,
        });
        before.push_str(&block.code);
    }
    samples
}

/// What is wrong with samples, in order.
fn problems(samples: &[Sample]) -> String {
    let python = Python::find();
    samples
        .par_iter()
        .filter(|sample| python.suits(sample.options.requires.as_deref()))
        .filter_map(|sample| {
            let problem = python.problem(sample)?;
            Some(format!("{}: {problem}\n", sample.place))
        })
        .collect()
}

/// The interpreter.
struct Python {
    program: PathBuf,
    /// As in `(3, 12)`.
    version: (u32, u32),
}

struct Ended {
    failed: bool,
    stdout: String,
    stderr: String,
}

impl Python {
    fn find() -> Self {
        let code = "import sys; print(sys.executable, *sys.version_info[:2], sep='\\n')";
        let asked = Command::new("python3").args(["-I", "-c", code]).output();
        let said = String::from_utf8(asked.expect("python3 is installed").stdout).unwrap();
        let said: Vec<&str> = said.lines().collect();
        let number = |at: usize| said[at].parse().unwrap();
        Self {
            program: PathBuf::from(said[0]),
            version: (number(1), number(2)),
        }
    }

    /// Whether it is as new as `python>=3.12` asks for.
    fn suits(&self, requires: Option<&str>) -> bool {
        requires.is_none_or(|requires| {
            let version = requires
                .strip_prefix("python>=")
                .and_then(|version| version.trim().split_once('.'))
                .unwrap_or_else(|| panic!("what is `{requires}`?"));
            self.version >= (version.0.parse().unwrap(), version.1.parse().unwrap())
        })
    }

    fn problem(&self, sample: &Sample) -> Option<String> {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let options = &sample.options;
        if sample.is_doctest() {
            fs::write(folder.join("sample.py"), &sample.code).unwrap();
            if options.norun.is_some() {
                return None;
            }
            let ended = match self.run(folder, &["-c", DOCTEST, &sample.before]) {
                Ok(ended) => ended,
                Err(problem) => return Some(problem),
            };
            return ended.failed.then(|| ended.stdout + &ended.stderr);
        }
        fs::write(folder.join("sample.py"), &sample.code).unwrap();
        let compile = "compile(open('sample.py').read(), 'sample.py', 'exec')";
        match self.run(folder, &["-c", compile]) {
            Ok(Ended {
                failed: true,
                stderr,
                ..
            }) if !raises_syntax_error(sample) => return Some(stderr),
            Ok(_) => {}
            Err(problem) => return Some(problem),
        }
        if options.norun.is_some() || !sample.is_told() {
            return None;
        }
        let code = match sample.before.as_str() {
            "" => sample.code.clone(),
            before => format!("{before}\nprint('\\x1e', end='')\n{}", sample.code),
        };
        fs::write(folder.join("sample.py"), code).unwrap();
        let ended = match self.run(folder, &["sample.py"]) {
            Ok(ended) => ended,
            Err(problem) => return Some(problem),
        };
        let own = ended
            .stdout
            .rsplit(BORDER)
            .next()
            .unwrap_or(&ended.stdout)
            .to_owned();
        let exception = match ended.stderr.trim_end().lines().last() {
            Some(line) if ended.failed => format!("{line}\n"),
            _ => String::new(),
        };
        let found = own + &exception;
        let named = exception.split(':').next().unwrap_or_default().trim();
        let expected = match (&options.raises, &sample.output) {
            (Some(name), _) if named.rsplit('.').next() != Some(name) => {
                format!("an uncaught {name}\n")
            }
            (_, Some(output)) if *output != found => output.clone(),
            _ => return None,
        };
        Some(format!("expected:\n{expected}found:\n{found}"))
    }

    /// Runs in a fresh process without the environment of this one.
    fn run(&self, folder: &Path, args: &[&str]) -> Result<Ended, String> {
        let file = |name: &str| File::create(folder.join(name)).unwrap();
        let mut process = Command::new(&self.program)
            .arg("-I")
            .args(args)
            .current_dir(folder)
            .env_clear()
            .envs([("PATH", "/usr/bin:/bin"), ("LANG", "C.UTF-8")])
            .stdin(Stdio::null())
            .stdout(file("stdout"))
            .stderr(file("stderr"))
            .spawn()
            .unwrap();
        let start = Instant::now();
        let status = loop {
            if let Some(status) = process.try_wait().unwrap() {
                break status;
            }
            if start.elapsed() > LIMIT {
                process.kill().unwrap();
                process.wait().unwrap();
                return Err(format!("still running after {LIMIT:?}"));
            }
            std::thread::sleep(Duration::from_millis(5));
        };
        let text = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
        Ok(Ended {
            failed: !status.success(),
            stdout: text("stdout"),
            stderr: text("stderr"),
        })
    }
}

/// Whether a sample that does not compile says so itself.
fn raises_syntax_error(sample: &Sample) -> bool {
    let errors = ["SyntaxError", "IndentationError", "TabError"];
    let is_error = |text: &str| errors.iter().any(|error| text.contains(error));
    sample.options.raises.as_deref().is_some_and(is_error)
        || sample.output.as_deref().is_some_and(is_error)
}
