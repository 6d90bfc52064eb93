//! The report as SARIF 2.1.0, which code scanning reads.
//!
//! Only what was found is listed as a rule. Columns count characters, and paths are URIs relative to where the program ran.

use std::collections::BTreeSet;
use std::ops::Range;

use serde_json::{Value, json};

use super::super::positions::Positions;
use super::super::{Checked, Finding, explain};
use super::{Report, safe, word};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Writes the report as SARIF.
pub fn sarif(report: &Report) -> String {
    let codes: BTreeSet<&str> = report.files.iter().flat_map(|file| &file.findings).map(|finding| finding.code).collect();
    let codes: Vec<&str> = codes.into_iter().collect();
    let results = report.files.iter().flat_map(|file| results(file, &codes));
    safe::json(&json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "dxpulse",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|code| rule(code)).collect::<Vec<_>>(),
            } },
            "invocations": [invocation(report)],
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
        }],
    }))
}

fn rule(code: &str) -> Value {
    match explain(code) {
        None => json!({ "id": code }),
        Some(explanation) => {
            let examples = format!("Bad:\n{}\n\nGood:\n{}", explanation.bad, explanation.good);
            let meaning = explanation.meaning.replace('\n', " ");
            let first = meaning.split_once(". ").map_or(meaning.as_str(), |(first, _)| first);
            json!({
                "id": code,
                "shortDescription": { "text": format!("{}.", first.trim_end_matches('.')) },
                "fullDescription": { "text": meaning },
                "help": { "text": examples },
            })
        }
    }
}

/// Says whether everything could be read, and what couldn't.
fn invocation(report: &Report) -> Value {
    let failures = report.failures.iter().map(|failed| json!({ "level": "error", "message": { "text": failed.to_string() } }));
    json!({
        "executionSuccessful": report.failures.is_empty(),
        "toolExecutionNotifications": failures.collect::<Vec<_>>(),
    })
}

fn results(file: &Checked, codes: &[&str]) -> Vec<Value> {
    let positions = Positions::new(&file.text);
    let uri = uri(&file.path);
    file.findings.iter().map(|finding| result(finding, &uri, codes, &positions)).collect()
}

fn result(finding: &Finding, uri: &str, codes: &[&str], positions: &Positions<'_>) -> Value {
    let mut result = json!({
        "ruleId": finding.code,
        "ruleIndex": codes.iter().position(|code| *code == finding.code),
        "level": word(finding.severity),
        "message": { "text": format!("{}; {}", finding.message, finding.help) },
        "locations": [location(uri, &finding.place, positions)],
    });
    if !finding.related.is_empty() {
        let related = finding.related.iter().map(|related| {
            let mut location = location(uri, &related.place, positions);
            location["message"] = json!({ "text": related.message });
            location
        });
        result["relatedLocations"] = related.collect();
    }
    result
}

fn location(uri: &str, place: &Range<usize>, positions: &Positions<'_>) -> Value {
    let [start, end] = positions.of_range(place);
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri },
        "region": {
            "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column,
        },
    } })
}

/// Gives a path as a URI: an absolute one with its scheme, any other as a relative reference.
fn uri(path: &str) -> String {
    let mut uri = if path.starts_with('/') { "file://".to_owned() } else { String::new() };
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        for (path, expected) in [
            ("surveys/pulse.toml", "surveys/pulse.toml"),
            ("my surveys/ä:1.toml", "my%20surveys/%C3%A4%3A1.toml"),
            ("../x#y?.toml", "../x%23y%3F.toml"),
            ("/srv/pulse.toml", "file:///srv/pulse.toml"),
        ] {
            assert_eq!(uri(path), expected);
        }
    }
}
