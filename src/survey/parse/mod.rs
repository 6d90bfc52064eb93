//! From TOML to a [`Survey`](super::Survey), or all the problems of the file at once.
