//! Files of the content folder that pages of this edition show or link to.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::load;
use crate::markdown::{Image, Link, Target};
use crate::model::{Body, Handbook, Inline, Interviewer, KitDocument, Public, Question, Words};

/// Paths of all files that are shown.
pub fn shown(handbook: &Handbook) -> BTreeSet<Arc<str>> {
    let mut files = Files(of_words(handbook));
    if let Some(logo) = &handbook.config.logo {
        files.0.insert(Arc::from(logo.value.as_str()));
    }
    for question in &handbook.questions {
        files.question(question);
    }
    files.0
}

/// Paths of the files that everything but questions shows, without the logo.
pub fn of_words(handbook: &Handbook) -> BTreeSet<Arc<str>> {
    let mut files = Files::default();
    files.inlines(&handbook.config.footer);
    files.words(&handbook.home);
    for guide in &handbook.guides {
        files.words(&guide.words);
        for words in guide.levels.iter().flatten() {
            files.words(words);
        }
        for kit in &guide.kits {
            files.kit(&kit.document);
        }
    }
    for page in &handbook.pages {
        files.inlines(&page.document.description);
        files.body(&page.document.body);
    }
    files.0
}

/// Paths of the files that a question shows.
pub fn of_question(question: &Question) -> BTreeSet<Arc<str>> {
    let mut files = Files::default();
    files.question(question);
    files.0
}

#[derive(Default)]
struct Files(BTreeSet<Arc<str>>);

impl Files {
    fn lists(&mut self, links: &[Link], images: &[Image]) {
        for link in links {
            // Most links lead to pages, which are no files beside them.
            if let Target::File { path, .. } = &link.target
                && !load::is_text(path)
            {
                self.0.insert(Arc::from(path.as_str()));
            }
        }
        for image in images {
            self.0.insert(Arc::from(image.path.as_str()));
        }
    }

    fn body(&mut self, body: &Body) {
        self.lists(&body.links, &body.images);
    }

    fn inlines<'i>(&mut self, inlines: impl IntoIterator<Item = &'i Inline>) {
        for inline in inlines {
            self.lists(&inline.links, &inline.images);
        }
    }

    fn words(&mut self, words: &Words) {
        self.inlines(&words.description);
        if let Some(body) = &words.body {
            self.body(body);
        }
    }

    fn kit(&mut self, kit: &KitDocument) {
        self.inlines(&kit.description);
        self.inlines(
            kit.opening
                .iter()
                .chain(&kit.closing)
                .map(|part| &part.words),
        );
        self.inlines(kit.questions.iter().filter_map(|slot| slot.note.as_ref()));
        self.body(&kit.body);
    }

    fn question(&mut self, question: &Question) {
        self.public(&question.public);
        if let Some(interviewer) = &question.interviewer {
            self.interviewer(interviewer);
        }
    }

    fn public(&mut self, public: &Public) {
        self.inlines(&public.follow_ups);
        self.body(&public.prompt);
    }

    fn interviewer(&mut self, interviewer: &Interviewer) {
        self.inlines([&interviewer.assesses]);
        self.inlines(&interviewer.strong_answers);
        self.inlines(&interviewer.red_flags);
        self.inlines(interviewer.by_level.iter().map(|(_, text)| text));
        for follow_up in &interviewer.follow_ups {
            self.inlines(&follow_up.assesses);
            self.inlines(&follow_up.strong_answers);
            self.inlines(&follow_up.red_flags);
        }
        self.body(&interviewer.answer);
    }
}
