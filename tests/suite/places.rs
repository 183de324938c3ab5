//! Files and folders that stand where nothing has its place, or something else has its own.

use insta::assert_snapshot;

use crate::site::{Site, page};

#[test]
fn no_guide() {
    let site = Site::new().remove("content/python");
    assert_snapshot!(site.check(), @"
    content/handbook.yaml:1:1-1 V0009 error the content folder holds no guide | a guide is a folder such as `content/python/` with a folder for each level
    exit 1
    ");
}

#[test]
fn no_configuration() {
    assert_snapshot!(Site::new().remove("content/handbook.yaml").check(), @"
    content/handbook.yaml:1:1-1 V0001 error there is no `content/handbook.yaml` | run the command in the folder that contains `content/`, or name it with `--root`
    exit 1
    ");
    // A folder in its place, and a near name.
    let site = Site::new()
        .remove("content/handbook.yaml")
        .file("content/handbook.yaml/a.txt", "");
    assert_snapshot!(site.check(), @"
    content/handbook.yaml:1:1-1 V0001 error there is no `content/handbook.yaml` | run the command in the folder that contains `content/`, or name it with `--root`
    exit 1
    ");
    let site = Site::new()
        .remove("content/handbook.yaml")
        .file("content/handbook.yml", "title: x\n");
    assert_snapshot!(site.check(), @"
    content/handbook.yaml:1:1-1 V0001 error there is no `content/handbook.yaml` | rename `content/handbook.yml`
    exit 1
    ");
}

#[test]
fn guides_and_levels_without_an_index() {
    let site = Site::new()
        .remove("content/index.md")
        .remove("content/python/index.md")
        .remove("content/python/mid/index.md");
    assert_snapshot!(site.check(), @"
    content/python/index.md:1:1-1 V0008 warning the guide `python` has no index.md | write one with a `title` and what the role does, which traits to look for, and one top tip
    exit 0
    ");
    assert_snapshot!(site.build(), @"
    content/python/index.md:1:1-1 V0008 warning the guide `python` has no index.md | write one with a `title` and what the role does, which traits to look for, and one top tip
    exit 0
    ");
}

#[test]
fn pages_that_have_no_place() {
    let site = Site::new()
        .file("content/about.md", &page("About", ""))
        .file("content/python/lists.md", &page("Lists", ""))
        .file("content/python/junior/more/lists.md", &page("Lists", ""))
        .file("content/pages/index.md", &page("Pages", ""))
        .file("content/pages/more/about.md", &page("About", ""))
        .file("content/python/kits/index.md", &page("Kits", ""))
        .file("content/python/kits/more/a.md", &page("Kit", ""));
    assert_snapshot!(site.check(), @"
    content/about.md:1:1-1 V0006 error a page can't stand here | move it into `content/pages/`, or into a guide's level folder if it is a question
    content/pages/index.md:1:1-1 V0006 error the pages folder has no index | the home page lists the pages; put words above the list into `content/index.md`
    content/pages/more/about.md:1:1-1 V0006 error this folder is too deep for a page | questions are `content/<guide>/<level>/<slug>.md`, pages `content/pages/<slug>.md`
    content/python/junior/more/lists.md:1:1-1 V0006 error this folder is too deep for a page | questions are `content/<guide>/<level>/<slug>.md`, pages `content/pages/<slug>.md`
    content/python/kits/index.md:1:1-1 V0006 error the kits folder has no index | put words about the kits into `content/python/index.md`
    content/python/kits/more/a.md:1:1-1 V0006 error this folder is too deep for a page | questions are `content/<guide>/<level>/<slug>.md`, pages `content/pages/<slug>.md`
    content/python/lists.md:1:1-1 V0006 error a question stands in the folder of its level | move it into `content/python/<level>/`
    exit 1
    ");
}

#[test]
fn names_that_are_no_addresses() {
    let site = Site::new()
        .file("content/python/junior/My Question.md", &page("A", ""))
        .file("content/python/junior/über.md", &page("A", ""))
        .file("content/python/junior/a--b.md", &page("A", ""))
        .file("content/python/junior/UPPER.MD", &page("A", ""))
        .file("content/python/junior/---.md", &page("A", ""))
        .file("content/Rust/index.md", &page("A", ""))
        .file("content/pages/README.md", &page("A", ""));
    assert_snapshot!(site.check(), @"
    content/Rust:1:1-1 V0007 error `Rust` can't be part of an address | rename it to `rust`: small letters, digits and hyphens
    content/pages/README.md:1:1-1 V0007 error `README.md` can't be part of an address | rename it to `readme.md`: small letters, digits and hyphens
    content/python/junior/---.md:1:1-1 V0007 error `---.md` can't be part of an address | rename it: small letters, digits and single hyphens
    content/python/junior/My␠Question.md:1:1-1 V0007 error `My Question.md` can't be part of an address | rename it to `my-question.md`: small letters, digits and hyphens
    content/python/junior/UPPER.MD:1:1-1 V0007 error `UPPER.MD` can't be part of an address | rename it to `upper.md`: small letters, digits and hyphens
    content/python/junior/a--b.md:1:1-1 V0007 error `a--b.md` can't be part of an address | rename it to `a-b.md`: small letters, digits and hyphens
    content/python/junior/über.md:1:1-1 V0007 error `über.md` can't be part of an address | rename it to `uber.md`: small letters, digits and hyphens
    exit 1
    ");
}

#[test]
fn levels_that_do_not_exist() {
    // One folder is one mistake.
    let site = Site::new()
        .question("principal/one", |question| {
            question.set("title", "One word")
        })
        .question("principal/two", |question| {
            question.set("title", "Another thing")
        })
        .question("Senior/one", |question| question)
        .question("seniors/three", |question| {
            question.set("title", "Third party")
        });
    assert_snapshot!(site.check(), @"
    content/python/Senior:1:1-1 V0007 error `Senior` can't be part of an address | rename it to `senior`: small letters, digits and hyphens
    content/python/principal/one.md:1:1-1 V0202 error unknown level `principal`: the folder `content/python/principal` is no level of handbook.yaml | the levels are `junior`, `mid` and `senior`
    content/python/seniors/three.md:1:1-1 V0202 error unknown level `seniors`: the folder `content/python/seniors` is no level of handbook.yaml | did you mean `senior`?
    exit 1
    ");
}

#[test]
fn slugs_that_are_taken() {
    let site = Site::new()
        .question("senior/lists", |question| {
            question.set("title", "Another thing")
        })
        .question("mid/lists", |question| question.set("title", "Third party"))
        .question("mid/topics", |question| question.set("title", "Topics"))
        .question("mid/all", |question| question.set("title", "All of them"))
        .question("junior/senior", |question| {
            question.set("title", "Seniority")
        })
        .question("junior/kits", |question| question.set("title", "Kits"))
        .file("content/pages/python.md", &page("Python", ""))
        .file("content/pages/questions.md", &page("Questions", ""))
        .file("content/pages/kit.md", &page("Kit", ""))
        .file("content/tags/index.md", &page("Tags", ""))
        .file("content/assets/junior/index.md", &page("Assets", ""));
    assert_snapshot!(site.check(), @"
    content/assets/index.md:1:1-1 V0008 warning the guide `assets` has no index.md | write one with a `title` and what the role does, which traits to look for, and one top tip
    content/assets/junior/index.md:1:1-1 V0206 error a guide can't be called `assets` | the site needs that name for itself: choose another
    content/pages/kit.md:1:1-1 V0206 error a page can't be called `kit` | the site needs that name for itself: choose another
    content/pages/python.md:1:1-1 V0207 error the page `python` and the guide `python` would have the same address | rename the page's file
    content/pages/questions.md:1:1-1 V0206 error a page can't be called `questions` | the site needs that name for itself: choose another
    content/python/junior/kits.md:1:1-1 V0206 error a question can't be called `kits` | the site needs that name for itself: choose another
    content/python/junior/senior.md:1:1-1 V0206 error a question can't be called `senior` | the site needs that name for itself: choose another
    content/python/mid/all.md:1:1-1 V0206 error a question can't be called `all` | the site needs that name for itself: choose another
    content/python/mid/lists.md:1:1-1 V0205 error the guide `python` has two questions `lists` | a question's address has no level in it: rename one of the files
    content/python/mid/topics.md:1:1-1 V0206 error a question can't be called `topics` | the site needs that name for itself: choose another
    content/python/senior/lists.md:1:1-1 V0205 error the guide `python` has two questions `lists` | a question's address has no level in it: rename one of the files
    content/tags/index.md:1:1-1 V0206 error a guide can't be called `tags` | the site needs that name for itself: choose another
    exit 1
    ");
}

#[test]
fn aliases_that_are_taken() {
    let site = Site::new()
        .file(
            "content/pages/about.md",
            "---\ntitle: About\naliases: [faq, python, /questions/, tags, /robots.txt, /python/all]\n---\n",
        )
        .question("mid/draft", |question| {
            question.set("title", "Not yet").set("draft", "true").set("aliases", "[lists]")
        })
        .question("junior/x", |question| {
            // The others are free: a draft's address, a file's former name.
            question.set("tags", "[a]").set(
                "aliases",
                "[lists, x, /python/topics/language/, /python/senior, /tags/a/, old, /old.html, draft]",
            )
        })
        .question("junior/y", |question| {
            question.set("title", "Why?").set("aliases", "[old, /faq/, /]")
        });
    assert_snapshot!(site.check(), @"
    content/pages/about.md:3:11-14 V0207 error the address `/faq/` is taken by `content/pages/faq.md` | a former address can't be one that the site has: remove it
    content/pages/about.md:3:16-22 V0207 error the address `/python/` is taken by `content/python/index.md` | a former address can't be one that the site has: remove it
    content/pages/about.md:3:24-35 V0207 error the address `/questions/` is taken | a former address can't be one that the site has: remove it
    content/pages/about.md:3:43-54 V0207 error the address `/robots.txt` is taken | a former address can't be one that the site has: remove it
    content/pages/about.md:3:56-67 V0207 error the address `/python/all/` is taken | a former address can't be one that the site has: remove it
    content/python/junior/x.md:11:11-16 V0207 error the address `/python/lists/` is taken by `content/python/junior/lists.md` | a former address can't be one that the site has: remove it
    content/python/junior/x.md:11:18-19 V0207 error the address `/python/x/` is taken | a former address can't be one that the site has: remove it
    content/python/junior/x.md:11:21-45 V0207 error the address `/python/topics/language/` is taken | a former address can't be one that the site has: remove it
    content/python/junior/x.md:11:47-61 V0207 error the address `/python/senior/` is taken by `content/python/senior/index.md` | a former address can't be one that the site has: remove it
    content/python/junior/x.md:11:63-71 V0207 error the address `/tags/a/` is taken | a former address can't be one that the site has: remove it
    content/python/junior/y.md:10:11-14 V0207 error the address `/python/old/` is taken by `content/python/junior/x.md` | a former address can't be one that the site has: remove it
    content/python/junior/y.md:10:16-21 V0207 error the address `/faq/` is taken by `content/pages/faq.md` | a former address can't be one that the site has: remove it
    content/python/junior/y.md:10:23-24 V0111 error `/` can't be a former address | write a path such as `/python/old-name/`: letters, digits and `-._~`
    exit 1
    ");
}
