//! A graph as a Mermaid flowchart.
//!
//! Mermaid reads Markdown and HTML in labels, so that every character but plain ones is written by its number.

use super::{Edge, Graph, Node, Part, Shape};

/// Writes a graph for Mermaid.
pub fn mermaid(graph: &Graph) -> String {
    let mut out = format!("%% {}\nflowchart TD\n", graph.id);
    nodes(graph, None, 1, &mut out);
    graph.edges.iter().for_each(|edge| out.push_str(&format!("    {}\n", arrow(edge))));
    out.push_str("    classDef note stroke-dasharray: 4 4\n    classDef guard font-family: monospace\n");
    for (class, shape) in [("note", Shape::Note), ("guard", Shape::Guard)] {
        let ids: Vec<&str> = graph.nodes.iter().filter(|node| node.shape == shape).map(|node| node.id.as_str()).collect();
        if !ids.is_empty() {
            out.push_str(&format!("    class {} {class}\n", ids.join(",")));
        }
    }
    out
}

/// Writes the nodes that stand in a group itself, and the groups within it.
fn nodes(graph: &Graph, inside: Option<usize>, depth: usize, out: &mut String) {
    let indent = "    ".repeat(depth);
    for part in graph.parts(inside) {
        match part {
            Part::Node(node) => out.push_str(&format!("{indent}{}\n", drawn(node))),
            Part::Group(at) => {
                out.push_str(&format!("{indent}subgraph group_{at}[\"{}\"]\n", escape(&graph.groups[at].label)));
                nodes(graph, Some(at), depth + 1, out);
                out.push_str(&format!("{indent}end\n"));
            }
        }
    }
}

fn drawn(node: &Node) -> String {
    let label = lines(&node.lines);
    let [open, close] = match node.shape {
        Shape::Terminal => ["([", "])"],
        Shape::Question | Shape::Note => ["[", "]"],
        Shape::Guard => ["{", "}"],
    };
    format!("{}{open}\"{label}\"{close}", node.id)
}

fn arrow(edge: &Edge) -> String {
    let line = if edge.passes { "-.->" } else { "-->" };
    let label = if edge.lines.is_empty() { String::new() } else { format!("|\"{}\"|", lines(&edge.lines)) };
    format!("{} {line}{label} {}", edge.from, edge.to)
}

fn lines(lines: &[String]) -> String {
    lines.iter().map(|line| escape(line)).collect::<Vec<_>>().join("<br/>")
}

/// Writes a text so that nothing in it is read as syntax.
fn escape(text: &str) -> String {
    let mut safe = String::new();
    for character in text.chars() {
        match character {
            ' ' | ',' | '?' | '\'' | '·' => safe.push(character),
            c if c.is_alphanumeric() || !c.is_ascii() => safe.push(c),
            c => safe.push_str(&format!("#{};", u32::from(c))),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_of_a_text_is_syntax() {
        let text = "1. \"a\" <b> & `c` *d* _e_ [f](g) {h} |i| #j; 日本 é, why?";
        let safe = escape(text);
        assert!(safe.chars().all(|c| c.is_alphanumeric() || " ,?#;".contains(c)), "{safe}");
        assert_eq!(escape("nps <= 6"), "nps #60;#61; 6");
    }
}
