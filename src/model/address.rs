//! Addresses that may stand in an `href` or a `src`: the one gate that all of them pass.
//!
//! In: what somebody wrote in front matter, a register, a lesson, the configuration or on the command line; or two pages of the site. Out: an
//! [`Address`], which only this file makes, or what is wrong with what was written. Asks nobody whether anything is there.

use std::fmt;

use url::Url;

use super::passage::Passage;
use super::path::{push_relative, push_url};
use super::text::is_unseen;

/// An address that a browser may follow: of a page of ours, of another site, of a mailbox or of a telephone.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Address(String);

/// Schemes that neither run anything nor open a file of the reader's.
pub const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Those of them that lead to pages.
const WEB: [&str; 2] = ["http", "https"];

/// Characters that a telephone number is written with, beside its digits.
const BETWEEN_DIGITS: [char; 5] = [' ', '+', '(', ')', '-'];

impl Address {
    /// Takes an address outside the site: `http:`, `https:`, `mailto:` or `tel:`.
    ///
    /// # Errors
    ///
    /// When it is none, or not one that every browser reads as it is written.
    pub fn elsewhere(written: &str) -> Result<Self, Fault> {
        let written = written.trim();
        check(written, &SCHEMES)?;
        Ok(Self(written.replace(' ', "%20")))
    }

    /// Takes the address of a web page as people write it; one that begins with its host is given `https:`.
    ///
    /// # Errors
    ///
    /// As [`elsewhere`](Self::elsewhere).
    pub fn web(written: &str) -> Result<Self, Fault> {
        let written = written.trim();
        if let Some(whole) = from_host("https", written) {
            return Ok(whole);
        }
        check(written, &WEB)?;
        Ok(Self(written.replace(' ', "%20")))
    }

    /// Takes the address of a mailbox or of a form.
    ///
    /// # Errors
    ///
    /// As [`web`](Self::web): what is meant as a mailbox and is none is told so.
    pub fn mailbox_or_web(written: &str) -> Result<Self, Fault> {
        Self::mailbox(written).or_else(|fault| match Self::web(written) {
            Ok(address) => Ok(address),
            Err(Fault::NoScheme | Fault::Damaged | Fault::Scheme(_) | Fault::NoPage(_)) => {
                let is_meant_so = written.contains('@') && !written.contains('/');
                Err(if is_meant_so {
                    fault
                } else {
                    Fault::NeitherMailboxNorWeb
                })
            }
            Err(other) => Err(other),
        })
    }

    /// Takes the address of a mailbox, and returns the link that writes to it.
    ///
    /// # Errors
    ///
    /// When it is anything but one mailbox: a subject or a second reader cannot be smuggled in.
    pub fn mailbox(written: &str) -> Result<Self, Fault> {
        let written = written.trim();
        let is_part = |part: &str| {
            !part.is_empty()
                && !part.contains(|c: char| {
                    c.is_whitespace() || is_unseen(c) || "\"(),:;<>?&#%/\\[]@".contains(c)
                })
        };
        let (name, host) = written.split_once('@').ok_or(Fault::Mailbox)?;
        if !is_part(name) || !is_part(host) || !host.contains('.') {
            return Err(Fault::Mailbox);
        }
        Ok(Self(format!("mailto:{written}")))
    }

    /// Returns the link that rings a number; nothing where there is more than a number.
    pub fn telephone(written: &str) -> Option<Self> {
        let digits: String = written.chars().filter(char::is_ascii_digit).collect();
        let is_number = written
            .chars()
            .all(|c| c.is_ascii_digit() || BETWEEN_DIGITS.contains(&c));
        let plus = if written.trim_start().starts_with('+') {
            "+"
        } else {
            ""
        };
        (is_number && digits.len() >= 3).then(|| Self(format!("tel:{plus}{digits}")))
    }

    /// Takes the source of a fact where it has the form of an address; any other source is text, and gives nothing.
    ///
    /// # Errors
    ///
    /// When it has the form of an address, and is none that may be followed.
    pub fn source(written: &str) -> Result<Option<Self>, Fault> {
        let written = written.trim();
        // Browsers pass over tabs and line ends, and not over spaces: those stand between words.
        let has_form = !written.contains(' ')
            && (written.contains("://") || written.starts_with("//") || names_known(written));
        if !has_form {
            return Ok(None);
        }
        Self::elsewhere(written).map(Some)
    }

    /// Takes the address of a site's top, and gives it a final `/`.
    ///
    /// # Errors
    ///
    /// When it is not `http:` or `https:`, or has a name, password, query or fragment: pages' paths are put behind it.
    pub fn top(written: &str) -> Result<Self, Fault> {
        let written = written.trim();
        let url = check(written, &WEB)?;
        if url.query().is_some() || url.fragment().is_some() {
            return Err(Fault::Behind);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Fault::Credentials);
        }
        // As browsers write it: whatever means something in HTML, a template or a sitemap is encoded.
        let mut top = url.as_str().replace('\'', "%27").replace('&', "%26");
        if !top.ends_with('/') {
            top.push('/');
        }
        Ok(Self(top))
    }

    /// Returns the address of a page or file below this top; the top of a folder is named without `index.html`.
    pub fn below(&self, path: &str) -> Self {
        let path = match path.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => path,
        };
        let mut address = self.0.clone();
        push_url(&mut address, path);
        Self(address)
    }

    /// Returns the link from one page of the site to another, or to a file.
    pub fn between(from: &str, to: &str) -> Self {
        let mut address = String::with_capacity(to.len() + 6);
        push_relative(&mut address, from, to);
        Self(address)
    }

    /// Returns the link from a page of the site to a place in another or in the same one.
    ///
    /// `place` is the id of what is led to, empty for the top of the page.
    pub fn to_place(from: &str, to: &str, place: &str) -> Self {
        let mut address = String::with_capacity(to.len() + place.len() + 32);
        push_place(&mut address, from, to, place);
        Self(address)
    }

    /// Adds the place in the page: an id, percent-encoded already.
    #[must_use]
    pub fn at(mut self, place: &str) -> Self {
        self.0.push('#');
        self.0.push_str(place);
        self
    }

    /// Adds what is asked with the address; what it asked already stays.
    pub fn asking(&self, fields: &[(&str, &str)]) -> Self {
        let mut address = self.0.clone();
        for (key, value) in fields {
            address.push(if address.contains('?') { '&' } else { '?' });
            address.push_str(key);
            address.push('=');
            for byte in value.bytes() {
                if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                    address.push(byte.into());
                } else {
                    address.push('%');
                    address.push_str(&format!("{byte:02X}"));
                }
            }
        }
        Self(address)
    }

    /// Returns the address of a page from the top of its server, which a preview owns.
    pub fn on_server(path: &str) -> Self {
        let mut address = String::from("/");
        push_url(&mut address, path);
        Self(address)
    }

    /// Returns it as it is written; it needs to be escaped for HTML.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Appends the link that [`Address::to_place`] returns.
fn push_place(address: &mut String, from: &str, to: &str, place: &str) {
    if from != to {
        push_relative(address, from, to);
    } else if place.is_empty() {
        push_url(address, to.rsplit('/').next().unwrap_or(to));
    }
    if !place.is_empty() {
        address.push('#');
        push_url(address, place);
    }
}

/// A detail that people read, and that may lead somewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Contact {
    /// As it was written; empty where there is none.
    pub words: Passage,
    /// Where it leads.
    pub address: Option<Address>,
}

impl std::ops::Deref for Contact {
    type Target = str;

    fn deref(&self) -> &str {
        &self.words
    }
}

/// Why something cannot be an address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Its scheme is not one of those that are allowed.
    #[error("the scheme `{0}:` is not allowed in a link")]
    Scheme(String),
    /// Its scheme is not one of those that lead to pages of the web, and nothing else can stand there.
    #[error("the scheme `{0}:` is not allowed in a link to a page of the web")]
    NoPage(String),
    /// It has none.
    #[error("it does not begin with `https://`")]
    NoScheme,
    /// A browser would read it otherwise than it looks.
    #[error("it holds a character that cannot be seen (U+{:04X})", u32::from(*.0))]
    Unseen(char),
    /// No browser can follow it.
    #[error("it is no whole address")]
    Damaged,
    /// A query or a fragment where paths are put behind it.
    #[error("pages' names are put behind it, so it can hold neither `?` nor `#`")]
    Behind,
    /// A name or a password.
    #[error("it holds a name or a password, which every reader would see")]
    Credentials,
    /// It is not one mailbox.
    #[error("it is not the address of one mailbox")]
    Mailbox,
    /// It is neither a mailbox nor a page.
    #[error("it is neither the address of one mailbox nor that of a page")]
    NeitherMailboxNorWeb,
}

impl Fault {
    /// Returns the one address that can have been meant: `https:` or a slash behind it is missing.
    pub fn mend(&self, written: &str) -> Option<Address> {
        match self {
            Self::NoScheme | Self::Damaged => whole(written.trim()),
            _ => None,
        }
    }

    /// Returns what to write instead of an address that is no good.
    pub fn help(&self, written: &str) -> String {
        let written = written.trim();
        match self {
            Self::Mailbox => {
                "write an address such as `help@example.org`, and everything else in `note`".into()
            }
            Self::NeitherMailboxNorWeb => {
                "write a mailbox such as `help@example.org`, or the whole address of a form, such as `https://www.example.org/feedback`".into()
            }
            Self::Behind | Self::Credentials => {
                "write the address of the site's top, such as `https://training.example.org/`"
                    .into()
            }
            Self::NoScheme | Self::Damaged => match self.mend(written) {
                Some(whole) => format!("write `{whole}`"),
                None => "write the whole address, such as `https://www.example.org/`".into(),
            },
            Self::Scheme(_) => {
                "write an address that begins with `https://`, `http://`, `mailto:` or `tel:`"
                    .into()
            }
            Self::NoPage(_) => "write an address that begins with `https://` or `http://`".into(),
            Self::Unseen(_) => "type the address anew: delete whatever cannot be seen".into(),
        }
    }
}

/// Returns whether a target is written to lead out of the curriculum, with a scheme or as `//host`.
pub fn leads_elsewhere(target: &str) -> bool {
    target.starts_with("//") || scheme(target).is_some()
}

/// Returns the scheme of an address in lower case, read as browsers do: without white space and control characters.
pub fn scheme(address: &str) -> Option<String> {
    memchr::memchr(b':', address.as_bytes())?;
    let mut name = String::new();
    for c in address.chars() {
        match c {
            ':' => return (!name.is_empty()).then_some(name),
            c if c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.') => {
                name.push(c.to_ascii_lowercase());
            }
            c if c.is_whitespace() || c.is_control() => {}
            _ => return None,
        }
    }
    None
}

/// Returns whether a text begins with a scheme that addresses are written with, good or bad.
fn names_known(text: &str) -> bool {
    const BAD: [&str; 6] = ["javascript", "vbscript", "data", "file", "blob", "ftp"];
    scheme(text).is_some_and(|scheme| SCHEMES.iter().chain(&BAD).any(|known| *known == scheme))
}

fn check(written: &str, schemes: &[&str]) -> Result<Url, Fault> {
    let scheme = match scheme(written) {
        // `localhost:8080` and `example.org:443` name a host and a port.
        Some(name) if !name.contains('.') => name,
        _ => return Err(Fault::NoScheme),
    };
    if !schemes.contains(&scheme.as_str()) {
        let is_any = schemes.len() == SCHEMES.len();
        return Err(if is_any {
            Fault::Scheme(scheme)
        } else {
            Fault::NoPage(scheme)
        });
    }
    let is_space = |c: char| c != ' ' && c.is_whitespace();
    if let Some(unseen) = written.chars().find(|c| is_space(*c) || is_unseen(*c)) {
        return Err(Fault::Unseen(unseen));
    }
    let behind = written.get(scheme.len() + 1..).ok_or(Fault::Damaged)?;
    let is_whole = if WEB.contains(&scheme.as_str()) {
        let host = behind.strip_prefix("//").unwrap_or("");
        host.starts_with(|c| !matches!(c, '/' | '\\'))
    } else {
        !behind.trim().is_empty()
    };
    Url::parse(written)
        .ok()
        .filter(|url| is_whole && url.scheme() == scheme)
        .ok_or(Fault::Damaged)
}

/// Returns the address that was meant where `https:` or a slash behind it was left out.
fn whole(written: &str) -> Option<Address> {
    let with_scheme = |scheme| Some((scheme, written.strip_prefix(scheme)?.strip_prefix(':')?));
    let found = WEB.into_iter().find_map(with_scheme);
    let (scheme, behind) = found.unwrap_or(("https", written));
    from_host(scheme, behind.trim_start_matches('/'))
}

/// Returns the address of a page that is written from its host on; nothing where that cannot be one.
fn from_host(scheme: &str, written: &str) -> Option<Address> {
    let host = written.split(['/', '?', '#']).next()?;
    let name = host.split(':').next()?;
    let (inner, last) = name.rsplit_once('.')?;
    let is_part =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-');
    // Dates and numbers have dots too.
    let is_host =
        inner.split('.').all(is_part) && is_part(last) && !last.contains(char::is_numeric);
    if !is_host || written.contains(char::is_whitespace) {
        return None;
    }
    Address::elsewhere(&format!("{scheme}://{written}")).ok()
}

#[cfg(test)]
mod tests;
