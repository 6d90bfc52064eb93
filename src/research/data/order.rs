//! An order of rows, and one of comments, that follow from what they hold and from nothing else: not when, where or in which order they
//! were answered.

use std::cmp::Ordering;

use super::{Absent, Column, Comment, Dataset, Level, NONE, Variable, Wave};
use crate::anonymous::Digest;

/// Up to so many kinds of rows are counted instead of sorted.
const KINDS: usize = 1 << 16;

/// Which row comes where.
enum Order {
    /// The rows, one after the other.
    Rows(Vec<usize>),
    /// Rows of which there are so many that are the same.
    Kinds(Vec<(usize, usize)>),
}

/// Puts the rows and the comments of a dataset in order.
pub(super) fn put(dataset: &mut Dataset) {
    let order = Order::of(dataset);
    order.put(&mut dataset.wave_of);
    dataset.groupings.iter_mut().for_each(|grouping| order.put(&mut grouping.column));
    dataset.weights.iter_mut().for_each(|weights| order.put(weights));
    for variable in &mut dataset.variables {
        let (Column::Levels(codes) | Column::Numbers(_, codes)) = &mut variable.column;
        order.put(codes);
        if let Column::Numbers(numbers, _) = &mut variable.column {
            order.put(numbers);
        }
    }
    shuffle(&mut dataset.comments, &dataset.waves);
}

impl Order {
    fn of(dataset: &Dataset) -> Self {
        let Some(kinds) = kinds(dataset) else {
            return Self::Rows(of(dataset, &(0..dataset.len()).collect::<Vec<_>>()));
        };
        let rows: Vec<usize> = kinds.iter().map(|(row, _)| *row).collect();
        Self::Kinds(of(dataset, &rows).into_iter().map(|at| kinds[at]).collect())
    }

    fn put<T: Copy>(&self, column: &mut Vec<T>) {
        let mut put = Vec::with_capacity(column.len());
        match self {
            Self::Rows(rows) => put.extend(rows.iter().map(|row| column[*row])),
            Self::Kinds(kinds) => kinds.iter().for_each(|(row, count)| put.resize(put.len() + count, column[*row])),
        }
        *column = put;
    }
}

/// Gives one row of each kind with how many there are of it, where rows are many and can be of few kinds; `None` elsewhere.
fn kinds(dataset: &Dataset) -> Option<Vec<(usize, usize)>> {
    let absent = Absent::all().count();
    let levels = |variable: &Variable| matches!(variable.column, Column::Levels(_)).then(|| variable.levels.len() + absent);
    let groups = dataset.groupings.iter().map(|grouping| Some(grouping.levels.len() + 1));
    let widths = groups.chain(dataset.variables.iter().map(levels));
    let product = |product: usize, width: Option<usize>| product.checked_mul(width?).filter(|product| *product <= KINDS);
    let most = widths.into_iter().try_fold(dataset.waves.len(), product).filter(|most| *most < dataset.len())?;
    if dataset.weights.is_some() {
        return None;
    }
    let mut kind_of: Vec<u32> = dataset.wave_of.iter().map(|wave| u32::from(*wave)).collect();
    for grouping in &dataset.groupings {
        let last = u16::try_from(grouping.levels.len()).unwrap_or(NONE);
        let width = u32::from(last) + 1;
        let groups = grouping.column.iter().map(|group| u32::from(*group.min(&last)));
        kind_of.iter_mut().zip(groups).for_each(|(kind, group)| *kind = *kind * width + group);
    }
    for variable in &dataset.variables {
        let Column::Levels(codes) = &variable.column else { return None };
        let (many, first) = (u8::try_from(variable.levels.len()).ok()?, Absent::all().map(Absent::code).min()?);
        let width = u32::from(many) + u32::from(u8::MAX - first) + 1;
        let place = |code: u8| u32::from(if code < first { code } else { code - first + many });
        kind_of.iter_mut().zip(codes).for_each(|(kind, code)| *kind = *kind * width + place(*code));
    }
    let mut found = vec![(0, 0); most];
    for (row, kind) in kind_of.into_iter().enumerate() {
        let found = &mut found[kind as usize];
        *found = (row, found.1 + 1);
    }
    found.retain(|(_, count)| *count > 0);
    Some(found)
}

/// Shuffles the comments on each question of a wave, always in the same way: by a hash of wave, question and words, which says nothing of
/// who wrote when, and puts side by side nothing that begins alike.
fn shuffle(comments: &mut [Comment], waves: &[Wave]) {
    let hash = |comment: &Comment| {
        let wave = waves[usize::from(comment.wave)].name.as_str();
        hash_of_texts([wave, &comment.question, &comment.text])
    };
    comments.sort_by_cached_key(|comment| (comment.wave, comment.question.clone(), hash(comment)));
}

/// Gives the SHA-256 of texts one after the other, each behind its length in eight bytes, the lowest first.
pub fn hash_of_texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Digest {
    let framed = texts.into_iter().map(|text| [&(text.len() as u64).to_le_bytes()[..], text.as_bytes()].concat());
    Digest::of(&[&framed.collect::<Vec<_>>().concat()])
}

/// Gives the places of some rows by a hash of what they hold, and by what they hold where the hash is the same.
fn of(dataset: &Dataset, rows: &[usize]) -> Vec<usize> {
    let hashes = hashes(dataset, rows);
    let mut places: Vec<(u64, usize)> = hashes.into_iter().zip(0..).collect();
    places.sort_unstable_by_key(|(hash, _)| *hash);
    let compare = |a: &(u64, usize), b: &(u64, usize)| compare(dataset, rows[a.1], rows[b.1]);
    for same in places.chunk_by_mut(|a, b| a.0 == b.0) {
        // Rows of one hash are nearly always rows of the same answers, whose order says nothing; telling so costs one comparison for each.
        if same.windows(2).any(|pair| compare(&pair[0], &pair[1]) != Ordering::Equal) {
            same.sort_unstable_by(compare);
        }
    }
    places.into_iter().map(|(_, at)| at).collect()
}

/// Gives a hash of each of some rows, column by column: names and codes count, not their places.
fn hashes(dataset: &Dataset, rows: &[usize]) -> Vec<u64> {
    let waves: Vec<u64> = dataset.waves.iter().map(|wave| of_text(&wave.name)).collect();
    let mut hashes: Vec<u64> = rows.iter().map(|row| mix(waves[usize::from(dataset.wave_of[*row])], 0)).collect();
    for grouping in &dataset.groupings {
        let levels = of_levels(&grouping.levels);
        for (hash, row) in hashes.iter_mut().zip(rows) {
            *hash = mix(*hash, levels.get(usize::from(grouping.column[*row])).copied().unwrap_or(u64::from(NONE)));
        }
    }
    for variable in &dataset.variables {
        add_variable(&mut hashes, (variable, rows));
    }
    if let Some(weights) = &dataset.weights {
        hashes.iter_mut().zip(rows).for_each(|(hash, row)| *hash = mix(*hash, of_number(weights[*row])));
    }
    hashes
}

fn add_variable(hashes: &mut [u64], (variable, rows): (&Variable, &[usize])) {
    let mut table = [0; 256];
    for (slot, level) in table.iter_mut().zip(of_levels(&variable.levels)) {
        *slot = level;
    }
    Absent::all().for_each(|kind| table[usize::from(kind.code())] = of_text(kind.name()));
    match &variable.column {
        Column::Levels(codes) => {
            for (hash, row) in hashes.iter_mut().zip(rows) {
                *hash = mix(*hash, table[usize::from(codes[*row])]);
            }
        }
        Column::Numbers(numbers, codes) => {
            for (hash, row) in hashes.iter_mut().zip(rows) {
                let number = numbers[*row];
                *hash = mix(*hash, if number.is_nan() { table[usize::from(codes[*row])] } else { of_number(number) });
            }
        }
    }
}

fn of_levels(levels: &[Level]) -> Vec<u64> {
    levels.iter().map(|level| of_text(&level.code)).collect()
}

/// Gives the bits of a number, the same for both zeros.
fn of_number(number: f64) -> u64 {
    (number + 0.0).to_bits()
}

/// FNV-1a, 64 bits.
fn of_text(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Mixes a value into a hash as splitmix64 does.
fn mix(hash: u64, value: u64) -> u64 {
    let mut mixed = (hash ^ value).wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

fn compare(dataset: &Dataset, a: usize, b: usize) -> Ordering {
    let wave = |row: usize| &dataset.waves[usize::from(dataset.wave_of[row])].name;
    let groups = dataset.groupings.iter().map(|grouping| {
        let code = |row: usize| grouping.levels.get(usize::from(grouping.column[row])).map(|level| &level.code);
        code(a).cmp(&code(b))
    });
    let values = dataset.variables.iter().map(|variable| compare_values(variable, a, b));
    let weights = dataset.weights.iter().map(|weights| weights[a].total_cmp(&weights[b]));
    let parts = groups.chain(values).chain(weights);
    wave(a).cmp(wave(b)).then_with(|| parts.fold(Ordering::Equal, Ordering::then))
}

fn compare_values(variable: &Variable, a: usize, b: usize) -> Ordering {
    match &variable.column {
        Column::Levels(codes) => {
            let code = |row: usize| variable.levels.get(usize::from(codes[row])).map(|level| &level.code);
            code(a).cmp(&code(b)).then(codes[a].cmp(&codes[b]))
        }
        Column::Numbers(numbers, codes) => codes[a].cmp(&codes[b]).then((numbers[a] + 0.0).total_cmp(&(numbers[b] + 0.0))),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Builder, Source, Value, VariableKind};
    use super::*;

    proptest! {
        #[test]
        fn rows_of_few_kinds_are_in_the_order_that_sorting_gives(rows in prop::collection::vec((0..2_u16, 0..3_u16, 0..10_u8), 1..400)) {
            let mut builder = Builder::new("pulse", "", "en");
            let waves = ["one", "two"].map(|name| {
                let name = name.to_owned();
                builder.wave(Wave { name, opens: None, closes: None, invited: None, classes: Vec::new(), is_open: false })
            });
            let team = builder.grouping("team", Source::Segment);
            let levels = ["a", "b", "c"].map(|code| Level { code: code.to_owned(), label: String::new(), point: None }).to_vec();
            let tool = builder.variable(Variable { levels, ..Variable::new("tool", VariableKind::Choice) }).unwrap();
            for (wave, group, given) in &rows {
                builder.begin(waves[usize::from(*wave)]);
                if *group < 2 {
                    builder.group(team, ["core", "web"][usize::from(*group)]).unwrap();
                }
                let absent = given.checked_sub(3).and_then(|at| Absent::all().nth(at.into()));
                builder.set(tool, absent.map_or(Value::Level(*given), Value::Absent));
            }
            // Two waves, three groups with none, three levels and seven kinds of absence.
            let dataset = builder.finish();
            prop_assert_eq!(kinds(&dataset).is_some(), rows.len() > 2 * (dataset.groupings[0].levels.len() + 1) * 10);
            let (put, team, tool) = ((0..dataset.len()).collect::<Vec<_>>(), &dataset.groupings[0], &dataset.variables[0]);
            let held = |row: &usize| (dataset.wave_of[*row], team.column[*row], tool.column.value(*row));
            let sorted = of(&dataset, &put);
            prop_assert_eq!(put.iter().map(held).collect::<Vec<_>>(), sorted.iter().map(held).collect::<Vec<_>>());
        }
    }
}
