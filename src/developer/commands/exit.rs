//! How the developer's commands end: what each failure of the parts below says, and what to do next.

use std::process::ExitCode;

use crate::config::{Invalid, NoHome};
use crate::developer::catalog::CatalogError;
use crate::developer::store::StoreError;
use crate::developer::sync::SyncError;
use crate::report::{self, Failure};

impl Failure {
    /// A survey can't be had; its problems are drawn in colour if asked to.
    pub(crate) fn of_survey(error: &CatalogError, colour: bool) -> Self {
        Self { details: error.details(colour), ..Self::new(error.to_string()) }.hint(error.hint())
    }
}

impl From<NoHome> for Failure {
    fn from(error: NoHome) -> Self {
        Self::new(error.to_string()).hint("set HOME, or DXPULSE_HOME to a folder of your choice")
    }
}

impl From<Invalid> for Failure {
    fn from(error: Invalid) -> Self {
        Self::new(error.to_string()).hint("correct them as shown; `dxpulse config path` names your file")
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::new(error.to_string()).hint(error.hint())
    }
}

impl From<SyncError> for Failure {
    fn from(error: SyncError) -> Self {
        match error {
            SyncError::Store(error) => error.into(),
            error => Self::new(error.to_string())
                .hint("nothing is lost: run it again later, and `dxpulse outbox` shows where each answer is"),
        }
    }
}

impl From<CatalogError> for Failure {
    fn from(error: CatalogError) -> Self {
        Self::of_survey(&error, false)
    }
}

/// Tells a failure on standard error and gives its exit code.
pub fn report(failure: Failure) -> ExitCode {
    report::report("dxpulse", failure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_any_home_the_remedy_is_told() {
        let failure = Failure::from(NoHome);
        assert_eq!((failure.exit, failure.hint.is_some()), (1, true));
    }
}
