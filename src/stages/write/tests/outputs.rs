//! What is written, what is not written again, and what failure leaves.

use std::time::{Duration, SystemTime};

use super::super::{Staging, WriteError, pages as pages_of, write};
use super::*;
use crate::model::review::Meaning;

#[test]
fn stale_pages_and_their_folders_go() {
    let scene = Scene::with_site(&[
        ("index.html", "1"),
        ("old/unit/page.html", "2"),
        ("old/index.html", "3"),
    ]);
    let written = scene
        .build(&[("index.html", "1"), ("new/index.html", "4")])
        .unwrap();
    assert_eq!(written.removed, ["old/index.html", "old/unit/page.html"]);
    assert_eq!((written.written, written.unchanged), (1, 1));
    assert_eq!(
        listing(&scene.site()).into_keys().collect::<Vec<_>>(),
        [
            ".throughline-manifest",
            "index.html",
            "new/",
            "new/index.html"
        ]
    );
    assert_eq!(scene.leftovers(), [""; 0]);
}

#[test]
fn an_empty_folder_becomes_the_site() {
    let scene = Scene::new();
    fs::create_dir(scene.site()).unwrap();
    scene.build(&[]).unwrap();
    assert_eq!(
        listing(&scene.site()).into_keys().collect::<Vec<_>>(),
        [".throughline-manifest"]
    );
    scene.build(&[("index.html", "1")]).unwrap();
    assert_eq!(scene.pages(), pages(&[("index.html", "1")]));
}

#[test]
fn folders_above_the_output_are_made() {
    let scene = Scene::new();
    let destination = Destination {
        folder: "build/2026/site".into(),
        ..scene.destination()
    };
    write(&destination, &texts(&[("index.html", "1")])).unwrap();
    assert_eq!(
        listing(&scene.root.join("build/2026/site"))["index.html"],
        "1"
    );
}

#[test]
fn the_same_outputs_give_the_same_bytes_in_any_order() {
    let files = [
        ("b/x.html", "1"),
        ("a.html", "2"),
        ("b-c.html", "3"),
        ("b/tŷ.html", "4"),
    ];
    let first = Scene::with_site(&files);
    let mut turned = files;
    turned.reverse();
    let second = Scene::with_site(&[("gone.html", "0"), ("a.html", "2")]);
    second.build(&turned).unwrap();
    assert_eq!(listing(&first.site()), listing(&second.site()));
    let manifest = &listing(&first.site())[".throughline-manifest"];
    let listed: Vec<&str> = manifest.lines().skip(1).map(|line| &line[33..]).collect();
    assert_eq!(
        listed,
        ["1 a.html", "1 b-c.html", "1 b/tŷ.html", "1 b/x.html"]
    );
}

#[test]
fn pages_are_noted_and_known_again() {
    let scene = Scene::with_site(&[("index.html", "1")]);
    let manifest = scene.site().join(".throughline-manifest");
    let text = fs::read_to_string(&manifest).unwrap();
    // As a build wrote it that noted no pages.
    fs::write(&manifest, text.replace("manifest 3", "manifest 2")).unwrap();
    assert_eq!(pages_of(&scene.site()), []);
    let build = |pages: &[(&str, &str)]| {
        let mut staging = Staging::begin(&scene.destination()).unwrap();
        let pages = pages.iter();
        let pages = pages.map(|(path, words)| ((*path).into(), Meaning::of(words)));
        staging.made_from_pages(pages.collect());
        for output in texts(&[("index.html", "1")]) {
            staging.put(&output).unwrap();
        }
        staging.finish().unwrap();
        pages_of(&scene.site())
    };
    let page = |path: &str, words: &str| (path.into(), Meaning::of(words));
    let first = build(&[("b c.md", "two"), ("a.md", "one"), ("a\nb.md", "three")]);
    assert_eq!(first, [page("a.md", "one"), page("b c.md", "two")]);
    // No file of the site is different.
    assert_eq!(build(&[("x.md", "one")]), [page("x.md", "one")]);
}

#[cfg(unix)]
#[test]
fn unchanged_files_get_second_names_and_changed_ones_are_new() {
    let scene = Scene::with_site(&[
        ("same.html", "same"),
        ("m/same.html", "deep"),
        ("changed.html", "old"),
    ]);
    let inodes = |scene: &Scene| {
        ["same.html", "m/same.html", "changed.html"].map(|path| inode(&scene.site().join(path)))
    };
    let before = inodes(&scene);
    let written = scene
        .build(&[
            ("same.html", "same"),
            ("m/same.html", "deep"),
            ("changed.html", "new"),
        ])
        .unwrap();
    let after = inodes(&scene);
    assert_eq!((written.written, written.unchanged), (1, 2));
    assert_eq!(before[..2], after[..2]);
    assert_ne!(before[2], after[2]);
}

#[cfg(unix)]
#[test]
fn an_unchanged_site_is_not_touched() {
    let files = [("index.html", "1"), ("a/b.html", "2")];
    let scene = Scene::with_site(&files);
    scene.file("public/CNAME", "example.org");
    let before = inode(&scene.site());
    let written = scene.build(&files).unwrap();
    assert_eq!((written.written, written.unchanged), (0, 2));
    assert_eq!(written.kept, ["CNAME"]);
    assert_eq!(inode(&scene.site()), before);
    assert_eq!(scene.leftovers(), [""; 0]);
}

#[test]
fn a_site_that_only_loses_a_page_is_replaced() {
    let scene = Scene::with_site(&[("index.html", "1"), ("gone.html", "2")]);
    let written = scene.build(&[("index.html", "1")]).unwrap();
    assert_eq!(written.removed, ["gone.html"]);
    assert_eq!(scene.pages(), pages(&[("index.html", "1")]));
}

#[test]
fn files_that_were_changed_by_hand_are_written_again() {
    // A longer file is told by its size alone, one that is as long by its time.
    for (change, is_later) in [("edited by hand", false), ("lde", true)] {
        let scene = Scene::with_site(&[("index.html", "old"), ("other.html", "1")]);
        let path = scene.site().join("index.html");
        fs::write(&path, change).unwrap();
        let (now, second) = (SystemTime::now(), Duration::from_secs(1));
        let time = if is_later {
            now + second
        } else {
            now - 60 * second
        };
        fs::File::options()
            .write(true)
            .open(&path)
            .unwrap()
            .set_modified(time)
            .unwrap();
        let written = scene
            .build(&[("index.html", "old"), ("other.html", "1")])
            .unwrap();
        assert_eq!(written.written, 1, "{change}");
        assert_eq!(scene.pages()["index.html"], "old", "{change}");
    }
}

#[test]
fn files_that_were_deleted_or_replaced_by_hand_are_written_again() {
    let files = [("a/index.html", "1"), ("b.html", "2")];
    let scene = Scene::with_site(&files);
    fs::remove_dir_all(scene.site().join("a")).unwrap();
    assert_eq!(scene.build(&files).unwrap().written, 1);
    assert_eq!(scene.pages(), pages(&files));
}

#[test]
fn assets_are_copied_whole_and_stay_the_authors_own() {
    for size in [0, 1, 128 * 1024, 300_001] {
        let scene = Scene::new();
        let content: String = "0123456789".chars().cycle().take(size).collect();
        scene.file("modules/01/image.png", &content);
        let outputs = [asset("01/image.png", "modules/01/image.png")];
        write(&scene.destination(), &outputs).unwrap();
        assert_eq!(scene.pages()["01/image.png"], content, "{size}");
        #[cfg(unix)]
        assert_ne!(
            inode(&scene.root.join("modules/01/image.png")),
            inode(&scene.site().join("01/image.png")),
            "{size}"
        );
        assert_eq!(
            write(&scene.destination(), &outputs).unwrap().unchanged,
            1,
            "{size}"
        );
        if size > 0 {
            let changed = content.replacen('0', "X", 1);
            scene.file("modules/01/image.png", &changed);
            assert_eq!(scene.pages()["01/image.png"], content, "{size}");
            assert_eq!(
                write(&scene.destination(), &outputs).unwrap().written,
                1,
                "{size}"
            );
            assert_eq!(scene.pages()["01/image.png"], changed, "{size}");
        }
    }
}

#[test]
fn a_file_that_cannot_be_copied_leaves_the_former_site() {
    let scene = Scene::with_site(&[("index.html", "old"), ("page.html", "old")]);
    fs::create_dir(scene.root.join("modules/folder")).unwrap();
    #[cfg(unix)]
    {
        let pipe = scene.root.join("modules/pipe");
        assert!(
            std::process::Command::new("mkfifo")
                .arg(pipe)
                .status()
                .unwrap()
                .success()
        );
    }
    let before = listing(&scene.root.join("public"));
    for source in ["modules/missing.png", "modules/folder", "modules/pipe"] {
        if cfg!(not(unix)) && source.ends_with("pipe") {
            continue;
        }
        let error = write(
            &scene.destination(),
            &[bytes("index.html", "new"), asset("a/image.png", source)],
        )
        .unwrap_err();
        assert!(
            error.to_string().contains(scene.root.join(source).as_str()),
            "{error}"
        );
        assert_eq!(listing(&scene.site()), before, "{source}");
        assert_eq!(scene.leftovers(), [""; 0], "{source}");
    }
}

#[test]
fn one_path_is_one_file() {
    let scene = Scene::with_site(&[("same.html", "same")]);
    for files in [
        &[("new.html", "1"), ("new.html", "2")][..],
        &[("same.html", "same"), ("same.html", "same")],
        &[("same.html", "same"), ("same.html", "other")],
        &[("x", "1"), ("x/y", "2")],
        &[("same.html", "same"), ("same.html/y", "2")],
    ] {
        let error = scene.build(files).unwrap_err();
        assert!(
            matches!(error, WriteError::Twice { .. } | WriteError::Io { .. }),
            "{files:?}: {error}"
        );
        assert_eq!(scene.pages(), pages(&[("same.html", "same")]), "{files:?}");
        assert_eq!(scene.leftovers(), [""; 0], "{files:?}");
    }
}

#[test]
fn a_build_that_is_given_up_leaves_no_trace() {
    let scene = Scene::with_site(&[("index.html", "old")]);
    let before = listing(&scene.root);
    let staging = Staging::begin(&scene.destination()).unwrap();
    staging.put(&bytes("m/index.html", "new")).unwrap();
    drop(staging);
    assert_eq!(listing(&scene.root), before);
}

#[cfg(unix)]
#[test]
fn the_site_stays_as_open_to_others_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let scene = Scene::with_site(&[("index.html", "old")]);
    fs::set_permissions(scene.site(), fs::Permissions::from_mode(0o2775)).unwrap();
    scene.build(&[("index.html", "new")]).unwrap();
    assert_eq!(
        fs::metadata(scene.site()).unwrap().permissions().mode() & 0o7777,
        0o2775
    );
}
