//! Columns of Arrow as cells, each different one made text once.

use std::collections::HashMap;
use std::fmt::Display;
use std::hash::Hash;

use arrow::array::{
    Array, ArrayAccessor, ArrayRef, ArrowPrimitiveType, AsArray, Int32Array, PrimitiveArray, downcast_integer_array,
};
use arrow::compute::{CastOptions, cast_with_options};
use arrow::datatypes::{ArrowNativeType, DataType, Date32Type, Float32Type, Float64Type, Int32Type};
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
/// A number can't be had as one; what is said of it repeats it.
pub(super) fn add(array: &dyn Array, to: &mut Cells) -> Result<(), ArrowError> {
    downcast_integer_array!(
        array => by_number(array, FEW, |number| number.to_string(), to),
        DataType::Utf8 => array.as_string::<i32>().iter().for_each(|text| to.push(text.unwrap_or_default())),
        DataType::LargeUtf8 => array.as_string::<i64>().iter().for_each(|text| to.push(text.unwrap_or_default())),
        DataType::Utf8View => array.as_string_view().iter().for_each(|text| to.push(text.unwrap_or_default())),
        DataType::Dictionary(_, value) => return dictionary(array, value, to),
        DataType::Boolean => keyed(array.as_boolean().iter(), |yes| yes.to_string(), to),
        DataType::Date32 => keyed(array.as_primitive::<Date32Type>().iter(), day, to),
        DataType::Float32 => {
            let bits = array.as_primitive::<Float32Type>().iter().map(|number| number.map(f32::to_bits));
            keyed(bits, |bits| number(f32::from_bits(bits)), to);
        },
        DataType::Float64 => {
            let bits = array.as_primitive::<Float64Type>().iter().map(|number| number.map(f64::to_bits));
            keyed(bits, |bits| number(f64::from_bits(bits)), to);
        },
        DataType::Null => (0..array.len()).for_each(|_| to.push("")),
        _ => return add(&cast_exactly(array, &DataType::Float64)?, to),
    );
    Ok(())
}

fn cast_exactly(array: &dyn Array, to: &DataType) -> Result<ArrayRef, ArrowError> {
    cast_with_options(array, to, &CastOptions { safe: false, ..CastOptions::default() })
}

/// Adds texts of a dictionary. Of those that no row has, none becomes a cell.
fn dictionary(array: &dyn Array, value: &DataType, to: &mut Cells) -> Result<(), ArrowError> {
    if !is_text(value) {
        return add(&cast_exactly(array, value)?, to);
    }
    let Some(dictionary) = array.as_dictionary_opt::<Int32Type>() else {
        return add(&cast_exactly(array, &DataType::Dictionary(Box::new(DataType::Int32), Box::new(value.clone())))?, to);
    };
    let (keys, values) = (dictionary.keys(), dictionary.values());
    match value {
        DataType::Utf8 => by_key(keys, &values.as_string::<i32>(), to),
        DataType::LargeUtf8 => by_key(keys, &values.as_string::<i64>(), to),
        _ => by_key(keys, &values.as_string_view(), to),
    }
    Ok(())
}

fn by_key<'a>(keys: &Int32Array, values: &impl ArrayAccessor<Item = &'a str>, to: &mut Cells) {
    let text = |at: usize| if at < values.len() && values.is_valid(at) { values.value(at) } else { "" };
    by_number(keys, values.len(), |key| text(key.to_usize().unwrap_or(usize::MAX)).to_owned(), to);
}

/// Adds cells that are told apart by whole numbers, of which those from 0 up to so many are looked up without a hash.
fn by_number<T>(numbers: &PrimitiveArray<T>, many: usize, text: impl Fn(T::Native) -> String, to: &mut Cells)
where
    T: ArrowPrimitiveType,
    T::Native: Eq + Hash,
{
    let (mut few, mut others) = (vec![UNKNOWN; many], HashMap::new());
    let nulls = numbers.nulls();
    to.of_row.reserve(numbers.len());
    for (row, number) in numbers.values().iter().enumerate() {
        let place = match number.to_usize().and_then(|at| few.get_mut(at)) {
            _ if nulls.is_some_and(|nulls| nulls.is_null(row)) => to.place(""),
            Some(place) if *place != UNKNOWN => *place,
            Some(place) => {
                *place = to.place(&text(*number));
                *place
            }
            None => *others.entry(*number).or_insert_with(|| to.place(&text(*number))),
        };
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
