//! What SARIF logs look like, and that they are what the standard says.

use serde_json::{Value, json};
use serde_sarif::sarif::Sarif;

use super::super::sample;
use super::*;

fn log(findings: &[Finding]) -> Value {
    serde_json::from_str(&sarif(&sample::report(findings), &sample::source)).expect("a log is JSON")
}

/// Returns what the types of the standard's schema keep of a log.
fn kept(log: &Value) -> Option<Value> {
    let typed: Sarif = serde_json::from_value(log.clone()).ok()?;
    serde_json::to_value(typed).ok()
}

#[test]
fn the_types_of_the_published_schema_keep_all_of_a_log() {
    for findings in [Vec::new(), sample::findings()] {
        let log = log(&findings);
        assert!(kept(&log).as_ref() == Some(&log), "{findings:?}");
    }
}

#[test]
fn the_types_of_the_published_schema_see_faults() {
    for (path, wrong) in [
        ("/runs/0/results/0/level", json!("info")),
        ("/runs/0/results/0/message", json!({"words": "A"})),
        ("/runs/0/results/0/locations/0", json!({"line": 1})),
        (
            "/runs/0/results/0/locations/0/physicalLocation/region/startLine",
            json!("1"),
        ),
        ("/runs/0/tool", json!({})),
    ] {
        let mut log = log(&sample::findings());
        *log.pointer_mut(path).expect("the log has this path") = wrong;
        assert!(kept(&log).as_ref() != Some(&log), "{path}");
    }
}

#[test]
fn what_the_types_leave_open_is_as_the_standard_has_it() {
    let log = log(&sample::findings());
    let results = log["runs"][0]["results"].as_array().expect("results");
    assert!(!results.is_empty());
    for result in results {
        let region = &result["locations"][0]["physicalLocation"]["region"];
        let number = |key: &str| region[key].as_u64().expect("a number");
        for key in ["startLine", "startColumn", "endLine", "endColumn"] {
            assert!(number(key) >= 1, "{key} of {region}");
        }
        let (start, end) = (
            (number("startLine"), number("startColumn")),
            (number("endLine"), number("endColumn")),
        );
        assert!(start <= end, "{region}");
    }
    assert_eq!(log["version"], "2.1.0");
    assert_eq!(log["runs"][0]["columnKind"], "unicodeCodePoints");
}

#[test]
fn a_result_says_what_where_and_how_to_mend_it() {
    let log = log(&sample::findings());
    let run = &log["runs"][0];
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
