"""A little server that listens as a chat or a program does, and a project that speaks to it."""

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from coulisses.moments import rules as moments
from coulisses.testing import given
from coulisses.webhooks import following, rules, sending
from coulisses.webhooks.models import Webhook


@dataclass
class Listener:
    """What was heard, and what is answered to it."""

    address: str = ""
    heard: list = field(default_factory=list)
    status: int = 204
    headers: dict = field(default_factory=dict)

    @property
    def bodies(self):
        """What was heard, as objects."""
        return [json.loads(body) for _headers, body in self.heard]


@contextmanager
def listening():
    """Listen on a port of this machine."""
    said = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            said.heard.append(({key.lower(): value for key, value in self.headers.items()}, body))
            self.send_response(said.status)
            for name, value in said.headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_said):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    said.address = f"http://127.0.0.1:{server.server_port}/hooks/a-secret-part"
    try:
        yield said
    finally:
        server.shutdown()
        server.server_close()


def hook(project, listener, form="coulisses", topics=rules.TOPICS):
    """Return a webhook of a project's, made at noon."""
    return rules.add(
        project, address=listener.address, form=form, topics=topics, label="", at=given.NOON
    )


def tell(project, words="The keel is laid.", *, kind="progress", at=None, **more):
    """Tell something, long enough ago to be announced."""
    at = at or given.minutes(1)
    by = given.ana().voice_id
    return moments.tell(project, kind=kind, body=words, by=by, happened_at=at, told_at=at, **more)


def run():
    """Do all that is owed now."""
    Webhook.objects.update(look_at=given.NOON)
    while following.follow():
        pass
    while sending.send_due():
        pass
