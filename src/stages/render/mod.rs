//! Fifth stage: renders pages with the theme's templates.
//!
//! In: one page and the theme. Out: its HTML. Nothing else is seen, so a page renders again exactly when it or the theme has changed. Only this
//! folder knows the template engine.

mod allowance;
mod constants;
mod counted;
mod depth;
mod metered;
mod tokens;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::ser::{Serialize, SerializeSeq as _, SerializeStruct as _, Serializer};
use tera::value::{Key, Map};
use tera::{Context, ErrorKind, Tera, Value};

use self::constants::Constants;
use self::metered::{Counted, metered};
use super::plan::Settings;
use crate::model::page::{Data, Fields, Page};
use crate::model::scope::Scope;
use crate::model::theme::Theme;

/// Why a template cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("in the theme's {template}: {message}")]
pub struct RenderError {
    /// The template, with its line where that is known.
    pub template: String,
    /// What is wrong.
    pub message: String,
}

/// A theme's templates, ready to render.
#[derive(Debug)]
pub struct Renderer {
    tera: Tera,
    /// What the templates were made from, for messages: they name lines and columns as the theme has them.
    ground: Ground,
}

/// What is the same for all pages.
#[derive(Debug)]
struct Ground {
    theme: Theme,
    settings: Settings,
    scope: Scope,
}

impl Renderer {
    /// Compiles the templates of a theme for a site.
    ///
    /// # Errors
    ///
    /// When a template is not valid, or one that every site needs is missing.
    pub fn new(theme: &Theme, settings: &Settings, scope: &Scope) -> Result<Self, RenderError> {
        if let Some((name, message)) = depth::too_deep(&theme.templates) {
            let template = name.to_owned();
            return Err(RenderError { template, message });
        }
        let constants = constants(theme, settings);
        let ground = Ground {
            theme: theme.clone(),
            settings: settings.clone(),
            scope: scope.clone(),
        };
        let filled = theme
            .templates
            .iter()
            .map(|(name, text)| (name.clone(), constants.fill(text)))
            .collect();
        let tera = compile(&metered(&filled, Counted::Growing), &ground)
            .or_else(|_| compile(&metered(&theme.templates, Counted::Growing), &ground))
            .map_err(|error| {
                // Once more as the theme has it, so that the message shows that.
                compile(&theme.templates, &ground).map_or_else(
                    |own| describe(&own, "templates"),
                    |_| ground.placed(&error, "templates"),
                )
            })?;
        Ok(Self { tera, ground })
    }

    /// Renders a page.
    ///
    /// # Errors
    ///
    /// When the template fails.
    pub fn render(&self, page: &Page<'_>) -> Result<Vec<u8>, RenderError> {
        let mut context = Context::new();
        context.insert_value("page", value(&page.fields));
        let folder = self.ground.scope.folder();
        let top = top(page, folder);
        context.insert_value("root", Value::safe_string(&root(&top, folder)));
        context.insert_value("top", Value::safe_string(&top));
        let body: usize = page
            .fields
            .0
            .iter()
            .map(|(_, data)| {
                if let Data::Html(html) = data {
                    html.len()
                } else {
                    0
                }
            })
            .sum();
        let size = Size {
            expected: body + 12 * 1024,
            allowance: allowance::of(&page.fields),
        };
        self.render_to(page.template, &context, size)
    }

    /// Renders a fragment that many pages share.
    ///
    /// # Errors
    ///
    /// When the template fails.
    pub fn fragment(
        &self,
        template: &str,
        name: &'static str,
        fields: &Fields<'_>,
    ) -> Result<Arc<str>, RenderError> {
        let mut context = Context::new();
        context.insert_value(name, value(fields));
        let size = Size {
            expected: 0,
            allowance: allowance::of(fields),
        };
        let bytes = self.render_to(template, &context, size)?;
        let html = String::from_utf8(bytes).expect("templates and texts are UTF-8");
        Ok(html.into())
    }

    fn render_to(
        &self,
        template: &str,
        context: &Context,
        size: Size,
    ) -> Result<Vec<u8>, RenderError> {
        let Ground { theme, .. } = &self.ground;
        render(&self.tera, template, context, size).map_err(|error| {
            if is_spent(&error) {
                // Once more with all that is shown counted, so that the message says where; lines are the theme's, columns are not.
                let own = metered(&theme.templates, Counted::All);
                let own = compile(&own, &self.ground)
                    .and_then(|tera| render(&tera, template, context, size));
                return self.ground.placed(&own.err().unwrap_or(error), template);
            }
            // Once more with the theme's own text, so that the message shows it. It ends where this one did, which had not used its allowance up.
            compile(&theme.templates, &self.ground)
                .and_then(|tera| render(&tera, template, context, size))
                .map_or_else(
                    |own| describe(&own, template),
                    |_| describe(&error, template),
                )
        })
    }

    /// Returns the language of the content.
    pub fn language(&self) -> &str {
        self.ground.settings.language.tag()
    }
}

impl Ground {
    /// Describes an error in templates that have been written into, by the line of the theme's own.
    fn placed(&self, error: &tera::Error, template: &str) -> RenderError {
        let report = match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => Some(report),
            _ => None,
        };
        let message = match report {
            Some(report) if !is_spent(error) => report.message(),
            _ if is_spent(error) => allowance::SPENT,
            _ => "it cannot be read",
        };
        let shown = report.and_then(|report| {
            let (name, line) = (report.filename(), report.span().start_line);
            let text = self.theme.templates.get(name)?.lines().nth(line - 1)?;
            let space = " ".repeat(line.to_string().len());
            let text: String = text.chars().take(LONGEST_LINE).collect();
            Some(format!(
                "\n{space}--> {name}:{line}\n{space} |\n{line} | {text}"
            ))
        });
        let help = match is_spent(error) {
            true => {
                "\n  help: look for texts that are doubled, for loops inside loops, and for what calls itself"
            }
            false => "",
        };
        RenderError {
            template: template.to_owned(),
            message: format!("{message}{}{help}", shown.unwrap_or_default()),
        }
    }
}

/// No more characters of a template's line are shown.
const LONGEST_LINE: usize = 200;

/// Returns whether a page has used its allowance up, in work or in what it has written.
fn is_spent(error: &tera::Error) -> bool {
    match error.kind() {
        // Writing to memory fails for one reason alone.
        ErrorKind::Io(_) => true,
        ErrorKind::Msg(message) => message.contains(allowance::SPENT),
        ErrorKind::RenderingError(report) => report.message().contains(allowance::SPENT),
        _ => false,
    }
}

/// Returns what is the same on every page.
fn constants(theme: &Theme, settings: &Settings) -> Constants {
    let mut constants = Constants::default();
    for (key, word) in &*theme.strings.0 {
        constants.set(format!("t.{key}"), word);
    }
    constants.set("site.title".to_owned(), &settings.title);
    constants.set("site.language".to_owned(), settings.language.tag());
    constants
}

fn compile<T: AsRef<str>>(
    templates: &BTreeMap<String, T>,
    ground: &Ground,
) -> tera::TeraResult<Tera> {
    let Ground {
        theme,
        settings,
        scope,
    } = ground;
    let mut tera = Tera::default();
    // Every template is HTML, whatever its file is called.
    tera.autoescape_on([""]);
    allowance::register(&mut tera);
    counted::register(&mut tera, &settings.language, &theme.strings);
    let mut site = Map::new();
    let mut set = |key: &'static str, value: Value| {
        site.insert(Key::Str(key), value);
    };
    set("title", Value::from(settings.title.as_str()));
    set("description", Value::from(settings.description.as_str()));
    set("language", Value::from(settings.language.tag()));
    if settings.language.is_right_to_left() {
        set("dir", Value::from("rtl"));
    }
    set("edition", Value::from(settings.edition.name()));
    set("search", Value::from(settings.search));
    for (key, text) in [
        ("footer", settings.site.footer.as_str()),
        ("support", settings.site.support.as_str()),
        ("logo", settings.site.logo_file()),
    ] {
        if !text.is_empty() {
            set(key, Value::from(text));
        }
    }
    for (key, address) in [
        ("learner_edition", &settings.site.learner),
        ("facilitator_edition", &settings.site.facilitator),
    ] {
        if let Some(address) = address {
            set(key, Value::from(address.as_str()));
        }
    }
    set("print", Value::from(settings.print));
    if scope.as_package().is_some() {
        set("package", Value::from(true));
    }
    let words: Map = theme
        .strings
        .0
        .iter()
        .map(|(key, word)| (Key::String(key.as_str().into()), Value::from(word.as_str())))
        .collect();
    let global = tera.global_context();
    global.insert_value("site", Value::from(site));
    global.insert_value("t", Value::from(words));
    tera.add_raw_templates(
        templates
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_ref())),
    )?;
    Ok(tera)
}

/// How large a page is.
#[derive(Debug, Clone, Copy)]
struct Size {
    /// Roughly, in bytes.
    expected: usize,
    /// What it may be at most, and what may be made for it: in bytes, each of the two.
    allowance: u64,
}

fn render(tera: &Tera, template: &str, context: &Context, size: Size) -> tera::TeraResult<Vec<u8>> {
    allowance::begin(size.allowance);
    let mut out = Bounded {
        bytes: Vec::with_capacity(size.expected),
        most: size.allowance,
    };
    tera.render_to(template, context, &mut out)?;
    Ok(out.bytes)
}

/// Output that refuses to grow without end.
struct Bounded {
    bytes: Vec<u8>,
    most: u64,
}

impl std::io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if (self.bytes.len() + bytes.len()) as u64 > self.most {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Returns the prefix of links to the site's top, where assets and the theme's files are, as HTML.
fn top(page: &Page<'_>, folder: &str) -> String {
    // The page for addresses that do not exist is shown at any of them.
    if page.template == "404.html"
        && let Some((_, Data::Address(address))) =
            page.fields.0.iter().find(|(key, _)| *key == "canonical")
    {
        let mut html = String::new();
        let top = address.as_str().trim_end_matches("404.html");
        let top = top.strip_suffix(folder).unwrap_or(top);
        let _ = pulldown_cmark_escape::escape_html(&mut html, top);
        return html;
    }
    "../".repeat(page.url.matches('/').count())
}

/// Returns the prefix of links to the top of the scope's pages, which stand in a folder of the site.
fn root(top: &str, folder: &str) -> String {
    let levels = "../".len() * folder.matches('/').count();
    match top.get(levels..) {
        Some(root) if top.starts_with("../") => root.to_owned(),
        _ => [top, folder].concat(),
    }
}

/// Returns fields as the engine's own value: through its serialiser, which builds each map once where its conversions build two.
///
/// HTML becomes a text that is printed as it is, with `| safe` or without.
fn value(fields: &Fields<'_>) -> Value {
    Value::from_serializable(&Shown(fields))
}

struct Shown<'d, T>(&'d T);

impl Serialize for Shown<'_, Fields<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_struct("", self.0.0.len())?;
        for (key, data) in &self.0.0 {
            map.serialize_field(key, &Shown(data))?;
        }
        map.end()
    }
}

impl Serialize for Shown<'_, Data<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Data::Text(text) => serializer.serialize_str(text),
            Data::Address(address) => serializer.serialize_str(address.as_str()),
            // The engine's own serialiser takes its values as they are.
            Data::Html(html) => Value::safe_string(html).serialize(serializer),
            Data::Number(number) => serializer.serialize_u64(*number),
            Data::Flag(flag) => serializer.serialize_bool(*flag),
            Data::List(list) => {
                let mut seq = serializer.serialize_seq(Some(list.len()))?;
                for data in list {
                    seq.serialize_element(&Shown(data))?;
                }
                seq.end()
            }
            Data::Fields(fields) => Shown(fields).serialize(serializer),
        }
    }
}

fn describe(error: &tera::Error, template: &str) -> RenderError {
    let text = error.to_string();
    RenderError {
        template: template.to_owned(),
        message: text.strip_prefix("error: ").unwrap_or(&text).to_owned(),
    }
}
