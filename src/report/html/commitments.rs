//! The page of the commitment report.

use super::markup::{Grid, Markup};
use super::page::Fragment;
use super::places::{Places, date_in_words};
use crate::report::commitments::{ClaimRow, CommitmentRow, CommitmentsReport};
use crate::report::counted;

/// Writes each statement with its claims and their evidence.
pub fn fragment(report: &CommitmentsReport, places: &Places<'_>) -> Fragment {
    let mut markup = Markup::new();
    let summary = report.summary;
    markup.element(
        "p",
        &[("class", "lede")],
        &format!(
            "{} of {} are evidenced by {} in the training; {} without evidence.",
            summary.evidenced,
            counted(summary.claims, "claim"),
            counted(summary.evidence, "place"),
            summary.missing,
        ),
    );
    missing(&mut markup, report);
    for commitment in &report.commitments {
        statement(&mut markup, commitment, places);
    }
    Fragment {
        title: "Commitments: what was said in public".to_owned(),
        body: markup.finish(),
    }
}

/// Returns the anchor of a claim.
pub fn claim_id(claim: &str) -> String {
    format!("claim-{claim}")
}

fn missing(markup: &mut Markup, report: &CommitmentsReport) {
    if report.summary.missing == 0 {
        return;
    }
    markup.heading("without-evidence", "Claims without evidence");
    markup.open("ul", &[]);
    for (_, claim) in report.claims().filter(|(_, claim)| claim.missing) {
        markup.open("li", &[]);
        markup.link(&format!("#{}", claim_id(&claim.id)), &claim.id);
        markup.text(" ").text(&claim.text).close("li");
    }
    markup.close("ul");
}

fn statement(markup: &mut Markup, commitment: &CommitmentRow, places: &Places<'_>) {
    let id = format!("commitment-{}", commitment.id);
    markup.heading(&id, &format!("{}: {}", commitment.id, commitment.title));
    markup.open("dl", &[("class", "facts")]);
    let asked = date_in_words(&commitment.asked_on);
    let answered = date_in_words(&commitment.answered_on);
    for (name, value) in [
        ("Said by", commitment.body.as_str()),
        ("Asked on", &asked),
        ("Answered on", &answered),
        ("Source", &commitment.source),
        ("Status", commitment.status),
    ] {
        if !value.is_empty() {
            markup.open("div", &[]).element("dt", &[], name);
            markup.element("dd", &[], value).close("div");
        }
    }
    markup.close("dl");
    let table = format!("claims-{}", commitment.id);
    let caption = format!(
        "Claims of statement {} and where the training bears them out",
        commitment.id
    );
    let grid = Grid {
        id: &table,
        caption: &caption,
        columns: &["Claim", "What was said", "Evidence"],
    };
    markup.table(grid, |markup| {
        for claim in &commitment.claims {
            claim_row(markup, claim, places);
        }
    });
}

fn claim_row(markup: &mut Markup, claim: &ClaimRow, places: &Places<'_>) {
    let sort = claim.evidence.len().to_string();
    markup.open("tr", &[("id", &claim_id(&claim.id))]);
    markup.element("th", &[("scope", "row")], &claim.id);
    markup
        .open("td", &[("class", "claim")])
        .paragraph(&claim.text);
    if claim.status != "current" {
        markup.status("exempt", claim.status);
    }
    if !claim.note.is_empty() {
        markup.element("p", &[("class", "quiet")], &claim.note);
    }
    markup.close("td");
    markup.open("td", &[("class", "evidence"), ("data-sort", &sort)]);
    if claim.missing {
        markup.status("gap", "No evidence");
    } else if !claim.evidenced {
        markup.status("none", "No evidence, and none needed");
    } else {
        markup.open("ul", &[]);
        for evidence in &claim.evidence {
            let (href, title) = places.place(&evidence.file, &evidence.anchor);
            let title = format!("{title}: {}", evidence.heading);
            markup.open("li", &[]).maybe_link(href.as_deref(), &title);
            markup
                .open("span", &[("class", "quoted")])
                .text(&evidence.text)
                .close("span");
            let source = format!("{}:{}", evidence.file, evidence.line);
            markup
                .element("span", &[("class", "place")], &source)
                .close("li");
        }
        markup.close("ul");
    }
    markup.close("td").close("tr");
}
