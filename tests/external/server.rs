//! A web server for tests that does whatever a test asks of it, and a network that leads to nothing else.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use throughline::external::Network;

/// A request as it arrived.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: String,
    pub path: String,
    /// Names in lower case.
    pub headers: HashMap<String, String>,
    pub at: Instant,
    /// How many requests for this path came before.
    pub before: usize,
}

/// What a server does with a request.
pub type Behaviour = fn(&Request, &mut TcpStream) -> io::Result<()>;

#[derive(Debug, Default)]
struct Record {
    requests: Mutex<Vec<Request>>,
    connections: AtomicUsize,
    is_over: AtomicBool,
}

/// A server on this machine; it ends with the value.
#[derive(Debug)]
pub struct Server {
    pub address: SocketAddr,
    record: Arc<Record>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub fn start(behaviour: Behaviour) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it is bound");
        let record = Arc::new(Record::default());
        let kept = Arc::clone(&record);
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if kept.is_over.load(Ordering::SeqCst) {
                    return;
                }
                let record = Arc::clone(&kept);
                record.connections.fetch_add(1, Ordering::SeqCst);
                if let Ok(stream) = stream {
                    std::thread::spawn(move || serve(stream, behaviour, &record));
                }
            }
        });
        Self {
            address,
            record,
            thread: Some(thread),
        }
    }

    /// Returns the requests so far, as `METHOD /path`.
    pub fn requests(&self) -> Vec<String> {
        let requests = self.record.requests.lock().expect("no thread has failed");
        let shown = requests
            .iter()
            .map(|request| format!("{} {}", request.method, request.path));
        shown.collect()
    }

    /// Returns the requests so far with all that is known of them.
    pub fn log(&self) -> Vec<Request> {
        self.record
            .requests
            .lock()
            .expect("no thread has failed")
            .clone()
    }

    /// Returns how many connections there were.
    pub fn connections(&self) -> usize {
        self.record.connections.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.record.is_over.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for connections.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            thread.join().expect("the server has not failed");
        }
    }
}

fn serve(mut stream: TcpStream, behaviour: Behaviour, record: &Record) {
    let Some(mut request) = read(&stream) else {
        return;
    };
    {
        let mut requests = record.requests.lock().expect("no thread has failed");
        request.before = requests
            .iter()
            .filter(|other| other.path == request.path)
            .count();
        requests.push(request.clone());
    }
    // The other side may hang up at any time.
    let _ = behaviour(&request, &mut stream);
}

fn read(stream: &TcpStream) -> Option<Request> {
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next()?.ok()?;
    let mut words = first.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let headers = lines
        .map_while(Result::ok)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| {
            let (name, value) = line.split_once(':')?;
            Some((name.to_lowercase(), value.trim().to_owned()))
        })
        .collect();
    Some(Request {
        method,
        path,
        headers,
        at: Instant::now(),
        before: 0,
    })
}

/// Answers with a status and headers, and no body.
pub fn answer(stream: &mut TcpStream, status: u16, headers: &str) -> io::Result<()> {
    let text = format!("HTTP/1.1 {status} X\r\n{headers}Content-Length: 0\r\n\r\n");
    stream.write_all(text.as_bytes())
}

/// A network whose hosts are servers of a test. Nothing else may be asked.
#[derive(Debug, Default)]
pub struct Lab {
    hosts: Mutex<HashMap<String, Vec<SocketAddr>>>,
    allowed: Vec<SocketAddr>,
}

impl Lab {
    /// Leads some names to a server that may be asked.
    pub fn of(server: &Server, names: &[&str]) -> Self {
        let mut lab = Self {
            allowed: vec![server.address],
            ..Self::default()
        };
        for name in names {
            lab = lab.with(name, &[server.address]);
        }
        lab
    }

    /// Lets an address be asked.
    pub fn allow(mut self, address: SocketAddr) -> Self {
        self.allowed.push(address);
        self
    }

    /// Leads a name to addresses, one after the other at each look; the last one stays.
    pub fn with(self, name: &str, addresses: &[SocketAddr]) -> Self {
        let mut hosts = self.hosts.lock().expect("no thread has failed");
        hosts.insert(name.to_owned(), addresses.to_vec());
        drop(hosts);
        self
    }
}

impl Network for Lab {
    fn look_up(&self, host: &str, _port: u16) -> io::Result<Vec<SocketAddr>> {
        let mut hosts = self.hosts.lock().expect("no thread has failed");
        let Some(addresses) = hosts.get_mut(host) else {
            return Err(io::Error::other("Name or service not known"));
        };
        let address = addresses[0];
        if addresses.len() > 1 {
            addresses.remove(0);
        }
        Ok(vec![address])
    }

    fn may_ask(&self, address: SocketAddr) -> bool {
        self.allowed.contains(&address)
    }
}
