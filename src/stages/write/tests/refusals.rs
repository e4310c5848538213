//! Which output folders and paths are refused, and that refusing changes nothing.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::super::{Refusal, Staging, WriteError, check, write};
use super::*;

#[test]
fn folders_that_must_not_be_replaced_are_refused_untouched() {
    let scene = Scene::new();
    scene.file("modules/01-telephony/index.md", "# Telephony");
    scene.file("nested/themes/theme.toml", "");
    scene.file("notes/todo.txt", "ours");
    scene.file("a-file", "");
    let mut destination = scene.destination();
    destination.apart.push("nested/themes".into());
    destination.apart.push("reports".into());
    let at = |path: &str| scene.root.join(path);
    let above = scene.root.parent().unwrap().to_string();
    let before = listing(&scene.root);
    for (folder, expected) in [
        ("/", Refusal::Top),
        (".", Refusal::HoldsRoot),
        ("", Refusal::HoldsRoot),
        ("..", Refusal::HoldsRoot),
        ("modules/..", Refusal::HoldsRoot),
        ("not/there/../..", Refusal::HoldsRoot),
        (scene.root.as_str(), Refusal::HoldsRoot),
        (&above, Refusal::HoldsRoot),
        ("modules", Refusal::Overlaps(at("modules"))),
        ("modules/", Refusal::Overlaps(at("modules"))),
        ("public/../modules", Refusal::Overlaps(at("modules"))),
        ("modules/01-telephony", Refusal::Overlaps(at("modules"))),
        ("modules/new/public", Refusal::Overlaps(at("modules"))),
        ("config.toml", Refusal::Overlaps(at("config.toml"))),
        ("nested", Refusal::Overlaps(at("nested/themes"))),
        ("themes/site", Refusal::Overlaps(at("themes"))),
        ("reports", Refusal::Overlaps(at("reports"))),
        ("reports/public", Refusal::Overlaps(at("reports"))),
        ("notes", Refusal::NotOurs("todo.txt".into())),
        ("a-file", Refusal::NotAFolder),
        (".throughline-public.new", Refusal::OwnName),
    ] {
        destination.folder = folder.into();
        for error in [
            check(&destination).err(),
            write(&destination, &texts(&[("index.html", "new")])).err(),
        ] {
            let Some(WriteError::Refused { reason, .. }) = error else {
                panic!("{folder}: {error:?}");
            };
            assert_eq!(reason, expected, "{folder}");
        }
    }
    assert_eq!(listing(&scene.root), before);
}

#[test]
fn the_home_folder_and_those_above_it_are_refused() {
    let scene = Scene::new();
    let home = Utf8PathBuf::from_path_buf(std::env::home_dir().unwrap()).unwrap();
    let mut destination = scene.destination();
    for folder in home
        .canonicalize_utf8()
        .unwrap()
        .ancestors()
        .filter(|folder| folder.parent().is_some())
    {
        destination.folder = folder.to_owned();
        let error = check(&destination).unwrap_err();
        assert!(
            matches!(
                error,
                WriteError::Refused {
                    reason: Refusal::HoldsHome | Refusal::HoldsRoot,
                    ..
                }
            ),
            "{folder}: {error}"
        );
    }
}

#[cfg(unix)]
#[test]
fn links_are_refused_as_output_folders_and_seen_through_above_them() {
    let scene = Scene::new();
    let link = |to: &str, from: &str| {
        std::os::unix::fs::symlink(scene.root.join(to), scene.root.join(from)).unwrap();
    };
    scene.file("real/x.txt", "");
    link("real", "public");
    link("modules", "sources");
    let mut destination = scene.destination();
    for (folder, expected) in [
        ("public", Refusal::Link),
        (
            "sources/site",
            Refusal::Overlaps(scene.root.join("modules")),
        ),
    ] {
        destination.folder = folder.into();
        let error = check(&destination).unwrap_err();
        assert!(
            matches!(&error, WriteError::Refused { reason, .. } if *reason == expected),
            "{folder}: {error}"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn mount_points_are_refused_with_a_way_out() {
    let scene = Scene::new();
    let mut destination = scene.destination();
    destination.folder = "/proc".into();
    let error = check(&destination).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the output folder `/proc` is a mount point, which a new site cannot replace as a whole: give a folder inside it, such as `/proc/site`"
    );
}

#[cfg(unix)]
#[test]
fn folders_without_permission_are_refused_and_whole() {
    use std::os::unix::fs::PermissionsExt;
    let scene = Scene::with_site(&[("index.html", "old")]);
    let allow = |path: &Utf8Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    let before = listing(&scene.root);
    for locked in [scene.site(), scene.root.clone()] {
        allow(&locked, 0o555);
        // Permissions mean nothing to root.
        let is_root = fs::write(locked.join("probe"), "").is_ok();
        let errors = [
            check(&scene.destination()).err(),
            scene.build(&[("index.html", "new")]).err(),
        ];
        allow(&locked, 0o755);
        if is_root {
            return;
        }
        for error in errors {
            let expected = if locked == scene.root {
                matches!(error, Some(WriteError::ParentUnwritable { .. }))
            } else {
                matches!(
                    error,
                    Some(WriteError::Refused {
                        reason: Refusal::NotWritable,
                        ..
                    })
                )
            };
            assert!(expected, "{locked}: {error:?}");
        }
        assert_eq!(listing(&scene.root), before, "{locked}");
    }
}

#[test]
fn manifests_that_are_not_ours_to_read_are_refused() {
    let (hash, page) = ("0".repeat(32), "0".repeat(24));
    for manifest in [
        String::new(),
        "throughline-manifest 2".into(),
        "throughline-manifest 1\n".into(),
        "something else\n".into(),
        "throughline-manifest 2\nshort\n".into(),
        format!("throughline-manifest 2\n{hash} 0 ../outside.txt\n"),
        format!("throughline-manifest 2\n{hash} 0 /etc/passwd\n"),
        format!("throughline-manifest 2\n{hash} 0 b\n{hash} 0 a\n"),
        format!("throughline-manifest 2\n{hash} 0 cut-o"),
        format!("throughline-manifest 4\n{hash} 0 a\n"),
        "throughline-manifest 3\npage 00 a.md\n".into(),
        format!("throughline-manifest 3\npage {page} b.md\npage {page} a.md\n"),
        format!("throughline-manifest 3\n{hash} 0 a\npage {page} a.md\n"),
    ] {
        let scene = Scene::new();
        scene.file("public/.throughline-manifest", &manifest);
        scene.file("outside.txt", "stays");
        let before = listing(&scene.root);
        let error = scene.build(&[("index.html", "new")]).unwrap_err();
        assert!(
            matches!(
                error,
                WriteError::Refused {
                    reason: Refusal::DamagedManifest(_),
                    ..
                }
            ),
            "{manifest:?}: {error}"
        );
        assert_eq!(listing(&scene.root), before, "{manifest:?}");
    }
}

#[test]
fn paths_that_could_lead_out_are_refused() {
    let scene = Scene::with_site(&[("index.html", "old")]);
    for path in [
        "",
        "/x",
        "..",
        "../x",
        "a/../x",
        "a//x",
        "a/",
        "./x",
        "a\\..\\x",
        "C:x",
        "c:/x",
        "a\0b",
        "a\nb",
        ".throughline-manifest",
        ".Throughline-Manifest",
        ".throughline-manifest.new",
    ] {
        for output in [bytes(path, ""), asset("copy.png", path)] {
            if path.eq_ignore_ascii_case(super::super::manifest::NAME)
                && output.path.ends_with(".png")
            {
                continue;
            }
            let staging = Staging::begin(&scene.destination()).unwrap();
            let error = staging.put(&output).unwrap_err();
            assert!(
                matches!(error, WriteError::UnsafePath { .. }),
                "{path:?}: {error}"
            );
        }
    }
    assert_eq!(scene.pages(), pages(&[("index.html", "old")]));
}

#[test]
fn a_second_build_is_told_of_the_first() {
    let scene = Scene::new();
    let first = Staging::begin(&scene.destination()).unwrap();
    let error = Staging::begin(&scene.destination()).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "another build is writing `{}`: try again when it has finished (it holds `{}`)",
            scene.site(),
            scene.root.join(".throughline-public.lock")
        )
    );
    drop(first);
    assert_eq!(scene.leftovers(), [""; 0]);
    scene.build(&[("index.html", "new")]).unwrap();
}

#[test]
fn of_many_builds_at_once_one_is_at_work() {
    let scene = Scene::new();
    let at_work = AtomicBool::new(false);
    let begun = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while begun.load(Ordering::SeqCst) < 200 {
                    match Staging::begin(&scene.destination()) {
                        Ok(staging) => {
                            assert!(!at_work.swap(true, Ordering::SeqCst), "two are at work");
                            begun.fetch_add(1, Ordering::SeqCst);
                            std::thread::sleep(std::time::Duration::from_micros(100));
                            at_work.store(false, Ordering::SeqCst);
                            drop(staging);
                        }
                        Err(WriteError::Busy { .. }) => std::thread::yield_now(),
                        Err(error) => panic!("{error}"),
                    }
                }
            });
        }
    });
    assert_eq!(scene.leftovers(), [""; 0]);
}

#[test]
fn two_outputs_are_built_side_by_side() {
    let scene = Scene::new();
    let reports = Destination {
        folder: "reports".into(),
        ..scene.destination()
    };
    let public = Staging::begin(&scene.destination()).unwrap();
    write(&reports, &texts(&[("links.json", "{}")])).unwrap();
    public.put(&bytes("index.html", "new")).unwrap();
    public.finish().unwrap();
    assert_eq!(scene.pages(), pages(&[("index.html", "new")]));
    assert_eq!(listing(&scene.root.join("reports"))["links.json"], "{}");
}

#[test]
fn a_stale_lock_file_stands_in_nobodys_way() {
    let scene = Scene::new();
    scene.file(".throughline-public.lock", "12345");
    scene.build(&[("index.html", "new")]).unwrap();
    assert_eq!(scene.leftovers(), [""; 0]);
}
