//! `dxpulse survey graph`: what is drawn, and that the programs it is drawn for read it as it is meant.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use dxpulse::author::graph::{Graph, Shape, graph};
use dxpulse::survey::parse::parse;
use serde_json::Value;

use crate::lint::{GOOD, misspelt};
use crate::published::{Published, run};
use crate::sandbox::Sandbox;

const BRANCHES: &str = include_str!("../surveys/good/branches.toml");

/// Mermaid in one file.
const MERMAID: Published = Published {
    package: "@mermaid-js/tiny@11.17.2",
    archive: "mermaid-js-tiny-11.17.2.tgz",
    sha_512: "3e616bd5ce5c49f35fe409e02cb47df03adbbd1e14e4a783ec8fa14241aa1b9c\
        3955ebb7413e1d1b4aaef5ff7d7299ffb0a8f65f14412b4abb10bea1afd358fc",
    member: "package/dist/mermaid.tiny.js",
};

/// Every survey there is to draw.
fn surveys() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["surveys", "tests/surveys/good"].map(|folder| fs::read_dir(root.join(folder)).unwrap());
    let paths = folders.into_iter().flatten().map(|entry| entry.unwrap().path());
    let surveys = paths
        .filter(|path| path.extension().is_some_and(|it| it == "toml") && !path.display().to_string().ends_with(".lock.toml"));
    let mut surveys: Vec<String> = surveys.map(|path| path.display().to_string()).collect();
    surveys.sort();
    surveys
}

fn drawn(sandbox: &Sandbox, path: &str, format: &str) -> String {
    sandbox.succeed(&["survey", "graph", path, "--format", format])
}

fn graph_of(path: &str) -> Graph {
    graph(&parse(&fs::read_to_string(path).unwrap()).unwrap(), "")
}

#[test]
fn a_survey_with_every_kind_of_branch_is_drawn() {
    let sandbox = Sandbox::new();
    sandbox.write("branches.toml", BRANCHES);
    for format in ["mermaid", "dot"] {
        insta::assert_snapshot!(format!("branches.{format}"), drawn(&sandbox, "branches.toml", format));
    }
    assert_eq!(sandbox.succeed(&["survey", "graph", "branches.toml"]), drawn(&sandbox, "branches.toml", "mermaid"));
}

#[test]
fn mermaid_reads_every_node_edge_and_group_with_its_words() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/author/flowchart.mjs");
    let (sandbox, surveys) = (Sandbox::new(), surveys());
    let mut node = Command::new("node");
    node.arg(script).arg(MERMAID.file("mermaid-11.17.2.js"));
    for (number, path) in surveys.iter().enumerate() {
        sandbox.write(&format!("{number}.mmd"), &drawn(&sandbox, path, "mermaid"));
        node.arg(sandbox.path(&format!("{number}.mmd")));
    }
    let read: Vec<Value> = serde_json::from_slice(&run(&mut node).unwrap()).unwrap();
    assert_eq!(read.len(), surveys.len());
    for (path, read) in surveys.iter().zip(&read) {
        let graph = graph_of(path);
        let words = |lines: &[String]| lines.join("<br/>");
        let list = |name: &str, keys: [&str; 3]| -> BTreeSet<[String; 3]> {
            let one = |value: &Value| keys.map(|key| value[key].as_str().unwrap().to_owned());
            read[name].as_array().unwrap().iter().map(one).collect()
        };
        let nodes = graph.nodes.iter().map(|node| [node.id.clone(), words(&node.lines), shape(node.shape).to_owned()]);
        assert_eq!(list("nodes", ["id", "text", "shape"]), nodes.collect(), "{path}");
        let edges = graph.edges.iter().map(|edge| [edge.from.clone(), edge.to.clone(), words(&edge.lines)]);
        assert_eq!(list("edges", ["from", "to", "text"]), edges.collect(), "{path}");
        let groups: BTreeSet<&str> = graph.groups.iter().map(|group| group.label.as_str()).collect();
        assert_eq!(
            read["groups"].as_array().unwrap().iter().map(|group| group.as_str().unwrap()).collect::<BTreeSet<_>>(),
            groups
        );
    }
}

/// Gives Mermaid's name for a shape.
fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Terminal => "stadium",
        Shape::Question | Shape::Note => "square",
        Shape::Guard => "diamond",
    }
}

#[test]
fn graphviz_lays_out_every_node_edge_and_group_with_its_words() {
    let sandbox = Sandbox::new();
    for path in surveys() {
        sandbox.write("survey.dot", &drawn(&sandbox, &path, "dot"));
        let mut dot = Command::new("dot");
        let output = dot.arg("-Tjson").arg(sandbox.path("survey.dot")).stdin(Stdio::null()).output().expect("dot is needed");
        assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""), "{path}");
        let read: Value = serde_json::from_slice(&output.stdout).unwrap();
        let graph = graph_of(&path);
        let list = |name: &str| read[name].as_array().cloned().unwrap_or_default();
        let objects = list("objects");
        let is_group = |object: &&Value| object["name"].as_str().unwrap().starts_with("cluster_");
        let nodes = objects.iter().filter(|object| !is_group(object));
        let found: BTreeMap<_, _> = nodes.map(|node| (node["name"].as_str().unwrap().to_owned(), words(node))).collect();
        let expected: BTreeMap<_, _> = graph.nodes.iter().map(|node| (node.id.clone(), node.lines.clone())).collect();
        assert_eq!(found, expected, "{path}");
        let name = |at: &Value| objects[usize::try_from(at.as_u64().unwrap()).unwrap()]["name"].as_str().unwrap().to_owned();
        let mut found: Vec<_> =
            list("edges").iter().map(|edge| (name(&edge["tail"]), name(&edge["head"]), words(edge))).collect();
        let mut expected: Vec<_> =
            graph.edges.iter().map(|edge| (edge.from.clone(), edge.to.clone(), edge.lines.clone())).collect();
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{path}");
        assert_eq!(objects.iter().filter(is_group).count(), graph.groups.len(), "{path}");
    }
}

/// Gives the lines that Graphviz draws for an object.
fn words(object: &Value) -> Vec<String> {
    let operations = object["_ldraw_"].as_array().into_iter().flatten();
    operations.filter(|it| it["op"] == "T").map(|it| it["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn texts_are_those_of_the_language_asked_for() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "pulse.toml",
        &GOOD
            .replace("text = \"How easy", "text.de = \"Wie einfach?\"\ntext.en = \"How easy")
            .replace("\"Pulse\"", "{ en = \"Pulse\", de = \"Puls\" }"),
    );
    for (language, title, text) in [("de", "Puls\"", "Wie einfach?"), ("en-GB", "Pulse\"", "How easy was")] {
        let drawn = sandbox.succeed(&["survey", "graph", "pulse.toml", "--lang", language]);
        assert!(drawn.contains(title) && drawn.contains(text), "{drawn}");
    }
    for (locale, text) in [("de_AT.UTF-8", "Wie einfach?"), ("fr_FR.UTF-8", "How easy was")] {
        let mut auto = sandbox.command(&["survey", "graph", "pulse.toml", "--lang", "auto"]);
        let drawn = auto.env("LC_ALL", locale).output().unwrap().stdout;
        assert!(String::from_utf8_lossy(&drawn).contains(text), "{locale}");
    }
    let refused = sandbox.run(&["survey", "graph", "pulse.toml", "--lang", "fr"]);
    assert!(refused.code == 2 && refused.err.contains("its texts are in en, de"), "{}", refused.err);
}

#[test]
fn what_cannot_be_drawn_is_told_on_standard_error_alone() {
    let sandbox = Sandbox::new();
    sandbox.write("pulse.toml", &misspelt());
    sandbox.write("open.toml", "id = \"pulse");
    let cases = [
        ("pulse.toml", 1, "error[unknown-key]: unknown key `titel`"),
        ("open.toml", 2, "error[syntax]"),
        ("nowhere.toml", 2, "nowhere.toml: can't be read: No such file or directory"),
        (".", 2, "a graph is drawn of one file"),
    ];
    for (path, code, said) in cases {
        let outcome = sandbox.run(&["survey", "graph", path]);
        assert_eq!((outcome.code, outcome.out.as_str()), (code, ""), "{path}: {}", outcome.err);
        assert!(outcome.err.contains(said), "{path}: {}", outcome.err);
    }
}

#[test]
fn a_language_the_survey_lacks_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.write("pulse.toml", GOOD);
    for arguments in [["graph", "pulse.toml"], ["simulate", "pulse.toml"]] {
        let outcome = sandbox.run(&[&["survey"], &arguments[..], &["--lang", "fr"]].concat());
        assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{outcome:?}");
        assert!(
            outcome.err.contains("pulse.toml has no texts in the language \"fr\"\n  help: its texts are in en"),
            "{outcome:?}"
        );
    }
}
