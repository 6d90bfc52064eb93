//! Named instruments, whose items have fixed words.

use super::QuestionId;

/// A named instrument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instrument {
    /// System Usability Scale, ten items (Brooke 1996).
    Sus,
    /// Usability Metric for User Experience, four items (Finstad 2010).
    Umux,
    /// UMUX-Lite, two items (Lewis, Utesch and Maher 2013).
    UmuxLite,
    /// Raw Task Load Index, six items (Hart 2006).
    Tlx,
    /// Single Ease Question (Sauro and Dumas 2009).
    Seq,
}

/// A question's place in an instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The instrument.
    pub instrument: Instrument,
    /// The name the author gave the whole.
    pub of: QuestionId,
    /// The item's number in the instrument, from 1.
    pub number: u8,
}
