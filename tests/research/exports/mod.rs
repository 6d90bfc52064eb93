//! Files of a dataset, read back by pandas, pyarrow, openpyxl, pyreadstat and haven.

mod codebooks;
mod dataset;
mod frames;
mod readers;
mod statistics;
mod tables;

use std::path::{Path, PathBuf};

use dxpulse::research::data::Dataset;
use dxpulse::research::exports::{Format, Style};

/// Writes a dataset to a file, and gives its path.
fn written(format: Format, dataset: &Dataset, style: Style, folder: &Path) -> PathBuf {
    let path = folder.join(format!("pulse.{}", format.extension()));
    let mut told = Vec::new();
    let mut file = std::fs::File::create(&path).unwrap();
    format.write(dataset, style, &mut file, &mut |rows| told.push(rows)).unwrap();
    if !matches!(format, Format::DataPackage | Format::Ddi) {
        assert_eq!(told, [dataset.len() as u64], "{format:?}");
    }
    path
}
