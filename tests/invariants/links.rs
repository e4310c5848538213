//! Whatever the files of a curriculum say to each other, every link of the site leads to a page and an anchor that are there.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex};

use throughline::model::path::{SourcePath, join};
use throughline::model::sources::{Asset, RegisterSources, Sources, Svg};
use throughline::model::{Register, Severity};
use throughline::report::findings::Quote;
use throughline::stages::discover;
use throughline::watch::site::{Look, Site};

use super::curriculum::{document, known_registers, sources, survey};
use super::html::{self, unescaped};
use super::places::assert_sound;

/// Begins the line that names the file that follows.
pub const MARK: &str = "=== ";

/// Files that are named, and what they hold. Names that no folder can hold are left out.
pub fn files(text: &str) -> Vec<(&str, &str)> {
    let mut files: Vec<(&str, &str)> = Vec::new();
    let mut at = 0;
    let mut open: Option<(&str, usize)> = None;
    for line in text.split_inclusive('\n') {
        if let Some(path) = line.strip_prefix(MARK) {
            files.extend(open.map(|(path, start)| (path, &text[start..at])));
            open = Some((path.trim_end(), at + line.len()));
        }
        at += line.len();
    }
    files.extend(open.map(|(path, start)| (path, &text[start..])));
    files.retain(|(path, _)| {
        let is_safe = |part: &str| !matches!(part, "" | "." | "..") && !discover::is_left_out(part);
        path.split('/').all(is_safe) && path.len() < 200
    });
    files.truncate(12);
    files
}

/// Builds the site of the named files in memory, and follows every link in it.
pub fn hold(data: &[u8]) {
    let text = discover::text_of(data.to_vec(), "files", &mut Vec::new());
    let files = files(&text);
    let sources = sources_of(&files);
    let registers = sources.registers.clone();
    let text_of = texts(&files, &registers);
    let survey = survey(sources);
    for finding in &survey.findings {
        let text = text_of.get(finding.file.as_str()).copied().unwrap_or("");
        assert_sound(finding, text);
        Quote::of(
            text,
            &throughline::model::LineIndex::new(text),
            finding.place,
        );
    }
    let is_sound = !survey
        .findings
        .iter()
        .any(|finding| finding.severity == Severity::Error);
    let site = site(survey);
    Web::of(&site).hold(is_sound);
    super::scopes::hold(&site.survey, is_sound);
}

/// Gathers the named files.
pub fn sources_of(files: &[(&str, &str)]) -> Sources {
    let mut registers = known_registers();
    let (mut documents, mut assets) = (Vec::new(), Vec::new());
    for (path, content) in files {
        if let Some(register) = Register::named(path) {
            registers.set(register, (*content).into());
            continue;
        }
        match *path {
            path if path.ends_with(".md") => documents.push(document(path, *content)),
            path if path.contains('/') => assets.push(Asset {
                path: SourcePath::new(path),
                size: content.len() as u64,
                svg: path.ends_with(".svg").then(|| Svg::new(content).into()),
            }),
            _ => {}
        }
    }
    sources(documents, assets, registers)
}

fn texts<'t>(
    files: &[(&'t str, &'t str)],
    registers: &'t RegisterSources,
) -> HashMap<String, &'t str> {
    let registers = registers
        .iter()
        .map(|(register, text)| (register.name(), &**text));
    // Of two files of one name the first stays, as in `sources`.
    let files = files.iter().rev().copied();
    registers
        .chain(files.filter(|(path, _)| path.ends_with(".md")))
        .map(|(path, text)| (format!("modules/{path}"), text))
        .collect()
}

/// Compiled templates are kept: they are the same for most inputs.
fn site(survey: throughline::pipeline::Survey) -> Site {
    static LOOK: Mutex<Option<Arc<Look>>> = Mutex::new(None);
    let former = LOOK
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
        .take();
    let look = Look::of(&survey, former, 0).expect("the templates render every curriculum");
    *LOOK.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = Some(Arc::clone(&look));
    Site::new(survey, look, None)
}

/// The files of a site: the pages with their HTML, and what else there is.
pub struct Web {
    pub pages: BTreeMap<Arc<str>, String>,
    pub others: HashSet<Arc<str>>,
}

impl Web {
    /// Renders every page of a site.
    fn of(site: &Site) -> Self {
        let mut web = Self {
            pages: BTreeMap::new(),
            others: HashSet::new(),
        };
        for url in site.addresses() {
            if let Some(planned) = site.page(url) {
                let html = site.render(&planned);
                let html = html.expect("the templates render every page");
                web.add_page(url, html);
            } else {
                site.file(url);
                web.others.insert(Arc::clone(url));
            }
        }
        web
    }

    pub fn add_page(&mut self, url: &Arc<str>, html: Vec<u8>) {
        let html = String::from_utf8(html).expect("pages are UTF-8");
        self.pages.insert(Arc::clone(url), html);
    }

    /// Reads every page, and follows its links where the curriculum is without errors; returns those that lead out.
    pub fn hold(&self, is_sound: bool) -> Vec<String> {
        let tags: BTreeMap<&str, Vec<html::Tag<'_>>> = self
            .pages
            .iter()
            .map(|(url, html)| (&**url, html::tags(html)))
            .collect();
        let mut out = Vec::new();
        if !is_sound {
            return out;
        }
        let anchors: HashMap<&str, HashSet<String>> = tags
            .iter()
            .map(|(url, tags)| (*url, html::ids(tags)))
            .collect();
        for (url, tags) in &tags {
            for tag in tags {
                for link in ["href", "src"].iter().filter_map(|name| tag.value(name)) {
                    let link = unescaped(link);
                    if leads_out(&link, url) {
                        out.push(link);
                    } else if *url == "404.html" {
                        // It is shown at any address: nothing in it may depend on where that is.
                        assert!(
                            link.starts_with('#'),
                            "{link:?} in {url} leads nowhere below the top"
                        );
                    } else {
                        self.assert_leads(&link, url, &anchors);
                    }
                }
            }
        }
        out
    }

    fn assert_leads(&self, link: &str, from: &str, anchors: &HashMap<&str, HashSet<String>>) {
        let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
        let path = path.split('?').next().unwrap_or("");
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let to = if path.is_empty() {
            from.to_owned()
        } else {
            join(folder, &decode(path))
                .unwrap_or_else(|| panic!("{link:?} in {from} leads out of the site"))
        };
        let is_there = self.pages.contains_key(&*to) || self.others.contains(&*to);
        assert!(is_there, "{link:?} in {from} leads nowhere: {to:?}");
        if let Some(anchors) = anchors.get(&*to).filter(|_| !anchor.is_empty()) {
            assert!(
                anchors.contains(anchor) || anchors.contains(&decode(anchor)),
                "{link:?} in {from}: no such anchor in {to}"
            );
        }
    }
}

/// Returns whether a link leads to another site; panics where it runs something.
fn leads_out(link: &str, from: &str) -> bool {
    let scheme = link
        .split_once(':')
        .map(|(scheme, _)| scheme.to_ascii_lowercase());
    let scheme = scheme.filter(|scheme| {
        scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    });
    if let Some(scheme) = &scheme {
        assert!(
            matches!(
                &**scheme,
                "http" | "https" | "mailto" | "tel" | "sms" | "data"
            ),
            "{link:?} in {from} runs or opens something"
        );
    }
    scheme.is_some() || link.starts_with("//")
}

pub fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        let digits = text.get(at + 1..at + 3).filter(|_| *byte == b'%');
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                at += 3;
            }
            None => {
                bytes.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
