//! The workflows for pull requests: their commands, run as they stand in the files.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use insta::assert_snapshot;
use serde::Deserialize;

use crate::site::{Ran, Site, TODAY};

/// A workflow, as far as it matters here.
#[derive(Debug, Deserialize)]
struct Workflow {
    on: BTreeMap<String, serde_json::Value>,
    permissions: BTreeMap<String, String>,
    jobs: BTreeMap<String, Job>,
}

#[derive(Debug, Deserialize)]
struct Job {
    steps: Vec<Step>,
}

#[derive(Debug, Deserialize)]
struct Step {
    name: Option<String>,
    uses: Option<String>,
    #[serde(default)]
    with: BTreeMap<String, serde_json::Value>,
    run: Option<String>,
}

fn workflow(text: &str) -> Workflow {
    serde_yaml::from_str(text).unwrap()
}

const OURS: &str = include_str!("../../.github/workflows/handbook.yml");

/// The workflow that `viva init` writes.
fn written() -> String {
    let site = Site::empty();
    let mut init = Command::new(env!("CARGO_BIN_EXE_viva"));
    let ran = Ran::of(init.args(["init", "--role=Tester"]).arg(site.root()));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    fs::read_to_string(site.path(".github/workflows/handbook.yml")).unwrap()
}

#[test]
fn strangers_code_gets_no_rights_and_no_secrets() {
    for text in [OURS.to_owned(), written()] {
        let workflow = workflow(&text);
        assert!(workflow.on.contains_key("pull_request"), "{text}");
        assert!(!workflow.on.contains_key("pull_request_target"), "{text}");
        let read = BTreeMap::from([("contents".to_owned(), "read".to_owned())]);
        assert_eq!(workflow.permissions, read);
        assert!(!text.contains("secrets."), "{text}");
        for step in workflow.jobs.values().flat_map(|job| &job.steps) {
            if step
                .uses
                .as_deref()
                .is_some_and(|uses| uses.starts_with("actions/checkout@"))
            {
                assert_eq!(step.with["persist-credentials"], false, "{text}");
            }
            // What a stranger can name (a branch, a title) is never put into a command.
            let run = step.run.as_deref().unwrap_or_default();
            assert!(!run.contains("${{"), "{run}");
        }
    }
}

/// A pull request in a clone, and a `cargo` that puts the tested program where the real one would.
struct PullRequest {
    site: Site,
}

impl PullRequest {
    fn new(change: impl FnOnce(Site) -> Site) -> Self {
        let site = Site::new().file(
            ".gitignore",
            "/public/\n/target/\n/programs/\n/temp/\n/.viva-cache/\n",
        );
        git(site.root(), "init --quiet --initial-branch=main");
        let request = Self { site };
        request.commit("What is published");
        git(
            request.site.root(),
            "update-ref refs/remotes/origin/main main",
        );
        git(request.site.root(), "checkout --quiet -b change");
        let request = Self {
            site: change(request.site),
        };
        request.commit("A change");
        let viva = env!("CARGO_BIN_EXE_viva");
        let cargo =
            format!("#!/bin/sh\nmkdir -p target/release && cp '{viva}' target/release/viva\n");
        request.site.write("programs/cargo", cargo);
        let mode = fs::Permissions::from_mode(0o755);
        fs::set_permissions(request.site.path("programs/cargo"), mode).unwrap();
        fs::create_dir(request.site.path("temp")).unwrap();
        request
    }

    fn commit(&self, message: &str) {
        git(self.site.root(), "add --all");
        let name = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
        let mut command = Command::new("git");
        command.current_dir(self.site.root()).args(name);
        let ran = Ran::of(command.args(["commit", "--quiet", "--allow-empty", "-m", message]));
        assert_eq!(ran.code, 0, "{}", ran.stderr);
    }

    /// Runs each command of the workflow: its name, exit code and what it printed for GitHub.
    fn run(&self) -> Vec<(String, i32, String)> {
        let steps = workflow(OURS).jobs.remove("handbook").unwrap().steps;
        let mut ended = Vec::new();
        for step in steps {
            let Some(run) = step.run else { continue };
            // As GitHub runs a step. <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax>
            let mut bash = Command::new("bash");
            bash.args(["-e", "-c", &run]).current_dir(self.site.root());
            let path = std::env::var("PATH").unwrap();
            let programs = self.site.path("programs");
            bash.env("PATH", format!("{}:{path}", programs.display()));
            bash.env("RUNNER_TEMP", self.site.path("temp"));
            bash.env("GITHUB_STEP_SUMMARY", self.site.path("temp/summary.md"));
            bash.env("GITHUB_BASE_REF", "main");
            bash.env_remove("VIVA_BASE_URL");
            let ran = Ran::of(&mut bash);
            ended.push((step.name.unwrap(), ran.code, ran.stdout));
        }
        ended
    }

    fn summary(&self) -> String {
        fs::read_to_string(self.site.path("temp/summary.md")).unwrap()
    }
}

fn git(folder: &Path, arguments: &str) {
    let mut git = Command::new("git");
    let ran = Ran::of(git.current_dir(folder).args(arguments.split(' ')));
    assert_eq!(ran.code, 0, "{arguments}: {}", ran.stderr);
}

fn failed(ended: &[(String, i32, String)]) -> Vec<&str> {
    let failed = ended.iter().filter(|(_, code, _)| *code != 0);
    failed.map(|(name, _, _)| name.as_str()).collect()
}

#[test]
fn a_good_change_passes_and_is_told_in_the_summary() {
    let request = PullRequest::new(|site| {
        site.question("mid/sets", |question| {
            question.set("title", "What is a set?").set(
                "strong_answers",
                "[Says what it is., Says why it is so., Names a case.]",
            )
        })
    });
    let ended = request.run();
    assert_eq!(failed(&ended), [] as [&str; 0], "{ended:?}");
    assert_snapshot!(request.summary(), @"
    ## Questions

    1 added.

    ### Added

    - What is a set? (`python/sets`): mid, language, concept, 5 minutes
    ");
}

#[test]
fn a_mistake_is_an_annotation_on_its_line() {
    let request = PullRequest::new(|site| {
        site.edit(
            "content/python/junior/lists.md",
            "topic: language",
            "topic: langauge",
        )
    });
    let ended = request.run();
    assert!(failed(&ended).contains(&"Check"), "{ended:?}");
    let (_, _, printed) = ended.iter().find(|(name, _, _)| name == "Check").unwrap();
    assert_snapshot!(printed, @"::error file=content/python/junior/lists.md,line=3,endLine=3,col=8,endColumn=16,title=V0201 topic-unknown::unknown topic `langauge`%0Ahelp: did you mean `language`?");
}

#[test]
fn a_sample_that_is_wrong_is_an_annotation_on_its_line() {
    let request = PullRequest::new(|site| {
        site.question("mid/sums", |question| {
            question
                .set("title", "What is a sum?")
                .set("strong_answers", "[Gives it., Explains it., Names a case.]")
                .answer("So:\n\n```python\nprint(1 + 1)\n```\n\n```output\n3\n```")
        })
    });
    let ended = request.run();
    assert_eq!(failed(&ended), ["Run the code samples"], "{ended:?}");
    let (_, _, printed) = ended
        .iter()
        .find(|(name, _, _)| name.starts_with("Run"))
        .unwrap();
    assert_snapshot!(printed, @"::error file=content/python/mid/sums.md,line=20,endLine=20,col=1,endColumn=2,title=V0702 sample-output::the sample prints something else%0Athe page says (-), the sample prints (+)%0A- 3%0A+ 2%0Ahelp: correct the sample or its output; `viva test --update` writes the output anew");
}

#[test]
fn an_address_that_would_be_lost_is_told() {
    let request = PullRequest::new(|site| {
        let text = fs::read_to_string(site.path("content/python/junior/tuples.md")).unwrap();
        site.remove("content/python/junior/tuples.md")
            .file("content/python/junior/tuple.md", &text)
    });
    let ended = request.run();
    assert_eq!(failed(&ended), ["Check"], "{ended:?}");
    let (_, _, printed) = ended.iter().find(|(name, _, _)| name == "Check").unwrap();
    assert_snapshot!(printed, @"::error file=content/python/junior/tuple.md,line=2,endLine=2,col=8,endColumn=43,title=V0410 address-gone::nothing is at `/python/tuples/` any more, which was the question “When is a tuple better than a list?”%0Ahelp: if this page took its place, add `aliases: [tuples]` here");
}

#[test]
fn the_workflow_of_a_new_handbook_passes_as_it_is() {
    let site = Site::empty();
    let mut init = Command::new(env!("CARGO_BIN_EXE_viva"));
    let ran = Ran::of(
        init.args(["init", "--today", TODAY, "--role=Tester"])
            .arg(site.root()),
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let text = fs::read_to_string(site.path(".github/workflows/handbook.yml")).unwrap();
    let viva = Path::new(env!("CARGO_BIN_EXE_viva")).parent().unwrap();
    let path = format!("{}:{}", viva.display(), std::env::var("PATH").unwrap());
    let steps = workflow(&text).jobs.remove("handbook").unwrap().steps;
    let mut tried = 0;
    for run in steps.iter().filter_map(|step| step.run.as_deref()) {
        let mut bash = Command::new("bash");
        bash.args(["-e", "-c", run]).current_dir(site.root());
        let ran = Ran::of(bash.env("PATH", &path).env_remove("VIVA_BASE_URL"));
        assert_eq!(ran.code, 0, "{run}: {}{}", ran.stdout, ran.stderr);
        tried += 1;
    }
    assert_eq!(tried, 4);
}
