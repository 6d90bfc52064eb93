//! One figure with what stands beside it, and the table of all.

use std::fmt::Write;

use serde_json::{Value, json};

/// A measured figure of `dxpulse` and of its floor or peer.
#[derive(Clone)]
pub(crate) struct Figure {
    pub(crate) name: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) dxpulse: f64,
    pub(crate) beside: f64,
    /// What stands beside it.
    pub(crate) floor: &'static str,
    pub(crate) target: Target,
}

/// What a figure must not exceed.
#[derive(Clone, Copy)]
pub(crate) enum Target {
    /// This multiple of what stands beside it.
    Ratio(f64),
    /// This much, in the figure's unit.
    Most(f64),
    /// Anything: it is only shown for comparison.
    Shown,
}

impl Figure {
    fn ratio(&self) -> Option<f64> {
        (self.beside > 0.0).then(|| self.dxpulse / self.beside)
    }

    /// Says whether the target is kept.
    pub(crate) fn is_met(&self) -> bool {
        match self.target {
            Target::Ratio(most) => self.ratio().is_some_and(|ratio| ratio <= most),
            Target::Most(most) => self.dxpulse <= most,
            Target::Shown => true,
        }
    }

    fn cells(&self) -> [String; 6] {
        let amount = |amount: f64| format!("{} {}", significant(amount), self.unit);
        let target = match self.target {
            Target::Ratio(most) => format!("≤ {most}×"),
            Target::Most(0.0) => "exactly 0".to_owned(),
            Target::Most(most) => format!("≤ {most} {}", self.unit),
            Target::Shown => "none".to_owned(),
        };
        let ratio = self.ratio().map_or("–".to_owned(), |ratio| format!("{}×", significant(ratio)));
        let verdict = match self.target {
            Target::Shown => "for comparison",
            _ if self.is_met() => "✓ met",
            _ => "✗ missed",
        };
        let beside = format!("{} {}", amount(self.beside), self.floor);
        [self.name.to_owned(), amount(self.dxpulse), beside, ratio, target, verdict.to_owned()]
    }

    fn value(&self) -> Value {
        let target = match self.target {
            Target::Ratio(most) => json!({ "ratio": most }),
            Target::Most(most) => json!({ "most": most }),
            Target::Shown => Value::Null,
        };
        json!({
            "figure": self.name, "unit": self.unit, "dxpulse": self.dxpulse, "beside": self.beside, "floor": self.floor,
            "ratio": self.ratio(), "target": target, "met": self.is_met(),
        })
    }
}

/// Gives the figures as a table for people.
pub(crate) fn table(figures: &[Figure]) -> String {
    let heading = ["figure", "dxpulse", "beside", "ratio", "target", "verdict"].map(str::to_owned);
    let rows: Vec<[String; 6]> = std::iter::once(heading).chain(figures.iter().map(Figure::cells)).collect();
    let widest = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..6).map(widest).collect();
    let mut table = String::new();
    for row in &rows {
        let padded = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        let line = padded.collect::<Vec<_>>().join("  ");
        writeln!(table, "{}", line.trim_end()).expect("text can be written to a string");
    }
    table
}

/// Gives the figures as a JSON array.
pub(crate) fn json(figures: &[Figure]) -> String {
    let values: Vec<Value> = figures.iter().map(Figure::value).collect();
    format!("{:#}\n", Value::Array(values))
}

fn significant(amount: f64) -> String {
    match amount {
        amount if amount.fract() == 0.0 => format!("{amount}"),
        amount if amount < 10.0 => format!("{amount:.3}"),
        amount => format!("{amount:.1}"),
    }
}
