//! What the ends of a scale mean, where the words are long: each end is read on its own, and no word is taken apart.

use std::sync::Arc;

use dxpulse::screen::theme::Theme;
use dxpulse::survey::parse::parse;

use crate::sizes::check;
use crate::stage::Stage;
use crate::text::rows;

const FAR: &str = "It took me far longer than I had planned for when I began";
const LESS: &str = "It took me much less time than I had planned for";

/// Draws the first question of a survey with these keys, and gives the lines that tell of the ends of its scale.
fn ends(question: &str, size: (u16, u16)) -> Vec<String> {
    let source = format!("id = \"s\"\ntitle = \"S\"\n[[question]]\nid = \"q\"\ntext = \"How was it?\"\npoints = 5\n{question}");
    let survey = Arc::new(parse(&source).unwrap());
    let stage = Stage::at(&survey, "q");
    let found = check(question, &stage, &[size, (80, 24), (40, 10), (200, 60), (24, 6), (20, 10)]);
    assert!(found.is_empty(), "{}", found.join("\n"));
    let shown = rows(&stage.draw(size, &Theme::plain()).buffer);
    let last = shown.iter().position(|row| row.trim_start().starts_with("──")).unwrap();
    let tells = |row: &&String| row.contains(char::is_alphabetic) && !row.contains("How was it?");
    shown[2..last].iter().filter(tells).map(|row| row.trim().to_owned()).collect()
}

#[test]
fn ends_that_do_not_fit_on_one_line_have_lines_of_their_own_and_break_between_words() {
    let long = format!("type = \"rating\"\nanchors = {{ low = \"{FAR}\", high = \"{LESS}\" }}");
    let one = format!("type = \"rating\"\nanchors = {{ low = \"{FAR}\" }}");
    let japanese = "type = \"rating\"\nanchors = { low = \"まったくそう思わない\", high = \"非常にそう思う\" }";
    let matrix = format!(
        "type = \"matrix\"\nanchors = {{ low = \"{FAR}, with all that it needed\", high = \"Very easy\" }}\n\
         rows = [{{ code = \"a\", label = \"Building\" }}, {{ code = \"b\", label = \"Deploying\" }}]"
    );
    let short = "type = \"rating\"\nanchors = { low = \"Very hard indeed\", mid = \"Neither\", high = \"Very easy\" }";
    for (question, size, lines) in [
        (
            long.as_str(),
            (40, 10),
            &[
                "1 It took me far longer than I had",
                "planned for when I began",
                "5 It took me much less time than I had",
                "planned for",
            ][..],
        ),
        (&long, (80, 24), &[&format!("1 {FAR}"), &format!("5 {LESS}")]),
        (&one, (40, 10), &["1 It took me far longer than I had", "planned for when I began"]),
        (japanese, (40, 10), &["1 まったくそう思わない", "5 非常にそう思う"]),
        (
            &matrix,
            (80, 24),
            &[
                &format!("1 {FAR}, with all that"),
                "it needed",
                "5 Very easy",
                "▸ Building             1   2   3   4   5",
                "Deploying            1   2   3   4   5",
            ],
        ),
        (short, (40, 10), &["1 Very hard indeed   3 Neither", "5 Very easy"]),
    ] {
        assert_eq!(ends(question, size), lines, "{size:?}");
    }
}
