//! Conditions that are sound however odd they look, and what is told of those that come to the same whatever is answered.

use crate::survey::parse::parse;

const BASE: &str = r#"
id = "base"
title = "Base"

[[variant]]
id = "arm"
arms = ["a", "b"]

[[variant]]
id = "new-words"
arms = ["a", "b"]

[[group]]
id = "high"
show_if = "nps > 6"

[[question]]
id = "nps"
type = "nps"
text = "How likely?"

[[question]]
id = "role"
type = "single"
text = "Who?"
choices = [{ code = "dev", label = "Dev" }, { code = "ops", label = "Ops" }, { code = "none", label = "None" }]

[[question]]
id = "dev_ease"
type = "rating"
text = "Dev?"
show_if = "role == 'dev'"

[[question]]
id = "ops_ease"
type = "rating"
text = "Ops?"
show_if = "role == 'ops'"

[[question]]
id = "praise"
type = "text"
text = "Praise?"
group = "high"

[[question]]
id = "used"
type = "boolean"
text = "Used?"

[[question]]
id = "tools"
type = "multi"
text = "Which?"
choices = [{ code = "ci", label = "Builds" }, { code = "docs", label = "Documents" }, { code = "none", label = "None", exclusive = true }]

[[question]]
id = "w"
type = "text"
text = "Say?"

[[question]]
id = "tools2"
type = "multi"
text = "Which else?"
choices = [{ code = "docs", label = "Documents" }, { code = "ci", label = "Builds" }, { code = "dev", label = "Dev" }]

[[question]]
id = "w3"
type = "text"
text = "Say?"

[[question]]
id = "w2"
type = "text"
text = "Say more?"

[[question]]
id = "hours"
type = "number"
text = "Hours?"
min = -100
max = 100

[[question]]
id = "rate"
type = "number"
text = "Rate?"
decimals = 1

[[question]]
id = "since"
type = "date"
text = "Since?"
max = 2026-12-31

[[question]]
id = "must"
type = "boolean"
text = "Must?"
required = true

[[question]]
id = "two"
type = "multi"
text = "Which two?"
min = 2
choices = [{ code = "ci", label = "Builds" }, { code = "docs", label = "Documents" }, { code = "dev", label = "Dev" }]

[[question]]
id = "few"
type = "number"
text = "How few?"
min = 0
max = 3

[[question]]
id = "more"
type = "number"
text = "How many more?"
min = 3
max = 8

[[question]]
id = "picked"
type = "single"
text = "Which?"
choices = [{ code = "usual", label = "Usual" }, { code = "rare", label = "Rare", show_if = "nps <= 6" }]

[[question]]
id = "m2"
type = "matrix"
text = "How good?"
rows = [{ code = "ci", label = "Builds", show_if = "nps <= 6" }, { code = "docs", label = "Documents" }]

[[question]]
id = "m"
type = "matrix"
text = "How good?"
points = 5
rows = [{ code = "ci", label = "Builds" }, { code = "docs", label = "Documents" }]
"#;

/// Gives the codes of what is told of a last question under this condition, in a group or not.
fn told(condition: &str, more: &str) -> Vec<&'static str> {
    let source =
        format!("{BASE}\n[[question]]\nid = \"last\"\ntype = \"text\"\ntext = \"Why?\"\nshow_if = '''{condition}'''\n{more}");
    parse(&source).err().unwrap_or_default().iter().map(|problem| problem.code).collect()
}

#[test]
fn what_can_be_so_and_not_so_is_sound() {
    for condition in [
        "dev_ease <= 2 || ops_ease <= 2",
        "role == 'none' || dev_ease <= 2 || ops_ease <= 2",
        "role == 'dev' && dev_ease <= 2 || role == 'ops' && ops_ease <= 2",
        "(!answered(dev_ease) || dev_ease > 3) && (!answered(ops_ease) || ops_ease > 3)",
        "role == 'dev' ? dev_ease <= 2 : ops_ease <= 2",
        "used && (dev_ease <= 2 || ops_ease <= 2)",
        "nps <= 6 || answered(role)",
        "nps <= 6 || size(tools) > 0",
        "used || answered(w)",
        "answered(nps) || answered(role)",
        "w == 'x'",
        "w != 'x'",
        "w in ['x', 'y']",
        "!(w in ['x', 'y'])",
        "answered(w) && w != 'x'",
        "w == w2",
        "w != w2",
        "w == w2 || nps > 3",
        "-hours == -3",
        "-hours in [-3]",
        "-hours > 5",
        "-hours != -3",
        "0 - hours == -3",
        "nps == hours",
        "rate == 1.5",
        "since < '2026-01-01' || since > '2026-06-01'",
        "m.ci <= 2 && m.docs > 3",
        "variant.arm == 'a' && nps > 3",
        "variant['new-words'] == 'a'",
        "has(m.ci)",
        "few == more",
        "'ci' in two && !('docs' in two)",
        "has(m.ci) || m.docs == 1",
        "m.ci >= 1 || m.docs >= 1",
        "picked == 'rare' && nps > 3",
        "has(variant.arm) && variant['arm'] == 'b'",
        "'ci' in tools && !('docs' in tools)",
        "role in tools",
        "!(role in tools)",
        "tools == tools2",
        "tools != tools2",
        "w != w2 && w2 != w3 && w != w3",
        "m.ci == m.docs",
        "role == 'dev' ? w == w2 : w2 == w3",
    ] {
        assert_eq!(told(condition, ""), Vec::<&str>::new(), "{condition}");
    }
}

#[test]
fn what_can_never_be_or_is_always_so_is_told() {
    for (condition, code) in [
        ("nps <= 6 && nps >= 9", "unreachable-question"),
        ("role == 'dev' && role == 'ops'", "unreachable-question"),
        ("dev_ease <= 2 && ops_ease <= 2", "unreachable-question"),
        ("'none' in tools && 'ci' in tools", "unreachable-question"),
        ("m.ci > 3 && m.ci < 3", "unreachable-question"),
        ("since > '2027-01-01'", "unreachable-question"),
        ("since < '2026-01-01' && since > '2026-02-01'", "unreachable-question"),
        ("rate == 1.55", "unreachable-question"),
        ("hours > 100", "unreachable-question"),
        ("w == 'x' && w == 'y'", "unreachable-question"),
        ("variant.arm == 'a' && variant.arm == 'b'", "unreachable-question"),
        ("nps <= 10", "constant-condition"),
        ("m.ci >= 1", "constant-condition"),
        ("!has(m.ci) && !has(m.docs)", "unreachable-question"),
        ("!has(m2.ci) && !has(m2.docs)", "unreachable-question"),
        ("!answered(must)", "unreachable-question"),
        ("answered(must)", "constant-condition"),
        ("size(two) == 1", "unreachable-question"),
        ("size(two) >= 2", "constant-condition"),
        ("few > more", "unreachable-question"),
        ("picked == 'rare' && nps > 6", "unreachable-question"),
        ("m2.ci <= 2 && nps > 6", "unreachable-question"),
        ("since <= '2026-12-31'", "constant-condition"),
        ("dev_ease >= 1", "constant-condition"),
        ("answered(nps) || !answered(nps)", "constant-condition"),
        ("variant.arm == 'a' || variant.arm == 'b'", "constant-condition"),
    ] {
        assert_eq!(told(condition, ""), [code], "{condition}");
    }
}

#[test]
fn a_condition_is_judged_together_with_those_around_it() {
    assert_eq!(told("nps < 5", "group = \"high\"\n"), ["unreachable-question"]);
    assert_eq!(told("nps < 8", "group = \"high\"\n"), Vec::<&str>::new());
    assert_eq!(told("nps > 4", "group = \"high\"\n"), ["constant-condition"]);
    let jumps =
        |list: &str| told("nps == 3", &format!("jump = [{list}]\n[[question]]\nid = \"z\"\ntype = \"text\"\ntext = \"?\"\n"));
    assert_eq!(jumps("{ if = \"nps > 5\", to = \"end\" }"), ["unreachable-jump"]);
    assert_eq!(jumps("{ if = \"used\", to = \"end\" }, { if = \"used && answered(w)\", to = \"end\" }"), ["unreachable-jump"]);
    assert_eq!(jumps("{ if = \"used\", to = \"end\" }, { if = \"!used\", to = \"end\" }"), Vec::<&str>::new());
}

/// A survey with a chain of two hundred questions, each looking at many before it, is judged as far as a bound allows.
#[test]
fn conditions_beyond_the_bound_are_not_decided_and_do_not_hold_up_the_reading() {
    let mut source = String::from("id = \"long\"\ntitle = \"Long\"\n");
    for at in 0..200 {
        let before = (at - 18).max(0)..at;
        let parts: Vec<String> = before.map(|other| format!("(answered(q{other}) && !q{other})")).collect();
        let condition = if parts.is_empty() { String::new() } else { format!("show_if = \"{}\"\n", parts.join(" || ")) };
        source += &format!("[[question]]\nid = \"q{at}\"\ntype = \"boolean\"\ntext = \"?\"\n{condition}");
    }
    assert_eq!(parse(&source).map(|survey| survey.questions.len()), Ok(200));
}

#[test]
fn a_matrix_is_compared_by_its_rows() {
    assert_eq!(told("m == m", ""), ["type-mismatch"]);
}

#[test]
fn a_constraint_may_look_at_an_earlier_answer_alone() {
    assert_eq!(told("used", "constraint = { must = \"hours > 3\", message = \"Hours first.\" }\n"), Vec::<&str>::new());
    assert_eq!(told("used", "constraint = { must = \"nps > 10 || nps <= 10\", message = \"No.\" }\n"), ["constant-condition"]);
}

#[test]
fn a_part_of_a_text_is_looked_for_in_a_text() {
    assert_eq!(told("contains(w, 'slow')", ""), ["type-mismatch"]);
    assert_eq!(told("w.contains('slow')", ""), Vec::<&str>::new());
}

#[test]
fn a_matrix_whose_rows_may_all_be_hidden_may_lack_an_answer_though_it_is_required() {
    let row = |code: &str, condition: &str| format!("  {{ code = \"{code}\", label = \"The {code}\"{condition} }},\n");
    let source = |second: &str| {
        format!(
            "id = \"x\"\ntitle = \"X\"\n\n[[question]]\nid = \"q0\"\ntype = \"nps\"\ntext = \"Q?\"\n\n[[question]]\nid = \"q1\"\n\
             type = \"matrix\"\ntext = \"Q?\"\nrequired = true\nrows = [\n{}{}]\n\n[[question]]\nid = \"q2\"\ntype = \"nps\"\n\
             text = \"Q?\"\nshow_if = \"!answered(q1)\"\n",
            row("a", ", show_if = \"q0 >= 7\""),
            row("b", second),
        )
    };
    let codes = |second: &str| match crate::survey::parse::parse(&source(second)) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().map(|problem| problem.code).collect(),
    };
    assert_eq!(codes(", show_if = \"q0 >= 7\""), Vec::<&str>::new());
    assert_eq!(codes(""), ["unreachable-question"]);
}
