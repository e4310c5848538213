//! What SARIF logs look like, and that they are what the standard says.

use serde_json::{Value, json};

use super::super::sample;
use super::schema::faults;
use super::*;

/// See `tests/schemas/README.md`.
const PUBLISHED: &str = include_str!("../../../../tests/schemas/sarif-2.1.0.json");

fn log(findings: &[Finding]) -> Value {
    serde_json::from_str(&sarif(&sample::report(findings), &sample::source)).expect("a log is JSON")
}

#[test]
fn logs_are_valid_against_the_published_schema() {
    let schema: Value = serde_json::from_str(PUBLISHED).expect("the schema is JSON");
    for findings in [Vec::new(), sample::findings()] {
        assert_eq!(faults(&schema, &log(&findings)), [""; 0], "{findings:?}");
    }
}

#[test]
fn the_schema_check_sees_faults() {
    let schema: Value = serde_json::from_str(PUBLISHED).expect("the schema is JSON");
    for (path, wrong, expected) in [
        ("/version", json!("2.0.0"), "/version: "),
        ("/runs/0/columnKind", json!("bytes"), "/runs/0/columnKind: "),
        (
            "/runs/0/results/0/message",
            json!({}),
            "/runs/0/results/0/message: ",
        ),
        (
            "/runs/0/results/0/locations/0",
            json!({"line": 1}),
            "/runs/0/results/0/locations/0/line: ",
        ),
        (
            "/runs/0/results/0/locations/0/physicalLocation/region/startLine",
            json!(0),
            "/runs/0/results/0/locations/0/physicalLocation/region/startLine: ",
        ),
        ("/runs/0/tool", json!({}), "/runs/0/tool: "),
    ] {
        let mut log = log(&sample::findings());
        *log.pointer_mut(path).expect("the log has this path") = wrong;
        let faults = faults(&schema, &log);
        assert!(
            faults.iter().any(|fault| fault.starts_with(expected)),
            "{path}: {faults:?}"
        );
    }
}

#[test]
fn a_result_says_what_where_and_how_to_mend_it() {
    let log = log(&sample::findings());
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(
        run["properties"],
        json!({"asOf": "2026-11-21", "lessons": 12, "modules": 3})
    );

    let mut result = run["results"][3].clone();
    let fingerprint = result["partialFingerprints"]["ruleFileMessage/v1"].take();
    assert_eq!(fingerprint.as_str().map(str::len), Some(64));
    let index = result["ruleIndex"].take().as_u64().expect("an index") as usize;
    assert_eq!(run["tool"]["driver"]["rules"][index]["id"], "unknown-key");
    assert_eq!(
        result,
        json!({
            "ruleId": "unknown-key",
            "ruleIndex": null,
            "level": "error",
            "message": {
                "text": "unknown key `naem` <100%>\nin {{topic}}\nhelp: did you mean `name`?"
            },
            "locations": [{
                "physicalLocation": {
                    "artifactLocation": {
                        "uri": "modules/topics%2C%20%22new%22.toml",
                        "uriBaseId": "%SRCROOT%",
                    },
                    "region": {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 5},
                },
            }],
            "partialFingerprints": {"ruleFileMessage/v1": null},
        })
    );
}

#[test]
fn what_mends_a_finding_is_told_in_lines_and_columns() {
    let log = log(&sample::findings());
    let results = &log["runs"][0]["results"];
    assert_eq!(
        results[1]["fixes"],
        json!([{
            "artifactChanges": [{
                "artifactLocation": {
                    "uri": "modules/03-debt/04-hardship.md",
                    "uriBaseId": "%SRCROOT%",
                },
                "replacements": [{
                    "deletedRegion": {"startLine": 3, "startColumn": 22, "endLine": 3, "endColumn": 37},
                    "insertedContent": {"text": "../02-income/03-two-viewpoints.md"},
                }],
            }],
        }])
    );
    assert!(results[0].get("fixes").is_none(), "nothing mends this one");
}

#[test]
fn every_severity_has_its_level() {
    let log = log(&sample::findings());
    let levels: Vec<_> = log["runs"][0]["results"]
        .as_array()
        .expect("results")
        .iter()
        .map(|result| &result["level"])
        .collect();
    assert_eq!(levels, ["note", "error", "warning", "error"]);
}

#[test]
fn every_rule_is_described() {
    let log = log(&[]);
    let rules = log["runs"][0]["tool"]["driver"]["rules"]
        .as_array()
        .expect("rules");
    for (rule, described) in Rule::ALL.iter().zip(rules) {
        assert_eq!(
            described,
            &json!({
                "id": rule.name(),
                "shortDescription": {"text": rule.summary()},
                "help": {"text": rule.explanation(), "markdown": rule.explanation()},
                "defaultConfiguration": {"level": level(rule.default_severity())},
            })
        );
    }
    assert_eq!(rules.len(), Rule::ALL.len());
}

#[test]
fn paths_become_relative_references() {
    for (path, expected) in [
        ("modules/a-b_c.~1.md", "modules/a-b_c.~1.md"),
        ("a:b/c d.md", "a%3Ab/c%20d.md"),
        ("ŵ#?%.md", "%C5%B5%23%3F%25.md"),
        ("\\\"<\n", "%5C%22%3C%0A"),
    ] {
        assert_eq!(relative_uri(path), expected, "{path:?}");
    }
}
