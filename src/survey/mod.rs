//! What is asked: the survey model and the way from TOML to it.
//!
//! Pure: no clock, disk, environment, randomness or printing. It knows nothing of answers.

pub(crate) mod canonical;
pub mod chance;
pub mod characters;
pub mod condition;
pub mod instrument;
mod kind;
pub mod language;
mod logic;
mod model;
mod names;
pub(crate) mod nearest;
pub mod parse;
pub mod piping;
pub mod presentation;
pub mod privacy;
mod scale;
mod span;
mod text;
mod texts;
pub mod trigger;
pub mod wave;

pub use condition::Condition;
pub use instrument::{Instrument, Item};
pub use kind::{Choice, Kind, Length, Offered, Row};
pub use logic::{Constraint, Group, Jump, Randomise, Target, Trend, Variant, Waiver, Wording};
pub use model::seconds;
pub use model::{Allow, Question, Survey};
pub use names::{Code, Name, QuestionId, SurveyId};
pub use privacy::{Privacy, Segment, SegmentValue};
pub use scale::{Anchors, Direction, Measure, Scale};
pub use span::Span;
pub use text::{Text, Translation};
pub use texts::Part;
pub use trigger::Trigger;
pub use wave::Wave;
