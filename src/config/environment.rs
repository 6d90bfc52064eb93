//! Environment variables as a value, so that whoever reads them can be handed others.

use std::ffi::{OsStr, OsString};

/// The environment variables of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Environment(Vec<(OsString, OsString)>);

impl Environment {
    /// Reads the variables of this process.
    pub fn of_process() -> Self {
        Self(std::env::vars_os().collect())
    }

    /// Gives these variables with one more, or one changed.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.into(), value.into()));
        self
    }

    /// Gives a variable, the first of its name as any program would; an empty one counts as absent, as most conventions have it.
    pub fn get(&self, name: &str) -> Option<&OsStr> {
        let (_, value) = self.0.iter().find(|(known, _)| known == name)?;
        Some(value.as_os_str()).filter(|value| !value.is_empty())
    }

    /// Gives a variable as text, with U+FFFD for what is not UTF-8.
    pub fn text(&self, name: &str) -> Option<String> {
        self.get(name).map(|value| value.to_string_lossy().into_owned())
    }

    /// Says whether a switch such as `DO_NOT_TRACK` is on: any value but empty and 0.
    pub fn is_on(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value != "0")
    }
}

impl<'a, const N: usize> From<[(&'a str, &'a str); N]> for Environment {
    fn from(variables: [(&'a str, &'a str); N]) -> Self {
        Self(variables.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn switches_are_on_for_any_value_but_empty_and_zero() {
        for (value, on) in [("1", true), ("yes", true), ("false", true), ("0", false), ("", false)] {
            assert_eq!(Environment::from([("SWITCH", value)]).is_on("SWITCH"), on, "{value:?}");
        }
        assert!(!Environment::default().is_on("SWITCH"));
    }
}
