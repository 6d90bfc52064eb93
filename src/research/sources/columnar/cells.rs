//! Columns of Arrow as cells, each different one made text once.

use std::collections::HashMap;
use std::fmt::Display;
use std::hash::Hash;

use arrow::array::{Array, ArrayAccessor, ArrayRef, AsArray, Int32Array, Int64Array};
use arrow::compute::{CastOptions, cast_with_options};
use arrow::datatypes::{DataType, Date32Type, Float32Type, Float64Type, Int32Type};
use arrow::error::ArrowError;
use chrono::{NaiveDate, TimeDelta};

use crate::research::sources::blocks::Cells;

/// Whole numbers from 0 up to here are told apart without a hash: points are no others.
const FEW: usize = 256;

/// What no row has, as the place of a cell.
const UNKNOWN: u32 = u32::MAX;

/// Says whether cells can be made of a type.
pub(super) fn is_readable(kind: &DataType) -> bool {
    let is_other = matches!(kind, DataType::Boolean | DataType::Date32 | DataType::Null);
    let is_plain = |kind: &DataType| is_text(kind) || kind.is_numeric();
    is_other || is_plain(kind) || matches!(kind, DataType::Dictionary(_, value) if is_plain(value))
}

fn is_text(kind: &DataType) -> bool {
    matches!(kind, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
}

/// Adds the cells of a column.
///
/// # Errors
/// A number is too large; what is said of it repeats it.
pub(super) fn add(array: &ArrayRef, to: &mut Cells) -> Result<(), ArrowError> {
    match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().iter().for_each(|text| to.push(text.unwrap_or_default())),
        DataType::LargeUtf8 => array.as_string::<i64>().iter().for_each(|text| to.push(text.unwrap_or_default())),
        DataType::Utf8View => array.as_string_view().iter().for_each(|text| to.push(text.unwrap_or_default())),
        DataType::Dictionary(_, value) => return dictionary(array, value, to),
        DataType::Boolean => keyed(array.as_boolean().iter(), |yes| yes.to_string(), to),
        DataType::Date32 => keyed(array.as_primitive::<Date32Type>().iter(), day, to),
        DataType::Float32 => {
            let bits = array.as_primitive::<Float32Type>().iter().map(|number| number.map(f32::to_bits));
            keyed(bits, |bits| number(f32::from_bits(bits)), to);
        }
        DataType::Float64 => {
            let bits = array.as_primitive::<Float64Type>().iter().map(|number| number.map(f64::to_bits));
            keyed(bits, |bits| number(f64::from_bits(bits)), to);
        }
        DataType::Null => (0..array.len()).for_each(|_| to.push("")),
        kind if kind.is_integer() => whole(cast_exactly(array, &DataType::Int64)?.as_primitive(), to),
        _ => return add(&cast_exactly(array, &DataType::Float64)?, to),
    }
    Ok(())
}

fn cast_exactly(array: &ArrayRef, to: &DataType) -> Result<ArrayRef, ArrowError> {
    cast_with_options(array, to, &CastOptions { safe: false, ..CastOptions::default() })
}

/// Adds texts of a dictionary. Of those that no row has, none becomes a cell.
fn dictionary(array: &ArrayRef, value: &DataType, to: &mut Cells) -> Result<(), ArrowError> {
    let keyed = |value: &DataType| DataType::Dictionary(Box::new(DataType::Int32), Box::new(value.clone()));
    if !is_text(value) {
        return add(&cast_exactly(array, value)?, to);
    }
    let array = cast_exactly(array, &keyed(value))?;
    let (keys, values) = (array.as_dictionary::<Int32Type>().keys(), array.as_dictionary::<Int32Type>().values());
    match value {
        DataType::Utf8 => by_key(keys, values.as_string::<i32>(), to),
        DataType::LargeUtf8 => by_key(keys, values.as_string::<i64>(), to),
        _ => by_key(keys, values.as_string_view(), to),
    }
    Ok(())
}

fn by_key<'a>(keys: &Int32Array, values: impl ArrayAccessor<Item = &'a str>, to: &mut Cells) {
    let nothing = values.len();
    let mut places = vec![UNKNOWN; nothing + 1];
    for key in keys {
        let at = key.and_then(|key| usize::try_from(key).ok()).unwrap_or(nothing).min(nothing);
        if places[at] == UNKNOWN {
            places[at] = to.place(if at < nothing && values.is_valid(at) { values.value(at) } else { "" });
        }
        to.of_row.push(places[at]);
    }
}

fn whole(numbers: &Int64Array, to: &mut Cells) {
    let (mut few, mut places) = ([UNKNOWN; FEW], HashMap::new());
    for number in numbers {
        let at = number.and_then(|number| usize::try_from(number).ok()).filter(|at| *at < FEW);
        let place = match at {
            Some(at) if few[at] != UNKNOWN => few[at],
            _ => *places.entry(number).or_insert_with(|| to.place(&number.map_or_else(String::new, |number| number.to_string()))),
        };
        if let Some(at) = at {
            few[at] = place;
        }
        to.of_row.push(place);
    }
}

/// Adds cells that are told apart by something else than their text, which each different one becomes once.
fn keyed<K: Copy + Eq + Hash>(keys: impl Iterator<Item = Option<K>>, text: impl Fn(K) -> String, to: &mut Cells) {
    let mut places = HashMap::new();
    for key in keys {
        let place = *places.entry(key).or_insert_with(|| to.place(&key.map_or_else(String::new, &text)));
        to.of_row.push(place);
    }
}

/// Gives a number as text; one that is none is no cell.
fn number(number: impl Into<f64> + Display + Copy) -> String {
    match number.into() {
        0.0 => "0".to_owned(),
        wide if wide.is_nan() => String::new(),
        _ => number.to_string(),
    }
}

fn day(days: i32) -> String {
    let day = NaiveDate::default().checked_add_signed(TimeDelta::days(days.into()));
    day.map_or_else(|| format!("day {days}"), |day| day.to_string())
}
