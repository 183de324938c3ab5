//! Which pages and files the site has, and where.
//!
//! 1. Every page of the [`Handbook`] and every list gets an [`Address`] and a [`Route`].
//! 2. [`files`] adds the content's files that this edition's pages show.
//! 3. Former addresses lead to the present ones, where nothing else stands.
//! 4. [`pictures`] are added for previews of links to the pages.
//! 5. Two things at one address are a diagnostic.

mod again;
mod files;
mod lookup;
mod pictures;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::{Arc, OnceLock};

use percent_encoding::{AsciiSet, CONTROLS, PercentEncode, utf8_percent_encode};

use crate::diag::{Diagnostic, Span, rules};
use crate::load::Asset;
use crate::model::{Address, Handbook, QuestionId};
use crate::picture::Card;
use crate::search;
use crate::theme::Theme;

pub use again::{again, patched};
pub use lookup::Lookup;

/// As many questions stand on one page of the index.
pub const LISTED: usize = 500;

/// As many questions stand whole on one page: some 500 sheets of paper.
pub const WHOLE: usize = 250;

/// One page or file of the site: what is needed to render it from the handbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    Home,
    /// Numbers are positions in the handbook's lists.
    Guide(usize),
    Level {
        guide: usize,
        level: usize,
    },
    Topic {
        guide: usize,
        topic: usize,
    },
    Question(QuestionId),
    Kit {
        guide: usize,
        kit: usize,
    },
    /// Every question of a guide, whole. `part` counts from 0.
    All {
        guide: usize,
        part: usize,
    },
    Tag(String),
    /// The index of all questions. `part` counts from 0.
    Questions {
        part: usize,
    },
    Page(usize),
    NotFound,
    /// A former address and where it leads.
    Redirect(Address),
    Feed,
    Sitemap,
    Robots,
    /// manifest.webmanifest
    Manifest,
    /// questions.json
    PublicData,
    /// What a search loads first.
    Search,
    /// schema/question.json
    Schema,
    /// speculation-rules.json
    SpeculationRules,
    /// `_headers`
    Headers,
    /// `_redirects`
    Redirects,
    Style,
    /// By its name in the theme.
    Script(String),
    /// An icon or font by its name in the theme.
    ThemeAsset(String),
    /// What previews of links to a page show.
    Picture(Arc<Card>),
    /// A file of the content folder, by its path from the root.
    File(Arc<str>),
}

/// The whole site, not rendered yet.
#[derive(Debug)]
pub struct Site {
    pub handbook: Arc<Handbook>,
    pub theme: Arc<Theme>,
    /// In order of addresses.
    pub routes: Arc<BTreeMap<Address, Route>>,
    /// Files of the content folder, of which routes show some.
    pub assets: Arc<BTreeMap<Arc<str>, Asset>>,
    pub lookup: Arc<Lookup>,
    /// Made when it is first asked for: the check needs none, the preview seldom.
    search: OnceLock<search::Files>,
    /// Of pages that have a picture of their own.
    cards: Arc<BTreeMap<Address, Arc<Card>>>,
}

/// Decides on every address.
pub fn plan(
    handbook: Arc<Handbook>,
    theme: Arc<Theme>,
    assets: Arc<BTreeMap<Arc<str>, Asset>>,
) -> (Site, Vec<Diagnostic>) {
    let routed = || {
        let mut planner = Planner {
            handbook: &handbook,
            routes: BTreeMap::new(),
            diagnostics: Vec::new(),
        };
        planner.fixed(&theme);
        planner.guides();
        planner.lists();
        planner
    };
    let looked_up = || (files::shown(&handbook), Lookup::new(&handbook));
    let (mut planner, (files, lookup)) = rayon::join(routed, looked_up);
    for path in files {
        if assets.contains_key(&path) {
            let address = Address::asset(&path);
            planner.claim(address, Route::File(Arc::clone(&path)), Some((&path, 0..0)));
        }
    }
    planner.redirects();
    let cards = planner.pictures(&theme);
    let Planner {
        routes,
        diagnostics,
        ..
    } = planner;
    let site = Site {
        handbook,
        theme,
        routes: Arc::new(routes),
        assets,
        lookup: Arc::new(lookup),
        search: OnceLock::new(),
        cards: Arc::new(cards),
    };
    (site, diagnostics)
}

struct Planner<'h> {
    handbook: &'h Handbook,
    routes: BTreeMap<Address, Route>,
    diagnostics: Vec<Diagnostic>,
}

impl Planner<'_> {
    /// Takes an address, or reports at `place` that it is taken.
    fn claim(&mut self, address: Address, route: Route, place: Option<(&Arc<str>, Span)>) {
        match self.routes.entry(address) {
            Entry::Vacant(entry) => {
                entry.insert(route);
            }
            Entry::Occupied(entry) => {
                if let Some((path, span)) = place {
                    let address = entry.key();
                    self.diagnostics.push(
                        Diagnostic::at(
                            &rules::ADDRESS_TAKEN,
                            path,
                            span,
                            format!("the address `{address}` is taken"),
                        )
                        .help("every page, file and former address needs one of its own"),
                    );
                }
            }
        }
    }

    fn add(&mut self, address: Address, route: Route) {
        self.claim(address, route, None);
    }

    fn fixed(&mut self, theme: &Theme) {
        self.add(Address::home(), Route::Home);
        for (path, route) in [
            ("404.html", Route::NotFound),
            ("feed.xml", Route::Feed),
            ("sitemap.xml", Route::Sitemap),
            ("robots.txt", Route::Robots),
            ("manifest.webmanifest", Route::Manifest),
            ("questions.json", Route::PublicData),
            ("search/index.json", Route::Search),
            ("schema/question.json", Route::Schema),
            ("speculation-rules.json", Route::SpeculationRules),
            ("_headers", Route::Headers),
            ("_redirects", Route::Redirects),
        ] {
            self.add(Address::file(path), route);
        }
        self.add(theme.style.address.clone(), Route::Style);
        for (name, script) in &theme.scripts {
            self.add(script.address.clone(), Route::Script(name.clone()));
        }
        for (name, asset) in &theme.assets {
            self.add(asset.address.clone(), Route::ThemeAsset(name.clone()));
        }
    }

    fn guides(&mut self) {
        let handbook = self.handbook;
        let config = &handbook.config;
        for (number, guide) in handbook.guides.iter().enumerate() {
            let id = guide.id.as_str();
            self.add(Address::page([id]), Route::Guide(number));
            for (level, words) in guide.levels.iter().enumerate() {
                if words.is_some() || handbook.at_level(number, level).next().is_some() {
                    let address = Address::page([id, &config.levels[level].id]);
                    self.add(
                        address,
                        Route::Level {
                            guide: number,
                            level,
                        },
                    );
                }
            }
            for (topic, entry) in config.topics.iter().enumerate() {
                if handbook.about(number, topic).next().is_some() {
                    let address = Address::page([id, "topics", &entry.id]);
                    self.add(
                        address,
                        Route::Topic {
                            guide: number,
                            topic,
                        },
                    );
                }
            }
            for &question in &guide.questions {
                let slug = &handbook.question(question).slug;
                self.add(Address::page([id, slug]), Route::Question(question));
            }
            for (kit, entry) in guide.kits.iter().enumerate() {
                let address = Address::page([id, "kits", &entry.slug]);
                self.add(address, Route::Kit { guide: number, kit });
            }
            for part in 0..parts(guide.questions.len(), WHOLE) {
                self.add(
                    numbered(&[id, "all"], part),
                    Route::All {
                        guide: number,
                        part,
                    },
                );
            }
        }
    }

    fn lists(&mut self) {
        let handbook = self.handbook;
        for tag in handbook.tags.keys() {
            self.add(Address::page(["tags", tag]), Route::Tag(tag.clone()));
        }
        for part in 0..parts(handbook.questions.len(), LISTED) {
            self.add(numbered(&["questions"], part), Route::Questions { part });
        }
        for (number, page) in handbook.pages.iter().enumerate() {
            self.add(Address::page([page.slug.as_str()]), Route::Page(number));
        }
    }

    fn redirects(&mut self) {
        let handbook = self.handbook;
        for question in &handbook.questions {
            let guide = handbook.guides[question.guide].id.as_str();
            let target = Address::page([guide, &question.slug]);
            for alias in &question.public.aliases {
                let place = Some((&question.public.path, alias.span.clone()));
                let address = Address::alias(&alias.value, Some(guide));
                self.claim(address, Route::Redirect(target.clone()), place);
            }
        }
        for page in &handbook.pages {
            let target = Address::page([page.slug.as_str()]);
            for alias in &page.document.aliases {
                let place = Some((&page.path, alias.span.clone()));
                let address = Address::alias(&alias.value, None);
                self.claim(address, Route::Redirect(target.clone()), place);
            }
        }
    }

    /// Pages with the same words have one picture.
    fn pictures(&mut self, theme: &Theme) -> BTreeMap<Address, Arc<Card>> {
        let (cards, problem) = pictures::cards(self.handbook, &theme.painter, &self.routes);
        self.diagnostics.extend(problem);
        for card in cards.values() {
            self.add(pictures::address(card), Route::Picture(Arc::clone(card)));
        }
        cards
    }
}

/// How many pages a list takes; an empty one has a page too.
pub fn parts(questions: usize, per_page: usize) -> usize {
    questions.div_ceil(per_page).max(1)
}

/// The first part has the list's own address, the others a number below it.
pub fn numbered(list: &[&str], part: usize) -> Address {
    let number = (part > 0).then(|| (part + 1).to_string());
    Address::page(list.iter().copied().chain(number.as_deref()))
}

impl Site {
    /// The path of the base address, which begins every link: `/`, or `/guide/`.
    pub fn base_path(&self) -> &str {
        self.handbook.config.base_url.path()
    }

    /// An address as links have it.
    pub fn href(&self, address: &Address) -> String {
        format!("{}{}", self.base_path(), encoded(address))
    }

    /// The index of the search.
    pub fn search(&self) -> &search::Files {
        self.search.get_or_init(|| search::index(&self.handbook))
    }

    /// The further files of the index and what they hold. Their names change with their content, so
    /// they are known when the index is made.
    pub fn search_parts(&self) -> impl Iterator<Item = (Address, &[u8])> {
        let parts = self.search().parts.iter();
        parts.map(|(name, bytes)| (Address::file(&format!("search/{name}")), bytes.as_slice()))
    }

    /// The picture of a page and its address. Those without one of their own show the home page's,
    /// but for those that nobody is to link to.
    pub fn picture(&self, page: &Address) -> Option<(&Card, Address)> {
        if let Route::NotFound | Route::Redirect(_) = self.routes.get(page)? {
            return None;
        }
        let card = self.cards.get(page);
        let card = card.or_else(|| self.cards.get(&Address::home()))?;
        Some((card, pictures::address(card)))
    }

    /// An address as other sites have it.
    pub fn absolute(&self, address: &Address) -> String {
        format!("{}{}", self.handbook.config.base_url, encoded(address))
    }
}

/// Names of files can have characters that mean something else in an address.
fn encoded(address: &Address) -> PercentEncode<'_> {
    const NOT_IN_PATHS: &AsciiSet = &CONTROLS
        .add(b' ')
        .add(b'"')
        .add(b'#')
        .add(b'%')
        .add(b'<')
        .add(b'>')
        .add(b'?')
        .add(b'[')
        .add(b'\\')
        .add(b']')
        .add(b'^')
        .add(b'`')
        .add(b'{')
        .add(b'|')
        .add(b'}');
    utf8_percent_encode(&address.as_str()[1..], NOT_IN_PATHS)
}
