//! Serves the preview: guards every request, and answers from memory.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::IntoResponse;
use axum::routing::get;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tower_http::services::ServeFile;

use super::address;
use super::answer::{self, View};
use super::guard::Guard;
use super::preview::Preview;
use super::socket;

/// A client that has not sent its request by then is not waited for any longer.
const SLOWEST_REQUEST: Duration = Duration::from_secs(10);
/// Larger heads of requests are refused.
const LARGEST_HEAD: usize = 32 * 1024;
/// Pages send their path and nothing else.
const LARGEST_MESSAGE: usize = 8 * 1024;
/// When there are no more file descriptors, some are free again soon.
const NO_DESCRIPTORS: Duration = Duration::from_millis(50);

/// What every answer needs.
#[derive(Debug, Clone)]
pub struct Shared {
    /// What is shown.
    pub preview: Arc<Preview>,
    /// Who is answered.
    pub guard: Arc<Guard>,
}

/// Answers requests until it is dropped.
pub async fn serve(listener: TcpListener, shared: Shared) {
    let router = Router::new()
        .route("/_throughline/socket", get(follow))
        .fallback(show)
        .layer(middleware::from_fn_with_state(shared.clone(), guarded))
        .with_state(shared);
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(connection(stream, router.clone()));
            }
            Err(_) => tokio::time::sleep(NO_DESCRIPTORS).await,
        }
    }
}

async fn connection(stream: TcpStream, router: Router) {
    // An answer is sent at once; it is small, and somebody waits for it.
    let _ = stream.set_nodelay(true);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(SLOWEST_REQUEST)
        .max_buf_size(LARGEST_HEAD)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
        .with_upgrades();
    // What goes wrong in a connection concerns its client alone.
    let _ = connection.await;
}

/// Refuses what must not be answered, and says to browsers how to treat the rest.
async fn guarded(State(shared): State<Shared>, request: Request, next: Next) -> Response<Body> {
    let host = request
        .headers()
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .map(ToOwned::to_owned);
    match shared
        .guard
        .check(request.method(), request.uri(), request.headers())
    {
        Ok(()) => {
            let mut response = next.run(request).await;
            answer::secure(&mut response, host.as_deref());
            response
        }
        Err(refusal) => {
            let mut response = answer::plain(refusal.status, refusal.reason);
            answer::secure(&mut response, None);
            if refusal.status == StatusCode::METHOD_NOT_ALLOWED {
                response
                    .headers_mut()
                    .insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
            }
            response
        }
    }
}

async fn show(State(shared): State<Shared>, request: Request) -> Response<Body> {
    let Some(address) = address::read(request.uri().path()) else {
        return answer::plain(StatusCode::BAD_REQUEST, "this is no path of a site");
    };
    let preview = shared.preview;
    let found =
        tokio::task::spawn_blocking(move || answer::view(&preview, &preview.now(), &address)).await;
    match found {
        Ok(View::OnDisk(path)) => from_disk(path.as_str(), request.headers()).await,
        Ok(view) => answer::response(view),
        Err(_) => answer::plain(
            StatusCode::INTERNAL_SERVER_ERROR,
            "this page could not be made",
        ),
    }
}

/// Sends a file in parts, or the part of it that was asked for.
async fn from_disk(path: &str, headers: &HeaderMap) -> Response<Body> {
    let mut request = Request::new(Body::empty());
    if let Some(range) = headers.get(header::RANGE) {
        request.headers_mut().insert(header::RANGE, range.clone());
    }
    match ServeFile::new(path).try_call(request).await {
        Ok(response) => response.map(Body::new),
        Err(_) => answer::plain(StatusCode::NOT_FOUND, "there is nothing here"),
    }
}

async fn follow(State(shared): State<Shared>, upgrade: WebSocketUpgrade) -> Response<Body> {
    upgrade
        .max_message_size(LARGEST_MESSAGE)
        .max_frame_size(LARGEST_MESSAGE)
        .on_upgrade(move |socket| socket::talk(socket, shared.preview))
        .into_response()
}
