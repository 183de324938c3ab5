//! The programs that run samples, found once for each language.

use super::job::{Ended, How, Limits};
use super::requires::Version;
use super::runner::{Runner, Start};
use crate::model::Samples;
use crate::model::fences::PYTHON;

/// Seconds for telling a version.
const PATIENCE: u32 = 20;

/// What stands for the sample's file in a command.
const FILE: &str = "{file}";

/// A language's program and its arguments.
#[derive(Debug, Clone)]
pub struct Interpreter {
    /// With the path of its program.
    command: Vec<String>,
    check: Option<Vec<String>>,
    /// As people call it.
    pub name: String,
    pub version: Option<Version>,
    pub limits: Limits,
}

/// A language without a program, in words for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing(pub String);

/// How Python is run where handbook.yaml does not say.
fn python() -> Samples {
    Samples {
        command: ["python3", "-I", FILE].map(str::to_owned).into(),
        check: None,
        timeout: Samples::TIMEOUT,
        memory: Samples::MEMORY,
    }
}

impl Interpreter {
    /// Finds the program of a language, and its version if that is asked for.
    ///
    /// # Errors
    /// When it is not there, or does not tell.
    pub fn find(
        language: &str,
        samples: Option<&Samples>,
        versioned: bool,
        runner: &Runner,
    ) -> Result<Self, Missing> {
        let samples = samples.cloned().unwrap_or_else(python);
        let mut interpreter = Self {
            name: samples.command.first().cloned().unwrap_or_default(),
            command: located(language, samples.command, runner)?,
            check: samples
                .check
                .map(|check| located(language, check, runner))
                .transpose()?,
            version: None,
            limits: Limits::new(samples.timeout, samples.memory),
        };
        if language == PYTHON {
            interpreter.ask_python(runner)?;
        } else if versioned {
            interpreter.ask_version(runner)?;
        }
        Ok(interpreter)
    }

    /// The command for a file.
    pub fn command(&self, file: &str) -> Vec<String> {
        with_file(&self.command, file)
    }

    /// The command that looks at a file without running it.
    pub fn check(&self, file: &str) -> Option<Vec<String>> {
        self.check.as_ref().map(|check| with_file(check, file))
    }

    fn ask_python(&mut self, runner: &Runner) -> Result<(), Missing> {
        let ended = runner.run(&Start {
            command: self.command("probe.py"),
            files: vec![(
                "probe.py".to_owned(),
                include_str!("python/probe.py").to_owned(),
            )],
            result: None,
            limits: self.patient(),
        });
        let said = String::from_utf8_lossy(&ended.stdout);
        let mut lines = said.lines();
        let (Some(path), Some(version)) = (lines.next(), lines.next().and_then(Version::parse))
        else {
            return Err(self.silent(&ended));
        };
        self.version = Some(version);
        // What stands on the path may be a script that looks for the interpreter each time.
        if self
            .command
            .get(1)
            .is_none_or(|next| next.starts_with('-') || next == FILE)
            && let Some(program) = self.command.first_mut()
            && path.starts_with('/')
        {
            path.clone_into(program);
        }
        Ok(())
    }

    fn ask_version(&mut self, runner: &Runner) -> Result<(), Missing> {
        let program = self.command.first().cloned().unwrap_or_default();
        let ended = runner.run(&Start {
            command: vec![program, "--version".to_owned()],
            files: Vec::new(),
            result: None,
            limits: self.patient(),
        });
        let found = Version::find(&String::from_utf8_lossy(&ended.stdout));
        self.version = Some(found.ok_or_else(|| self.silent(&ended))?);
        Ok(())
    }

    fn patient(&self) -> Limits {
        Limits {
            seconds: PATIENCE,
            ..self.limits
        }
    }

    fn silent(&self, ended: &Ended) -> Missing {
        let error = String::from_utf8_lossy(&ended.stderr);
        let why = match (&ended.how, error.trim().lines().last()) {
            (How::Failed(why), _) => format!(": {why}"),
            (_, Some(line)) => format!(": {line}"),
            _ => String::new(),
        };
        Missing(format!("`{}` does not tell its version{why}", self.name))
    }
}

fn located(
    language: &str,
    mut command: Vec<String>,
    runner: &Runner,
) -> Result<Vec<String>, Missing> {
    let Some(program) = command.first_mut() else {
        return Err(Missing(format!("there is no command for `{language}`")));
    };
    match runner.find(program) {
        Some(path) => *program = path,
        None => {
            return Err(Missing(format!(
                "`{program}`, which runs samples of `{language}`, is not installed"
            )));
        }
    }
    Ok(command)
}

fn with_file(command: &[String], file: &str) -> Vec<String> {
    command
        .iter()
        .map(|word| word.replace(FILE, file))
        .collect()
}
