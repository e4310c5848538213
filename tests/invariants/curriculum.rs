//! Curricula in memory: files by name, taken through the stages without a disk.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::{Arc, LazyLock};

use camino::Utf8PathBuf;
use throughline::language::Language;
use throughline::model::config::{Edition, RawHtml};
use throughline::model::path::SourcePath;
use throughline::model::slug::reading_order;
use throughline::model::sources::{Asset, Document, RegisterSources, Sources};
use throughline::model::theme::Theme;
use throughline::model::{Config, LanguageTag, Register};
use throughline::pipeline::{Beside, Clock, Groundwork, Request, Setting, Survey};
use throughline::stages::{parse, theme};

/// The day that counts as today.
pub const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 21);

/// Registers whose ids the seeds use.
pub const TOPICS: &str = "[[topic]]\nid = \"empathy\"\nname = \"Empathy\"\naliases = [\"Tŷ\", \"seeing\"]\ndefinition = \"Seeing\"\n\
    [[topic]]\nid = \"welfare-of-the-child\"\nname = \"Welfare of the child\"\ndefinition = \"First\"\nsensitive = true\n\
    [[topic]]\nid = \"policy\"\nname = \"Policy\"\ndefinition = \"Rules\"\ndistinctive = false\n";
pub const SIGNPOSTS: &str = "[[signpost]]\nid = \"samaritans\"\nname = \"Samaritans\"\nfor = \"anybody\"\nphone = \"116 123\"\n";
const COMMITMENTS: &str = "[[commitment]]\nid = \"a\"\ntitle = \"A\"\nbody = \"Someone\"\nstatus = \"current\"\n\
    [[commitment.claim]]\nid = \"A9\"\ntext = \"Is taught\"\n[[commitment.claim]]\nid = \"A41\"\ntext = \"Too\"\n";
const TERMS: &str =
    "[[term]]\navoid = [\"absent parent\"]\nuse = \"paying parent\"\nreason = \"kinder\"\n";

/// The default theme. What its files hold is of no interest here, and takes time to compare.
static THEME: LazyLock<Arc<Theme>> = LazyLock::new(|| {
    let mut theme = theme::theme("/nowhere".into(), "default")
        .expect("the theme is embedded")
        .value;
    for bytes in theme.files.values_mut() {
        *bytes = Cow::Borrowed(b"");
    }
    Arc::new(theme)
});

/// What lessons are parsed with: raw HTML as text, and made safe.
pub static CONTEXTS: LazyLock<[parse::Context; 2]> = LazyLock::new(|| {
    let registers = Arc::new(parse::registers(&known_registers()).value);
    [RawHtml::Text, RawHtml::Safe].map(|raw_html| {
        let language = Language::of(&LanguageTag::default());
        parse::Context::new(Arc::clone(&registers), language, raw_html)
    })
});

/// Returns the registers that the seeds use.
pub fn known_registers() -> RegisterSources {
    RegisterSources::default()
        .with(Register::Topics, TOPICS)
        .with(Register::Signposts, SIGNPOSTS)
        .with(Register::Commitments, COMMITMENTS)
        .with(Register::Terms, TERMS)
}

/// Makes a document.
pub fn document(path: &str, text: impl Into<Arc<str>>) -> Document {
    Document {
        path: SourcePath::new(path),
        text: text.into(),
    }
}

/// Gathers files as `discover` does: in reading order, and modules only where they have lessons.
pub fn sources(
    mut documents: Vec<Document>,
    mut assets: Vec<Asset>,
    registers: RegisterSources,
) -> Sources {
    documents.sort_by(|a, b| as_found(a.path.as_str(), b.path.as_str()));
    documents.dedup_by(|a, b| a.path == b.path);
    assets.sort_by(|a, b| as_found(a.path.as_str(), b.path.as_str()));
    assets.dedup_by(|a, b| a.path == b.path);
    let mut modules: Vec<String> = documents
        .iter()
        .filter_map(|document| document.path.as_str().split_once('/'))
        .map(|(module, _)| module.to_owned())
        .collect();
    modules.dedup();
    Sources {
        documents,
        assets,
        modules,
        registers,
        local: Vec::new(),
        links: Vec::new(),
    }
}

fn as_found(a: &str, b: &str) -> Ordering {
    let is_index = |name: &str| name == "index.md";
    let (mut parts_a, mut parts_b) = (a.split('/'), b.split('/'));
    loop {
        match (parts_a.next(), parts_b.next()) {
            (Some(a), Some(b)) => {
                let order = is_index(b).cmp(&is_index(a));
                let order = order.then_with(|| reading_order(a, b));
                if order.is_ne() {
                    return order;
                }
            }
            (a, b) => return a.is_some().cmp(&b.is_some()),
        }
    }
}

/// Takes files through the stages, up to everything that is known about them.
pub fn survey(sources: Sources) -> Survey {
    conclude(groundwork(sources), Edition::Learner)
}

/// Parses files.
pub fn groundwork(sources: Sources) -> Groundwork {
    let registers = parse::registers(&sources.registers);
    let context = Arc::new(parse::Context::new(
        Arc::new(registers.value),
        Language::of(&LanguageTag::default()),
        RawHtml::Text,
    ));
    let lessons = parse::parse(sources, &context, &parse::anew);
    let request = Request::new(Utf8PathBuf::from("/nowhere"), TODAY);
    Groundwork {
        setting: Setting::new(Config::default(), Arc::clone(&THEME), &request),
        context,
        lessons,
        findings: registers.findings,
        links: Vec::new(),
        recipe: None,
        clock: Clock::start(),
    }
}

/// Holds parsed files against each other, for an edition.
pub fn conclude(groundwork: Groundwork, edition: Edition) -> Survey {
    let request = Request {
        edition,
        ..Request::new(Utf8PathBuf::from("/nowhere"), TODAY)
    };
    groundwork.conclude(&request, Beside::default())
}
