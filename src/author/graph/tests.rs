//! The ways through surveys whose logic is known.
