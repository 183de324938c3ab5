//! What pages say of themselves where others list them: search engines, previews of links.

use super::Views;
use crate::model::QuestionId;

impl Views<'_> {
    /// The theme's text of this name, with the questions' count and length and the names filled in.
    pub(super) fn list_description(
        &self,
        text: &str,
        questions: &[QuestionId],
        names: &[(&str, &str)],
    ) -> String {
        let strings = &self.site.theme.strings;
        let count = strings.count("questions_count", questions.len() as u64);
        let minutes = strings.count("minutes_count", u64::from(self.minutes(questions)));
        let text = strings
            .get(text)
            .replace("{count}", &count)
            .replace("{minutes}", &minutes);
        let text = names.iter().fold(text, |text, (name, value)| {
            text.replace(&format!("{{{name}}}"), value)
        });
        text.trim_end().to_owned()
    }

    /// The same text for the further parts of a list, told apart. `part` counts from 0.
    pub(super) fn of_part(&self, text: String, part: usize, total: usize) -> String {
        if part == 0 {
            return text;
        }
        let numbered = self.site.theme.strings.get("part_title");
        numbered
            .replace("{current}", &(part + 1).to_string())
            .replace("{total}", &total.to_string())
            .replace("{title}", &text)
    }

    /// What is said of a page that says nothing.
    pub(super) fn title_and_site(&self, title: &str) -> String {
        let text = self.site.theme.strings.get("tab_title");
        text.replace("{site}", &self.site.handbook.config.title)
            .replace("{title}", title)
    }
}
