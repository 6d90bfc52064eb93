# The commands people use here; `just` alone lists them.

default:
    @just --list --unsorted

# Open the inbox with the bundled surveys.
run *arguments:
    cargo run --release -- {{arguments}}

# Install what the tests need and run every suite.
test:
    tests/run

# Everything that must hold before a change is merged.
ci:
    .ci/run

# Clippy, with warnings denied.
lint:
    cargo clippy --all-targets --all-features --locked -- -D warnings

# Format everything.
fmt:
    cargo fmt

# Print the table of figures, each beside its floor or peer.
bench *arguments:
    tests/bench {{arguments}}

# A long trial, such as `just campaign kill --runs 1000`; without a name, lists them.
campaign *arguments:
    tests/campaign {{arguments}}

# Look for an input that breaks parsing or a condition, such as `just fuzz parse --minutes 10`; without a name, lists them.
fuzz *arguments:
    tests/fuzz {{arguments}}

# Make the man pages and the pictures of the real screens again.
assets:
    DXPULSE_WRITE_ASSETS=1 cargo test --locked --test assets
