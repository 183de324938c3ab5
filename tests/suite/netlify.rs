//! Netlify: what `netlify.toml`, `_headers` and `_redirects` say is what Netlify's own parsers read
//! in them, and the command that it runs compiles the generator only where that has changed.

use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use insta::assert_snapshot;
use serde_json::Value;

use crate::everything::everything;
use crate::html;
use crate::site::{Ran, Site};

/// Where a deploy preview stands, and where production does.
const PREVIEW: &str = "https://deploy-preview-7--handbook.netlify.app";
const PRODUCTION: &str = "https://handbook.example";

#[test]
#[ignore = "needs Node.js packages: tests/run installs them"]
fn netlify_reads_netlify_toml_as_it_is_meant() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut read = String::new();
    for context in ["production", "deploy-preview", "branch-deploy"] {
        let config = config(repository, context);
        assert_eq!(config["complaints"], Value::Array(Vec::new()));
        let publish = Path::new(config["publish"].as_str().unwrap());
        let publish = publish.strip_prefix(repository).unwrap().display();
        let (command, environment) = (&config["command"], &config["environment"]);
        writeln!(read, "{context}: {command} to {publish}, {environment}").unwrap();
    }
    assert_snapshot!(read, @r#"
    production: ".ci/site \"$URL\"" to public, {"RUSTUP_TOOLCHAIN":"stable"}
    deploy-preview: ".ci/site \"$DEPLOY_PRIME_URL\"" to public, {"RUSTUP_TOOLCHAIN":"stable"}
    branch-deploy: ".ci/site \"$DEPLOY_PRIME_URL\"" to public, {"RUSTUP_TOOLCHAIN":"stable"}
    "#);
}

#[test]
#[ignore = "needs Node.js packages: tests/run installs them"]
fn netlify_reads_headers_and_redirects_as_they_are_meant() {
    let site = Site::shipped();
    site.built();
    assert_snapshot!(rules(&site), @r#"
    /* Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'
    /* Referrer-Policy: strict-origin-when-cross-origin
    /* X-Content-Type-Options: nosniff
    /* Permissions-Policy: camera=(), geolocation=(), microphone=(), browsing-topics=()
    /* Cross-Origin-Opener-Policy: same-origin
    /* Speculation-Rules: "/speculation-rules.json"
    /assets/* Cache-Control: public, max-age=31536000, immutable
    /search/parts/* Cache-Control: public, max-age=31536000, immutable
    /manifest.webmanifest Content-Type: application/manifest+json
    /questions.json Access-Control-Allow-Origin: *
    /schema/* Access-Control-Allow-Origin: *
    /speculation-rules.json Content-Type: application/speculationrules+json
    /speculation-rules.json Cache-Control: public, max-age=86400
    "#);
    let site = everything();
    site.built_with(&["--base-url", "https://example.org/a/"]);
    assert_snapshot!(rules(&site), @r#"
    /a/* Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'
    /a/* Referrer-Policy: strict-origin-when-cross-origin
    /a/* X-Content-Type-Options: nosniff
    /a/* Permissions-Policy: camera=(), geolocation=(), microphone=(), browsing-topics=()
    /a/* Cross-Origin-Opener-Policy: same-origin
    /a/* Speculation-Rules: "/a/speculation-rules.json"
    /a/assets/* Cache-Control: public, max-age=31536000, immutable
    /a/search/parts/* Cache-Control: public, max-age=31536000, immutable
    /a/manifest.webmanifest Content-Type: application/manifest+json
    /a/questions.json Access-Control-Allow-Origin: *
    /a/schema/* Access-Control-Allow-Origin: *
    /a/speculation-rules.json Content-Type: application/speculationrules+json
    /a/speculation-rules.json Cache-Control: public, max-age=86400
    /a/help/ -> /a/faq/ 301 whatever stands there
    /a/old/faq.html -> /a/faq/ 301 whatever stands there
    /a/old/gil/ -> /a/python/gil/ 301 whatever stands there
    /a/python/lock/ -> /a/python/gil/ 301 whatever stands there
    "#);
}

#[test]
#[ignore = "needs Node.js packages: tests/run installs them"]
fn what_netlify_can_t_read_is_noticed() {
    let site = Site::new();
    site.built();
    site.write("public/_headers", "X-Above: all\n/*\n  X-Empty:\n");
    site.write("public/_redirects", "/old/ new/ 301!\n");
    assert_snapshot!(rules(&site), @r#"
    error: Could not parse header line 3:
      X-Empty:
    Missing header value
    error: Path should come before header "X-Above"
    error: Could not parse redirect line 1:
      /old/ new/ 301!
    The destination path/URL must start with "/", "http:" or "https:"
    "#);
}

#[test]
#[ignore = "needs Node.js packages: tests/run installs them"]
fn the_generator_is_compiled_where_it_has_changed_and_not_where_the_content_has() {
    let checkout = Checkout::new();
    let compiled = |context| {
        checkout.deploy(context);
        checkout.calls()
    };
    assert_snapshot!(compiled("production"), @"
    rustup toolchain install stable --profile minimal --no-self-update
    cargo build --release --locked
    ");
    assert_eq!(checkout.canonical(), format!("{PRODUCTION}/python/lists/"));

    checkout.clone_again();
    checkout.edit("content/python/junior/lists.md", "Two words", "Three words");
    assert_eq!(compiled("deploy-preview"), "");
    assert_eq!(checkout.canonical(), format!("{PREVIEW}/python/lists/"));
    assert!(checkout.page().contains("Three words"));

    for part in [
        "src/main.rs",
        "themes/default/strings/en.yaml",
        "Cargo.toml",
        "Cargo.lock",
    ] {
        checkout.edit(part, "\n", "\n\n");
        assert!(compiled("branch-deploy").contains("cargo build"), "{part}");
        assert_eq!(compiled("branch-deploy"), "", "{part}");
    }
    checkout.site.write("src/a_new_file.rs", "//! New.\n");
    assert!(compiled("branch-deploy").contains("cargo build"));
    assert_eq!(compiled("branch-deploy"), "");
}

#[test]
fn a_generator_that_does_not_run_any_more_is_compiled_again() {
    let checkout = Checkout::new();
    run(&mut checkout.script());
    assert_snapshot!(checkout.calls(), @"cargo build --release --locked");
    assert_eq!(checkout.canonical(), "https://example.org/python/lists/");
    let kept = fs::read_dir(checkout.site.path("target/site")).unwrap();
    let folders: Vec<_> = kept.map(|entry| entry.unwrap().path()).collect();
    let [folder] = &folders[..] else {
        panic!("one program is kept, not {folders:?}");
    };
    fs::write(folder.join("viva"), "of another machine").unwrap();
    run(&mut checkout.script());
    assert_snapshot!(checkout.calls(), @"cargo build --release --locked");
    run(&mut checkout.script());
    assert_eq!(checkout.calls(), "");
}

#[test]
fn a_build_that_fails_fails_the_deploy() {
    let checkout = Checkout::new();
    checkout.edit(
        "content/python/junior/lists.md",
        "topic: language",
        "topic: langage",
    );
    let ran = Ran::of(&mut checkout.script());
    assert_eq!(ran.code, 1, "{}", ran.stderr);
}

/// The repository with a small handbook in it, and programs that are called instead of Rust's.
struct Checkout {
    site: Site,
}

impl Checkout {
    fn new() -> Self {
        let checkout = Self { site: Site::new() };
        checkout.clone_again();
        let root = checkout.site.root().display();
        let viva = env!("CARGO_BIN_EXE_viva");
        let kept = "mkdir -p target/release && cp";
        for (name, does) in [
            ("cargo", format!("{kept} '{viva}' target/release/viva")),
            ("rustup", String::new()),
        ] {
            let program = format!("programs/{name}");
            let script = format!("#!/bin/sh\necho \"{name} $*\" >> '{root}/calls'\n{does}\n");
            checkout.site.write(&program, script);
            let mode = fs::Permissions::from_mode(0o755);
            fs::set_permissions(checkout.site.path(&program), mode).unwrap();
        }
        checkout
    }

    /// Puts the generator there as git does: all files are new.
    fn clone_again(&self) {
        let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut paths: Vec<_> = [
            "src",
            "themes",
            ".ci",
            "Cargo.toml",
            "Cargo.lock",
            "netlify.toml",
        ]
        .map(|path| repository.join(path))
        .into();
        while let Some(path) = paths.pop() {
            if path.is_dir() {
                paths.extend(
                    fs::read_dir(path)
                        .unwrap()
                        .map(|entry| entry.unwrap().path()),
                );
                continue;
            }
            let copy = self
                .site
                .path(path.strip_prefix(repository).unwrap().to_str().unwrap());
            fs::create_dir_all(copy.parent().unwrap()).unwrap();
            fs::copy(&path, copy).unwrap();
        }
    }

    /// Replaces the first occurrence of a text in a file.
    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.site.path(path)).unwrap();
        assert!(text.contains(from), "{path}");
        self.site.write(path, text.replacen(from, to, 1));
    }

    /// What Netlify does in this context.
    fn deploy(&self, context: &str) {
        let config = config(self.site.root(), context);
        let mut bash = self.prepared(Command::new("bash"));
        bash.arg("-c").arg(config["command"].as_str().unwrap());
        bash.env("NETLIFY", "true").env("URL", PRODUCTION);
        bash.env("DEPLOY_PRIME_URL", PREVIEW);
        for (name, value) in config["environment"].as_object().unwrap() {
            bash.env(name, value.as_str().unwrap());
        }
        run(&mut bash);
    }

    /// What somebody does who has cloned the repository.
    fn script(&self) -> Command {
        self.prepared(Command::new(self.site.path(".ci/site")))
    }

    fn prepared(&self, mut command: Command) -> Command {
        command.current_dir(self.site.root());
        for name in ["CARGO_TARGET_DIR", "NETLIFY", "RUSTC", "VIVA_BASE_URL"] {
            command.env_remove(name);
        }
        let path = std::env::var("PATH").unwrap();
        let programs = self.site.path("programs");
        command.env("PATH", format!("{}:{path}", programs.display()));
        command.env("CARGO", programs.join("cargo"));
        command
    }

    /// What was called since it was last asked.
    fn calls(&self) -> String {
        let file = self.site.path("calls");
        let calls = fs::read_to_string(&file).unwrap_or_default();
        let _ = fs::remove_file(file);
        calls
    }

    fn page(&self) -> String {
        let page = self.site.out().join("python/lists/index.html");
        fs::read_to_string(page).unwrap()
    }

    fn canonical(&self) -> String {
        html::elements(&self.page())
            .iter()
            .find(|element| element.get("rel") == Some("canonical"))
            .and_then(|element| element.get("href").map(str::to_owned))
            .unwrap()
    }
}

fn run(command: &mut Command) {
    let ran = Ran::of(command);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
}

/// `netlify.toml` of a folder as Netlify reads it.
fn config(folder: &Path, context: &str) -> Value {
    let folder = folder.to_str().unwrap();
    serde_json::from_str(&node("netlify_config.mjs", &[folder, context])).unwrap()
}

/// `_headers` and `_redirects` of a built site as Netlify reads them.
fn rules(site: &Site) -> String {
    node("netlify_rules.mjs", &[site.out().to_str().unwrap()])
}

/// What a script of `tests/web` prints.
fn node(script: &str, arguments: &[&str]) -> String {
    let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/web");
    assert!(
        web.join("node_modules/@netlify").is_dir(),
        "no packages: npm ci --prefix tests/web"
    );
    let ran = Ran::of(Command::new("node").arg(web.join(script)).args(arguments));
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    ran.stdout
}
