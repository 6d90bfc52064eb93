//! Which columns there are, and what they are called.

use std::collections::HashSet;

use super::{Cell, Column, Holds, Of};
use crate::research::data::{Absent, Column as Data, Dataset, Grouping, Level, Variable, VariableKind};
use crate::response::table::Values;

/// Gives the columns: the wave, groupings, variables with why they are missing, and the weight where there are weights.
pub(super) fn columns(dataset: &Dataset, values: Values) -> Vec<Column<'_>> {
    let held = held(dataset);
    let names = names(&held);
    let mut columns = Vec::new();
    for (of, name) in held.into_iter().zip(names) {
        let cells = cells(dataset, &of, values);
        columns.push(Column { name, holds: holds(&of, &cells), cells, of });
    }
    columns
}

/// Gives what each column is of.
pub(super) fn held(dataset: &Dataset) -> Vec<Of<'_>> {
    let mut held = vec![Of::Wave(&dataset.wave_of)];
    held.extend(dataset.groupings.iter().map(Of::Group));
    held.extend(answers(&dataset.variables));
    held.extend(dataset.weights.as_deref().map(Of::Weight));
    held
}

/// Gives the columns of variables: those of one question together, where its first one stands.
fn answers(variables: &[Variable]) -> Vec<Of<'_>> {
    let (mut laid_out, mut seen) = (Vec::new(), HashSet::new());
    for variable in variables {
        if variable.kind == VariableKind::Score {
            laid_out.push(Of::Answer(variable));
            continue;
        }
        if !seen.insert(variable.question.as_str()) {
            continue;
        }
        let of_question =
            variables.iter().filter(|other| other.question == variable.question && other.kind != VariableKind::Score);
        let (rows, whole): (Vec<&Variable>, Vec<&Variable>) = of_question.partition(|variable| is_row(variable));
        laid_out.extend(whole.iter().map(|variable| Of::Answer(variable)));
        laid_out.extend((!whole.is_empty()).then_some(Of::Missing(whole)));
        laid_out.extend(rows.into_iter().flat_map(|row| [Of::Answer(row), Of::Missing(vec![row])]));
    }
    laid_out
}

/// Says whether a variable is the row of a matrix, which is answered or missing by itself.
pub(super) fn is_row(variable: &Variable) -> bool {
    matches!(variable.kind, VariableKind::Scale { .. }) && variable.part.is_some()
}

/// Gives what each column is called.
pub(super) fn names(columns: &[Of<'_>]) -> Vec<String> {
    let is_own = |of: &Of<'_>| match of {
        Of::Wave(_) | Of::Missing(_) | Of::Weight(_) => true,
        Of::Answer(variable) => variable.kind == VariableKind::Score,
        Of::Group(_) => false,
    };
    let mut taken: HashSet<String> = columns.iter().filter(|of| is_own(of)).map(name).collect();
    let named = columns.iter().map(|of| {
        let mut name = name(of);
        while !is_own(of) && !taken.insert(name.clone()) {
            name.push('_');
        }
        name
    });
    named.collect()
}

fn name(of: &Of<'_>) -> String {
    match of {
        Of::Wave(_) => "wave".to_owned(),
        Of::Group(grouping) => grouping.name.clone(),
        Of::Answer(variable) => variable.name.clone(),
        Of::Missing(variables) => match variables.first() {
            Some(row) if is_row(row) => format!("{}.missing", row.name),
            Some(variable) => format!("{}.missing", variable.question),
            None => "missing".to_owned(),
        },
        Of::Weight(_) => "weight".to_owned(),
    }
}

fn cells<'a>(dataset: &'a Dataset, of: &Of<'a>, values: Values) -> Vec<Cell<'a>> {
    match of {
        Of::Wave(_) => dataset.waves.iter().map(|wave| Cell::Text(&wave.name)).collect(),
        Of::Group(grouping) => groups(grouping, values),
        Of::Answer(variable) => match variable.column {
            Data::Levels(_) => levels(variable, values),
            Data::Numbers(..) => Vec::new(),
        },
        Of::Missing(_) => {
            let mut cells = vec![Cell::Empty; 256];
            Absent::all().for_each(|kind| cells[usize::from(kind.code())] = Cell::Text(kind.name()));
            cells
        }
        Of::Weight(_) => Vec::new(),
    }
}

fn groups(grouping: &Grouping, values: Values) -> Vec<Cell<'_>> {
    grouping.levels.iter().map(|level| words(level, values)).collect()
}

/// Gives the cells of the levels of a variable; labels stand only where every level has one, so that a column is all words or all numbers.
pub(super) fn levels(variable: &Variable, values: Values) -> Vec<Cell<'_>> {
    let has_points = variable.levels.iter().all(|level| level.point.is_some());
    let has_labels = variable.levels.iter().all(|level| !level.label.is_empty());
    let cell = |level| match (variable.kind, values) {
        (VariableKind::Scale { .. } | VariableKind::YesNo, Values::Labels) if has_labels => words(level, values),
        (VariableKind::YesNo, _) if has_points => Cell::Boolean(level.point == Some(1)),
        (VariableKind::Choice, _) => words(level, values),
        _ if has_points => level.point.map_or(Cell::Empty, |point| Cell::Integer(point.into())),
        _ => words(level, Values::Codes),
    };
    variable.levels.iter().map(cell).collect()
}

fn words(level: &Level, values: Values) -> Cell<'_> {
    match values {
        Values::Labels if !level.label.is_empty() => Cell::Text(&level.label),
        _ => Cell::Text(&level.code),
    }
}

fn holds(of: &Of<'_>, cells: &[Cell<'_>]) -> Holds {
    match of {
        Of::Weight(_) => Holds::Decimal,
        Of::Answer(variable) if variable.kind == VariableKind::Date => Holds::Date,
        Of::Answer(Variable { column: Data::Numbers(..), .. }) => Holds::Decimal,
        Of::Answer(_) => match cells.first() {
            Some(Cell::Integer(_)) => Holds::Integer,
            Some(Cell::Boolean(_)) => Holds::Boolean,
            _ => Holds::Text,
        },
        Of::Wave(_) | Of::Group(_) | Of::Missing(_) => Holds::Text,
    }
}
