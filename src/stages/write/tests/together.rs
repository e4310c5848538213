//! Two outputs take their places together, or neither does.

use super::super::{Staging, put_in_place};
use super::*;

const SITE: &[(&str, &str)] = &[("index.html", "new"), ("m/page.html", "new")];
const REPORTS: &[(&str, &str)] = &[("links.html", "new")];

fn reports(scene: &Scene) -> Destination {
    Destination {
        folder: "reports".into(),
        ..scene.destination()
    }
}

fn complete(destination: &Destination, files: &[(&str, &str)]) -> super::super::Ready {
    let staging = Staging::begin(destination).unwrap();
    for output in texts(files) {
        staging.put(&output).unwrap();
    }
    staging.complete().unwrap()
}

#[test]
fn nothing_is_new_until_all_of_it_is() {
    let scene = Scene::with_site(&[("index.html", "old")]);
    let before = listing(&scene.site());
    let ready = vec![
        complete(&scene.destination(), SITE),
        complete(&reports(&scene), REPORTS),
    ];
    assert_eq!(listing(&scene.site()), before);
    assert!(!scene.root.join("reports").exists());
    let written = put_in_place(ready).unwrap();
    assert_eq!((written[0].written, written[1].written), (2, 1));
    assert_eq!(scene.pages(), pages(SITE));
    assert_eq!(listing(&scene.root.join("reports"))["links.html"], "new");
    assert_eq!(scene.leftovers(), [""; 0]);
}

#[test]
fn where_the_second_cannot_follow_the_first_goes_back() {
    for has_site in [true, false] {
        let scene = Scene::new();
        if has_site {
            scene
                .build(&[("index.html", "old"), ("gone.html", "old")])
                .unwrap();
            scene.file("public/.git/HEAD", "ref");
            scene.file("public/CNAME", "example.org");
        }
        super::super::write(&reports(&scene), &texts(&[("links.html", "old")])).unwrap();
        let before = listing(&scene.root);
        let ready = vec![
            complete(&scene.destination(), SITE),
            complete(&reports(&scene), REPORTS),
        ];
        // Whatever the reason may be why the system does not let it take its place.
        fs::remove_dir_all(scene.root.join(".throughline-reports.new")).unwrap();
        let error = put_in_place(ready).unwrap_err();
        assert!(
            matches!(&error, WriteError::Swap { site, .. } if *site == scene.root.join("reports")),
            "{error}"
        );
        assert_eq!(listing(&scene.root), before, "with a site: {has_site}");
        scene.build(SITE).unwrap();
        assert_eq!(scene.pages()["index.html"], "new");
        assert_eq!(scene.leftovers(), [""; 0]);
    }
}

#[test]
fn the_way_back_without_an_exchange_of_folders() {
    let scene = Scene::with_site(&[("index.html", "old")]);
    let folders = super::super::folders::Folders::of(&scene.destination()).unwrap();
    fs::create_dir(scene.staging()).unwrap();
    fs::write(scene.staging().join("index.html"), "new").unwrap();
    let former = super::super::swap::step_by_step(&folders).unwrap();
    assert_eq!(former, scene.former());
    assert_eq!(scene.pages()["index.html"], "new");
    super::super::swap::take_back(&folders, &former).unwrap();
    assert_eq!(scene.pages()["index.html"], "old");
    assert!(!scene.former().exists());
}

#[test]
fn a_build_that_is_told_to_end_leaves_no_trace() {
    let scene = Scene::with_site(&[("index.html", "old")]);
    scene.file("modules/large.bin", "bytes");
    let before = listing(&scene.root);
    let destination = scene.destination();
    let staging = Staging::begin(&destination).unwrap();
    staging.put(&bytes("m/index.html", "new")).unwrap();
    destination.interrupt.ask();
    for output in [
        bytes("n.html", "new"),
        asset("large.bin", "modules/large.bin"),
    ] {
        let error = staging.put(&output).unwrap_err();
        assert!(matches!(error, WriteError::Interrupted), "{error}");
    }
    let error = staging.complete().unwrap_err();
    assert!(matches!(error, WriteError::Interrupted), "{error}");
    assert_eq!(listing(&scene.root), before);
}

#[test]
fn a_manifest_without_end_is_refused() {
    let scene = Scene::with_site(&[("index.html", "old")]);
    let manifest = scene.site().join(super::super::manifest::NAME);
    fs::File::options()
        .write(true)
        .open(&manifest)
        .unwrap()
        .set_len(3 << 30)
        .unwrap();
    let error = scene.build(&[("index.html", "new")]).unwrap_err();
    assert!(error.to_string().contains("it is too large"), "{error}");
}
