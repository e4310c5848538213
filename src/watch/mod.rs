//! The author's preview: the site served from memory, made again at every change.
//!
//! ```text
//! changes  events or polling -> batches of paths
//! session  batches -> sites     the same stages as a build, with a memo of parsed lessons
//! preview  sites -> what is shown: the newest site, or what stays of the last good one
//! server   requests -> pages, each rendered when it is asked for
//! ```
//!
//! Writes no file. Ends when it is told to, with nothing left running.

pub mod address;
mod answer;
pub mod batch;
mod broken;
pub mod changes;
pub mod events;
pub mod guard;
mod overlay;
mod poll;
pub mod preview;
mod review;
mod server;
pub mod session;
pub mod site;
mod socket;

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, UdpSocket};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use tokio::runtime::Runtime;

use crate::pipeline::Request;
use crate::report::baseline::Baseline;
use batch::{Batch, Folders, Signal};
use changes::{Changes, How};
use events::NoEvents;
use guard::{Guard, Reach};
use preview::{Difference, Preview, Shown};
use session::{Session, Today};

/// How long open connections may take to end.
const LAST_MOMENT: Duration = Duration::from_millis(300);

/// How long whatever is being made may take to end.
const PATIENCE: Duration = Duration::from_secs(3);

/// What a preview is asked for.
#[derive(Debug)]
pub struct Wanted {
    /// Which curriculum, and how it is built.
    pub request: Request,
    /// What counts as today.
    pub today: Today,
    /// The address of the interface to listen at.
    pub interface: String,
    /// The port; 0 for any that is free.
    pub port: u16,
    /// How changes are noticed.
    pub how: How,
    /// Findings that are known, and shown as infos.
    pub known: Option<Baseline>,
}

/// Why there can be no preview.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// The folder cannot be used.
    #[error("cannot read `{path}`: {source}")]
    Root {
        /// The folder.
        path: Utf8PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The port cannot be used.
    #[error("cannot listen at {interface}:{port}: {source}\n  help: {}", how_to_listen(.source))]
    Listen {
        /// The interface.
        interface: String,
        /// The port.
        port: u16,
        /// Why.
        source: std::io::Error,
    },
    /// The server cannot start.
    #[error("cannot start the preview server: {0}")]
    Server(std::io::Error),
}

fn how_to_listen(error: &std::io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::AddrInUse | ErrorKind::PermissionDenied => {
            "choose another port with `--port`, or any free one with `--port 0`"
        }
        _ => {
            "name an address of this machine with `--interface`, or leave it out to serve this machine alone"
        }
    }
}

/// What there is to tell the author.
#[derive(Debug)]
pub enum News<'n> {
    /// The preview can be opened.
    Serving {
        /// Where.
        url: String,
        /// From where it can be reached.
        reach: Reach,
    },
    /// Changes are looked for instead of waited for.
    Polling {
        /// Why.
        reason: NoEvents,
    },
    /// The sources were read for the first time or have changed.
    Changed(Change<'n>),
}

/// What came of a change.
#[derive(Debug)]
pub struct Change<'n> {
    /// The files that are different, from the root; nothing the first time.
    pub files: Vec<String>,
    /// How long it took until the preview showed it.
    pub took: Duration,
    /// What is shown now.
    pub shown: &'n Shown,
    /// Findings that are new and gone.
    pub difference: Difference,
}

/// Serves a preview until the process is told to end.
///
/// # Errors
///
/// When it cannot start. Whatever happens later is told, and the preview goes on.
pub fn watch(wanted: Wanted, tell: &mut dyn FnMut(News<'_>)) -> Result<(), WatchError> {
    let folders = folders(&wanted.request)?;
    let listen_error = |source| WatchError::Listen {
        interface: wanted.interface.clone(),
        port: wanted.port,
        source,
    };
    let interface = wanted.interface.trim_matches(['[', ']']);
    let listener = TcpListener::bind((interface, wanted.port)).map_err(listen_error)?;
    let address = listener.local_addr().map_err(listen_error)?;
    listener.set_nonblocking(true).map_err(listen_error)?;
    let runtime = runtime().map_err(WatchError::Server)?;

    let (mut changes, stop) = Changes::start(folders.clone(), wanted.how);
    end_on_signals(&runtime, stop).map_err(WatchError::Server)?;
    if let Some(reason) = changes.reason_to_poll() {
        tell(News::Polling { reason });
    }
    let request = Request {
        root: folders.root.clone(),
        config: folders.config,
        ..wanted.request
    };
    let mut work = Work {
        preview: Arc::new(Preview::new(folders.root)),
        session: Session::new(request.clone(), wanted.today).knowing(wanted.known.clone()),
        request,
        today: wanted.today,
        known: wanted.known,
    };
    work.take_up(&Batch::everything(), tell);
    changes.follow(work.session.links());

    let reach = if address.ip().is_loopback() {
        Reach::Loopback
    } else {
        Reach::Network
    };
    let shared = server::Shared {
        preview: Arc::clone(&work.preview),
        guard: Arc::new(Guard::new(interface, address.port(), reach)),
    };
    let listener = {
        let _inside = runtime.enter();
        tokio::net::TcpListener::from_std(listener).map_err(WatchError::Server)?
    };
    runtime.spawn(server::serve(listener, shared));
    tell(News::Serving {
        url: url(address),
        reach,
    });
    while let Some(batch) = changes.next_batch() {
        if let Some(reason) = changes.reason_to_poll() {
            tell(News::Polling { reason });
        }
        work.take_up(&batch, tell);
        changes.follow(work.session.links());
    }
    runtime.shutdown_timeout(LAST_MOMENT);
    Ok(())
}

/// Makes the paths absolute and takes links out of them, as the system's events name them.
fn folders(request: &Request) -> Result<Folders, WatchError> {
    let canonical = |path: &Utf8Path| {
        path.canonicalize_utf8().map_err(|source| WatchError::Root {
            path: path.to_owned(),
            source,
        })
    };
    let root = canonical(&request.root)?;
    let folder = match request.config.parent() {
        Some(folder) if !folder.as_str().is_empty() => folder,
        _ => Utf8Path::new("."),
    };
    // The file itself may be missing just now.
    let config = canonical(folder)?.join(request.config.file_name().unwrap_or("config.toml"));
    Ok(Folders {
        root,
        config,
        links: BTreeSet::new(),
    })
}

fn runtime() -> std::io::Result<Runtime> {
    allow_many_connections();
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(8)
        .thread_name("preview")
        .enable_all()
        .build()
}

/// Takes as many file descriptors as the system lets this process have, up to a bound.
fn allow_many_connections() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, getrlimit, setrlimit};
        let mut limit = getrlimit(Resource::Nofile);
        let wanted = limit.maximum.unwrap_or(8192).min(8192);
        if limit.current.is_some_and(|current| current < wanted) {
            limit.current = Some(wanted);
            // With fewer, further clients wait a little.
            let _ = setrlimit(Resource::Nofile, limit);
        }
    }
}

/// Ends the preview on Ctrl-C, when the terminal is closed, and when the system asks.
fn end_on_signals(runtime: &Runtime, stop: Sender<Signal>) -> std::io::Result<()> {
    let _inside = runtime.enter();
    #[cfg(unix)]
    let ended = {
        use tokio::signal::unix::{SignalKind, signal};
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        let mut hangup = signal(SignalKind::hangup())?;
        async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
                _ = hangup.recv() => {}
            }
        }
    };
    #[cfg(not(unix))]
    let ended = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    runtime.spawn(async move {
        ended.await;
        // Nobody waits any more when this fails.
        let _ = stop.send(Signal::Stop);
        // A template that loops without end never comes back to hear it. A preview writes nothing, so nothing is torn.
        tokio::time::sleep(PATIENCE).await;
        std::process::exit(0);
    });
    Ok(())
}

/// Returns where a browser finds the preview.
fn url(mut address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        address.set_ip(way_out(address.ip()));
    }
    format!("http://{address}/")
}

/// Returns this machine's address on the network, or the one that it has for itself where there is no network.
fn way_out(everywhere: IpAddr) -> IpAddr {
    // Addresses for documentation: choosing the way there sends nothing.
    let (there, own): (&str, IpAddr) = match everywhere {
        IpAddr::V4(_) => ("192.0.2.1:9", Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(_) => ("[2001:db8::1]:9", Ipv6Addr::LOCALHOST.into()),
    };
    UdpSocket::bind((everywhere, 0))
        .and_then(|socket| {
            socket.connect(there)?;
            socket.local_addr()
        })
        .map_or(own, |address| address.ip())
}

/// The session and what it is shown in.
struct Work {
    preview: Arc<Preview>,
    session: Session,
    request: Request,
    today: Today,
    known: Option<Baseline>,
}

impl Work {
    /// Looks at what may have changed, shows it, and tells the author.
    fn take_up(&mut self, batch: &Batch, tell: &mut dyn FnMut(News<'_>)) {
        let started = Instant::now();
        let session = &mut self.session;
        let looked = catch_unwind(AssertUnwindSafe(|| session.look(batch)));
        let (files, difference) = match looked {
            Ok(Ok(None)) => return,
            Ok(Ok(Some(fresh))) => (self.names(batch, &fresh), self.preview.show(fresh)),
            Ok(Err(broken)) => {
                let files = self.named_from_root(batch);
                match self
                    .preview
                    .fail(&broken.failure.to_string(), broken.findings)
                {
                    Some(difference) => (files, difference),
                    None => return,
                }
            }
            Err(_) => {
                // A fault of the program must not take the preview away: begin again with nothing remembered.
                self.session =
                    Session::new(self.request.clone(), self.today).knowing(self.known.clone());
                let failure = "throughline itself has failed: please report what you changed";
                match self.preview.fail(failure, None) {
                    Some(difference) => (self.named_from_root(batch), difference),
                    None => return,
                }
            }
        };
        tell(News::Changed(Change {
            files,
            took: started.elapsed(),
            shown: &self.preview.now(),
            difference,
        }));
    }

    /// Returns the files that are different: the lessons, or else what the events named.
    fn names(&self, batch: &Batch, fresh: &session::Fresh) -> Vec<String> {
        if fresh.lessons.is_empty() {
            self.named_from_root(batch)
        } else {
            let changed = fresh.lessons.iter();
            changed.map(|path| path.from_root().to_owned()).collect()
        }
    }

    fn named_from_root(&self, batch: &Batch) -> Vec<String> {
        let root = self.session.root();
        let paths = batch.paths.iter();
        paths
            .map(|path| path.strip_prefix(root).unwrap_or(path).to_string())
            .collect()
    }
}
