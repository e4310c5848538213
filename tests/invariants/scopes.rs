//! Whichever part of a curriculum is made, every link of it leads to a page that is there, and links that lead beyond it are what the scope says.

use std::collections::{BTreeMap, HashSet};

use throughline::model::address::Address;
use throughline::model::curriculum::ModuleId;
use throughline::model::output::Content;
use throughline::model::scope::{Beyond, Scope};
use throughline::model::site::Thing;
use throughline::pipeline::{Outline, Outputs, Press, Survey};

use super::links::{Web, decode};

/// Where the whole site is said to stand.
const TOP: &str = "https://whole.example/site/";

/// Makes packages of one module and the pages of a language, and follows every link in them.
pub fn hold(survey: &Survey, is_sound: bool) {
    let Some(first) = survey.curriculum.numbered_modules().next() else {
        return;
    };
    let whole = made(survey, Scope::Site, &press(survey, &Scope::Site));
    let scope = |beyond| Scope::package(&survey.curriculum, &[first.0], beyond);
    let own = [first.0];

    // Templates know that they are a package's, and not which.
    let package = press(survey, &scope(Beyond::Text));
    let text = made(survey, scope(Beyond::Text), &package);
    let out = text.hold(is_sound);
    let link = made(survey, scope(Beyond::Link(top())), &package);
    // Where two pages have one address, it says nothing which of them is there.
    if is_sound {
        assert_holds_only(&text, survey, &own);
        assert_holds_only(&link, survey, &own);
    }
    let beyond: Vec<String> = link.hold(is_sound);
    let beyond: Vec<&str> = beyond
        .iter()
        .filter_map(|link| link.strip_prefix(TOP))
        .collect();
    assert!(!out.iter().any(|link| link.starts_with(TOP)));
    for to in beyond {
        let page = to.split('#').next().unwrap_or("");
        let page = match page.ends_with('/') || page.is_empty() {
            true => format!("{page}index.html"),
            false => page.to_owned(),
        };
        let page = decode(&page);
        assert!(
            whole.pages.contains_key(&*page),
            "{TOP}{to} is no page of the site"
        );
        assert!(
            !link.pages.contains_key(&*page),
            "{to} leads out of the package and into it"
        );
    }

    let include = made(survey, scope(Beyond::Include), &package);
    include.hold(is_sound);
    let lacks = whole
        .pages
        .keys()
        .filter(|url| !include.pages.contains_key(*url));
    for url in lacks {
        let is_redirect = whole.pages[url].contains("http-equiv=\"refresh\"");
        assert!(**url == *"404.html" || is_redirect, "{url} does not travel");
    }

    let scope = Scope::Language("cy/".into());
    let press = press(survey, &scope);
    let mut language = made(survey, scope, &press);
    for url in language.pages.keys().chain(&language.others) {
        assert!(url.starts_with("cy/"), "{url} stands outside of its folder");
    }
    language.others.extend(whole.others);
    language.hold(is_sound);
}

fn top() -> Address {
    Address::top(TOP).expect("it is one")
}

/// Panics where a package holds a page of a module that it is not for.
fn assert_holds_only(web: &Web, survey: &Survey, modules: &[ModuleId]) {
    for document in &survey.curriculum.documents {
        let is_own = document
            .module
            .is_some_and(|module| modules.contains(&module));
        let is_there = web.pages.contains_key(&document.url);
        // Every package has a start page, and that of a curriculum is its own.
        assert!(
            is_own == is_there || &*document.url == "index.html",
            "{} is there: {is_there}",
            document.url
        );
    }
}

fn press(survey: &Survey, scope: &Scope) -> Press {
    Press::new(survey, scope).expect("the default theme is right")
}

fn made(survey: &Survey, scope: Scope, press: &Press) -> Web {
    let outline = Outline::new(survey, scope);
    let outputs = Outputs {
        survey,
        outline: &outline,
        press,
    };
    let mut web = Web {
        pages: BTreeMap::new(),
        others: HashSet::new(),
    };
    for file in outline.files().iter() {
        let made = outputs.make(file).expect("the templates render every page");
        match (file.thing, made) {
            (Thing::Page(_), Some(Content::Bytes(html))) => {
                web.add_page(&file.url, html.into_owned());
            }
            _ => {
                web.others.insert(file.url.clone());
            }
        }
    }
    web
}
