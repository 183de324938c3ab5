#![allow(
    clippy::disallowed_methods,
    reason = "tests look at the disk from outside"
)]
#![allow(
    clippy::print_stdout,
    reason = "a child process tells its parent how far it is"
)]

use std::fs;
use std::io::Write as _;

use rayon::prelude::*;
use tempfile::TempDir;

use super::*;

/// A folder with an output folder in it, which may not exist yet.
struct Place {
    dir: TempDir,
}

impl Place {
    fn new() -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
        }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    fn out(&self) -> PathBuf {
        self.path("public")
    }

    fn with(self, path: &str, text: &str) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    fn built(self, files: &[(&str, &str)]) -> Self {
        build(&self.out(), files).unwrap();
        self
    }

    /// Every file below, and the text in it.
    fn files(&self) -> Vec<(String, String)> {
        let mut files = Vec::new();
        for entry in walkdir::WalkDir::new(self.dir.path()).sort_by_file_name() {
            let entry = entry.unwrap();
            if !entry.file_type().is_dir() {
                let path = entry.path().strip_prefix(self.dir.path()).unwrap();
                let text = fs::read_to_string(entry.path()).unwrap_or_default();
                files.push((path.to_str().unwrap().replace('\\', "/"), text));
            }
        }
        files
    }

    /// As `files`, without the manifests.
    fn pages(&self) -> Vec<(String, String)> {
        let mut files = self.files();
        files.retain(|(path, _)| !path.ends_with(manifest::NAME));
        files
    }

    /// The hidden folders beside the output folder.
    fn workspaces(&self) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(self.dir.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.starts_with('.'))
            .collect();
        names.sort();
        names
    }
}

fn build(out: &Path, files: &[(&str, &str)]) -> Result<Summary> {
    let stage = begin(out)?;
    for (path, text) in files {
        stage.write(path, text.as_bytes())?;
    }
    stage.commit()
}

fn page(path: &str, text: &str) -> (String, String) {
    (path.to_owned(), text.to_owned())
}

fn refusal(place: &Place) -> String {
    let before = place.files();
    let error = format!("{:#}", begin(&place.out()).unwrap_err());
    assert_eq!(place.files(), before);
    assert!(place.workspaces().is_empty());
    error.replace(&place.dir.path().display().to_string(), "")
}

#[test]
fn a_site_appears_whole_with_its_list() {
    let place = Place::new();
    let files = [
        ("python/gil/index.html", "gil"),
        ("index.html", "home"),
        ("404.html", ""),
    ];
    let summary = build(&place.out(), &files).unwrap();
    assert_eq!(summary, Summary { files: 3, bytes: 7 });
    assert_eq!(
        place.files(),
        [
            page(
                "public/.viva-files",
                "# The files that Viva made here. The next build replaces them all, and refuses \
                 a folder with others in it.\n404.html\nindex.html\npython/gil/index.html\n"
            ),
            page("public/404.html", ""),
            page("public/index.html", "home"),
            page("public/python/gil/index.html", "gil"),
        ]
    );
    assert!(place.workspaces().is_empty());
}

#[test]
fn nothing_shows_before_the_commit() {
    let place = Place::new().built(&[("index.html", "old"), ("gone.html", "old")]);
    let stage = begin(&place.out()).unwrap();
    stage.write("index.html", b"new").unwrap();
    assert_eq!(
        fs::read_to_string(place.path("public/index.html")).unwrap(),
        "old"
    );
    stage.commit().unwrap();
    assert_eq!(place.pages(), [page("public/index.html", "new")]);
    assert!(place.workspaces().is_empty());
}

#[test]
fn a_dropped_stage_leaves_the_last_site() {
    let place = Place::new().built(&[("index.html", "old")]);
    let before = place.files();
    let stage = begin(&place.out()).unwrap();
    stage.write("a/b/c.html", b"new").unwrap();
    assert_eq!(place.workspaces().len(), 1);
    drop(stage);
    assert_eq!(place.files(), before);
    assert!(place.workspaces().is_empty());
}

#[test]
fn a_dropped_first_stage_leaves_no_output_folder() {
    let place = Place::new();
    drop(begin(&place.out()).unwrap());
    assert!(!place.out().exists());
}

#[test]
fn a_write_that_fails_leaves_the_last_site() {
    let place = Place::new().built(&[("index.html", "old")]);
    let before = place.files();
    let stage = begin(&place.out()).unwrap();
    let name = "x".repeat(300);
    let error = stage.write(&name, b"new").unwrap_err().to_string();
    assert!(
        error.starts_with("can't write /") && error.ends_with(&name),
        "{error}"
    );
    let missing = place.path("missing.png");
    let error = stage.copy("a.png", &missing).unwrap_err().to_string();
    assert!(
        error.starts_with(&format!("can't copy {} to ", missing.display())),
        "{error}"
    );
    drop(stage);
    assert_eq!(place.files(), before);
}

#[test]
fn a_commit_that_fails_leaves_the_last_site() {
    let place = Place::new().built(&[("index.html", "old")]);
    let before = place.files();
    let stage = begin(&place.out()).unwrap();
    fs::remove_dir_all(stage.workspace.site()).unwrap();
    stage.commit().unwrap_err();
    assert_eq!(place.files(), before);
    assert!(place.workspaces().is_empty());
}

#[test]
fn many_threads_write_one_site() {
    let place = Place::new();
    let stage = begin(&place.out()).unwrap();
    (0..500).into_par_iter().for_each(|n| {
        let path = format!("{}/{}/{n}/index.html", n % 2, n % 7);
        stage.write(&path, n.to_string().as_bytes()).unwrap();
    });
    let summary = stage.commit().unwrap();
    assert_eq!(summary.files, 500);
    let list = fs::read_to_string(place.path("public/.viva-files")).unwrap();
    let listed: Vec<_> = list.lines().skip(1).collect();
    assert!(listed.is_sorted());
    assert_eq!(listed.len(), 500);
    for path in listed {
        assert!(place.path("public").join(path).is_file());
    }
}

#[test]
fn a_path_is_written_once() {
    let place = Place::new();
    let stage = begin(&place.out()).unwrap();
    stage.write("a", b"").unwrap();
    stage.write("a", b"").unwrap_err();
    stage.write("a/b", b"").unwrap_err();
    stage.write("c/d", b"").unwrap();
    stage.write("c", b"").unwrap_err();
    assert_eq!(stage.commit().unwrap().files, 2);
}

#[test]
fn paths_that_leave_the_site_write_nothing() {
    let place = Place::new().with("logo.svg", "logo");
    let stage = begin(&place.out()).unwrap();
    for path in [
        "../a",
        "/tmp/viva-escape",
        "a/../../b",
        "",
        "a//b",
        "a\\b",
        "a\0",
        ".viva-files",
    ] {
        stage.write(path, b"").unwrap_err();
        stage.copy(path, &place.path("logo.svg")).unwrap_err();
    }
    assert_eq!(stage.commit().unwrap().files, 0);
    assert_eq!(place.pages(), [page("logo.svg", "logo")]);
}

#[test]
fn copies_bytes() {
    let place = Place::new().with("logo.svg", "logo");
    let stage = begin(&place.out()).unwrap();
    stage
        .copy("assets/logo.svg", &place.path("logo.svg"))
        .unwrap();
    let summary = stage.commit().unwrap();
    assert_eq!(summary, Summary { files: 1, bytes: 4 });
    let copied = fs::read_to_string(place.path("public/assets/logo.svg"));
    assert_eq!(copied.unwrap(), "logo");
}

#[cfg(unix)]
#[test]
fn permissions_are_the_users_default() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    let place = Place::new().with("logo.svg", "logo").with("usual/file", "");
    let private = fs::Permissions::from_mode(0o600);
    fs::set_permissions(place.path("logo.svg"), private).unwrap();
    let stage = begin(&place.out()).unwrap();
    stage.write("a/index.html", b"").unwrap();
    stage.copy("logo.svg", &place.path("logo.svg")).unwrap();
    stage.commit().unwrap();
    let (folder, file) = (mode(place.path("usual")), mode(place.path("usual/file")));
    assert_eq!(mode(place.out()), folder);
    assert_eq!(mode(place.path("public/a")), folder);
    for path in [
        "public/a/index.html",
        "public/logo.svg",
        "public/.viva-files",
    ] {
        assert_eq!(mode(place.path(path)), file);
    }
}

#[test]
fn an_empty_folder_and_missing_parents_are_fine() {
    let place = Place::new();
    fs::create_dir_all(place.path("public/empty/folders")).unwrap();
    build(&place.out(), &[("index.html", "")]).unwrap();
    build(&place.path("a/b/c"), &[("index.html", "")]).unwrap();
    assert_eq!(
        place.pages(),
        [page("a/b/c/index.html", ""), page("public/index.html", "")]
    );
}

#[test]
fn what_the_desktop_leaves_is_no_reason_to_refuse() {
    let place = Place::new()
        .built(&[("a/index.html", "")])
        .with("public/.DS_Store", "")
        .with("public/a/Thumbs.db", "");
    build(&place.out(), &[("index.html", "")]).unwrap();
    assert_eq!(place.pages(), [page("public/index.html", "")]);
}

#[test]
fn refuses_files_that_viva_did_not_make() {
    let way_out = "delete the folder or choose another with --out";
    let place = Place::new().with("public/notes.txt", "mine");
    assert_eq!(
        refusal(&place),
        format!("/public holds files that Viva did not make (\"notes.txt\"): {way_out}")
    );
    let place = Place::new()
        .built(&[("a/index.html", "")])
        .with("public/a/b/4", "")
        .with("public/a/3", "")
        .with("public/a/2", "")
        .with("public/a/.hidden", "")
        .with("public/a/1\u{1b}[2J", "");
    assert_eq!(
        refusal(&place),
        format!(
            "/public holds files that Viva did not make (\"a/.hidden\", \"a/1\\u{{1b}}[2J\", \
             \"a/2\", …): {way_out}"
        )
    );
}

#[test]
fn refuses_a_site_whose_list_is_gone_or_changed() {
    let place = Place::new().built(&[("index.html", "")]);
    fs::remove_file(place.path("public/.viva-files")).unwrap();
    assert!(refusal(&place).contains("(\"index.html\")"));

    let place = Place::new()
        .with("mine", "")
        .built(&[("a.html", ""), ("b.html", "")])
        .with(
            "public/.viva-files",
            "# edited\r\n../mine\r\n/etc/passwd\r\n\r\n./b.html\r\na.html\r\n",
        );
    assert!(refusal(&place).contains("(\"b.html\")"));

    // A list that names more than there is, or what is elsewhere, does no harm.
    let place = Place::new()
        .with("mine", "kept")
        .built(&[("a.html", "")])
        .with("public/.viva-files", "#\n../mine\na.html\nmissing\n\u{0}\n");
    build(&place.out(), &[("index.html", "")]).unwrap();
    assert_eq!(
        place.pages(),
        [page("mine", "kept"), page("public/index.html", "")]
    );

    let place = Place::new().built(&[("a.html", "")]);
    let list = place.path("public/.viva-files");
    fs::write(&list, b"#\n\xff\xfe\na.html\n").unwrap();
    build(&place.out(), &[]).unwrap();
    fs::remove_file(&list).unwrap();
    fs::create_dir(&list).unwrap();
    assert!(refusal(&place).contains("not a regular file"));
}

#[test]
fn refuses_what_is_no_folder() {
    let place = Place::new().with("public", "a file");
    assert_eq!(
        refusal(&place),
        "/public is not a folder: delete it or choose another with --out"
    );
    let error = format!("{:#}", begin(&place.path("public/below")).unwrap_err());
    assert!(error.starts_with("can't "), "{error}");
    let error = begin(Path::new("/")).unwrap_err().to_string();
    let start = "/ holds files";
    assert!(
        error.starts_with(start) || error.contains("is the root"),
        "{error}"
    );
    begin(Path::new("")).unwrap_err();
}

#[test]
fn a_file_that_arrives_during_the_build_is_kept() {
    let place = Place::new().built(&[("index.html", "old")]);
    let stage = begin(&place.out()).unwrap();
    stage.write("index.html", b"new").unwrap();
    // Some file systems tell the time in steps of a few milliseconds.
    std::thread::sleep(std::time::Duration::from_millis(50));
    let place = place.with("public/notes.txt", "mine");
    let before = place.files();
    stage.commit().unwrap_err();
    assert!(place.workspaces().is_empty());
    let after: Vec<_> = before
        .into_iter()
        .filter(|(path, _)| path.starts_with("public/"))
        .collect();
    assert_eq!(place.files(), after);
}

#[cfg(unix)]
#[test]
fn a_linked_output_folder_is_replaced_at_its_real_place() {
    use std::os::unix::fs::symlink;
    let place = Place::new();
    fs::create_dir_all(place.path("real/site")).unwrap();
    symlink("real/site", place.out()).unwrap();
    for text in ["first", "second"] {
        build(&place.out(), &[("index.html", text)]).unwrap();
        assert!(place.out().is_symlink());
        let written = fs::read_to_string(place.path("real/site/index.html"));
        assert_eq!(written.unwrap(), text);
    }
    assert_eq!(fs::read_dir(place.path("real")).unwrap().count(), 1);

    fs::remove_dir_all(place.path("real")).unwrap();
    assert!(refusal(&place).contains("is not a folder"));
}

#[cfg(unix)]
#[test]
fn links_in_the_output_folder_are_foreign_files() {
    let place = Place::new()
        .with("mine/a", "kept")
        .built(&[("index.html", "")]);
    std::os::unix::fs::symlink("../mine", place.path("public/link")).unwrap();
    assert!(refusal(&place).contains("(\"link\")"));
}

#[test]
fn two_builds_at_once_leave_one_whole_site() {
    let place = Place::new().built(&[("index.html", "old")]);
    let first = begin(&place.out()).unwrap();
    let second = begin(&place.out()).unwrap();
    assert_eq!(place.workspaces().len(), 2);
    first.write("index.html", b"first").unwrap();
    second.write("index.html", b"second").unwrap();
    second.write("more.html", b"second").unwrap();
    second.commit().unwrap();
    assert_eq!(place.workspaces().len(), 1);
    first.commit().unwrap();
    assert_eq!(place.pages(), [page("public/index.html", "first")]);
    assert!(place.workspaces().is_empty());
}

#[test]
fn builds_in_a_race_all_succeed_and_the_site_is_always_whole() {
    let place = Place::new().built(&[("a/index.html", "0"), ("b/index.html", "0")]);
    std::thread::scope(|scope| {
        let builders: Vec<_> = (1..=3)
            .map(|builder| {
                let out = place.out();
                scope.spawn(move || {
                    for round in 0..30 {
                        let text = format!("{builder}.{round}");
                        let own = format!("{text}/index.html");
                        let files = [
                            ("a/index.html", &*text),
                            ("b/index.html", &*text),
                            (&*own, ""),
                        ];
                        build(&out, &files).unwrap();
                    }
                })
            })
            .collect();
        while !builders
            .iter()
            .all(std::thread::ScopedJoinHandle::is_finished)
        {
            if cfg!(target_os = "linux") {
                assert!(place.path("public").exists());
            }
        }
    });
    let pages = place.pages();
    assert_eq!(pages.len(), 3, "{pages:?}");
    assert!(place.workspaces().is_empty(), "{:?}", place.workspaces());
}

#[test]
fn the_next_build_sweeps_away_what_a_dead_one_left() {
    let place = Place::new();
    // As the system does it: the lock goes, the files stay.
    let dead = begin(&place.out()).unwrap();
    dead.write("a/index.html", b"").unwrap();
    let dir = dead.workspace.site().parent().unwrap().to_owned();
    std::mem::forget(dead);
    drop(begin(&place.out()).unwrap());
    assert_eq!(place.workspaces().len(), 1, "a living one stays");

    let moved = dir.with_file_name(".public.viva-1-1");
    fs::rename(&dir, &moved).unwrap();
    fs::remove_file(moved.join("lock")).unwrap();
    fs::create_dir(place.path(".public.viva-2-2")).unwrap();
    fs::create_dir(place.path(".public.viva-notes")).unwrap();
    fs::create_dir(place.path(".other.viva-1-1")).unwrap();
    drop(begin(&place.out()).unwrap());
    assert_eq!(
        place.workspaces(),
        [".other.viva-1-1", ".public.viva-notes"]
    );
}

#[test]
fn a_build_that_died_between_two_renames_loses_no_site() {
    let place = Place::new().built(&[("index.html", "old")]);
    fs::create_dir(place.path(".public.viva-1-1")).unwrap();
    fs::rename(place.out(), place.path(".public.viva-1-1/spare")).unwrap();
    drop(begin(&place.out()).unwrap());
    assert_eq!(place.pages(), [page("public/index.html", "old")]);
    assert!(place.workspaces().is_empty());
}

/// The child of the test below: builds for ever.
#[test]
#[ignore = "run by a_killed_build_leaves_the_last_site"]
fn build_for_ever() {
    let Ok(out) = std::env::var("VIVA_TEST_OUT") else {
        return;
    };
    let stage = begin(Path::new(&out)).unwrap();
    stage.write("index.html", b"new").unwrap();
    println!("written");
    std::io::stdout().flush().unwrap();
    std::thread::sleep(std::time::Duration::from_mins(1));
}

#[test]
fn a_killed_build_leaves_the_last_site() {
    use std::io::BufRead;
    let place = Place::new().built(&[("index.html", "old")]);
    let before = place.files();
    let mut child = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--nocapture", "build_for_ever"])
        .env("VIVA_TEST_OUT", place.out())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let lines = std::io::BufReader::new(child.stdout.take().unwrap()).lines();
    lines
        .map_while(Result::ok)
        .find(|line| line.contains("written"))
        .unwrap();
    drop(begin(&place.out()).unwrap());
    assert_eq!(place.workspaces().len(), 1, "it lives");
    child.kill().unwrap();
    child.wait().unwrap();
    drop(begin(&place.out()).unwrap());
    assert!(place.workspaces().is_empty(), "it is dead");
    assert_eq!(place.files(), before);
}

#[test]
fn a_kept_file_has_a_name_in_each_site() {
    let place = Place::new().with("kept/other", "");
    let kept = place.path("kept/a");
    let stage = begin(&place.out()).unwrap();
    stage.write_and_keep("x/a", b"text", &kept).unwrap();
    stage.commit().unwrap();
    let stage = begin(&place.path("second")).unwrap();
    stage.share("y/a", b"text", &kept).unwrap();
    assert_eq!(stage.commit().unwrap(), Summary { files: 1, bytes: 4 });
    for path in ["kept/a", "public/x/a", "second/y/a"] {
        assert_eq!(fs::read(place.path(path)).unwrap(), b"text", "{path}");
    }
}

#[test]
fn what_is_kept_already_is_replaced_and_no_site_changes_with_it() {
    let place = Place::new().with("kept/other", "");
    let kept = place.path("kept/a");
    let out = place.out();
    for text in ["old", "new"] {
        let stage = begin(&out.join(text)).unwrap();
        stage.write_and_keep("a", text.as_bytes(), &kept).unwrap();
        stage.commit().unwrap();
    }
    assert_eq!(fs::read(out.join("old/a")).unwrap(), b"old");
    assert_eq!(fs::read(&kept).unwrap(), b"new");
}

#[test]
fn where_no_second_name_can_be_given_the_bytes_are_written() {
    let place = Place::new().with("folder/file", "");
    let stage = begin(&place.out()).unwrap();
    stage.share("a", b"text", &place.path("missing")).unwrap();
    stage
        .write_and_keep("b", b"text", &place.path("folder"))
        .unwrap();
    stage.commit().unwrap();
    for path in ["a", "b"] {
        assert_eq!(fs::read(place.out().join(path)).unwrap(), b"text");
    }
}
