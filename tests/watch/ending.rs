//! The preview ends when it is told to, with nothing left running.

use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::client::{PATIENCE, Preview};

#[test]
fn interrupts_closed_terminals_and_requests_to_end() {
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let mut preview = Preview::start(&[]);
        let mut page = preview.open("/");
        page.next();
        preview.signal(signal);
        let status = ended(&mut preview);
        assert_eq!(status.code(), Some(0), "{signal:?}: {}", preview.said());
        assert!(
            std::net::TcpStream::connect(preview.address).is_err(),
            "{signal:?}: somebody still listens"
        );
    }
}

#[test]
fn a_template_that_loops_without_end_does_not_keep_the_preview_from_ending() {
    let mut preview = Preview::start(&[]);
    let range = "{% set r = range(end=100000) %}";
    let open = "{%- for a in r -%}".repeat(4);
    let close = "{%- endfor -%}".repeat(4);
    preview.write("themes/endless/theme.toml", "name = \"endless\"\n");
    preview.write(
        "themes/endless/templates/lesson.html",
        &format!("{range}{open}{close}"),
    );
    preview.write("config.toml", "title = \"Practice\"\ntheme = \"endless\"\n");
    // By then it has seen the change, and is lost in it.
    std::thread::sleep(Duration::from_secs(1));
    preview.signal(Signal::INT);
    ended(&mut preview);
}

/// Waits until the preview has ended.
fn ended(preview: &mut Preview) -> std::process::ExitStatus {
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(status) = preview.child.try_wait().unwrap() {
            return status;
        }
        assert!(Instant::now() < end, "the preview goes on");
        std::thread::sleep(Duration::from_millis(10));
    }
}
