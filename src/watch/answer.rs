//! Finds what stands at an address, and puts it into a response.

use std::borrow::Cow;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, Response, StatusCode, header};
use blake3::Hash;
use camino::Utf8PathBuf;

use super::address::Address;
use super::preview::{Preview, Shown, empty_page};
use super::review;
use crate::model::output::Content;

/// The folder of the preview's own files.
pub const OWN: &str = "_throughline/";

/// The policy that the README names for the finished site: what a host will block, the author sees blocked.
const POLICY: &str =
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// What an open page runs: reloads it, and shows what is wrong.
const SCRIPT: (&str, &[u8]) = (
    "_throughline/preview.js",
    include_bytes!("static/preview.js"),
);
const OVERLAY_STYLE: (&str, &[u8]) = (
    "_throughline/overlay.css",
    include_bytes!("static/overlay.css"),
);
const ICON: (&str, &[u8]) = (
    "_throughline/icon.svg",
    include_bytes!("../../themes/default/static/icon.svg"),
);
const REVIEW_STYLE: (&str, &[u8]) = (
    "_throughline/review.css",
    include_bytes!("static/review.css"),
);

/// What stands at an address.
#[derive(Debug)]
pub enum View {
    /// A page, which follows the sources.
    Page {
        /// As a build would write it.
        html: Bytes,
        /// The same version, the same page.
        version: String,
        /// `OK`, or why the page is not what was asked for.
        status: StatusCode,
        /// What its template said where it failed.
        fault: Option<String>,
    },
    /// A file.
    File {
        /// Its path, for its kind.
        path: String,
        /// What it holds.
        bytes: Bytes,
    },
    /// A file that is on disk.
    OnDisk(Utf8PathBuf),
    /// A folder that was asked for without its final slash.
    Elsewhere(String),
    /// Nothing, and no site to say so.
    Nothing,
}

/// Finds what stands at an address.
pub fn view(preview: &Preview, shown: &Shown, address: &Address) -> View {
    let (Address::File(url) | Address::Folder(url)) = address;
    if url.starts_with(OWN) {
        return own(preview, shown, url);
    }
    if let Some(page) = preview.page(shown, url) {
        let status = if page.fault.is_some() {
            StatusCode::INTERNAL_SERVER_ERROR
        } else {
            StatusCode::OK
        };
        return View::Page {
            version: version(shown, page.digest),
            html: page.html,
            status,
            fault: page.fault,
        };
    }
    let Some(site) = &shown.site else {
        return View::Page {
            html: empty_page(),
            version: "empty".into(),
            status: StatusCode::SERVICE_UNAVAILABLE,
            fault: None,
        };
    };
    match site.file(url) {
        Some(content) => file(preview, url, content),
        None if matches!(address, Address::File(_)) && site.has(&format!("{url}/index.html")) => {
            let mut to = String::from("/");
            crate::model::path::push_url(&mut to, url);
            View::Elsewhere(to + "/")
        }
        None => {
            let planned = site.not_found();
            View::Page {
                html: site
                    .render(&planned)
                    .map_or_else(|_| empty_page(), Into::into),
                version: version(shown, planned.digest),
                status: StatusCode::NOT_FOUND,
                fault: None,
            }
        }
    }
}

/// Returns the version of a page: of what it is, and of the files that it loads.
fn version(shown: &Shown, page: Hash) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(page.as_bytes());
    if let Some(site) = &shown.site {
        hasher.update(site.files().as_bytes());
    }
    short(hasher.finalize())
}

fn short(hash: Hash) -> String {
    hash.to_hex()[..32].to_owned()
}

/// Finds one of the preview's own files.
fn own(preview: &Preview, shown: &Shown, url: &str) -> View {
    let page = |html: Bytes| View::Page {
        version: short(blake3::hash(&html)),
        html,
        status: StatusCode::OK,
        fault: None,
    };
    if url == "_throughline/index.html" {
        return page(review::page(shown, &preview.root).into());
    }
    for (path, bytes) in [SCRIPT, OVERLAY_STYLE, REVIEW_STYLE, ICON] {
        if path == url {
            return View::File {
                path: path.into(),
                bytes: Bytes::from_static(bytes),
            };
        }
    }
    let report = url.strip_prefix("_throughline/reports/").and_then(|path| {
        let reports = shown.site.as_ref()?.reports();
        reports.iter().find(|report| *report.path == *path)
    });
    match report {
        Some(report) => match file(preview, url, report.content.clone()) {
            View::File { path, bytes } if path.ends_with(".html") => page(bytes),
            other => other,
        },
        None => View::Nothing,
    }
}

fn file(preview: &Preview, url: &str, content: Content) -> View {
    match content {
        Content::Bytes(bytes) => View::File {
            path: url.to_owned(),
            bytes: match bytes {
                Cow::Borrowed(bytes) => Bytes::from_static(bytes),
                Cow::Owned(bytes) => bytes.into(),
            },
        },
        Content::Copy(path) => on_disk(preview, &path).map_or(View::Nothing, View::OnDisk),
    }
}

/// Returns where a file of the curriculum is, unless a link has been put in its way that leads out.
fn on_disk(preview: &Preview, path: &str) -> Option<Utf8PathBuf> {
    let found = preview.root.join(path).canonicalize_utf8().ok()?;
    let is_inside = found.starts_with(&preview.root);
    (is_inside && found.metadata().is_ok_and(|found| found.is_file())).then_some(found)
}

/// Adds the preview's script to a page: an external one, so that the strictest policy allows it.
pub fn with_script(html: &[u8], version: &str) -> Bytes {
    let tag = format!(
        "<script src=\"/{}\" data-version=\"{version}\" defer></script>",
        SCRIPT.0
    );
    let end = memchr::memmem::find(html, b"</head>");
    let at = end.unwrap_or(html.len());
    let mut out = Vec::with_capacity(html.len() + tag.len());
    out.extend_from_slice(&html[..at]);
    out.extend_from_slice(tag.as_bytes());
    out.extend_from_slice(&html[at..]);
    out.into()
}

/// Makes a response of a view; a file on disk has one of its own.
pub fn response(view: View) -> Response<Body> {
    let respond = |status, kind: &'static str, bytes: Bytes| {
        let mut response = Response::new(Body::from(bytes));
        *response.status_mut() = status;
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        response
    };
    match view {
        View::Page {
            html,
            version,
            status,
            ..
        } => respond(status, HTML, with_script(&html, &version)),
        View::File { path, bytes } => respond(StatusCode::OK, kind_of(&path), bytes),
        View::Elsewhere(to) => {
            let mut response = respond(StatusCode::FOUND, TEXT, Bytes::new());
            if let Ok(to) = HeaderValue::from_str(&to) {
                response.headers_mut().insert(header::LOCATION, to);
            }
            response
        }
        View::OnDisk(_) | View::Nothing => respond(
            StatusCode::NOT_FOUND,
            TEXT,
            Bytes::from_static(b"there is nothing here\n"),
        ),
    }
}

/// Makes a response of a line of text.
pub fn plain(status: StatusCode, line: &str) -> Response<Body> {
    let mut response = Response::new(Body::from(format!("{line}\n")));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(TEXT));
    response
}

/// Adds what every response says, whatever it holds.
pub fn secure(response: &mut Response<Body>, host: Option<&str>) {
    let socket = host.map_or_else(String::new, |host| format!(" ws://{host}"));
    // The page's own socket is all that a preview has beside the site.
    let policy = format!("{POLICY}; connect-src 'self'{socket}");
    let headers = response.headers_mut();
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    for name in ["cross-origin-resource-policy", "cross-origin-opener-policy"] {
        headers.insert(name, HeaderValue::from_static("same-origin"));
    }
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
}

const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// Returns the kind of a file that the program makes or a theme brings.
fn kind_of(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name
        .rsplit_once('.')
        .map_or("", |(_, extension)| extension)
        .to_ascii_lowercase();
    match extension.as_str() {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "csv" => "text/csv; charset=utf-8",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "webmanifest" => "application/manifest+json",
        "txt" | "md" => TEXT,
        _ => "application/octet-stream",
    }
}

/// Returns the version that a page should show, and what its template said where it failed.
pub fn version_of(
    preview: &Preview,
    shown: &Arc<Shown>,
    address: &Address,
) -> (String, Option<String>) {
    match view(preview, shown, address) {
        View::Page { version, fault, .. } => (version, fault),
        View::File { bytes, .. } => (short(blake3::hash(&bytes)), None),
        View::OnDisk(_) | View::Elsewhere(_) | View::Nothing => ("none".into(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_is_the_one_that_the_readme_names() {
        let readme = include_str!("../../README.md");
        assert!(readme.contains(&format!("`Content-Security-Policy: {POLICY}`")));
    }

    #[test]
    fn the_script_stands_in_the_head_or_at_the_end() {
        for (html, expected) in [
            ("<head></head><body>", "<head>[]</head><body>"),
            ("<p>x", "<p>x[]"),
            ("", "[]"),
        ] {
            let tag = "<script src=\"/_throughline/preview.js\" data-version=\"v\" defer></script>";
            let expected = expected.replace("[]", tag);
            assert_eq!(
                with_script(html.as_bytes(), "v"),
                expected.as_bytes(),
                "{html}"
            );
        }
    }
}
