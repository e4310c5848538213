//! The first page of the reports: the few figures that matter, and what needs doing.

use std::collections::BTreeMap;

use super::Reports;
use super::coverage::verdict;
use super::markup::{Grid, Markup};
use super::page::Fragment;
use super::places::Places;
use crate::model::coverage::CellStatus;
use crate::model::{Rule, Severity};
use crate::report::{Basis, counted};

/// Writes the overview.
pub fn fragment(reports: &Reports<'_>, basis: &Basis<'_>, places: &Places<'_>) -> Fragment {
    let mut markup = Markup::new();
    figures(&mut markup, reports);
    to_do(&mut markup, reports, basis);
    topics(&mut markup, reports, places);
    statements(&mut markup, reports);
    findings(&mut markup, basis);
    Fragment {
        title: "Reports for reviewers".to_owned(),
        body: markup.finish(),
    }
}

fn figures(markup: &mut Markup, reports: &Reports<'_>) {
    let coverage = reports.coverage.summary;
    let commitments = reports.commitments.summary;
    let signposts = reports.signposts.summary;
    let freshness = reports.freshness.summary;
    markup.open("ul", &[("class", "figures")]);
    for (href, part, whole, words) in [
        (
            "coverage.html",
            coverage.met,
            coverage.required,
            "requirements on topics are met",
        ),
        (
            "commitments.html",
            commitments.evidenced,
            commitments.claims,
            "public claims have evidence",
        ),
        (
            "signposts.html",
            signposts.current + signposts.due_soon,
            signposts.signposts,
            "support services are verified",
        ),
        (
            "freshness.html",
            freshness.current + freshness.due_soon,
            freshness.pages,
            "pages are reviewed in time",
        ),
    ] {
        markup.open("li", &[]).open("a", &[("href", href)]);
        let figure = format!("{part} of {whole}");
        markup
            .element("strong", &[], &figure)
            .text(" ")
            .element("span", &[], words);
        markup.close("a").close("li");
    }
    markup.close("ul");
}

fn to_do(markup: &mut Markup, reports: &Reports<'_>, basis: &Basis<'_>) {
    let links = reports.links.summary;
    let signposts = reports.signposts.summary;
    let freshness = reports.freshness.summary;
    let tasks = [
        (
            reports.coverage.summary.gaps,
            "gap in the coverage",
            "coverage.html#gaps",
        ),
        (
            reports.commitments.summary.missing,
            "claim without evidence",
            "commitments.html#without-evidence",
        ),
        (
            links.broken + links.unknown,
            "broken link",
            "links.html#to-mend",
        ),
        (
            signposts.overdue,
            "support service overdue for verification",
            "signposts.html",
        ),
        (
            signposts.never,
            "support service never verified",
            "signposts.html",
        ),
        (
            freshness.overdue,
            "page overdue for review",
            "freshness.html",
        ),
        (freshness.never, "page never reviewed", "freshness.html"),
        (
            freshness.suspect,
            "page changed since its sign-off",
            "freshness.html",
        ),
        (basis.count(Severity::Error), "error", "#findings"),
        (basis.count(Severity::Warning), "warning", "#findings"),
    ];
    markup.heading("to-do", "What needs doing");
    if tasks.iter().all(|(number, ..)| *number == 0) {
        markup
            .paragraph("Nothing: no gap, no claim without evidence, nothing overdue, no finding.");
        return;
    }
    markup.open("ul", &[("class", "to-do")]);
    for (number, words, href) in tasks.into_iter().filter(|(number, ..)| *number > 0) {
        markup.open("li", &[]);
        markup.link(href, &plural(number, words)).close("li");
    }
    markup.close("ul");
}

/// Returns a number with a phrase whose noun comes before a preposition or adverb: "2 gaps in the coverage".
fn plural(number: usize, phrase: &str) -> String {
    let end = [" in ", " without ", " overdue ", " never ", " changed "]
        .iter()
        .filter_map(|word| phrase.find(word))
        .min()
        .unwrap_or(phrase.len());
    format!("{}{}", counted(number, &phrase[..end]), &phrase[end..])
}

fn topics(markup: &mut Markup, reports: &Reports<'_>, places: &Places<'_>) {
    markup.heading("topics", "Is a topic revisited wherever it must be?");
    if reports.coverage.topics.is_empty() {
        markup.paragraph("The topic register is empty.");
        return;
    }
    let grid = Grid {
        id: "topic-answers",
        caption: "Each topic against what the register requires",
        columns: &["Topic", "Answer", "Modules", "Places", "Gaps"],
    };
    markup.table(grid, |markup| {
        for topic in &reports.coverage.topics {
            let gaps = topic.count(&[CellStatus::Gap]);
            markup.row(|markup| {
                markup.row_head(|markup| {
                    markup.link(&places.list(&topic.id, None), &topic.name);
                });
                markup.cell_with(|markup| {
                    let status = if gaps > 0 { "gap" } else { "met" };
                    markup.status(status, &verdict(topic));
                });
                markup
                    .number(topic.reached())
                    .number(topic.places())
                    .number(gaps);
            });
        }
    });
}

fn statements(markup: &mut Markup, reports: &Reports<'_>) {
    markup.heading(
        "statements",
        "Where do we train on what was said in public?",
    );
    if reports.commitments.commitments.is_empty() {
        markup.paragraph("The register of commitments is empty.");
        return;
    }
    let grid = Grid {
        id: "statement-answers",
        caption: "Each statement and how much of it the training bears out",
        columns: &[
            "Statement",
            "Claims",
            "With evidence",
            "Without",
            "Claim by claim",
        ],
    };
    markup.table(grid, |markup| {
        for commitment in &reports.commitments.commitments {
            let claims = &commitment.claims;
            let evidenced = claims.iter().filter(|claim| claim.evidenced).count();
            let href = format!("commitments.html#commitment-{}", commitment.id);
            markup.row(|markup| {
                markup.row_head(|markup| {
                    markup.link(&href, &commitment.title);
                });
                markup.number(claims.len()).number(evidenced);
                markup.number(claims.iter().filter(|claim| claim.missing).count());
                markup.cell_with(|markup| {
                    markup
                        .open("details", &[])
                        .element("summary", &[], "What was said");
                    markup.open("ul", &[]);
                    for claim in claims {
                        let href = format!(
                            "commitments.html#{}",
                            super::commitments::claim_id(&claim.id)
                        );
                        markup.open("li", &[]).link(&href, &claim.text).close("li");
                    }
                    markup.close("ul").close("details");
                });
            });
        }
    });
}

fn findings(markup: &mut Markup, basis: &Basis<'_>) {
    markup.heading("findings", "Findings by rule");
    let mut counts: BTreeMap<(Severity, &str), (Rule, usize)> = BTreeMap::new();
    for finding in basis.findings {
        let key = (finding.severity, finding.rule.name());
        counts.entry(key).or_insert((finding.rule, 0)).1 += 1;
    }
    if counts.is_empty() {
        markup.paragraph("There are none.");
        return;
    }
    let grid = Grid {
        id: "finding-counts",
        caption: "What `throughline check` finds",
        columns: &["Rule", "Severity", "Findings", "What it asks for"],
    };
    markup.table(grid, |markup| {
        for ((severity, name), (rule, count)) in counts {
            markup.row(|markup| {
                markup.row_head(|markup| {
                    markup.element("code", &[], name);
                });
                markup.cell_with(|markup| {
                    markup.status(severity.name(), severity.name());
                });
                markup.number(count).cell(rule.summary());
            });
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_agree_inside_phrases() {
        for (number, phrase, expected) in [
            (1, "gap in the coverage", "1 gap in the coverage"),
            (2, "gap in the coverage", "2 gaps in the coverage"),
            (3, "claim without evidence", "3 claims without evidence"),
            (2, "page never reviewed", "2 pages never reviewed"),
            (2, "error", "2 errors"),
        ] {
            assert_eq!(plural(number, phrase), expected, "{phrase}");
        }
    }
}
