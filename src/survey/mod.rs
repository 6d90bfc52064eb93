//! What is asked: the survey model and the way from TOML to it.
//!
//! Pure: no clock, disk, environment, randomness or printing. It knows nothing of answers.

mod canonical;
pub mod characters;
pub mod model;
pub mod parse;

pub use model::seconds;
pub use model::{
    Allow, Anchors, Choice, Code, Direction, Kind, Length, Measure, Question, QuestionId, Row, Scale, Survey, SurveyId,
};
