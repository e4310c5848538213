//! Pages of the site before they are rendered: an address, a template, and everything the template will see.

use std::borrow::Cow;
use std::sync::Arc;

use super::address::Address;

/// A page and all that its template sees beside the theme. It borrows from the curriculum whatever it does not change.
///
/// Two pages that are equal render to the same bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<'p> {
    /// Path from the site's top.
    pub url: Arc<str>,
    /// The template's file name.
    pub template: &'static str,
    /// The fields of `page`, as `docs/themes.md` names them.
    pub fields: Fields<'p>,
}

impl Page<'_> {
    /// Returns a digest of all that the template will see: the same digest, the same bytes.
    pub fn digest(&self) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        for text in [&*self.url, self.template] {
            hash_text(&mut hasher, 0, text);
        }
        self.fields.hash_into(&mut hasher);
        hasher.finalize()
    }
}

/// Hashes a text with its kind and length before it, so that no two sequences of values look alike.
fn hash_text(hasher: &mut blake3::Hasher, kind: u8, text: &str) {
    hasher.update(&[kind]);
    hasher.update(&(text.len() as u64).to_le_bytes());
    hasher.update(text.as_bytes());
}

fn hash_number(hasher: &mut blake3::Hasher, kind: u8, number: u64) {
    hasher.update(&[kind]);
    hasher.update(&number.to_le_bytes());
}

/// Named values in the order in which they were set.
///
/// What a template may ask for is always there: where a page has nothing to say, its value is empty, and `{% if %}` takes it for that.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fields<'p>(pub Vec<(&'static str, Data<'p>)>);

/// A value for a template.
#[derive(Debug, Clone, PartialEq)]
pub enum Data<'p> {
    /// Plain text: it is escaped where it is printed.
    Text(Cow<'p, str>),
    /// HTML that is printed as it is.
    Html(Cow<'p, str>),
    /// What an `href` or `src` may hold: it is escaped where it is printed.
    Address(Cow<'p, Address>),
    /// A number.
    Number(u64),
    /// A truth value.
    Flag(bool),
    /// A list.
    List(Vec<Data<'p>>),
    /// Named values.
    Fields(Fields<'p>),
}

impl<'p> Fields<'p> {
    /// Starts with no values.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a text.
    pub fn text(&mut self, key: &'static str, text: impl Into<Cow<'p, str>>) -> &mut Self {
        self.set(key, Data::Text(text.into()))
    }

    /// Sets a value.
    pub fn set(&mut self, key: &'static str, data: Data<'p>) -> &mut Self {
        self.0.push((key, data));
        self
    }

    /// Sets an address. Whatever a template puts into an `href` or a `src` is set so.
    pub fn address(&mut self, key: &'static str, address: Address) -> &mut Self {
        self.set(key, Data::Address(Cow::Owned(address)))
    }

    /// Sets an address that is kept elsewhere; where there is none, an empty text.
    pub fn maybe_address(&mut self, key: &'static str, address: Option<&'p Address>) -> &mut Self {
        let kept = address.map(|address| Data::Address(Cow::Borrowed(address)));
        self.set(key, kept.unwrap_or("".into()))
    }

    /// Sets an address that is made where there is one; else an empty text.
    pub fn made_address(&mut self, key: &'static str, address: Option<Address>) -> &mut Self {
        let made = address.map(|address| Data::Address(Cow::Owned(address)));
        self.set(key, made.unwrap_or("".into()))
    }

    /// Sets HTML.
    pub fn html(&mut self, key: &'static str, html: impl Into<Cow<'p, str>>) -> &mut Self {
        self.set(key, Data::Html(html.into()))
    }

    /// Sets a number.
    pub fn number(&mut self, key: &'static str, number: impl Into<u64>) -> &mut Self {
        self.set(key, Data::Number(number.into()))
    }

    /// Sets a truth value.
    pub fn flag(&mut self, key: &'static str, flag: bool) -> &mut Self {
        self.set(key, Data::Flag(flag))
    }

    /// Sets a list.
    pub fn list(&mut self, key: &'static str, list: Vec<Data<'p>>) -> &mut Self {
        self.set(key, Data::List(list))
    }

    /// Sets named values; none at all where there is nothing that they would be about.
    pub fn fields(&mut self, key: &'static str, fields: Fields<'p>) -> &mut Self {
        self.set(key, Data::Fields(fields))
    }
}

impl Fields<'_> {
    fn hash_into(&self, hasher: &mut blake3::Hasher) {
        hash_number(hasher, 1, self.0.len() as u64);
        for (key, data) in &self.0 {
            hash_text(hasher, 0, key);
            data.hash_into(hasher);
        }
    }
}

impl Data<'_> {
    fn hash_into(&self, hasher: &mut blake3::Hasher) {
        match self {
            Self::Text(text) => hash_text(hasher, 2, text),
            Self::Html(html) => hash_text(hasher, 3, html),
            Self::Address(address) => hash_text(hasher, 7, address.as_str()),
            Self::Number(number) => hash_number(hasher, 4, *number),
            Self::Flag(flag) => hash_number(hasher, 5, u64::from(*flag)),
            Self::List(list) => {
                hash_number(hasher, 6, list.len() as u64);
                for data in list {
                    data.hash_into(hasher);
                }
            }
            Self::Fields(fields) => fields.hash_into(hasher),
        }
    }
}

impl<'p> From<Fields<'p>> for Data<'p> {
    fn from(fields: Fields<'p>) -> Self {
        Self::Fields(fields)
    }
}

impl<'p> From<&'p str> for Data<'p> {
    fn from(text: &'p str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Data<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}
