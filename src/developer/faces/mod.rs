//! The faces of a session: full screen, a few lines under the prompt, plain lines, and answers from a file. All of them stand over one state machine.

mod driver;
pub mod full;
mod inline;
pub mod lines;
pub mod scripted;
#[cfg(test)]
mod trial;
pub mod words;

pub use driver::{Finish, Keeping, Manner, run};

/// How a session is shown on a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// The whole screen, one question at a time.
    Full,
    /// A few lines under the prompt, one question at a time; what stands above stays.
    Inline,
    /// Lines below each other, without any escape sequence.
    Lines,
}

/// The fewest columns of the full screen.
pub(crate) const FEWEST_COLUMNS: u16 = 20;
/// The fewest rows of the full screen.
pub(crate) const FEWEST_ROWS: u16 = 4;

/// What decides between the faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Surroundings<'a> {
    /// What is asked for, or usual for the survey.
    pub wanted: Face,
    /// The environment variable `TERM`.
    pub term: Option<&'a str>,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
}

/// Chooses the face: what is wanted, but plain lines on a dumb terminal and where the screen is too small.
pub fn choose(surroundings: &Surroundings<'_>) -> Face {
    let dumb = surroundings.term == Some("dumb");
    if dumb || is_too_small(surroundings.size) { Face::Lines } else { surroundings.wanted }
}

/// Says whether the screen holds too little for the full face.
pub(crate) fn is_too_small((columns, rows): (u16, u16)) -> bool {
    columns < FEWEST_COLUMNS || rows < FEWEST_ROWS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wanted_is_chosen_and_lines_where_the_screen_cannot_do_it() {
        let roomy = Surroundings { wanted: Face::Full, term: Some("xterm-256color"), size: (80, 24) };
        for (surroundings, face) in [
            (roomy, Face::Full),
            (Surroundings { term: None, ..roomy }, Face::Full),
            (Surroundings { wanted: Face::Inline, ..roomy }, Face::Inline),
            (Surroundings { wanted: Face::Inline, size: (20, 4), ..roomy }, Face::Inline),
            (Surroundings { wanted: Face::Inline, term: Some("dumb"), ..roomy }, Face::Lines),
            (Surroundings { wanted: Face::Lines, ..roomy }, Face::Lines),
            (Surroundings { size: (20, 4), ..roomy }, Face::Full),
            (Surroundings { wanted: Face::Lines, ..roomy }, Face::Lines),
            (Surroundings { term: Some("dumb"), ..roomy }, Face::Lines),
            (Surroundings { size: (19, 24), ..roomy }, Face::Lines),
            (Surroundings { size: (80, 3), ..roomy }, Face::Lines),
        ] {
            assert_eq!(choose(&surroundings), face, "{surroundings:?}");
        }
    }
}
