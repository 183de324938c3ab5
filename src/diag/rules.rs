//! The table of everything that can be wrong with a handbook.
//!
//! A code is for ever: it is neither reused nor given another meaning. Hundreds: 0 files, 1 front
//! matter, 2 names, 3 Markdown, 4 links and files, 5 raw HTML and safety, 6 theme, 7 code samples
//! (shown by `viva test`), 8 other sites (shown by `viva check --links`), 9 judgment.

use super::Severity;

/// One thing that can be wrong.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// `V` and four digits.
    pub code: &'static str,
    /// Kebab case, for `rules:` and `allow:`.
    pub name: &'static str,
    /// What it is unless handbook.yaml says otherwise.
    pub severity: Severity,
    /// One line.
    pub summary: &'static str,
    /// Markdown: why, a bad and a good example.
    pub explanation: &'static str,
    /// Whether handbook.yaml may change its level and a page may be excepted from it. Only rules
    /// of judgment are: the others guard what makes a page wrong or unsafe.
    pub adjustable: bool,
}

impl Rule {
    /// Whether only other sites can tell if a page breaks it.
    pub fn is_of_other_sites(&self) -> bool {
        self.code.starts_with("V08")
    }
}

macro_rules! rules {
    ($($constant:ident $code:literal $name:literal $severity:ident $adjustable:literal $summary:literal;)*) => {
        $(
            #[doc = $summary]
            pub static $constant: Rule = Rule {
                code: $code,
                name: $name,
                severity: Severity::$severity,
                summary: $summary,
                explanation: include_str!(concat!("explain/", $name, ".md")),
                adjustable: $adjustable,
            };
        )*
        /// Every rule, by code.
        pub static ALL: &[&Rule] = &[$(&$constant),*];
    };
}

rules! {
    HANDBOOK_MISSING "V0001" "handbook-missing" Error false "content/handbook.yaml is missing";
    FILE_UNREADABLE "V0002" "file-unreadable" Error false "a file or folder can't be read";
    FILE_ENCODING "V0003" "file-encoding" Error false "a text file is not UTF-8";
    FILE_TOO_LARGE "V0004" "file-too-large" Error false "a file is larger than any page should be";
    FILE_OUTSIDE "V0005" "file-outside" Error false "a symbolic link leads out of the content folder";
    FILE_MISPLACED "V0006" "file-misplaced" Error false "a page stands where the handbook has no place for it";
    FILE_NAME "V0007" "file-name" Error false "a file's or folder's name can't be an address";
    INDEX_MISSING "V0008" "index-missing" Warning true "a guide has no index.md";
    CONTENT_EMPTY "V0009" "content-empty" Error false "the content folder holds no guide";
    CONTROL_CHARACTER "V0010" "control-character" Error false "a text has an invisible control character";
    CONTROL_REORDERING "V0011" "control-reordering" Error false "a text has a character that reorders what is shown";
    MERGE_CONFLICT "V0012" "merge-conflict" Error false "a merge conflict is not resolved";

    FRONT_MATTER_MISSING "V0101" "front-matter-missing" Error false "a page does not begin with front matter";
    FRONT_MATTER_OPEN "V0102" "front-matter-open" Error false "front matter is not closed";
    YAML_SYNTAX "V0103" "yaml-syntax" Error false "the YAML can't be read";
    YAML_NOT_A_MAP "V0104" "yaml-not-a-map" Error false "front matter is not a list of fields";
    YAML_FEATURE "V0105" "yaml-feature" Error false "YAML's anchors, aliases, merges and tags are not used here";
    FIELD_DUPLICATE "V0106" "field-duplicate" Error false "a field is given twice";
    FIELD_UNKNOWN "V0107" "field-unknown" Error false "a field that the format does not have";
    FIELD_MISSING "V0108" "field-missing" Error false "a required field is missing";
    FIELD_TYPE "V0109" "field-type" Error false "a field's value has the wrong type";
    FIELD_EMPTY "V0110" "field-empty" Error false "a field's value is empty";
    FIELD_VALUE "V0111" "field-value" Error false "a field's value is not one that it can have";
    FIELD_FEW "V0112" "field-few" Error false "a list has too few entries";

    TOPIC_UNKNOWN "V0201" "topic-unknown" Error false "a topic that handbook.yaml does not list";
    LEVEL_UNKNOWN "V0202" "level-unknown" Error false "a level that handbook.yaml does not list";
    QUESTION_UNKNOWN "V0203" "question-unknown" Error false "a question that does not exist";
    RELATED_ITSELF "V0204" "related-itself" Error false "a question is related to itself";
    SLUG_TWICE "V0205" "slug-twice" Error false "two questions of a guide have the same slug";
    SLUG_RESERVED "V0206" "slug-reserved" Error false "a name that the site needs for itself";
    ADDRESS_TAKEN "V0207" "address-taken" Error false "two things would have the same address";
    NAME_TWICE "V0208" "name-twice" Error false "the same entry stands twice in a list";
    NAVIGATION_UNKNOWN "V0209" "navigation-unknown" Error false "the navigation names no guide or page";
    RULE_UNKNOWN "V0210" "rule-unknown" Error false "a rule that does not exist or can't be changed";
    KIT_MINUTES "V0211" "kit-minutes" Error false "a kit's questions don't fit into its time";
    DRAFT_REFERENCED "V0212" "draft-referenced" Error false "a published page names a draft";
    SYNONYM "V0213" "synonym" Error false "synonyms that the search can't apply";

    HEADING_ONE "V0301" "heading-one" Error false "a body has a level-1 heading";
    ANSWER_MISSING "V0302" "answer-missing" Error false "a question has no `## Answer`";
    ANSWER_TWICE "V0303" "answer-twice" Error false "a question has more than one `## Answer`";
    FENCE_OPEN "V0304" "fence-open" Error false "a code fence is not closed";
    FENCE_WORD "V0305" "fence-word" Error false "a code fence has a word that means nothing";
    FOOTNOTE_UNDEFINED "V0306" "footnote-undefined" Error false "a footnote is used but not defined";
    FOOTNOTE_TWICE "V0307" "footnote-twice" Error false "a footnote is defined twice";
    NESTING "V0308" "nesting" Error false "blocks are nested too deeply";
    BLOCK_IN_INLINE "V0309" "block-in-inline" Error false "a field of one line has a block of Markdown";
    ANSWER_EMPTY "V0310" "answer-empty" Error false "an answer is empty";

    LINK_UNDEFINED "V0401" "link-undefined" Error false "a link's reference is not defined";
    LINK_BROKEN "V0402" "link-broken" Error false "a link leads to nothing";
    ANCHOR_BROKEN "V0403" "anchor-broken" Error false "a link's `#part` does not exist";
    LINK_OUTSIDE "V0404" "link-outside" Error false "a link leads out of the content folder";
    LINK_TO_INTERVIEWER "V0405" "link-to-interviewer" Error false "what candidates read links to what they don't get";
    ADDRESS_INVALID "V0406" "address-invalid" Error false "an address can't be read";
    IMAGE_EXTERNAL "V0407" "image-external" Error false "an image would be loaded from another site";
    IMAGE_INVALID "V0408" "image-invalid" Error false "a file is not an image that browsers show";
    ALT_MISSING "V0409" "alt-missing" Error false "an image has no alternative text";
    ADDRESS_GONE "V0410" "address-gone" Error false "an address that was published leads to nothing";

    UNSAFE_ADDRESS "V0501" "unsafe-address" Error false "an address that could run code or load data";
    HTML_TAG "V0502" "html-tag" Error false "a raw HTML tag that is not allowed";
    HTML_ATTRIBUTE "V0503" "html-attribute" Error false "a raw HTML tag has an attribute that is not allowed";
    HTML_UNCLOSED "V0504" "html-unclosed" Error false "a raw HTML tag is not closed";
    HTML_UNOPENED "V0505" "html-unopened" Error false "a raw HTML tag is closed but was not opened";
    HTML_PLACE "V0506" "html-place" Error false "a raw HTML tag stands where it can't";
    SVG_UNSAFE "V0507" "svg-unsafe" Error false "an SVG file could run code or load data";
    FILE_KIND "V0508" "file-kind" Error false "a file of a kind that a browser could run";

    THEME_MISSING "V0601" "theme-missing" Error false "the theme's folder does not exist";
    TEMPLATE "V0602" "template" Error false "a template can't be read or rendered";
    STRINGS "V0603" "strings" Error false "the theme's words are incomplete or wrong";
    LANGUAGE_UNTRANSLATED "V0604" "language-untranslated" Warning true "the theme has no words in the handbook's language";
    ACCENT_CONTRAST "V0605" "accent-contrast" Error false "the accent can't be read on the theme's backgrounds";
    FONT "V0606" "font" Error false "a file of the theme is no font";
    PICTURE_TEXT "V0607" "picture-text" Warning true "titles have letters that the font of the pictures lacks";
    SCRIPT_IMPORT "V0608" "script-import" Error false "a theme's script imports what is not there";

    SAMPLE_SYNTAX "V0701" "sample-syntax" Error false "a code sample is no code of its language";
    SAMPLE_OUTPUT "V0702" "sample-output" Error false "a code sample prints something else than its page says";
    SAMPLE_RAISES "V0703" "sample-raises" Error false "a code sample does not end with the exception that it names";
    SAMPLE_STOPPED "V0704" "sample-stopped" Error false "a code sample took too much and was stopped";
    SAMPLE_BROKEN "V0705" "sample-broken" Error false "a code sample ends in a way that its page does not say";
    SAMPLE_REQUIRES "V0706" "sample-requires" Error false "what a code sample requires can't be read";
    SAMPLE_CONTINUES "V0707" "sample-continues" Error false "a code sample continues none";
    OUTPUT_STRAY "V0708" "output-stray" Warning true "an output belongs to no code sample";
    PREDICTION_UNTOLD "V0709" "prediction-untold" Warning true "a predict-output question does not show what is printed";

    LINK_DEAD "V0801" "link-dead" Error true "an address of another site leads to nothing";
    LINK_MOVED "V0802" "link-moved" Warning true "an address of another site has moved for good";
    LINK_UNSURE "V0803" "link-unsure" Warning true "an address of another site could not be checked";
    LINK_ANCHOR "V0804" "link-anchor" Warning true "a page of another site has no such part";

    FOLLOW_UPS "V0901" "follow-ups" Warning true "a question has no follow-ups";
    REVIEW_OVERDUE "V0902" "review-overdue" Warning true "a page's facts were reviewed long ago";
    FOOTNOTE_UNUSED "V0903" "footnote-unused" Warning true "a footnote is defined but not used";
    ALERT_UNKNOWN "V0904" "alert-unknown" Warning true "an alert of a kind that does not exist";
    LANGUAGE_UNKNOWN "V0905" "language-unknown" Warning true "a code fence in a language without highlighting";
    ALLOW_UNUSED "V0906" "allow-unused" Warning true "an exception from a rule that the page does not break";
    NEAR_DUPLICATE "V0907" "near-duplicate" Warning true "two questions ask nearly the same";
    STRONG_ANSWERS "V0908" "strong-answers" Warning true "a question has fewer than three strong answers";
    RED_FLAG_NEGATION "V0909" "red-flag-negation" Warning true "a red flag is a strong answer with a \"not\" in it";
    MINUTES "V0910" "minutes" Warning true "a question's minutes are out of proportion";
    HEADING_ORDER "V0911" "heading-order" Warning true "a heading skips a level";
    LINK_TEXT "V0912" "link-text" Warning true "a link's text does not say where it leads";
    ALT_REPEATED "V0913" "alt-repeated" Warning true "an alternative text repeats what is known without it";
    FENCE_LANGUAGE "V0914" "fence-language" Warning true "a code fence names no language";
    CODE_WIDTH "V0915" "code-width" Warning true "a line of code is too wide for a phone";
    ZERO_WIDTH "V0916" "zero-width" Warning true "a text has a character without a width";
    MIXED_SCRIPTS "V0917" "mixed-scripts" Warning true "a word has letters of two scripts that look the same";
    TODO "V0918" "todo" Warning true "a part is still to be written";
    KIT_SHORT "V0919" "kit-short" Warning true "a kit plans much less than its time";
    FILE_UNUSED "V0920" "file-unused" Warning true "a file is named by no page";
    TAGS_ALIKE "V0921" "tags-alike" Warning true "two tags differ only by their number";
    TOPIC_UNUSED "V0922" "topic-unused" Warning true "a topic has no question";
}

/// The rule of this code (in any case) or name.
pub fn find(name: &str) -> Option<&'static Rule> {
    ALL.iter()
        .copied()
        .find(|rule| rule.code.eq_ignore_ascii_case(name) || rule.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_and_names_are_unique_and_codes_ascend() {
        let codes: Vec<_> = ALL.iter().map(|rule| rule.code).collect();
        assert!(codes.is_sorted());
        let names: BTreeSet<_> = ALL.iter().flat_map(|rule| [rule.code, rule.name]).collect();
        assert_eq!(names.len(), 2 * ALL.len());
    }

    #[test]
    fn every_rule_explains_itself_with_a_bad_and_a_good_example() {
        for rule in ALL {
            for heading in ["## Bad", "## Good"] {
                assert!(
                    rule.explanation.contains(heading),
                    "{} lacks {heading}",
                    rule.name
                );
            }
        }
    }

    #[test]
    fn a_rule_is_found_by_code_in_any_case_and_by_name() {
        assert_eq!(find("v0107"), Some(&FIELD_UNKNOWN));
        assert_eq!(find("field-unknown"), Some(&FIELD_UNKNOWN));
        assert_eq!(find("field"), None);
    }
}
