//! A site that is there already is not made again.

use std::fs;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::super::Staging;
use super::{Scene, texts};
use crate::model::output::{Content, Output};

const SITE: &[(&str, &str)] = &[("index.html", "start"), ("m/a.html", "a lesson")];

/// A scene with a site that was made from a recipe and a copied file.
fn made(recipe: &str) -> Scene {
    let scene = Scene::new();
    fs::write(scene.root.join("modules/image.png"), "pixels").unwrap();
    let mut staging = Staging::begin(&scene.destination()).unwrap();
    let found = staging
        .made_from(blake3::hash(recipe.as_bytes()), &copies())
        .unwrap();
    assert!(found.is_none(), "there is no site yet");
    let mut outputs = texts(SITE);
    outputs.push(Output {
        path: "m/image.png".into(),
        content: Content::Copy("modules/image.png".into()),
    });
    for output in &outputs {
        staging.put(output).unwrap();
    }
    staging.finish().unwrap();
    scene
}

fn copies() -> Vec<(Arc<str>, String)> {
    vec![("m/image.png".into(), "modules/image.png".into())]
}

/// Returns how many files a build from the recipe need not make again; nothing where it must make the site.
fn unchanged(scene: &Scene, recipe: &str) -> Option<usize> {
    let mut staging = Staging::begin(&scene.destination()).unwrap();
    staging
        .made_from(blake3::hash(recipe.as_bytes()), &copies())
        .unwrap()
        .map(|written| written.unchanged)
}

#[test]
fn the_same_recipe_finds_its_site_and_leaves_nothing_behind() {
    let scene = made("one");
    let before = scene.pages();
    assert_eq!(unchanged(&scene, "one"), Some(3));
    assert_eq!(scene.pages(), before);
    assert_eq!(scene.leftovers(), Vec::<String>::new());
}

#[test]
fn another_recipe_and_another_copy_make_the_site_again() {
    let scene = made("one");
    assert_eq!(unchanged(&scene, "two"), None);
    fs::write(scene.root.join("modules/image.png"), "PIXELS").unwrap();
    assert_eq!(unchanged(&scene, "one"), None, "as large, but not the same");
    fs::write(scene.root.join("modules/image.png"), "more pixels").unwrap();
    assert_eq!(unchanged(&scene, "one"), None, "larger");
}

#[test]
fn a_site_that_somebody_has_changed_is_made_again() {
    for change in ["gone", "shorter", "later", "a folder"] {
        let scene = made("one");
        let page = scene.site().join("m/a.html");
        match change {
            "gone" => fs::remove_file(&page).unwrap(),
            "shorter" => fs::write(&page, "a").unwrap(),
            "later" => {
                let file = fs::File::options().write(true).open(&page).unwrap();
                let later = SystemTime::now() + Duration::from_secs(60);
                file.set_modified(later).unwrap();
            }
            _ => {
                fs::remove_file(&page).unwrap();
                fs::create_dir(&page).unwrap();
            }
        }
        assert_eq!(unchanged(&scene, "one"), None, "{change}");
    }
}

#[test]
fn what_others_have_added_is_no_change_and_is_named() {
    let scene = made("one");
    fs::write(scene.site().join("CNAME"), "example.org").unwrap();
    let mut staging = Staging::begin(&scene.destination()).unwrap();
    let written = staging
        .made_from(blake3::hash(b"one"), &copies())
        .unwrap()
        .unwrap();
    assert_eq!(written.kept, ["CNAME"]);
    drop(staging);
    assert_eq!(scene.pages()["CNAME"], "example.org");
}
