//! Tombi's language server, asked as an editor does: what completes where, and what a key means.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use dxpulse::survey::parse::vocabulary::{keys, words};
use serde_json::{Value, json};

use super::root;
use crate::sandbox::Sandbox;
use crate::tools::tool;

/// An editor with a folder open in which the schema lies.
struct Editor {
    server: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    sandbox: Sandbox,
    sent: i64,
}

impl Editor {
    fn open() -> Self {
        let sandbox = Sandbox::new();
        fs::copy(root("assets/survey.schema.json"), sandbox.path("survey.schema.json")).unwrap();
        let mut server = Command::new(tool("tombi"));
        server.args(["lsp", "--offline"]).current_dir(sandbox.path("")).env("HOME", sandbox.path(""));
        let mut server = server.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let (to, from) = (server.stdin.take().unwrap(), BufReader::new(server.stdout.take().unwrap()));
        let mut editor = Self { server, to, from, sandbox, sent: 0 };
        let uri = editor.uri("");
        let kinds = json!({ "hover": { "contentFormat": ["markdown"] }, "publishDiagnostics": {} });
        editor.ask("initialize", &json!({ "processId": null, "rootUri": uri, "capabilities": { "textDocument": kinds } }));
        editor.tell("initialized", &json!({}));
        editor
    }

    fn uri(&self, name: &str) -> String {
        format!("file://{}", self.sandbox.path(name).display())
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.to, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        self.to.flush().unwrap();
    }

    fn tell(&mut self, method: &str, parameters: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": parameters }));
    }

    /// Reads messages up to one that is wanted, and answers the server's own requests with nothing.
    fn read_until(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let mut length = 0;
            loop {
                let mut line = String::new();
                assert!(self.from.read_line(&mut line).unwrap() > 0, "the server has gone");
                match line.trim_end().split_once(": ") {
                    None => break,
                    Some((name, value)) if name.eq_ignore_ascii_case("content-length") => length = value.parse().unwrap(),
                    Some(_) => {}
                }
            }
            let mut text = vec![0; length];
            self.from.read_exact(&mut text).unwrap();
            let message: Value = serde_json::from_slice(&text).unwrap();
            if message.get("method").is_some() && message.get("id").is_some() {
                self.send(&json!({ "jsonrpc": "2.0", "id": message["id"], "result": null }));
            } else if wanted(&message) {
                return message;
            }
        }
    }

    fn ask(&mut self, method: &str, parameters: &Value) -> Value {
        self.sent += 1;
        let id = self.sent;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": parameters }));
        self.read_until(|message| message["id"] == id)["result"].take()
    }

    /// Opens a survey with the cursor at `‸` and asks a question about that place.
    fn ask_at(&mut self, method: &str, survey: &str) -> Value {
        let text = format!("#:schema ./survey.schema.json\nid = \"pulse\"\ntitle = \"Pulse\"\n{survey}");
        let (before, _) = text.split_once('‸').unwrap();
        let position = json!({ "line": before.matches('\n').count(), "character": before.rsplit('\n').next().unwrap().len() });
        let text = text.replace('‸', "");
        let name = format!("{}.toml", self.sent);
        self.sandbox.write(&name, &text);
        let uri = self.uri(&name);
        let document = json!({ "uri": uri, "languageId": "toml", "version": 1, "text": text });
        self.tell("textDocument/didOpen", &json!({ "textDocument": document }));
        // Until it has told what it thinks of the file, the server doesn't know the file.
        self.read_until(|message| message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri);
        self.ask(method, &json!({ "textDocument": { "uri": uri }, "position": position }))
    }

    /// Gives what completes at `‸`: keys, without a value that may come with them, or values.
    fn completions(&mut self, survey: &str) -> BTreeSet<String> {
        let found = self.ask_at("textDocument/completion", survey);
        let items = found.as_array().or_else(|| found["items"].as_array()).cloned().unwrap_or_default();
        let labels = items.iter().map(|item| item["label"].as_str().unwrap());
        labels.map(|label| label.split(" = ").next().unwrap().trim_matches('"').to_owned()).collect()
    }

    fn hover(&mut self, survey: &str) -> String {
        self.ask_at("textDocument/hover", survey)["contents"]["value"].as_str().unwrap_or_default().to_owned()
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn set<'a>(words: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    words.into_iter().map(str::to_owned).collect()
}

#[test]
fn in_a_question_the_keys_of_its_type_complete_and_no_others() {
    let mut editor = Editor::open();
    for name in words::TYPES {
        let own = keys::BY_TYPE.iter().filter(|(_, types)| types.contains(name)).map(|(key, _)| *key);
        let wanted = keys::QUESTION.iter().copied().chain(own).filter(|key| !["id", "type"].contains(key));
        let found = editor.completions(&format!("[[question]]\nid = \"q\"\ntype = \"{name}\"\n‸\n"));
        assert_eq!(found, set(wanted), "{name}");
    }
    let found = editor.completions("[[question]]\nid = \"q\"\ninstrument = \"tlx\"\n‸\n");
    let wanted = keys::INSTRUMENT.iter().copied().filter(|key| !["id", "instrument"].contains(key));
    assert_eq!(found, set(wanted), "an instrument");
}

#[test]
fn keys_and_words_complete_wherever_they_stand() {
    let mut editor = Editor::open();
    let question = "[[question]]\nid = \"q\"\ntype = \"single\"\ntext = \"Which?\"\n";
    let cases: [(String, Vec<&str>); 11] = [
        (format!("‸\n{question}"), keys::SURVEY.iter().copied().filter(|key| !["id", "title"].contains(key)).collect()),
        (format!("[wave]\n‸\n{question}"), keys::WAVE.to_vec()),
        (format!("[wave]\ncadence = \"‸\"\n{question}"), words::CADENCE.to_vec()),
        (format!("[privacy]\n‸\n{question}"), keys::PRIVACY.to_vec()),
        (format!("[trigger]\n‸\n{question}"), keys::TRIGGER.to_vec()),
        ("[[question]]\nid = \"q\"\ntype = \"‸\"\n".to_owned(), words::TYPES.to_vec()),
        (format!("{question}choices = [{{ ‸ }}]\n"), keys::CHOICE.to_vec()),
        (format!("{question}allow = [\"‸\"]\n"), words::ALLOW.to_vec()),
        (format!("{question}trend = \"‸\"\n"), words::TREND.to_vec()),
        (format!("{question}jump = [{{ ‸ }}]\n"), keys::JUMP.to_vec()),
        (format!("{question}help = {{ ‸ }}\n"), vec!["$language"]),
    ];
    for (survey, wanted) in cases {
        assert_eq!(editor.completions(&survey), set(wanted), "{survey}");
    }
}

#[test]
fn on_hover_a_key_says_what_it_means() {
    let mut editor = Editor::open();
    for (survey, said) in [
        ("mi‸nutes = 1\n[[question]]\nid = \"q\"\ntype = \"nps\"\ntext = \"How likely?\"\n", "The minutes it may take"),
        ("[privacy]\nsmallest_‸group = 5\n", "The fewest answers that are shown as a figure"),
        ("[[question]]\nid = \"q\"\nty‸pe = \"likert\"\ntext = \"I was fast.\"\n", "Agreement with a statement"),
        ("[[question]]\nid = \"q\"\ntype = \"rating\"\ntext = \"How fast?\"\npo‸ints = 5\n", "The number of points"),
        (
            "[[question]]\nid = \"q\"\ntype = \"single\"\ntext = \"Which?\"\n\
             choices = [{ co‸de = \"a\", label = \"A\" }, { code = \"b\", label = \"B\" }]\n",
            "What answers store",
        ),
    ] {
        let found = editor.hover(survey);
        assert!(found.contains(said), "{survey}: {found}");
    }
}
