//! What is still known of a question whose type's own keys can't all be used: its codes, rows and points.
//!
//! Conditions on it are checked by these. It reports nothing, since whatever is wrong was told when the question was read.

use super::choices::{self, Options};
use super::findings::Findings;
use super::languages::Languages;
use super::scale::POINTS;
use super::table::{Entry, Table};
use super::{defaults, range};
use crate::survey::{Kind, Length, Measure, Scale};

/// Gives a kind without bounds and words; `None` where not even codes or points are known.
pub(super) fn kind(name: &str, table: &Table<'_>, languages: &Languages) -> Option<Kind> {
    let mut unheard = Findings::new("");
    unheard.languages = Languages::new(languages.own());
    let mut choices = |options: &Options| choices::read(table, options, &mut unheard);
    match name {
        "single" => Some(Kind::Single { choices: choices(&Options::SINGLE)? }),
        "ranking" => Some(Kind::Ranking { choices: choices(&Options::RANKING)? }),
        "multi" => {
            let choices = choices(&Options::MULTI)?;
            Some(Kind::Multi { min: 1, max: choices.len(), choices })
        }
        "matrix" => {
            let rows = choices::rows(table, &mut unheard)?;
            Some(Kind::Matrix { rows, scale: scale(Measure::Rating, table, &mut unheard)? })
        }
        "text" => Some(Kind::Text { length: Length::Short, max_length: usize::try_from(defaults::SHORT).ok()? }),
        "number" => {
            let decimals = table.get("decimals").map_or(Some(0), |entry| range::decimals(&entry, &mut unheard))?;
            Some(Kind::Number { min: None, max: None, unit: None, decimals })
        }
        "date" => Some(Kind::Date { min: None, max: None }),
        _ => {
            let measure = defaults::measure(name)?;
            Some(Kind::Scale { measure, scale: scale(measure, table, &mut unheard)? })
        }
    }
}

fn scale(measure: Measure, table: &Table<'_>, unheard: &mut Findings<'_>) -> Option<Scale> {
    let shape = defaults::shape(measure);
    let mut points = |entry: Entry<'_>| entry.whole(POINTS, unheard).and_then(|points| u8::try_from(points).ok());
    let last = table.get("points").filter(|_| shape.has_points);
    Some(Scale::new(shape.first, last.map_or(Some(shape.last), &mut points)?))
}
