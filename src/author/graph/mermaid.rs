//! A graph as a Mermaid flowchart.
//!
//! Mermaid reads Markdown and HTML in labels, so that every character that could be either is written by its name or number.

use super::{Edge, Graph, Node, Part, Shape};

/// Writes a graph for Mermaid.
pub fn mermaid(graph: &Graph) -> String {
    let mut out = format!("%% {}\nflowchart TD\n", graph.id);
    for (depth, part) in graph.parts(None, 1) {
        let line = match part {
            Part::Node(node) => drawn(node),
            Part::Begins(at) => format!("subgraph group_{at}[\"{}\"]", escape(&graph.groups[at].label)),
            Part::Ends => "end".to_owned(),
        };
        out.push_str(&format!("{}{line}\n", "    ".repeat(depth)));
    }
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

/// Writes a line so that nothing in it is read as syntax, neither Mermaid's nor that of a list, a heading or an address.
fn escape(line: &str) -> String {
    let mut safe = String::new();
    for (at, character) in line.char_indices() {
        let (before, behind) = (&line[..at], &line[at + character.len_utf8()..]);
        let ends_a_word = behind.is_empty() || behind.starts_with(' ');
        match character {
            ' ' | ',' | '?' | '!' | '\'' | '(' | '/' => safe.push(character),
            // "1." and "1)" begin a list, as "-" and "+" do; "==" under a line makes it a heading.
            '.' if ends_a_word && before.contains(char::is_alphabetic) => safe.push(character),
            ')' if before.contains(char::is_alphabetic) => safe.push(character),
            '_' if before.ends_with(char::is_alphanumeric) && behind.starts_with(char::is_alphanumeric) => safe.push(character),
            '-' | '+' | '=' if before.contains(char::is_alphanumeric) => safe.push(character),
            '"' => safe.push_str("#quot;"),
            '&' => safe.push_str("#amp;"),
            '<' => safe.push_str("#lt;"),
            '>' => safe.push_str("#gt;"),
            _ if character.is_alphanumeric() || !character.is_ascii() => safe.push(character),
            _ => safe.push_str(&format!("#{};", u32::from(character))),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_of_a_text_is_syntax() {
        let cases = [
            ("nps <= 6", "nps #lt;= 6"),
            ("\"a\" & `b` *c* _d_ e_1", "#quot;a#quot; #amp; #96;b#96; #42;c#42; #95;d#95; e_1"),
            ("[f](g) {h} |i| #j;", "#91;f#93;(g) #123;h#125; #124;i#124; #35;j#59;"),
            ("1. Why (so)?", "1#46; Why (so)?"),
            ("- and +. End.", "#45; and +. End."),
            ("== 3", "#61;#61; 3"),
            ("see www.example.org, http://a.b or a@b.c", "see www#46;example#46;org, http#58;//a#46;b or a#64;b#46;c"),
            ("日本 · é 😀", "日本 · é 😀"),
        ];
        for (text, written) in cases {
            assert_eq!(escape(text), written);
        }
    }
}
