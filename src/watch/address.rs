//! Turns the path of a request into the path of a file of the site.

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A file, by its path from the site's top.
    File(String),
    /// A folder's `index.html`, by its path from the site's top.
    Folder(String),
}

/// Reads the path of a request; `None` where it is not one that a browser would send for any file of a site.
///
/// Nothing is resolved or tidied: a path with `.`, `..`, an empty part, a backslash, a control character or an encoded slash is refused.
pub fn read(path: &str) -> Option<Address> {
    let path = decode(path.strip_prefix('/')?)?;
    let (path, is_folder) = match path.strip_suffix('/') {
        Some(folder) => (folder, true),
        None => (path.as_str(), path.is_empty()),
    };
    if is_folder && path.is_empty() {
        return Some(Address::Folder("index.html".into()));
    }
    let is_safe = |part: &str| {
        !matches!(part, "" | "." | "..")
            && !part
                .chars()
                .any(|c| c.is_control() || c == '\\' || c == ':')
    };
    if !path.split('/').all(is_safe) {
        return None;
    }
    Some(if is_folder {
        Address::Folder(format!("{path}/index.html"))
    } else {
        Address::File(path.to_owned())
    })
}

/// Decodes percent signs once; refuses those that are not followed by two digits, and those that hide a slash.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digits = (
            char::from(rest.next()?).to_digit(16)?,
            char::from(rest.next()?).to_digit(16)?,
        );
        let byte = u8::try_from(digits.0 * 16 + digits.1).ok()?;
        if byte == b'/' {
            return None;
        }
        bytes.push(byte);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_files_or_folders() {
        for (path, expected) in [
            ("/", Address::Folder("index.html".into())),
            ("/a/b.html", Address::File("a/b.html".into())),
            ("/a/", Address::Folder("a/index.html".into())),
            ("/a/t%C5%B7%20x.html", Address::File("a/tŷ x.html".into())),
            ("/a%2eb", Address::File("a.b".into())),
        ] {
            assert_eq!(read(path), Some(expected), "{path}");
        }
    }

    #[test]
    fn seventeen_spellings_of_traversal_are_refused() {
        for path in [
            "/../config.toml",
            "/a/../../config.toml",
            "/./config.toml",
            "//etc/passwd",
            "/a//b",
            "/%2e%2e/config.toml",
            "/%2E%2E/config.toml",
            "/.%2e/config.toml",
            "/..%2fconfig.toml",
            "/..%2Fconfig.toml",
            "/..%5cconfig.toml",
            "/..\\config.toml",
            "/%00",
            "/a%00.html",
            "/C:/Windows/win.ini",
            "/%c0%ae%c0%ae/config.toml",
            "/%",
            "/%zz",
            "/a/..",
            "no-slash",
            "/%0d%0aX: y",
        ] {
            assert_eq!(read(path), None, "{path}");
        }
        // Decoded once and not twice: this asks for a file of that odd name, which no site has.
        assert_eq!(
            read("/%252e%252e/x"),
            Some(Address::File("%2e%2e/x".into()))
        );
    }
}
