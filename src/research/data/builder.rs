//! Putting a dataset together, response by response.

use std::collections::{BTreeSet, HashMap};

use thiserror::Error;

use super::order;
use super::{
    Absent, Asked, Column, Comment, Dataset, Each, Grouping, Level, MOST_LEVELS, NONE, Source, Value, Variable, VariableKind,
    Wave,
};
use crate::response::Missing;
use crate::survey::privacy::SMALLEST_COMMENT_GROUP_FLOOR;

/// A dataset that is being put together.
#[derive(Debug)]
pub struct Builder {
    dataset: Dataset,
    /// The variables of each name: where the scale or the type of a question changed, one for each.
    variables: HashMap<String, Vec<usize>>,
    groups: Vec<HashMap<String, u16>>,
    is_weighted: bool,
    /// How many levels each variable had before answers brought others.
    defined: HashMap<usize, usize>,
}

/// There are more values than a column can tell apart.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{name} has more than {most} different values")]
pub struct TooMany {
    /// The variable or the grouping.
    pub name: String,
    /// How many it can have.
    pub most: usize,
}

impl Builder {
    /// Begins one without responses.
    pub fn new(survey: &str, title: &str, language: &str) -> Self {
        let dataset = Dataset {
            survey: survey.to_owned(),
            title: title.to_owned(),
            language: language.to_owned(),
            smallest_group: 5,
            smallest_comment_group: SMALLEST_COMMENT_GROUP_FLOOR,
            waves: Vec::new(),
            wave_of: Vec::new(),
            groupings: Vec::new(),
            variables: Vec::new(),
            weights: Some(Vec::new()),
            weighted_by: BTreeSet::new(),
            comments: Vec::new(),
        };
        Self { dataset, variables: HashMap::new(), groups: Vec::new(), is_weighted: false, defined: HashMap::new() }
    }

    /// Says which survey it is, where that wasn't known.
    pub fn name(&mut self, survey: &str) {
        survey.clone_into(&mut self.dataset.survey);
    }

    /// Takes the heading and the language of the newest version, and the strictest of the thresholds: for answers, and for comments.
    pub fn describe(&mut self, title: &str, language: &str, [smallest_group, comments]: [u32; 2]) {
        title.clone_into(&mut self.dataset.title);
        language.clone_into(&mut self.dataset.language);
        self.dataset.smallest_group = self.dataset.smallest_group.max(smallest_group);
        self.dataset.smallest_comment_group = self.dataset.smallest_comment_group.max(comments);
    }

    /// Gives the place of a wave; the first of a name describes it, and the earliest says when it opened.
    pub fn wave(&mut self, wave: Wave) -> u16 {
        let waves = &mut self.dataset.waves;
        let at = match waves.iter().position(|known| known.name == wave.name) {
            Some(at) => {
                waves[at].opens = waves[at].opens.into_iter().chain(wave.opens).min();
                at
            }
            None => {
                waves.push(wave);
                waves.len() - 1
            }
        };
        u16::try_from(at).unwrap_or(NONE)
    }

    /// Gives the name of a wave by its place.
    pub fn wave_name(&self, wave: u16) -> &str {
        self.dataset.waves.get(usize::from(wave)).map_or("", |wave| &wave.name)
    }

    /// Gives the place of a variable, new or known by its name; levels it doesn't have yet come to it, and the newest words stand. One of
    /// another type, or with other points, is another variable.
    ///
    /// # Errors
    /// It has too many levels.
    pub fn variable(&mut self, new: Variable) -> Result<usize, TooMany> {
        let too_many = TooMany { name: new.name.clone(), most: MOST_LEVELS };
        let places = self.variables.entry(new.name.clone()).or_default();
        let Some(at) = places.iter().copied().find(|at| is_same(&self.dataset.variables[*at], &new)) else {
            if new.levels.len() > MOST_LEVELS {
                return Err(too_many);
            }
            let at = self.dataset.variables.len();
            places.push(at);
            self.dataset.variables.push(new);
            return Ok(at);
        };
        let known = &mut self.dataset.variables[at];
        (known.text, known.part, known.kind) = (new.text, new.part, new.kind);
        known.instrument = new.instrument.or(known.instrument.take());
        for level in new.levels {
            match known.levels.iter().position(|old| old.code == level.code) {
                Some(at) => known.levels[at] = level,
                None if known.levels.len() < MOST_LEVELS => known.levels.push(level),
                None => return Err(too_many),
            }
        }
        Ok(at)
    }

    /// Gives the kind and the levels of a variable.
    pub fn described(&self, variable: usize) -> (VariableKind, &[Level]) {
        let variable = &self.dataset.variables[variable];
        (variable.kind, &variable.levels)
    }

    /// Gives the level of a variable with this code; one that isn't there yet comes to it.
    ///
    /// # Errors
    /// It has too many levels.
    pub fn level(&mut self, place: usize, code: &str) -> Result<u8, TooMany> {
        let variable = &mut self.dataset.variables[place];
        let at = variable.levels.iter().position(|level| level.code == code).unwrap_or(variable.levels.len());
        if at >= MOST_LEVELS {
            return Err(TooMany { name: variable.name.clone(), most: MOST_LEVELS });
        }
        if at == variable.levels.len() {
            self.defined.entry(place).or_insert(at);
            variable.levels.push(Level { code: code.to_owned(), label: String::new(), point: None });
        }
        Ok(u8::try_from(at).unwrap_or(u8::MAX))
    }

    /// Says that a wave asks for a variable.
    pub fn asks(&mut self, wave: u16, variable: usize, asked: Asked) {
        let all = &mut self.dataset.variables[variable].asked;
        let at = usize::from(wave);
        if all.len() <= at {
            all.resize(at + 1, None);
        }
        all[at] = Some(asked);
    }

    /// Gives the place of a grouping, new or known by its name.
    pub fn grouping(&mut self, name: &str, source: Source) -> usize {
        self.dataset.groupings.iter().position(|known| known.name == name).unwrap_or_else(|| {
            let (name, levels, column) = (name.to_owned(), Vec::new(), Vec::new());
            self.dataset.groupings.push(Grouping { name, source, levels, column });
            self.groups.push(HashMap::new());
            self.dataset.groupings.len() - 1
        })
    }

    /// Gives words to a group, known or new.
    pub fn label_group(&mut self, grouping: usize, code: &str, label: &str) -> Result<(), TooMany> {
        let at = self.group_at(grouping, code)?;
        label.clone_into(&mut self.dataset.groupings[grouping].levels[usize::from(at)].label);
        Ok(())
    }

    /// Begins the next response.
    pub fn begin(&mut self, wave: u16) {
        self.dataset.wave_of.push(wave);
    }

    /// Puts the response that was begun last into a group.
    ///
    /// # Errors
    /// There are too many groups.
    pub fn group(&mut self, grouping: usize, code: &str) -> Result<(), TooMany> {
        let group = self.group_at(grouping, code)?;
        self.group_all(grouping, Each { different: &[group], of_row: &[0] });
        Ok(())
    }

    /// Gives the response that was begun last a value, unless it has one.
    pub fn set(&mut self, variable: usize, value: Value) {
        let row = self.dataset.wave_of.len() - 1;
        let column = &mut self.dataset.variables[variable].column;
        if column.len() <= row {
            column.extend_to(row);
            column.push(value);
        }
    }

    /// Says how much the response that was begun last counts.
    pub fn weigh(&mut self, weight: f64) {
        self.weigh_all(Each { different: &[weight], of_row: &[0] });
    }

    /// Begins several responses at once: what is told of all of them is told before others begin.
    pub fn begin_all(&mut self, waves: &[u16]) {
        self.dataset.wave_of.extend_from_slice(waves);
    }

    /// Puts each of the responses that were begun last into a group, by its place; [`NONE`] is in none.
    pub fn group_all(&mut self, grouping: usize, groups: Each<'_, u16>) {
        let first = self.dataset.wave_of.len() - groups.len();
        let column = &mut self.dataset.groupings[grouping].column;
        column.resize(first, NONE);
        column.extend(groups.iter());
    }

    /// Gives each of the responses that were begun last a value, unless they have one.
    pub fn set_all(&mut self, variable: usize, values: Each<'_, Value>) {
        let first = self.dataset.wave_of.len() - values.len();
        let column = &mut self.dataset.variables[variable].column;
        if column.len() <= first {
            column.extend_to(first);
            column.extend(values);
        }
    }

    /// Says why responses of those begun last have no value, where they have none and that is known.
    pub fn explain_all(&mut self, variable: usize, kinds: Each<'_, Option<Absent>>) {
        let first = self.dataset.wave_of.len() - kinds.len();
        self.dataset.variables[variable].column.explain(first, kinds);
    }

    /// Says how much each of the responses that were begun last counts.
    pub fn weigh_all(&mut self, each: Each<'_, f64>) {
        self.is_weighted = true;
        let first = self.dataset.wave_of.len() - each.len();
        let weights = self.dataset.weights.get_or_insert_default();
        weights.resize(first, 1.0);
        weights.extend(each.iter());
    }

    /// Adds somebody's words.
    pub fn comment(&mut self, comment: Comment) {
        self.dataset.comments.push(comment);
    }

    /// Gives the dataset, with waves in order of time and responses in one that follows from what they hold.
    pub fn finish(mut self) -> Dataset {
        let rows = self.dataset.len();
        for variable in &mut self.dataset.variables {
            variable.column.extend_to(rows);
            variable.asked.resize(self.dataset.waves.len(), None);
        }
        self.dataset.groupings.iter_mut().for_each(|grouping| grouping.column.resize(rows, NONE));
        self.dataset.weights = self.dataset.weights.filter(|_| self.is_weighted);
        if let Some(weights) = &mut self.dataset.weights {
            weights.resize(rows, 1.0);
        }
        for (variable, defined) in &self.defined {
            sort_levels(&mut self.dataset.variables[*variable], *defined);
        }
        mark_scores_not_shown(&mut self.dataset.variables);
        in_order(&mut self.dataset);
        for places in self.variables.into_values().filter(|places| places.len() > 1) {
            name_apart(&mut self.dataset.variables, places);
        }
        order::put(&mut self.dataset);
        self.dataset
    }

    /// Gives the place of a group, known or new.
    ///
    /// # Errors
    /// There are too many groups.
    pub fn group_at(&mut self, grouping: usize, code: &str) -> Result<u16, TooMany> {
        if let Some(at) = self.groups[grouping].get(code) {
            return Ok(*at);
        }
        let known = &mut self.dataset.groupings[grouping];
        let at = u16::try_from(known.levels.len()).ok().filter(|at| *at < NONE);
        let at = at.ok_or_else(|| TooMany { name: known.name.clone(), most: usize::from(NONE) })?;
        known.levels.push(Level { code: code.to_owned(), label: String::new(), point: None });
        self.groups[grouping].insert(code.to_owned(), at);
        Ok(at)
    }
}

/// Says whether two variables hold the same values: they are of one type, and a scale has the same points.
fn is_same(known: &Variable, new: &Variable) -> bool {
    let codes = |variable: &Variable| variable.levels.iter().map(|level| level.code.clone()).collect::<Vec<_>>();
    known.kind.name() == new.kind.name() && (!matches!(new.kind, VariableKind::Scale { .. }) || codes(known) == codes(new))
}

/// Gives each of some variables of one name a name of its own, but for that which was asked first: which one that is never changes.
fn name_apart(variables: &mut [Variable], mut places: Vec<usize>) {
    let first_asked = |variable: &Variable| variable.asked.iter().position(Option::is_some);
    let shape = |variable: &Variable| match (variable.kind, variable.levels.as_slice()) {
        (kind @ VariableKind::Scale { .. }, [first, .., last]) => format!("{}.{}-{}", kind.name(), first.code, last.code),
        (kind, _) => kind.name().to_owned(),
    };
    places.sort_by_key(|at| (first_asked(&variables[*at]).unwrap_or(usize::MAX), shape(&variables[*at])));
    for at in places.into_iter().skip(1) {
        variables[at].name = format!("{}.{}", variables[at].name, shape(&variables[at]));
    }
}

/// Says of scores that weren't shown either where no item of their instrument was.
fn mark_scores_not_shown(variables: &mut [Variable]) {
    let not_shown = Absent::Missing(Missing::NotShown).code();
    for at in 0..variables.len() {
        let score = &variables[at];
        let is_item = |variable: &&Variable| variable.kind != VariableKind::Score && variable.instrument == score.instrument;
        let items: Vec<&Variable> = variables.iter().filter(is_item).collect();
        let is_not_shown =
            |row: &usize| items.iter().all(|item| item.column.value(*row) == Value::Absent(Absent::Missing(Missing::NotShown)));
        if score.kind == VariableKind::Score && !items.is_empty() {
            let rows: Vec<usize> = (0..score.column.len()).filter(is_not_shown).collect();
            let (Column::Levels(codes) | Column::Numbers(_, codes)) = &mut variables[at].column;
            rows.into_iter().for_each(|row| codes[row] = not_shown);
        }
    }
}

/// Puts waves in order of time, and groups in order of their codes: nothing tells what came first.
fn in_order(dataset: &mut Dataset) {
    let mut order: Vec<usize> = (0..dataset.waves.len()).collect();
    order.sort_by(|a, b| {
        let (a, b) = (&dataset.waves[*a], &dataset.waves[*b]);
        (a.opens, as_counted(&a.name), &a.name).cmp(&(b.opens, as_counted(&b.name), &b.name))
    });
    let places = places(&order);
    dataset.waves = order.iter().map(|at| dataset.waves[*at].clone()).collect();
    dataset.wave_of.iter_mut().for_each(|wave| *wave = places[usize::from(*wave)]);
    dataset.comments.iter_mut().for_each(|comment| comment.wave = places[usize::from(comment.wave)]);
    for variable in &mut dataset.variables {
        variable.asked = order.iter().map(|at| variable.asked[*at].clone()).collect();
    }
    for grouping in &mut dataset.groupings {
        let mut order: Vec<usize> = (0..grouping.levels.len()).collect();
        order.sort_by(|a, b| grouping.levels[*a].code.cmp(&grouping.levels[*b].code));
        let places = self::places(&order);
        grouping.levels = order.iter().map(|at| grouping.levels[*at].clone()).collect();
        grouping.column.iter_mut().filter(|group| **group != NONE).for_each(|group| *group = places[usize::from(*group)]);
    }
}

/// Gives a name for comparing: as people count, in which 9 comes before 10. Of a number its digits say less than how many they are.
fn as_counted(name: &str) -> Vec<(usize, &str)> {
    let is_number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let mut parts = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_ascii_digit() != is_number(rest)).unwrap_or(rest.len());
        let (part, behind) = rest.split_at(end);
        let digits = part.trim_start_matches('0');
        parts.push(if is_number(part) { (digits.len(), digits) } else { (usize::MAX, part) });
        rest = behind;
    }
    parts
}

/// Puts the levels that answers brought in order of their codes: nothing tells whose came first.
fn sort_levels(variable: &mut Variable, defined: usize) {
    let mut order: Vec<usize> = (0..variable.levels.len()).collect();
    order[defined..].sort_by(|a, b| variable.levels[*a].code.cmp(&variable.levels[*b].code));
    let places = places(&order);
    variable.levels = order.iter().map(|at| variable.levels[*at].clone()).collect();
    if let Column::Levels(codes) = &mut variable.column {
        for code in codes {
            if let Some(place) = places.get(usize::from(*code)) {
                *code = u8::try_from(*place).unwrap_or(u8::MAX);
            }
        }
    }
}

/// Gives where each of the old places went.
fn places(order: &[usize]) -> Vec<u16> {
    let mut places = vec![0; order.len()];
    for (new, old) in order.iter().enumerate() {
        places[*old] = u16::try_from(new).unwrap_or(NONE);
    }
    places
}

impl Variable {
    /// Gives one without values.
    pub fn new(name: impl Into<String>, kind: VariableKind) -> Self {
        let name = name.into();
        let (question, text, levels, asked) = (name.clone(), String::new(), Vec::new(), Vec::new());
        Self { name, question, instrument: None, text, part: None, kind, levels, asked, column: Column::for_kind(kind) }
    }
}
