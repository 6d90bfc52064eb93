//! A graph in the language of Graphviz.

use super::{Edge, Graph, Node, Part, Shape};

const LOOK: &str = "    graph [rankdir=TB, nodesep=0.35, ranksep=0.4, fontname=\"sans-serif\", fontsize=11];
    node [shape=box, style=rounded, fontname=\"sans-serif\", fontsize=11, margin=\"0.15,0.08\"];
    edge [fontname=\"sans-serif\", fontsize=10, arrowsize=0.7];
";

/// Writes a graph for Graphviz.
pub fn dot(graph: &Graph) -> String {
    let mut out = format!("digraph \"{}\" {{\n{LOOK}", escape(&graph.id));
    for (depth, part) in graph.parts(None, 1) {
        let indent = "    ".repeat(depth);
        let line = match part {
            Part::Node(node) => format!("{};", drawn(node)),
            Part::Begins(at) => {
                let label = escape(&graph.groups[at].label);
                format!("subgraph cluster_{at} {{\n{indent}    label=\"{label}\"; labeljust=l; style=\"rounded,dashed\";")
            }
            Part::Ends => "}".to_owned(),
        };
        out.push_str(&format!("{indent}{line}\n"));
    }
    graph.edges.iter().for_each(|edge| out.push_str(&format!("    {};\n", arrow(edge))));
    out.push_str("}\n");
    out
}

fn drawn(node: &Node) -> String {
    let look = match node.shape {
        Shape::Terminal => ", shape=oval",
        Shape::Question => "",
        Shape::Note => ", shape=note, style=\"\"",
        Shape::Guard => ", shape=hexagon, style=\"\", fontname=\"monospace\", fontsize=10",
    };
    format!("{} [label=\"{}\"{look}]", node.id, lines(&node.lines))
}

fn arrow(edge: &Edge) -> String {
    let label = (!edge.lines.is_empty()).then(|| format!("label=\"{}\"", lines(&edge.lines)));
    let style = edge.passes.then(|| "style=dashed".to_owned());
    let attributes: Vec<String> = label.into_iter().chain(style).collect();
    let attributes = if attributes.is_empty() { String::new() } else { format!(" [{}]", attributes.join(", ")) };
    format!("{} -> {}{attributes}", edge.from, edge.to)
}

fn lines(lines: &[String]) -> String {
    lines.iter().map(|line| escape(line)).collect::<Vec<_>>().join("\\n")
}

/// Writes a text so that nothing in it ends it, escapes or names a character.
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('&', "&amp;")
}
