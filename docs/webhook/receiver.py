#!/usr/bin/env python3
"""Receives what dxpulse sends to a webhook, and keeps one line of JSON for each response.

usage: receiver.py --secret FILE --responses FILE.jsonl [--port 8080]

An example to begin with: Python's standard library only, for one machine, behind a proxy that speaks TLS. It keeps no address and no
time, logs nothing, and sorts what it keeps, so that the order of the lines doesn't tell the order of arrival.
"""

import argparse
import hashlib
import hmac
import json
import os
from http.server import BaseHTTPRequestHandler, HTTPServer

MOST_BYTES = 64 * 1024


class Responses:
    """The lines of a file, one for each subject: its newest revision, or that it was taken back."""

    def __init__(self, path):
        self.path = path
        self.lines = {}
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                for line in file:
                    kept = json.loads(line)
                    self.lines[kept["subject"]] = kept

    def take(self, event):
        """Keeps an event unless it came before; it is on the disk when this returns."""
        subject, revision, data = event["subject"], event["data"]["revision"], event["data"]
        if not (isinstance(subject, str) and isinstance(revision, int) and isinstance(event["id"], str)):
            raise ValueError("an event of another form")
        known = self.lines.get(subject)
        # The same event again, or one that a newer one has overtaken.
        if known and (known["id"] == event["id"] or known["revision"] >= revision):
            return
        kept = {"subject": subject, "id": event["id"], "revision": revision, "type": event["type"]}
        if ".withdrawn." not in event["type"]:
            kept["data"] = {key: value for key, value in data.items() if key not in ("revision", "padding")}
        lines = {**self.lines, subject: kept}
        self.write(lines)
        # Only now: what could not be written is taken when it comes again.
        self.lines = lines

    def write(self, lines):
        new = self.path + ".new"
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            for subject in sorted(lines):
                file.write(json.dumps(lines[subject], ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, self.path)


class Receiver(BaseHTTPRequestHandler):
    timeout = 30

    def do_POST(self):
        length = self.headers.get("Content-Length") or ""
        if not (length.isascii() and length.isdigit() and 0 < int(length) <= MOST_BYTES):
            return self.answer(413)
        length = int(length)
        body = self.rfile.read(length)
        expected = "sha256=" + hmac.new(self.server.secret, body, hashlib.sha256).hexdigest()
        signature = (self.headers.get("X-Hub-Signature-256") or "").encode("utf-8", "replace")
        if not hmac.compare_digest(expected.encode(), signature):
            return self.answer(401)
        try:
            event = json.loads(body)
            if event["id"] != self.headers["Idempotency-Key"] or not event["type"].startswith("io.dxpulse."):
                return self.answer(400)
            self.server.responses.take(event)
        except (ValueError, KeyError, TypeError, AttributeError):
            return self.answer(400)
        except OSError:
            # Such as a full disk: it is sent again later.
            return self.answer(503)
        # Only now: what is told to be taken is never sent again.
        self.answer(204)

    def answer(self, status):
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        """Logs nothing: an address with a time would tell who answered what."""


class Server(HTTPServer):
    def handle_error(self, *_):
        """Logs nothing either."""


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    arguments.add_argument("--secret", required=True, metavar="FILE", help="the file with the secret, as on the developers' machines")
    arguments.add_argument("--responses", required=True, metavar="FILE.jsonl", help="where the responses are kept")
    arguments.add_argument("--port", type=int, default=8080)
    arguments = arguments.parse_args()
    server = Server(("127.0.0.1", arguments.port), Receiver)
    with open(arguments.secret, "rb") as file:
        server.secret = file.read().rstrip(b"\r\n")
    server.responses = Responses(arguments.responses)
    print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
