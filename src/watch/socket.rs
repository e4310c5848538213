//! Tells an open page what it should show, now and after every change.
//!
//! The page says its own path first and nothing after it; the answers are `State`s as JSON.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::ws::{Message, WebSocket};
use tokio::sync::watch::Receiver;

use super::address::{self, Address};
use super::answer;
use super::overlay::{self, State};
use super::preview::{Preview, Shown};
use crate::model::Severity;

/// A page that does not say its path is no page of ours.
const INTRODUCTION: Duration = Duration::from_secs(10);
/// How often to make sure that somebody is there.
const HEARTBEAT: Duration = Duration::from_secs(30);

/// Talks to one page until it is gone.
pub async fn talk(mut socket: WebSocket, preview: Arc<Preview>) {
    let Ok(Some(Ok(Message::Text(path)))) = tokio::time::timeout(INTRODUCTION, socket.recv()).await
    else {
        return;
    };
    let Some(address) = address::read(&path) else {
        return;
    };
    let mut shown = preview.follow();
    let mut told = String::new();
    loop {
        let now = Arc::clone(&shown.borrow_and_update());
        let (preview, address) = (Arc::clone(&preview), address.clone());
        let Ok(state) = tokio::task::spawn_blocking(move || state(&preview, &now, &address)).await
        else {
            return;
        };
        if state != told {
            if socket
                .send(Message::Text(state.as_str().into()))
                .await
                .is_err()
            {
                return;
            }
            told = state;
        }
        if !is_there_until_a_change(&mut socket, &mut shown).await {
            return;
        }
    }
}

/// Waits for a change; returns whether the page is still there then.
async fn is_there_until_a_change(socket: &mut WebSocket, shown: &mut Receiver<Arc<Shown>>) -> bool {
    loop {
        tokio::select! {
            changed = shown.changed() => return changed.is_ok(),
            message = socket.recv() => match message {
                Some(Ok(Message::Close(_)) | Err(_)) | None => return false,
                Some(Ok(_)) => {}
            },
            () = tokio::time::sleep(HEARTBEAT) => {
                if socket.send(Message::Ping(Bytes::new())).await.is_err() {
                    return false;
                }
            }
        }
    }
}

fn state(preview: &Preview, shown: &Arc<Shown>, address: &Address) -> String {
    let (Address::File(url) | Address::Folder(url)) = address;
    let (version, fault) = answer::version_of(preview, shown, address);
    let count = |severity| {
        shown
            .findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    };
    let is_own = url.starts_with(answer::OWN);
    let state = State {
        version,
        failure: shown.failure.clone().or(fault),
        kept: shown.keeps(url),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        findings: if is_own {
            Vec::new()
        } else {
            overlay::entries(shown, url, &preview.root)
        },
    };
    serde_json::to_string(&state).expect("a state of strings and numbers is always JSON")
}
