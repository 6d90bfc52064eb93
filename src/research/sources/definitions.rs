//! The surveys that files of answers refer to: those given as files, and the bundled ones.

use std::path::Path;

use super::SourceError;
use super::place::text_of;
use crate::developer::catalog::BUNDLED;
use crate::survey::{Survey, parse};

/// Known surveys; those given as files come before the bundled ones.
#[derive(Debug, Default)]
pub struct Definitions {
    given: Vec<Survey>,
}

impl Definitions {
    /// Reads the files of surveys.
    ///
    /// # Errors
    /// A file can't be read, or is no survey.
    pub fn read(files: &[impl AsRef<Path>]) -> Result<Self, SourceError> {
        let read = |file: &Path| {
            let source = text_of(file)?;
            parse::parse(&source).map_err(|problems| {
                let problem = problems.first().map_or_else(|| "is no survey".to_owned(), |problem| problem.message.clone());
                SourceError::Definition { file: file.to_owned(), problem }
            })
        };
        Ok(Self { given: files.iter().map(|file| read(file.as_ref())).collect::<Result<_, _>>()? })
    }

    /// Gives the survey of this id: of several versions the one asked for, or the newest.
    pub fn find(&self, id: &str, version: Option<u32>) -> Option<Survey> {
        let is_it = |survey: &&Survey| survey.id.as_str() == id && version.is_none_or(|version| survey.version == version);
        self.given
            .iter()
            .filter(is_it)
            .max_by_key(|survey| survey.version)
            .cloned()
            .or_else(|| bundled(id).filter(|it| is_it(&it)))
    }

    /// Gives the one survey that was given as a file, where there is exactly one.
    pub fn only(&self) -> Option<&Survey> {
        self.given.first().filter(|first| self.given.iter().all(|survey| survey.id == first.id))
    }
}

fn bundled(id: &str) -> Option<Survey> {
    let (_, source) = BUNDLED.iter().find(|(known, _)| *known == id)?;
    parse::parse(source).ok()
}
