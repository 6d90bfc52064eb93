//! The description at `/openapi.json` against the server, by schemathesis: what it asks, and what nobody should.

use std::path::Path;
use std::process::Command;

use crate::place::Place;

const TOOLS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/tools/python/bin/schemathesis");
const HERE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/collector");

#[test]
fn the_server_answers_as_its_description_says() {
    let (place, _, _) = Place::with_wave(12);
    let server = place.serve();
    assert!(Path::new(TOOLS).exists(), "tests/run installs the tools of tests/requirements.txt");
    let url = format!("{}/openapi.json", place.url());
    let mut command = Command::new(TOOLS);
    command.args(["--config-file", &format!("{HERE}/schemathesis.toml"), "run", &url]);
    command.args(["--max-examples", "25", "--seed", "1", "--no-color", "--generation-database", "none"]);
    let output = command.env("SCHEMATHESIS_HOOKS", "serializers").env("PYTHONPATH", HERE).current_dir(place.data()).output();
    let output = output.unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(server.stop().0, 0);
}
