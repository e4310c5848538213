//! Joins the parts of a theme's stylesheets and scripts.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// Joins the parts of stylesheets and scripts: a folder `site.css/` is one file `site.css`, its parts in the order of their names.
///
/// A theme that has the file itself replaces the whole.
pub(super) fn join_parts(files: &mut BTreeMap<String, Cow<'static, [u8]>>) {
    let mut parts: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    files.retain(|path, bytes| {
        let whole = whole(path);
        if whole == path {
            return true;
        }
        push_part(parts.entry(whole.to_owned()).or_default(), bytes);
        false
    });
    for (path, bytes) in parts {
        files.entry(path).or_insert(Cow::Owned(bytes));
    }
}

/// Returns the file that a path below `static/` is a part of: itself, unless its folder is called like a stylesheet or script.
pub(super) fn whole(path: &str) -> &str {
    match path.rsplit_once('/') {
        Some((folder, _)) if folder.ends_with(".css") || folder.ends_with(".js") => folder,
        _ => path,
    }
}

/// Adds a part to its file, without what every reader would load for nothing: indentation, and comments on lines of their own.
fn push_part(whole: &mut Vec<u8>, part: &[u8]) {
    let mut in_comment = false;
    for line in part.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii) {
        let begins = line.starts_with(b"/*");
        let ends = line.ends_with(b"*/");
        if in_comment || line.is_empty() || line.starts_with(b"//") || begins {
            in_comment = (in_comment || begins) && !ends;
            continue;
        }
        whole.extend_from_slice(line);
        whole.push(b'\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_one_file_in_the_order_of_their_names_unless_the_file_is_there() {
        let file =
            |path: &str, text: &'static str| (path.to_owned(), Cow::Borrowed(text.as_bytes()));
        let mut files = BTreeMap::from([
            file(
                "site.css/20-ground.css",
                "/* Two\n   lines */\n  b { c: d } /* e */\n",
            ),
            file("site.css/10-tokens.css", "/* one */\na\n"),
            file("site.js/10.js", "old"),
            file("site.js", "whole"),
            file("vendor/x.js", "x"),
        ]);
        join_parts(&mut files);
        let expected = [
            file("site.css", "a\nb { c: d } /* e */\n"),
            file("site.js", "whole"),
            file("vendor/x.js", "x"),
        ];
        assert_eq!(files, BTreeMap::from(expected));
    }
}
