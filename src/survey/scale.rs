//! Ordinal scales: their points, what the points mean, and what they measure.

use super::Text;

/// What a scale measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Net Promoter Score: likelihood to recommend, 0 to 10.
    Nps,
    /// A rating with 2 to 10 points.
    Rating,
    /// Agreement, five points unless said.
    Likert,
    /// Customer satisfaction, 1 to 5.
    Csat,
    /// Customer effort score 2.0, 1 to 7 agreement.
    Ces,
}

/// An ordinal scale of consecutive whole numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// The lowest point: 0 for NPS, else 1.
    pub first: u8,
    /// The highest point, at most 10.
    pub last: u8,
    /// What the ends and the middle mean.
    pub anchors: Anchors,
    /// What every point means, lowest first; empty, or one label for each point.
    pub labels: Vec<Text>,
    /// Which end is the better one.
    pub direction: Direction,
    /// Whether the highest point is shown first.
    pub is_reversed: bool,
}

/// What the ends and the middle of a scale mean.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Anchors {
    /// The meaning of the lowest point.
    pub low: Option<Text>,
    /// The meaning of the middle point, on a scale that has one.
    pub mid: Option<Text>,
    /// The meaning of the highest point.
    pub high: Option<Text>,
}

/// Which end of a scale is the better one; the display is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// The highest point is best, as with satisfaction.
    #[default]
    HigherIsBetter,
    /// The lowest point is best, as with effort or pain.
    LowerIsBetter,
}

impl Measure {
    /// Gives the type's name as an author writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nps => "nps",
            Self::Rating => "rating",
            Self::Likert => "likert",
            Self::Csat => "csat",
            Self::Ces => "ces",
        }
    }
}

impl Scale {
    /// Makes a scale without words, better upwards.
    pub fn new(first: u8, last: u8) -> Self {
        let (anchors, labels, direction) = (Anchors::default(), Vec::new(), Direction::default());
        Self { first, last, anchors, labels, direction, is_reversed: false }
    }

    /// Gives the points from lowest to highest.
    pub fn points(&self) -> std::ops::RangeInclusive<u8> {
        self.first..=self.last
    }

    /// Gives the points in the order they are shown.
    pub fn shown(&self) -> impl DoubleEndedIterator<Item = u8> + ExactSizeIterator + use<> {
        let (first, last, is_reversed) = (self.first, self.last, self.is_reversed);
        (0..=last - first).map(move |step| if is_reversed { last - step } else { first + step })
    }

    /// Gives the place of a point in the order they are shown, from 0.
    pub fn place_of(&self, point: u8) -> Option<usize> {
        self.shown().position(|shown| shown == point)
    }

    /// Gives what a point means: its label, or the anchor that stands at it.
    pub fn label(&self, point: u8) -> Option<&str> {
        if let Some(label) = self.labels.get(usize::from(point.checked_sub(self.first)?)) {
            return Some(label);
        }
        let anchor = match point {
            _ if point == self.first => &self.anchors.low,
            _ if point == self.last => &self.anchors.high,
            _ if u16::from(point) * 2 == u16::from(self.first) + u16::from(self.last) => &self.anchors.mid,
            _ => return None,
        };
        anchor.as_deref()
    }
}
