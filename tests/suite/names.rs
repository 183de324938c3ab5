//! Names that do not exist, and the ones that were meant.

use insta::assert_snapshot;

use crate::site::{Question, Site};

/// What is found in a question that differs from a valid one, without its path.
fn question(change: impl FnOnce(Question) -> Question) -> String {
    let found = Site::new().question("junior/x", change).check();
    found.to_string().replace("content/python/junior/x.md:", "")
}

#[test]
fn topics() {
    assert_snapshot!(question(|q| q.set("topic", "concurency")), @"
    3:8-18 V0201 error unknown topic `concurency` | did you mean `concurrency`?
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("topic", "Runtime")), @"
    3:8-15 V0201 error unknown topic `Runtime` | did you mean `runtime`?
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("topic", "databases")), @"
    3:8-17 V0201 error unknown topic `databases` | the topics of handbook.yaml are `language`, `concurrency` and `runtime`
    exit 1
    ");
}

#[test]
fn kinds() {
    assert_snapshot!(question(|q| q.set("kind", "predict_output")), @"
    4:7-21 V0111 error unknown kind `predict_output` | did you mean `predict-output`?
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("kind", "quiz")), @"
    4:7-11 V0111 error unknown kind `quiz` | it can be `concept`, `coding`, `predict-output`, `debugging`, `design` or `experience`
    exit 1
    ");
}

#[test]
fn levels() {
    assert_snapshot!(question(|q| q.front("by_level: { juniors: A., principal: B., mid: C. }")), @"
    10:13-20 V0202 error unknown level `juniors` | did you mean `junior`?
    10:26-35 V0202 error unknown level `principal` | the levels are `junior`, `mid` and `senior`
    exit 1
    ");
}

#[test]
fn questions() {
    assert_snapshot!(question(|q| q.front("related: [list, python/decorator, rust/lists, nothing-like-it]")), @"
    10:11-15 V0203 error there is no question `list` | did you mean `lists`?
    10:17-33 V0203 error there is no question `python/decorator` | did you mean `python/decorators`?
    10:35-45 V0203 error there is no question `rust/lists` | did you mean `python/lists`?
    10:47-62 V0203 error there is no question `nothing-like-it` | write the name of its file without `.md`
    exit 1
    ");
    assert_snapshot!(question(|q| q.front("related: [x]")), @"
    10:11-12 V0204 error a question is not related to itself | remove this entry
    exit 1
    ");
    assert_snapshot!(question(|q| q.front("related: [python/x]")), @"
    10:11-19 V0204 error a question is not related to itself | remove this entry
    exit 1
    ");
    assert_snapshot!(question(|q| q.front("related: [lists, python/tuples, gil]")), @"exit 0");
}

#[test]
fn questions_of_another_guide() {
    let site = Site::new()
        .question("../rust/junior/ownership", |q| {
            q.set("title", "Who owns it?")
                .front("related: [python/lists, lists]")
        })
        .file("content/rust/index.md", "---\ntitle: Rust\n---\n");
    assert_snapshot!(site.check(), @"
    content/rust/junior/ownership.md:10:25-30 V0203 error there is no question `lists` | did you mean `python/lists`?
    exit 1
    ");
}

#[test]
fn rules() {
    let allow = |rule: &str| {
        question(|q| q.front(&format!("allow: [{{ rule: {rule}, reason: Because. }}]")))
    };
    assert_snapshot!(allow("near-duplicates"), @"
    10:17-32 V0210 error there is no rule `near-duplicates` | did you mean `near-duplicate`?
    exit 1
    ");
    assert_snapshot!(allow("V0999"), @"
    10:17-22 V0210 error there is no rule `V0999` | did you mean `V0909`?
    exit 1
    ");
    assert_snapshot!(allow("topic-unknown"), @"
    10:17-30 V0210 error the rule `topic-unknown` can't be changed | it guards what a page needs: a topic that handbook.yaml does not list
    exit 1
    ");
    assert_snapshot!(allow("V0501"), @"
    10:17-22 V0210 error the rule `V0501` can't be changed | it guards what a page needs: an address that could run code or load data
    exit 1
    ");
    assert_snapshot!(allow("style"), @"
    10:17-22 V0210 error there is no rule `style` | the rules are `index-missing`, `language-untranslated`, `picture-text`, `output-stray`, `prediction-untold`, `link-dead`, `link-moved`, `link-unsure` and 23 more
    exit 1
    ");
    assert_snapshot!(question(|q| q.front("allow: [{ rule: near-duplicate }]")), @"
    10:11-15 V0108 error an exception needs the field `reason` | add a line `reason: …`
    exit 1
    ");
}

#[test]
fn files() {
    assert_snapshot!(question(|q| q.candidate("[a](list.md)")), @"
    11:1-13 V0402 error there is no file `content/python/junior/list.md` | did you mean `content/python/junior/lists.md`?
    exit 1
    ");
    // A question that was moved keeps its name.
    assert_snapshot!(question(|q| q.candidate("[a](gil.md)")), @"
    11:1-12 V0402 error there is no file `content/python/junior/gil.md` | did you mean `content/python/senior/gil.md`?
    exit 1
    ");
    assert_snapshot!(question(|q| q.candidate("[a](../mid/)")), @"
    11:1-13 V0402 error there is no file `content/python/mid` | link to the page itself: `content/python/mid/index.md`
    exit 1
    ");
    assert_snapshot!(question(|q| q.candidate("[a](../mid/decorators)")), @"
    11:1-23 V0402 error there is no file `content/python/mid/decorators` | write the file's ending: `content/python/mid/decorators.md`
    exit 1
    ");
    assert_snapshot!(question(|q| q.candidate("[a](../../pages/fqa.md)")), @"
    11:1-24 V0402 error there is no file `content/pages/fqa.md` | did you mean `content/pages/faq.md`?
    exit 1
    ");
    assert_snapshot!(question(|q| q.candidate("[a](nothing-like-it.md)")), @"
    11:1-24 V0402 error there is no file `content/python/junior/nothing-like-it.md` | paths are relative to the page's own folder
    exit 1
    ");
    assert_snapshot!(question(|q| q.candidate("![A tree](tree.png)")), @"
    11:1-20 V0402 error there is no file `content/python/junior/tree.png` | paths are relative to the page's own folder
    exit 1
    ");
}

#[test]
fn anchors() {
    assert_snapshot!(question(|q| q.candidate("## The data\n\n[a](#the-date)")), @"
    13:1-15 V0403 error this page has no part `#the-date` | did you mean `the-data`?
    exit 1
    ");
    assert_snapshot!(question(|q| q.candidate("[a](#the-data)")), @"
    11:1-15 V0403 error this page has no part `#the-data`
    exit 1
    ");
    assert_snapshot!(question(|q| q.candidate("[a](../../pages/faq.md#who)")), @"
    11:1-28 V0403 error `content/pages/faq.md` has no part `#who` | did you mean `why`?
    exit 1
    ");
    assert_snapshot!(question(|q| q.candidate("[a](../../pages/faq.md#completely-different)")), @"
    11:1-45 V0403 error `content/pages/faq.md` has no part `#completely-different` | it has `why`
    exit 1
    ");
    assert_snapshot!(question(|q| q.candidate("[a](lists.md#Follow-ups)")), @"
    11:1-25 V0403 error `content/python/junior/lists.md` has no part `#Follow-ups`
    exit 1
    ");
}

#[test]
fn addresses() {
    assert_snapshot!(question(|q| q.candidate("[a](/python/list/)")), @"
    11:1-19 V0402 error the site has no address `/python/list/` | did you mean `/python/lists/`?
    exit 1
    ");
    assert_snapshot!(question(|q| q.candidate("[a](/python/lists)")), @"
    11:1-19 V0402 error the site has no address `/python/lists` | write `/python/lists/`
    exit 1
    ");
    assert_snapshot!(question(|q| q.candidate("[a](/python/junior/lists/)")), @"
    11:1-27 V0402 error the site has no address `/python/junior/lists/` | did you mean `/python/lists/`?
    exit 1
    ");
    assert_snapshot!(question(|q| q.candidate("[a](/pyton/)")), @"
    11:1-13 V0402 error the site has no address `/pyton/` | did you mean `/python/`?
    exit 1
    ");
    assert_snapshot!(question(|q| q.candidate("[a](/python/topics/objects/)")), @"
    11:1-29 V0402 error the site has no address `/python/topics/objects/` | link to a page by its file instead
    exit 1
    ");
    assert_snapshot!(question(|q| q.candidate("[a](/tags/gil/)")), @"
    11:1-16 V0402 error the site has no address `/tags/gil/` | did you mean `/python/gil/`?
    exit 1
    ");
    assert_snapshot!(question(|q| q.candidate("[a](/search/)")), @"
    11:1-14 V0402 error the site has no address `/search/` | link to a page by its file instead
    exit 1
    ");
}

#[test]
fn navigation_and_reading_order() {
    let site = Site::new()
        .config("navigation: [python, fqa, questions, nothing-like-it]")
        .file(
            "content/python/junior/index.md",
            "---\ntitle: Junior\nquestions: [tuple, gil, lists]\n---\n",
        );
    assert_snapshot!(site.check(), @"
    content/handbook.yaml:14:22-25 V0209 error there is no guide or page `fqa` | did you mean `faq`?
    content/handbook.yaml:14:27-36 V0209 error there is no guide or page `questions` | there are `python` and `faq`
    content/handbook.yaml:14:38-53 V0209 error there is no guide or page `nothing-like-it` | there are `python` and `faq`
    content/python/junior/index.md:3:13-18 V0203 error there is no question `tuple` | did you mean `tuples`?
    content/python/junior/index.md:3:20-23 V0203 error `gil` is a question of the level `senior` | list it in `content/python/senior/index.md`, or move its file into `content/python/junior/`
    exit 1
    ");
}

#[test]
fn kits() {
    let site = Site::new().file(
        "content/python/kits/screen.md",
        "---\ntitle: Screen\nminutes: 30\nlevel: jr\nquestions: [list, { slug: python/gill }, nothing-like-it]\n---\n",
    );
    assert_snapshot!(site.check(), @"
    content/python/kits/screen.md:4:8-10 V0202 error unknown level `jr` | the levels are `junior`, `mid` and `senior`
    content/python/kits/screen.md:5:13-17 V0203 error there is no question `list` | did you mean `lists`?
    content/python/kits/screen.md:5:27-38 V0203 error there is no question `python/gill` | did you mean `python/gil`?
    content/python/kits/screen.md:5:42-57 V0203 error there is no question `nothing-like-it` | write the name of its file without `.md`
    exit 1
    ");
}

#[test]
fn one_question_by_two_names() {
    let kit = |questions: &str| {
        let text = format!(
            "---\ntitle: Kit\nminutes: 15\nlevel: junior\nquestions: {questions}\n---\nRun.\n"
        );
        Site::new().file("content/python/kits/k.md", &text).check()
    };
    assert_snapshot!(kit("[lists, tuples, lists]"), @"
    content/python/kits/k.md:5:28-33 V0208 error the question `lists` stands twice in `questions` | remove one of them
    exit 1
    ");
    assert_snapshot!(kit("[lists, tuples, { slug: python/lists, minutes: 5 }]"), @"
    content/python/kits/k.md:5:36-48 V0208 error the question `python/lists` stands twice in `questions` | remove one of them
    exit 1
    ");
    let site = Site::new().question("junior/x", |q| {
        q.front("related: [gil, python/gil, lists, lists]")
    });
    assert_snapshot!(site.check(), @"
    content/python/junior/x.md:10:16-26 V0208 error the question `python/gil` stands twice in `related` | remove one of them
    content/python/junior/x.md:10:35-40 V0208 error `lists` stands twice in `related` | remove one of them
    exit 1
    ");
}
