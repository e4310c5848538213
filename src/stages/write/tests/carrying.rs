//! What other people put into the output folder is never lost.

use super::super::WriteError;
use super::*;

#[test]
fn foreign_files_are_carried_over_wherever_they_are() {
    let scene = Scene::with_site(&[
        ("index.html", "old"),
        ("m/index.html", "old"),
        ("gone/index.html", "old"),
    ]);
    let foreign = [
        (".git/HEAD", "ref"),
        (".git/objects/1", "object"),
        ("CNAME", "example.org"),
        ("gone/notes.txt", "notes"),
        ("m/.htaccess", "deny"),
        ("videos/2026/one.mp4", "video"),
    ];
    for (path, text) in foreign {
        scene.file(&format!("public/{path}"), text);
    }
    for round in ["new", "newer"] {
        let site = [("index.html", round), ("m/index.html", round)];
        let written = scene.build(&site).unwrap();
        // In the second round nothing in `gone` is ours any more.
        let gone = if round == "new" {
            "gone/notes.txt"
        } else {
            "gone"
        };
        assert_eq!(
            written.kept,
            [".git", "CNAME", gone, "m/.htaccess", "videos"],
            "{round}"
        );
        assert!(written.left_behind.is_none(), "{round}");
        assert_eq!(
            scene.pages(),
            pages(&[&site[..], &foreign].concat()),
            "{round}"
        );
        assert_eq!(scene.leftovers(), [""; 0], "{round}");
    }
}

#[cfg(unix)]
#[test]
fn links_and_names_that_are_not_text_are_carried_over() {
    use std::os::unix::ffi::OsStrExt;
    let scene = Scene::with_site(&[("index.html", "old")]);
    std::os::unix::fs::symlink("/nowhere", scene.site().join("link")).unwrap();
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9");
    fs::write(scene.site().as_std_path().join(name), "coffee").unwrap();
    let written = scene.build(&[("index.html", "new")]).unwrap();
    assert_eq!(written.kept, ["caf\u{fffd}", "link"]);
    assert_eq!(scene.pages()["link"], "-> /nowhere");
    assert_eq!(
        fs::read(scene.site().as_std_path().join(name)).unwrap(),
        b"coffee"
    );
    assert_eq!(scene.leftovers(), [""; 0]);
}

#[test]
fn a_foreign_file_in_the_way_stops_the_build() {
    for (theirs, ours) in [
        ("CNAME", "CNAME"),
        ("topics", "topics/empathy.html"),
        ("m/notes", "m/notes"),
        ("topics/x.txt", "topics"),
        ("m/x.txt", "m"),
        (".well-known/security.txt", ".well-known/security.txt"),
    ] {
        let scene = Scene::with_site(&[("m/index.html", "old")]);
        scene.file(&format!("public/{theirs}"), "theirs");
        let before = listing(&scene.root);
        let error = scene
            .build(&[("index.html", "new"), (ours, "ours")])
            .unwrap_err();
        let expected = scene
            .site()
            .join(if ours == "topics" { ours } else { theirs });
        assert!(
            matches!(&error, WriteError::InTheWay { path } if *path == expected),
            "{theirs}: {error}"
        );
        assert_eq!(listing(&scene.root), before, "{theirs}");
    }
}

#[test]
fn a_foreign_folder_shares_its_name_with_a_new_one() {
    let scene = Scene::with_site(&[("index.html", "old")]);
    scene.file("public/topics/theirs.txt", "theirs");
    scene.file("public/topics/deep/theirs.txt", "theirs");
    let written = scene
        .build(&[("index.html", "new"), ("topics/ours.html", "ours")])
        .unwrap();
    assert_eq!(written.kept, ["topics/deep", "topics/theirs.txt"]);
    assert_eq!(
        scene.pages(),
        pages(&[
            ("index.html", "new"),
            ("topics/ours.html", "ours"),
            ("topics/deep/theirs.txt", "theirs"),
            ("topics/theirs.txt", "theirs")
        ])
    );
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_one_of_our_folders_is_never_followed() {
    let scene = Scene::with_site(&[("m/index.html", "old"), ("index.html", "old")]);
    scene.file("elsewhere/index.html", "old");
    fs::remove_dir_all(scene.site().join("m")).unwrap();
    std::os::unix::fs::symlink(scene.root.join("elsewhere"), scene.site().join("m")).unwrap();
    let error = scene
        .build(&[("m/index.html", "old"), ("index.html", "new")])
        .unwrap_err();
    assert!(
        matches!(&error, WriteError::InTheWay { path } if *path == scene.site().join("m")),
        "{error}"
    );
    // Where the folder is no longer needed, the link is kept as it is.
    assert_eq!(scene.build(&[("index.html", "new")]).unwrap().kept, ["m"]);
    assert_eq!(
        listing(&scene.root.join("elsewhere")),
        pages(&[("index.html", "old")])
    );
    assert_eq!(scene.leftovers(), [""; 0]);
}
