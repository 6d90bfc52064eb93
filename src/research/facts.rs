//! What a platform knows of itself by wave: adoption, first deployment, self-service, and the four of DORA; read from CSV.
//!
//! ```text
//! wave,metric,value,of
//! 2026-Q3,adoption,212,400
//! 2026-Q3,first_deployment_days,3.5,
//! ```

use std::path::Path;

use serde::Deserialize;
use thiserror::Error;

/// The facts of all waves.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    facts: Vec<Fact>,
    vanity: Vec<(String, String)>,
}

/// One fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// The wave it is of.
    pub wave: String,
    /// What it is.
    pub metric: Metric,
    /// Its value: of a share, how many.
    pub value: f64,
    /// Of a share, of how many.
    pub of: Option<u64>,
}

/// What a platform can be judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// Active of eligible developers.
    Adoption,
    /// Days until the first deployment.
    FirstDeployment,
    /// Requests served without a ticket, of all.
    SelfService,
    /// Deployments a week.
    DeploymentFrequency,
    /// Hours from commit to production.
    LeadTime,
    /// Deployments that failed, of all.
    ChangeFailureRate,
    /// Hours until service was restored.
    TimeToRestore,
}

/// Why facts can't be read.
#[derive(Debug, Error)]
pub enum FactsError {
    /// The file can't be read, or isn't CSV with these columns.
    #[error("{file}: {error}")]
    Csv {
        /// The file.
        file: String,
        /// What went wrong.
        #[source]
        error: csv::Error,
    },
    /// A row says what can't be.
    #[error("{file}, row {row}: {problem}")]
    Row {
        /// The file.
        file: String,
        /// The row, the header being the first.
        row: usize,
        /// What is wrong, and what could stand there.
        problem: String,
    },
}

/// Activity isn't value: these are never ranked by.
const VANITY: [&str; 3] = ["logins", "api_calls", "catalog_entries"];

#[derive(Debug, Deserialize)]
struct Row {
    wave: String,
    metric: String,
    value: f64,
    of: Option<u64>,
}

impl Metric {
    /// The four of DORA.
    pub const DORA: [Self; 4] = [Self::DeploymentFrequency, Self::LeadTime, Self::ChangeFailureRate, Self::TimeToRestore];

    const ALL: [(&'static str, Self); 7] = [
        ("adoption", Self::Adoption),
        ("first_deployment_days", Self::FirstDeployment),
        ("self_service", Self::SelfService),
        ("deployments_a_week", Self::DeploymentFrequency),
        ("lead_time_hours", Self::LeadTime),
        ("change_failure_rate", Self::ChangeFailureRate),
        ("time_to_restore_hours", Self::TimeToRestore),
    ];

    /// Gives what it is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::Adoption => "Adoption",
            Self::FirstDeployment => "Time to first deployment",
            Self::SelfService => "Self-service",
            Self::DeploymentFrequency => "Deployment frequency",
            Self::LeadTime => "Lead time for changes",
            Self::ChangeFailureRate => "Change failure rate",
            Self::TimeToRestore => "Time to restore",
        }
    }

    /// Gives its unit; none of shares.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Adoption | Self::SelfService | Self::ChangeFailureRate => "",
            Self::FirstDeployment => "days",
            Self::DeploymentFrequency => "a week",
            Self::LeadTime | Self::TimeToRestore => "hours",
        }
    }

    /// Says whether more is better.
    pub fn is_higher_better(self) -> bool {
        matches!(self, Self::Adoption | Self::SelfService | Self::DeploymentFrequency)
    }

    fn is_share(self) -> bool {
        self.unit().is_empty()
    }
}

impl Fact {
    /// Gives a share's count.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked on reading: whole, and no more than `of`"
    )]
    pub fn count(&self) -> u64 {
        self.value as u64
    }
}

impl Facts {
    /// Reads the facts of a file.
    ///
    /// # Errors
    /// It can't be read, or a row says what can't be.
    pub fn read(path: &Path) -> Result<Self, FactsError> {
        let file = path.display().to_string();
        let wrong = |error| FactsError::Csv { file: file.clone(), error };
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_path(path).map_err(wrong)?;
        let mut facts = Self::default();
        for (at, row) in reader.deserialize().enumerate() {
            let row: Row = row.map_err(wrong)?;
            let told = |problem: String| FactsError::Row { file: file.clone(), row: at + 2, problem };
            facts.add(row).map_err(told)?;
        }
        Ok(facts)
    }

    /// Says whether there are none.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    /// Gives the waves that facts are of, each as often as there are any.
    pub fn waves(&self) -> impl Iterator<Item = &str> {
        self.facts.iter().map(|fact| fact.wave.as_str())
    }

    /// Gives a fact of a wave.
    pub fn find(&self, wave: &str, metric: Metric) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.wave == wave && fact.metric == metric)
    }

    /// Gives what is known of a wave and isn't worth knowing.
    pub fn vanity(&self, wave: &str) -> Vec<String> {
        self.vanity.iter().filter(|(of, _)| of == wave).map(|(_, metric)| metric.clone()).collect()
    }

    fn add(&mut self, row: Row) -> Result<(), String> {
        if VANITY.contains(&row.metric.as_str()) {
            self.vanity.push((row.wave, row.metric));
            return Ok(());
        }
        let Some((_, metric)) = Metric::ALL.into_iter().find(|(name, _)| *name == row.metric) else {
            let known: Vec<_> = Metric::ALL.iter().map(|(name, _)| *name).collect();
            return Err(format!("{:?} is no metric; there are {}", row.metric, known.join(", ")));
        };
        if self.find(&row.wave, metric).is_some() {
            return Err(format!("{} of {} is told twice: keep one row", row.metric, row.wave));
        }
        if !row.value.is_finite() || row.value < 0.0 {
            return Err("the value is no number from 0 up".to_owned());
        }
        match row.of {
            None if metric.is_share() => return Err(format!("{} is a share: `of` how many is missing", row.metric)),
            Some(of) if !metric.is_share() || row.value.fract() != 0.0 || row.value > of as f64 || of == 0 => {
                return Err(format!("{} of {of} can't be: give a whole number of at most as many", row.value));
            }
            _ => {}
        }
        self.facts.push(Fact { wave: row.wave, metric, value: row.value, of: row.of });
        Ok(())
    }
}
