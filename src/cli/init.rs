//! `throughline init`: a small curriculum that builds and passes every check.

use camino::Utf8Path;

use super::arguments::Init;
use super::terminal::Terminal;
use super::{Outcome, Stop};

/// The files of the small curriculum, by path.
const FILES: [(&str, &str); 8] = [
    ("config.toml", include_str!("start/config.toml")),
    ("modules/index.md", include_str!("start/modules/index.md")),
    (
        "modules/topics.toml",
        include_str!("start/modules/topics.toml"),
    ),
    (
        "modules/signposts.toml",
        include_str!("start/modules/signposts.toml"),
    ),
    (
        "modules/01-first-steps/index.md",
        include_str!("start/modules/01-first-steps/index.md"),
    ),
    (
        "modules/01-first-steps/01-listening.md",
        include_str!("start/modules/01-first-steps/01-listening.md"),
    ),
    (
        "modules/01-first-steps/02-practice.md",
        include_str!("start/modules/01-first-steps/02-practice.md"),
    ),
    (".gitignore", include_str!("start/gitignore")),
];

/// Writes the small curriculum into a folder.
///
/// # Errors
///
/// When one of its files exists already, or cannot be written.
pub fn init(options: &Init, terminal: &Terminal) -> Result<Outcome, Stop> {
    let folder = &options.folder;
    for (path, _) in FILES {
        let path = folder.join(path);
        if path.exists() && !path.ends_with(".gitignore") {
            return Err(Stop(format!(
                "`{path}` exists already, and `init` overwrites nothing"
            )));
        }
    }
    for (path, text) in FILES {
        write_new(&folder.join(path), text)?;
    }
    let place = if folder == "." {
        String::new()
    } else {
        format!(" --root {folder}")
    };
    terminal.say(&format!(
        "a curriculum stands in `{folder}`\n  build it:    throughline{place} build\n  then open:   {}",
        folder.join("public/index.html")
    ));
    Ok(Outcome::Clean)
}

/// Writes a file that does not exist yet; one that does is left alone.
pub fn write_new(path: &Utf8Path, text: &str) -> Result<(), Stop> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .map_err(|error| Stop(format!("cannot make `{folder}`: {error}")))?;
    }
    match std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
    {
        Ok(mut file) => std::io::Write::write_all(&mut file, text.as_bytes())
            .map_err(|error| Stop(format!("cannot write `{path}`: {error}"))),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(Stop(format!("cannot write `{path}`: {error}"))),
    }
}
