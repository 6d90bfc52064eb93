//! What protects respondents: the smallest groups that are shown, and what may be told about a person at all.

use super::{Code, Name, Text};

/// The least a smallest group can be.
pub const SMALLEST_GROUP_FLOOR: u32 = 3;

/// The fewest comments that are ever shown, whatever a survey says.
pub const SMALLEST_COMMENT_GROUP_FLOOR: u32 = 10;

/// What protects the respondents of a survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Privacy {
    /// The fewest answers that are shown as a figure; at least [`SMALLEST_GROUP_FLOOR`], 5 unless said.
    pub smallest_group: u32,
    /// The fewest comments that are shown, as the survey has it; at least `smallest_group`, [`SMALLEST_COMMENT_GROUP_FLOOR`] unless said.
    pub smallest_comment_group: u32,
    /// The segments that may leave the machine; nothing else about a person ever does.
    pub segments: Vec<Name>,
    /// Whether free text may leave the machine.
    pub comments: bool,
    /// How coarsely the time of an answer may be told.
    pub time: Coarseness,
    /// How many people are asked, where that is known.
    pub population: Option<u32>,
}

/// How coarsely the time of an answer is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Coarseness {
    /// The day.
    Day,
    /// The week.
    Week,
    /// The wave alone.
    #[default]
    Wave,
}

/// Something that may be told about a respondent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// The segment's name.
    pub id: Name,
    /// What it is called.
    pub label: Option<Text>,
    /// Its values, at least two; none where the roster brings them.
    pub values: Vec<SegmentValue>,
}

/// One value of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentValue {
    /// What is stored.
    pub code: Code,
    /// What it is called.
    pub label: Text,
    /// The coarser value it merges into where its group is small.
    pub parent: Option<Code>,
}

impl Privacy {
    /// Gives the fewest comments that are shown: as many as the survey asks for, and never fewer than [`SMALLEST_COMMENT_GROUP_FLOOR`].
    pub fn fewest_comments(&self) -> u32 {
        self.smallest_comment_group.max(SMALLEST_COMMENT_GROUP_FLOOR)
    }
}

impl Default for Privacy {
    fn default() -> Self {
        Self {
            smallest_group: 5,
            smallest_comment_group: SMALLEST_COMMENT_GROUP_FLOOR,
            segments: Vec::new(),
            comments: true,
            time: Coarseness::default(),
            population: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_survey_may_ask_for_more_comments_than_ten_and_not_for_fewer() {
        let fewest = |asked: u32| Privacy { smallest_comment_group: asked, ..Privacy::default() }.fewest_comments();
        assert_eq!([3, 9, 10, 11, 40].map(fewest), [10, 10, 10, 11, 40]);
        assert_eq!(Privacy::default().smallest_comment_group, 10);
    }
}
