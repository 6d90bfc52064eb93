//! Charts as SVG: no script, colours by class, words in every picture for those who don't see it.
//!
//! All are drawn 420 units wide, so that their words can be read on a phone, and each is given with the words that say what it shows.

mod bars;
mod dots;
mod lines;
mod quadrants;
mod svg;

pub use bars::{diverging, funnel, histogram, shares, stacked};
pub use dots::dots;
pub use lines::trend;
pub use quadrants::quadrants;
pub use svg::escape;
