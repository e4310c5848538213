//! Claims of public statements, with what bears them out.

use std::borrow::Cow;

use super::registered::{Modules, Unknown, named};
use super::value::{Entry, Proof, Statement};
use crate::model::evidence::EvidenceDepth;
use crate::model::registers::Standing;
use crate::report::basis::Basis;
use crate::report::commitments::{ClaimRow, CommitmentRow, CommitmentsReport, Evidence};
use crate::report::words::counted;

/// Returns the claims with these ids.
pub fn by_id<'c>(
    basis: &Basis<'c>,
    modules: &Modules<'c>,
    ids: &[String],
) -> Result<Vec<Entry<'c>>, Unknown> {
    let report = CommitmentsReport::new(basis);
    let all: Vec<(&CommitmentRow<'c>, &ClaimRow<'c>)> = report.claims().collect();
    let found = named("claim", ids, &all, |(_, claim)| claim.id)?;
    Ok(found
        .into_iter()
        .map(|(commitment, claim)| entry(commitment, claim, modules))
        .collect())
}

/// Returns all claims of the statements with these ids.
pub fn by_statement<'c>(
    basis: &Basis<'c>,
    modules: &Modules<'c>,
    ids: &[String],
) -> Result<Vec<Entry<'c>>, Unknown> {
    let report = CommitmentsReport::new(basis);
    let found = named("statement", ids, &report.commitments, |row| row.id)?;
    let claims = found
        .into_iter()
        .flat_map(|row| row.claims.iter().map(move |claim| (row, claim)));
    Ok(claims
        .map(|(commitment, claim)| entry(commitment, claim, modules))
        .collect())
}

fn entry<'c>(
    commitment: &CommitmentRow<'c>,
    claim: &ClaimRow<'c>,
    modules: &Modules<'c>,
) -> Entry<'c> {
    let said = commitment.said;
    let evidence: Vec<Proof<'c>> = claim
        .evidence
        .iter()
        .map(|evidence| proof(evidence, modules))
        .collect();
    let note = Some(claim.note.into()).filter(|note: &Cow<'_, str>| !note.is_empty());
    let limits = claim.limits.iter().map(|limit| limit.text.clone());
    Entry {
        kind: "claim",
        id: claim.id.into(),
        text: claim.text.into(),
        heading: format!("{}: {}", claim.id, claim.text),
        statement: Some(Statement {
            id: commitment.id,
            title: &said.title,
            body: &said.body,
            answered_on: said.answered_on,
            source: &said.source,
            status: standing(commitment, claim).name(),
        }),
        answer: answer(claim, standing(commitment, claim), &evidence),
        holds: claim.evidenced && !claim.too_shallow,
        expects: claim.expects.map_or("", EvidenceDepth::name),
        limits: note.into_iter().chain(limits).collect(),
        evidence,
        further: 0,
    }
}

/// Returns whether a claim holds: a claim of a statement that was withdrawn does not.
fn standing(commitment: &CommitmentRow<'_>, claim: &ClaimRow<'_>) -> Standing {
    match commitment.status {
        Standing::Current => claim.status,
        status => status,
    }
}

fn answer(claim: &ClaimRow<'_>, standing: Standing, evidence: &[Proof<'_>]) -> String {
    let mut modules: Vec<&str> = evidence.iter().map(|proof| proof.module).collect();
    modules.sort_unstable();
    modules.dedup();
    let borne_out = format!(
        "borne out in {} of {}: {}",
        counted(evidence.len(), "place"),
        counted(modules.len(), "module"),
        claim.depths.in_words(),
    );
    let answer = match claim.expects.map(EvidenceDepth::name) {
        _ if !claim.evidenced => "No: nothing in the training bears it out".to_owned(),
        Some(expected) if claim.too_shallow => {
            format!("Less deep than expected ({expected}): {borne_out}")
        }
        Some(expected) => format!("Yes, as deep as expected ({expected}): {borne_out}"),
        None => format!("Yes: {borne_out}"),
    };
    match standing {
        Standing::Current => answer,
        other => format!("{answer}. The claim is {}", other.name()),
    }
}

fn proof<'c>(evidence: &Evidence<'c>, modules: &Modules<'c>) -> Proof<'c> {
    Proof {
        depth: evidence.depth.name(),
        quote: evidence.quote.clone(),
        module: modules.of(evidence.file),
        file: evidence.file.into(),
        line: evidence.line,
        anchor: evidence.anchor.into(),
        heading: evidence.heading.into(),
        limits: evidence.limits.join("; ").into(),
    }
}
