//! States in which a killed build can leave the folders, made by hand.

use super::super::folders::Folders;
use super::super::{Refusal, WriteError, swap};
use super::*;

const OLD: &[(&str, &str)] = &[
    ("index.html", "old"),
    ("m/page.html", "old"),
    ("same.html", "same"),
];
const NEW: &[(&str, &str)] = &[
    ("index.html", "new"),
    ("m/page.html", "new"),
    ("same.html", "same"),
];
const NEWER: &[(&str, &str)] = &[("index.html", "newer"), ("same.html", "same")];

/// A finished site at any place.
fn site_at(folder: &Utf8Path, files: &[(&str, &str)]) {
    let made = Scene::with_site(files);
    fs::create_dir_all(folder).unwrap();
    for (path, text) in listing(&made.site()) {
        if path.ends_with('/') {
            fs::create_dir_all(folder.join(path)).unwrap();
        } else {
            fs::write(folder.join(path), text).unwrap();
        }
    }
}

/// The next build makes the site, loses nothing foreign, and leaves nothing behind.
fn assert_recovers(scene: &Scene, foreign: &[(&str, &str)], case: &str) {
    let written = scene
        .build(NEWER)
        .unwrap_or_else(|error| panic!("{case}: {error}"));
    assert!(written.left_behind.is_none(), "{case}: {written:?}");
    assert_eq!(scene.pages(), pages(&[NEWER, foreign].concat()), "{case}");
    assert_eq!(scene.leftovers(), [""; 0], "{case}");
}

#[test]
fn unfinished_staging_folders_are_discarded() {
    let scene = Scene::with_site(OLD);
    scene.file(".throughline-public.new/m/half.html", "ha");
    scene.file(".throughline-public.lock", "");
    assert_recovers(&scene, &[], "killed while writing");
    scene.file(".throughline-public.new/m/whole.html", "whole");
    scene.file(
        ".throughline-public.new/.throughline-manifest.new",
        "throughline-man",
    );
    assert_recovers(&scene, &[], "killed while writing the manifest");
}

#[test]
fn a_build_that_fails_after_recovery_leaves_the_former_site() {
    let scene = Scene::new();
    site_at(&scene.former(), OLD);
    site_at(&scene.staging(), NEW);
    super::super::write(
        &scene.destination(),
        &[asset("x.png", "modules/missing.png")],
    )
    .unwrap_err();
    assert_eq!(scene.pages(), pages(OLD));
    assert_eq!(scene.leftovers(), [""; 0]);
}

#[test]
fn a_finished_staging_folder_without_a_site_becomes_the_site() {
    for empty_folder in [false, true] {
        let scene = Scene::new();
        site_at(&scene.staging(), NEW);
        if empty_folder {
            fs::create_dir(scene.site()).unwrap();
        }
        super::super::write(
            &scene.destination(),
            &[asset("x.png", "modules/missing.png")],
        )
        .unwrap_err();
        assert_eq!(scene.pages(), pages(NEW), "{empty_folder}");
        assert_recovers(&scene, &[], "killed before the first site was in its place");
    }
}

#[test]
fn a_build_killed_before_the_exchange_is_cleared_away() {
    let scene = Scene::new();
    site_at(&scene.site(), OLD);
    scene.file("public/CNAME", "example.org");
    site_at(&scene.staging(), NEW);
    fs::hard_link(scene.site().join("CNAME"), scene.staging().join("CNAME")).unwrap();
    if cfg!(unix) {
        assert_recovers(
            &scene,
            &[("CNAME", "example.org")],
            "killed before the exchange",
        );
    }
}

#[test]
fn a_build_killed_after_the_exchange_is_completed() {
    // Where the former site goes depends on what the system can do.
    for by_rename in [false, true] {
        let scene = Scene::new();
        site_at(&scene.site(), NEW);
        let tree = if by_rename {
            scene.former()
        } else {
            scene.staging()
        };
        site_at(&tree, OLD);
        fs::create_dir_all(tree.join(".git")).unwrap();
        fs::write(tree.join(".git/HEAD"), "ref").unwrap();
        fs::write(tree.join("m/late.txt"), "late").unwrap();
        // Some of it was removed already.
        fs::remove_file(tree.join("index.html")).unwrap();
        assert_recovers(
            &scene,
            &[(".git/HEAD", "ref"), ("m/late.txt", "late")],
            "killed after the exchange",
        );
    }
}

#[test]
fn a_build_killed_between_two_renames_is_taken_back() {
    let scene = Scene::new();
    site_at(&scene.former(), OLD);
    fs::write(scene.former().join("CNAME"), "example.org").unwrap();
    site_at(&scene.staging(), NEW);
    if cfg!(unix) {
        fs::hard_link(scene.former().join("CNAME"), scene.staging().join("CNAME")).unwrap();
    }
    assert_recovers(
        &scene,
        &[("CNAME", "example.org")],
        "killed between two renames",
    );
}

#[test]
fn an_empty_former_folder_is_removed_and_a_full_one_set_aside() {
    let scene = Scene::with_site(OLD);
    fs::create_dir(scene.former()).unwrap();
    assert_recovers(&scene, &[], "killed at the very end");
    scene.file(".throughline-public.old/whose.txt", "whose");
    let written = scene.build(OLD).unwrap();
    assert!(
        matches!(written.left_behind, Some(WriteError::SetAside { .. })),
        "{written:?}"
    );
    assert_eq!(
        listing(&scene.root)[".throughline-public.old.kept-1/whose.txt"],
        "whose"
    );
}

#[test]
fn what_has_no_place_in_the_site_is_set_aside() {
    let scene = Scene::new();
    site_at(&scene.site(), NEW);
    scene.file("public/CNAME", "the newer");
    site_at(&scene.staging(), OLD);
    fs::write(scene.staging().join("CNAME"), "the older").unwrap();
    let written = scene.build(NEWER).unwrap();
    let aside = scene.root.join(".throughline-public.new.kept-1");
    assert!(
        matches!(&written.left_behind, Some(WriteError::SetAside { path }) if *path == aside),
        "{written:?}"
    );
    assert_eq!(listing(&aside)["CNAME"], "the older");
    assert_eq!(scene.pages()["CNAME"], "the newer");
    scene.build(OLD).unwrap();
    assert_eq!(listing(&aside)["CNAME"], "the older");
}

#[test]
fn a_leftover_with_a_hostile_manifest_is_set_aside() {
    let scene = Scene::with_site(OLD);
    let hash = "0".repeat(32);
    scene.file("precious.txt", "precious");
    scene.file(
        ".throughline-public.new/.throughline-manifest",
        &format!("throughline-manifest 2\n{hash} 0 ../precious.txt\n"),
    );
    let written = scene.build(NEW).unwrap();
    assert!(
        matches!(written.left_behind, Some(WriteError::SetAside { .. })),
        "{written:?}"
    );
    assert_eq!(listing(&scene.root)["precious.txt"], "precious");
}

#[cfg(unix)]
#[test]
fn links_in_leftovers_are_never_followed() {
    let scene = Scene::with_site(OLD);
    scene.file("elsewhere/page.html", "precious");
    site_at(&scene.former(), OLD);
    fs::remove_dir_all(scene.former().join("m")).unwrap();
    std::os::unix::fs::symlink(scene.root.join("elsewhere"), scene.former().join("m")).unwrap();
    fs::create_dir(scene.staging()).unwrap();
    std::os::unix::fs::symlink(scene.root.join("elsewhere"), scene.staging().join("m")).unwrap();
    scene.build(NEW).unwrap();
    assert_eq!(
        listing(&scene.root.join("elsewhere")),
        pages(&[("page.html", "precious")])
    );
    assert_eq!(scene.pages(), pages(NEW));
}

#[test]
fn a_file_with_the_name_of_a_staging_folder_is_not_touched() {
    let scene = Scene::with_site(OLD);
    scene.file(".throughline-public.new", "a file");
    let error = scene.build(NEW).unwrap_err();
    assert!(
        matches!(&error, WriteError::InTheWay { path } if *path == scene.staging()),
        "{error}"
    );
    assert_eq!(fs::read_to_string(scene.staging()).unwrap(), "a file");
    assert_eq!(scene.pages(), pages(OLD));
}

#[test]
fn leftovers_are_left_alone_beside_a_folder_that_is_not_ours() {
    let scene = Scene::new();
    site_at(&scene.former(), OLD);
    scene.file("public/mine.txt", "mine");
    let before = listing(&scene.root);
    let error = scene.build(NEW).unwrap_err();
    assert!(
        matches!(
            error,
            WriteError::Refused {
                reason: Refusal::NotOurs(_),
                ..
            }
        ),
        "{error}"
    );
    assert_eq!(listing(&scene.root), before);
}

#[test]
fn two_renames_do_what_an_exchange_does_or_nothing() {
    let scene = Scene::new();
    site_at(&scene.site(), OLD);
    let folders = Folders::of(&scene.destination()).unwrap();
    let before = listing(&scene.site());
    // Nothing is staged: the second rename fails.
    let error = swap::step_by_step(&folders).unwrap_err();
    assert!(matches!(error, WriteError::Swap { .. }), "{error}");
    assert_eq!(listing(&scene.site()), before);
    assert_eq!(scene.leftovers(), [""; 0]);
    site_at(&scene.staging(), NEW);
    assert_eq!(swap::step_by_step(&folders).unwrap(), scene.former());
    assert_eq!(scene.pages(), pages(NEW));
    assert_eq!(listing(&scene.former()), before);
}
