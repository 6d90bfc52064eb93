//! `.pre-commit-hooks.yaml` and `action.yml`: others find them sound, and they check surveys as a commit or a workflow would.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::lint::{GOOD, misspelt};
use crate::sandbox::Sandbox;
use crate::tools::{feed, tool};

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn yaml(path: &str) -> Value {
    let mut python = Command::new(tool("python"));
    python.args(["-c", "import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.stdin)))"]);
    let output = feed(&mut python, &fs::read_to_string(root(path)).unwrap());
    serde_json::from_slice(&output.stdout).unwrap()
}

fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

/// Gives the paths to look for programs on: the built `dxpulse` first.
fn search_path() -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_dxpulse")).parent().unwrap();
    format!("{}:/usr/bin:/bin", program.display())
}

/// Prepares a program in a sandbox that finds `dxpulse` and nothing of this process.
fn command(program: impl AsRef<std::ffi::OsStr>, sandbox: &Sandbox) -> Command {
    let mut command = Command::new(program);
    command.current_dir(sandbox.path("")).env_clear().envs(sandbox.variables()).env("PATH", search_path());
    command
}

#[test]
fn others_find_the_hook_and_the_action_sound() {
    let mut pre_commit = Command::new(tool("pre-commit"));
    let checked = pre_commit.arg("validate-manifest").arg(root(".pre-commit-hooks.yaml")).output().unwrap();
    assert!(checked.status.success(), "{}", said(&checked));
    let mut check = Command::new(tool("check-jsonschema"));
    let checked = check.args(["--builtin-schema", "vendor.github-actions"]).arg(root("action.yml")).output().unwrap();
    assert!(checked.status.success(), "{}", said(&checked));
}

#[test]
fn a_commit_is_held_back_by_a_bad_survey_and_by_no_other_file() {
    let sandbox = Sandbox::new();
    let mut hook = yaml(".pre-commit-hooks.yaml")[0].take();
    // What pre-commit would build from the repository is built already.
    hook["language"] = "system".into();
    let configuration = serde_json::json!({ "repos": [{ "repo": "local", "hooks": [hook] }] });
    sandbox.write(".pre-commit-config.yaml", &configuration.to_string());
    sandbox.write("surveys/good.toml", GOOD);
    sandbox.write("surveys/gone.lock.toml", "id = 1\n");
    sandbox.write("Cargo.toml", "[package]\n");
    let git = |arguments: &[&str]| assert!(command("git", &sandbox).args(arguments).status().unwrap().success());
    git(&["init", "--quiet"]);
    let run = || {
        git(&["add", "."]);
        let mut pre_commit = command(tool("pre-commit"), &sandbox);
        pre_commit.args(["run", "--color", "never"]).env("PRE_COMMIT_HOME", sandbox.path(".cache")).output().unwrap()
    };
    let passed = run();
    assert!(passed.status.success(), "{}", said(&passed));
    sandbox.write("team/surveys/bad.toml", &misspelt());
    let held = run();
    let text = said(&held);
    assert!(!held.status.success() && text.contains("--> team/surveys/bad.toml:2:1"), "{text}");
    assert!(text.contains("2 files, 1 error, 0 warnings"), "{text}");
}

/// Runs a step of the action as GitHub does, with these inputs.
fn step(number: usize, paths: &str, sandbox: &Sandbox) -> Output {
    let action = yaml("action.yml");
    let step = &action["runs"]["steps"][number];
    assert_eq!(step["shell"], "bash");
    sandbox.write(".runner/script.sh", step["run"].as_str().unwrap());
    let mut bash = command("bash", sandbox);
    bash.args(["--noprofile", "--norc", "-e", "-o", "pipefail", ".runner/script.sh"]);
    bash.env("GITHUB_ACTION_PATH", root("")).env("RUNNER_TEMP", sandbox.path(".runner"));
    bash.env("GITHUB_PATH", sandbox.path(".runner/path")).env("GITHUB_ACTIONS", "true").env("CI", "true");
    for (name, value) in step["env"].as_object().into_iter().flatten() {
        assert_eq!(value, "${{ inputs.paths }}", "{name}");
        bash.env(name, paths);
    }
    bash.output().unwrap()
}

#[test]
fn a_workflow_shows_what_is_found_beside_the_lines() {
    let sandbox = Sandbox::new();
    sandbox.write("my surveys/bad.toml", &misspelt());
    sandbox.write("good.toml", GOOD);
    let built = step(0, "", &sandbox);
    assert!(built.status.success() && !sandbox.path(".runner/path").exists(), "{}", said(&built));
    let default = yaml("action.yml")["inputs"]["paths"]["default"].as_str().unwrap().to_owned();
    for (paths, files) in [(default.as_str(), 2), ("my surveys\n\ngood.toml\n", 2), ("my surveys", 1)] {
        let checked = step(1, paths, &sandbox);
        let text = said(&checked);
        assert_eq!(checked.status.code(), Some(1), "{text}");
        assert!(
            text.starts_with("::error file=my surveys/bad.toml,line=2,endLine=2,col=1,endColumn=6,title=unknown-key::"),
            "{text}"
        );
        assert!(text.contains(&format!("{files} file")), "{text}");
    }
    let clean = step(1, "good.toml", &sandbox);
    assert_eq!((clean.status.code(), clean.stdout.as_slice()), (Some(0), &b""[..]), "{}", said(&clean));
}
