//! What goes into a statement and comes out of a row, alike in both databases.

use postgres::types::{FromSqlOwned, IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use rusqlite::types::{FromSql, ToSqlOutput, ValueRef};

use crate::anonymous::Digest;

/// A value that a statement is given.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value<'v> {
    Bytes(&'v [u8]),
    Text(Option<&'v str>),
    Number(i64),
}

/// Gives the values of a statement, in the order of their numbers in it.
macro_rules! values {
    ($($value:expr),* $(,)?) => { &[$($crate::collector::store::value::Value::from($value)),*] };
}
pub(super) use values;

impl<'v, const N: usize> From<&'v [u8; N]> for Value<'v> {
    fn from(bytes: &'v [u8; N]) -> Self {
        Self::Bytes(bytes)
    }
}

impl<'v> From<&'v [u8]> for Value<'v> {
    fn from(bytes: &'v [u8]) -> Self {
        Self::Bytes(bytes)
    }
}

impl<'v> From<&'v str> for Value<'v> {
    fn from(text: &'v str) -> Self {
        Self::Text(Some(text))
    }
}

impl<'v> From<&'v Option<String>> for Value<'v> {
    fn from(text: &'v Option<String>) -> Self {
        Self::Text(text.as_deref())
    }
}

impl<'v> From<&'v Digest> for Value<'v> {
    fn from(digest: &'v Digest) -> Self {
        Self::Bytes(&digest.0)
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl Value<'_> {
    /// Gives the type of its column in PostgreSQL, which can't always be told from the statement.
    pub(super) fn kind(&self) -> Type {
        match self {
            Self::Bytes(_) => Type::BYTEA,
            Self::Text(_) => Type::TEXT,
            Self::Number(_) => Type::INT8,
        }
    }
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
            Self::Text(Some(text)) => ValueRef::Text(text.as_bytes()),
            Self::Text(None) => ValueRef::Null,
            Self::Number(number) => ValueRef::Integer(*number),
        }))
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Bytes(bytes) => bytes.to_sql(kind, out),
            Self::Text(text) => text.to_sql(kind, out),
            Self::Number(number) => number.to_sql(kind, out),
        }
    }

    fn accepts(kind: &Type) -> bool {
        [Type::BYTEA, Type::TEXT, Type::INT8].contains(kind)
    }

    to_sql_checked!();
}

/// A row that a statement found.
#[derive(Clone, Copy)]
pub(super) enum Row<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgresql(&'r postgres::Row),
}

/// A column that holds something else than what is always written there: the database is damaged.
#[derive(Debug)]
pub(super) struct Unreadable;

impl Row<'_> {
    /// Reads a column by its place.
    pub(super) fn get<T: Field>(&self, at: usize) -> Result<T, Unreadable> {
        match self {
            Self::Sqlite(row) => row.get(at).map_err(|_| Unreadable),
            Self::Postgresql(row) => T::from_wide(row.try_get(at).map_err(|_| Unreadable)?),
        }
    }
}

/// What a column can be read as. PostgreSQL gives the widest type of its kind alone.
pub(super) trait Field: FromSql {
    type Wide: FromSqlOwned;

    fn from_wide(wide: Self::Wide) -> Result<Self, Unreadable>;
}

macro_rules! is_wide {
    ($($kind:ty),*) => {
        $(impl Field for $kind {
            type Wide = Self;

            fn from_wide(wide: Self) -> Result<Self, Unreadable> {
                Ok(wide)
            }
        })*
    };
}
is_wide!(Vec<u8>, String, i64, bool);

impl Field for u32 {
    type Wide = i64;

    fn from_wide(wide: i64) -> Result<Self, Unreadable> {
        wide.try_into().map_err(|_| Unreadable)
    }
}

impl<const N: usize> Field for [u8; N] {
    type Wide = Vec<u8>;

    fn from_wide(wide: Vec<u8>) -> Result<Self, Unreadable> {
        wide.try_into().map_err(|_| Unreadable)
    }
}

impl<T: Field> Field for Option<T> {
    type Wide = Option<T::Wide>;

    fn from_wide(wide: Self::Wide) -> Result<Self, Unreadable> {
        wide.map(T::from_wide).transpose()
    }
}
