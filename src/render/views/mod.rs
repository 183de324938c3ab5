//! What templates see: plain data for one page, never a type of the model.
//!
//! `page` is the view of the page that is rendered, `site` is [`SiteView`], `t` are the words of
//! the interface. Fields that hold HTML say so: they are written with `| safe`.

mod chrome;
mod descriptions;
mod guide;
mod json_ld;
mod lists;
mod pages;
mod question;
mod repository;

use crate::highlight::Highlighter;
use crate::plan::Site;

pub(super) use chrome::direction;
pub use chrome::{HeadView, ImageView, LinkView, PictureView, SiteView};
pub use guide::{
    CellView, GuideSummaryView, GuideView, HomeView, KitSummaryView, LevelView, MatrixRowView,
    PageSummaryView, TopicSummaryView,
};
pub use lists::{
    AllGroupView, AllView, FacetView, GroupView, ListView, OptionView, PagerView, QuestionsView,
};
pub use pages::{
    HeadingView, KitPartView, KitSlotView, KitView, NotFoundView, PageView, RedirectView,
};
pub use question::{
    ByLevelView, DateView, FollowUpView, NamedView, QuestionItem, QuestionPageView, QuestionView,
    ReferenceView,
};

/// Makes views of a site's pages.
#[derive(Clone, Copy)]
pub struct Views<'v> {
    pub(super) site: &'v Site,
    pub(super) highlighter: &'v Highlighter,
}
