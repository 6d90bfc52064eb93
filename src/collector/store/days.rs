//! Daily counts: how many responses a wave has, in steps of 5, written once a day.

use super::error::StoreError;
use super::open::Store;
use super::value::values;
use crate::anonymous::WaveId;

/// The steps that counts move in before the close.
pub(crate) const STEP: u32 = 5;

/// Gives a count in whole steps.
pub(crate) fn in_steps(count: u32) -> u32 {
    count / STEP * STEP
}

impl Store {
    /// Notes how many responses a wave has on a day.
    pub(crate) fn note_day(&self, day: &str, wave: WaveId) -> Result<(), StoreError> {
        let responses = in_steps(self.count_redeemed(wave)?.scores);
        let sql = "INSERT INTO days (day, wave, responses) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
        self.execute(sql, values![day, &wave.0, responses]).map(|_| ())
    }

    /// Gives the survey, the name and the last count of each wave that has one.
    pub(crate) fn last_counts(&self) -> Result<Vec<(String, String, u32)>, StoreError> {
        let sql =
            "SELECT survey, name, max(responses) FROM days JOIN waves USING (wave) GROUP BY waves.wave ORDER BY survey, sequence";
        self.all(sql, &[], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
    }
}
