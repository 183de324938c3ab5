//! What flows between the stages.
//!
//! - [`config`]: handbook.yaml, checked.
//! - [`document`]: one page as its file has it: complete, but names in it are not looked up yet.
//! - [`fences`]: which code blocks of a page are run, and which outputs are theirs.
//! - [`handbook`]: all pages, every name resolved; what an edition shows is decided here.

pub mod address;
pub mod config;
pub mod document;
pub mod fences;
pub mod handbook;

pub use address::Address;
pub use config::{Config, Level, NavigationEntry, Samples, Topic};
pub use document::{
    Allow, At, Audience, Body, Document, Excerpt, FollowUp, FollowUpAnswers, Front, IndexPage,
    Inline, Interviewer, Kind, KitDocument, KitPart, KitSlot, LevelPage, PageDocument, Place,
    Public, QuestionDocument, Reference, Title,
};
pub use handbook::{
    Edition, Guide, Handbook, Kit, KitQuestion, Page, Question, QuestionId, Synonyms, Words,
};
