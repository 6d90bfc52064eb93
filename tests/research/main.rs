//! What research leads get out of answers, against the programs they read it with.

mod exports;
