//! An order of rows, and one of comments, that follow from what they hold and from nothing else: not when, where or in which order they
//! were answered.

use std::cmp::Ordering;

use sha2::{Digest, Sha256};

use super::{Absent, Column, Comment, Dataset, Level, NONE, Variable, Wave};

/// Puts the rows and the comments of a dataset in order.
pub(super) fn put(dataset: &mut Dataset) {
    let order = of(dataset);
    put_column(&mut dataset.wave_of, &order);
    dataset.groupings.iter_mut().for_each(|grouping| put_column(&mut grouping.column, &order));
    dataset.weights.iter_mut().for_each(|weights| put_column(weights, &order));
    for variable in &mut dataset.variables {
        let (Column::Levels(codes) | Column::Numbers(_, codes)) = &mut variable.column;
        put_column(codes, &order);
        if let Column::Numbers(numbers, _) = &mut variable.column {
            put_column(numbers, &order);
        }
    }
    shuffle(&mut dataset.comments, &dataset.waves);
}

/// Shuffles the comments on each question of a wave, always in the same way: by a hash of wave, question and words, which says nothing of
/// who wrote when, and puts side by side nothing that begins alike.
fn shuffle(comments: &mut [Comment], waves: &[Wave]) {
    let hash = |comment: &Comment| {
        let mut hash = Sha256::new();
        for part in [&waves[usize::from(comment.wave)].name, &comment.question, &comment.text] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        <[u8; 32]>::from(hash.finalize())
    };
    comments.sort_by_cached_key(|comment| (comment.wave, comment.question.clone(), hash(comment)));
}

fn put_column<T: Copy>(column: &mut Vec<T>, order: &[usize]) {
    *column = order.iter().map(|row| column[*row]).collect();
}

/// Gives the places of all rows by a hash of what they hold, and by what they hold where the hash is the same.
fn of(dataset: &Dataset) -> Vec<usize> {
    let hashes = hashes(dataset);
    let mut rows: Vec<(u64, usize)> = hashes.into_iter().zip(0..).collect();
    rows.sort_unstable_by_key(|(hash, _)| *hash);
    for same in rows.chunk_by_mut(|a, b| a.0 == b.0) {
        // Rows of one hash are nearly always rows of the same answers, whose order says nothing; telling so costs one comparison for each.
        if same.windows(2).any(|pair| compare(dataset, pair[0].1, pair[1].1) != Ordering::Equal) {
            same.sort_unstable_by(|a, b| compare(dataset, a.1, b.1));
        }
    }
    rows.into_iter().map(|(_, row)| row).collect()
}

/// Gives a hash of each row, column by column: names and codes count, not their places.
fn hashes(dataset: &Dataset) -> Vec<u64> {
    let waves: Vec<u64> = dataset.waves.iter().map(|wave| of_text(&wave.name)).collect();
    let mut hashes: Vec<u64> = dataset.wave_of.iter().map(|wave| mix(waves[usize::from(*wave)], 0)).collect();
    for grouping in &dataset.groupings {
        let levels = of_levels(&grouping.levels);
        for (hash, group) in hashes.iter_mut().zip(&grouping.column) {
            *hash = mix(*hash, levels.get(usize::from(*group)).copied().unwrap_or(u64::from(NONE)));
        }
    }
    for variable in &dataset.variables {
        add_variable(&mut hashes, variable);
    }
    for (hash, weight) in hashes.iter_mut().zip(dataset.weights.iter().flatten()) {
        *hash = mix(*hash, of_number(*weight));
    }
    hashes
}

fn add_variable(hashes: &mut [u64], variable: &Variable) {
    let mut table = [0; 256];
    for (slot, level) in table.iter_mut().zip(of_levels(&variable.levels)) {
        *slot = level;
    }
    Absent::all().for_each(|kind| table[usize::from(kind.code())] = of_text(kind.name()));
    match &variable.column {
        Column::Levels(codes) => {
            for (hash, code) in hashes.iter_mut().zip(codes) {
                *hash = mix(*hash, table[usize::from(*code)]);
            }
        }
        Column::Numbers(numbers, codes) => {
            for ((hash, number), code) in hashes.iter_mut().zip(numbers).zip(codes) {
                let value = if number.is_nan() { table[usize::from(*code)] } else { of_number(*number) };
                *hash = mix(*hash, value);
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
