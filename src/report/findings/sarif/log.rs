//! The parts of a SARIF log that we write, named as in the standard.

use serde::Serialize;

/// A whole log file.
#[derive(Serialize)]
pub struct Log<'a> {
    #[serde(rename = "$schema")]
    pub schema: &'static str,
    pub version: &'static str,
    pub runs: [Run<'a>; 1],
}

/// One run of one tool.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Run<'a> {
    pub tool: Tool<'a>,
    pub column_kind: &'static str,
    pub results: Vec<SarifResult>,
    pub properties: Properties,
}

/// The tool, which has no extensions.
#[derive(Serialize)]
pub struct Tool<'a> {
    pub driver: Driver<'a>,
}

/// The program itself and its rules.
#[derive(Serialize)]
pub struct Driver<'a> {
    pub name: &'static str,
    pub version: &'a str,
    pub rules: Vec<ReportingDescriptor>,
}

/// One rule.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportingDescriptor {
    pub id: &'static str,
    pub short_description: Message,
    pub help: MultiformatMessage,
    pub default_configuration: Configuration,
}

/// What holds for a rule unless the curriculum's configuration says otherwise.
#[derive(Serialize)]
pub struct Configuration {
    pub level: &'static str,
}

/// One finding. The standard calls it a result.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SarifResult {
    pub rule_id: &'static str,
    /// Position in [`Driver::rules`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule_index: Option<usize>,
    pub level: &'static str,
    pub message: Message,
    pub locations: [Location; 1],
    pub partial_fingerprints: PartialFingerprints,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fixes: Vec<SarifFix>,
}

/// What mends a finding.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SarifFix {
    pub artifact_changes: [ArtifactChange; 1],
}

/// What changes in one file.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ArtifactChange {
    pub artifact_location: ArtifactLocation,
    pub replacements: [Replacement; 1],
}

/// A text in the place of another one.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Replacement {
    pub deleted_region: Region,
    pub inserted_content: Message,
}

/// A text without formatting.
#[derive(Serialize)]
pub struct Message {
    pub text: String,
}

/// A text in both forms. `text` is what viewers without Markdown show.
#[derive(Serialize)]
pub struct MultiformatMessage {
    pub text: &'static str,
    pub markdown: &'static str,
}

/// Where a finding is.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Location {
    pub physical_location: PhysicalLocation,
}

/// A file and a region of it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PhysicalLocation {
    pub artifact_location: ArtifactLocation,
    pub region: Region,
}

/// A file, relative to a folder that the reader knows.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ArtifactLocation {
    pub uri: String,
    pub uri_base_id: &'static str,
}

/// Lines and columns from 1, the end exclusive.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Region {
    pub start_line: u32,
    pub start_column: u32,
    pub end_line: u32,
    pub end_column: u32,
}

/// What tells the same finding from others after an edit. The name ends with the version of its recipe.
#[derive(Serialize)]
pub struct PartialFingerprints {
    #[serde(rename = "ruleFileMessage/v1")]
    pub fingerprint: String,
}

/// What the standard has no field for.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Properties {
    pub as_of: String,
    pub lessons: usize,
    pub modules: usize,
}
