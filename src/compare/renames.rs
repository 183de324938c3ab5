//! Which question of the new data was which one of the old.

use std::collections::{HashMap, HashSet};

use crate::published::{Published, Question};

/// Questions of both sides that are the same one.
pub struct Renames<'d> {
    /// By the new id: the old one, and whether its address leads to the new one.
    before: HashMap<&'d str, (&'d Question, bool)>,
    /// Ids of old questions that go on.
    go_on: HashSet<&'d str>,
    /// New questions by the old ids whose addresses they have as aliases.
    leads: HashMap<&'d str, &'d Question>,
}

impl<'d> Renames<'d> {
    pub fn new(old: &'d Published, new: &'d Published) -> Self {
        let new_ids: HashSet<&str> = new.questions.iter().map(|one| one.id.as_str()).collect();
        let mut this = Self {
            before: HashMap::new(),
            go_on: HashSet::new(),
            leads: HashMap::new(),
        };
        let aliases: HashMap<&str, &Question> = new
            .questions
            .iter()
            .flat_map(|one| one.aliases.iter().map(move |alias| (alias, one)))
            .map(|(alias, one)| (alias.as_str(), one))
            .collect();
        let mut gone = Vec::new();
        let olds: HashMap<&str, &Question> = old
            .questions
            .iter()
            .map(|one| (one.id.as_str(), one))
            .collect();
        for question in &new.questions {
            if let Some(before) = olds.get(question.id.as_str()) {
                this.pair(before, question, true);
            }
        }
        for question in &old.questions {
            if new_ids.contains(question.id.as_str()) {
                continue;
            }
            match aliases.get(question.url.as_str()) {
                Some(after) => {
                    this.leads.insert(&question.id, after);
                    this.pair(question, after, true);
                }
                None => gone.push(question),
            }
        }
        // A title that several have says nothing.
        let mut titles: HashMap<String, Option<&Question>> = HashMap::new();
        for question in &new.questions {
            if !this.before.contains_key(question.id.as_str()) {
                titles
                    .entry(question.title.to_lowercase())
                    .and_modify(|one| *one = None)
                    .or_insert(Some(question));
            }
        }
        for question in gone {
            if let Some(Some(after)) = titles.get(&question.title.to_lowercase()) {
                this.pair(question, after, false);
            }
        }
        this
    }

    /// The first that claims a new question was it.
    fn pair(&mut self, before: &'d Question, after: &'d Question, leads: bool) {
        if !self.before.contains_key(after.id.as_str()) {
            self.before.insert(&after.id, (before, leads));
            self.go_on.insert(&before.id);
        }
    }

    /// What a new question was, and whether the address of that leads to it.
    pub fn before(&self, question: &Question) -> Option<(&'d Question, bool)> {
        self.before.get(question.id.as_str()).copied()
    }

    /// Whether an old question is still there, under whatever name.
    pub fn goes_on(&self, question: &Question) -> bool {
        self.go_on.contains(question.id.as_str())
    }

    /// The new question that the address of an old one leads to.
    pub fn leads_to(&self, question: &Question) -> Option<&'d Question> {
        self.leads.get(question.id.as_str()).copied()
    }
}
