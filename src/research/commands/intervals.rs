//! The methods of intervals, as options say them.

use clap::ValueEnum;

use crate::statistics::{DifferenceInterval, Methods, NpsInterval, ShareInterval};

#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Intervals {
    /// Work intervals out by this method; may be given several times: of two for one kind of figure the last stands
    #[arg(long = "interval", value_name = "METHOD", value_enum)]
    named: Vec<Method>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Method {
    /// Net Promoter Scores, unless said otherwise: a score interval
    Tango,
    /// Net Promoter Scores: may reach past -100 and 100
    AdjustedWald,
    /// Net Promoter Scores: by Jeffreys' prior, worked out numerically
    Jeffreys,
    /// Shares, unless said otherwise: a score interval
    Wilson,
    /// Shares: at least as sure as it says, and wider
    ClopperPearson,
    /// Differences of shares, unless said otherwise: of both Wilson intervals
    Newcombe,
    /// Differences of shares: a score interval
    MiettinenNurminen,
}

impl Intervals {
    /// Gives the methods.
    pub(crate) fn methods(&self) -> Methods {
        let mut methods = Methods::default();
        for method in &self.named {
            match method {
                Method::Tango => methods.nps = NpsInterval::Tango,
                Method::AdjustedWald => methods.nps = NpsInterval::AdjustedWald,
                Method::Jeffreys => methods.nps = NpsInterval::Jeffreys,
                Method::Wilson => methods.share = ShareInterval::Wilson,
                Method::ClopperPearson => methods.share = ShareInterval::ClopperPearson,
                Method::Newcombe => methods.difference = DifferenceInterval::Newcombe,
                Method::MiettinenNurminen => methods.difference = DifferenceInterval::MiettinenNurminen,
            }
        }
        methods
    }
}
