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
        let end = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = preview.child.try_wait().unwrap() {
                break status;
            }
            assert!(Instant::now() < end, "{signal:?} does not end the preview");
            std::thread::sleep(Duration::from_millis(10));
        };
        assert_eq!(status.code(), Some(0), "{signal:?}: {}", preview.said());
        assert!(
            std::net::TcpStream::connect(preview.address).is_err(),
            "{signal:?}: somebody still listens"
        );
    }
}
