//! What is said of a site whose certificate nobody known has signed.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::server::Lab;
use super::{asked, curriculum, hurried, messages};

/// A certificate for `a.test` that its own key has signed. The key guards nothing: it serves this test alone.
const CERTIFICATE: &[u8] = include_bytes!("certificate/certificate.der");
const KEY: &[u8] = include_bytes!("certificate/key.der");

/// Serves one secure connection; returns what arrived behind the handshake, if that was made.
fn secure_server() -> (SocketAddr, std::thread::JoinHandle<Option<String>>) {
    let key = PrivateKeyDer::try_from(KEY).expect("it is a key");
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![CERTIFICATE.into()], key)
        .expect("key and certificate belong together");
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("it is bound");
    let thread = std::thread::spawn(move || {
        let (stream, _) = listener.accept().expect("somebody comes");
        let connection = ServerConnection::new(config).expect("the configuration is right");
        let mut stream = StreamOwned::new(connection, stream);
        let mut request = [0; 1024];
        let length = stream
            .read(&mut request)
            .ok()
            .filter(|length| *length > 0)?;
        // The other side may have gone.
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        Some(String::from_utf8_lossy(&request[..length]).into_owned())
    });
    (address, thread)
}

#[test]
fn a_certificate_that_nobody_has_signed_is_not_trusted_and_not_called_broken() {
    let (address, thread) = secure_server();
    let folder = curriculum("[a](https://a.test/private)\n");
    let lab = Lab::default().with("a.test", &[address]).allow(address);
    let checked = asked(folder.path(), lab, hurried());
    assert_eq!(
        messages(&checked),
        [
            "`https://a.test/private` could not be checked: it has a certificate that nobody known has signed"
        ]
    );
    let arrived = thread.join().expect("the server has not failed");
    assert_eq!(
        arrived, None,
        "nothing is sent to whoever cannot be trusted"
    );
}
