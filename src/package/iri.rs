//! IRIs below the one that the configuration gives.

/// Returns the IRI of a topic.
pub fn topic_iri(identifier: &str, topic: &str) -> String {
    format!("{identifier}topics/{topic}")
}
