"""The agent's command: tells a folder or a repository to a house, and stays with it if asked."""

import argparse
import ctypes
import os
import signal
import sqlite3
import stat
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from coulisses_agent import events, plain, speech, watching
from coulisses_agent.folder import asking
from coulisses_agent.git import place
from coulisses_agent.house import Address, Ended, House, address
from coulisses_agent.options import parser
from coulisses_agent.previews import Previewer
from coulisses_agent.refusals import FolderNotFound, Stopped, TokenMissing, WholeHome
from coulisses_agent.service import described, writing
from coulisses_agent.speech import gettext as _
from coulisses_agent.spool import place as spools
from coulisses_agent.spool import status
from coulisses_agent.spool.store import SpoolUnwritable
from coulisses_agent.telling import Teller

_PR_SET_PDEATHSIG = 1
_END_WITHIN = 0.8  # seconds


def command(argv: Sequence[str]) -> int:
    """Run the agent and return its exit status: 0, or that of the refusal that stopped it."""
    speech.settle(sys.stdout)
    speech.settle(sys.stderr)
    options = parser().parse_args(argv)
    said = events.named(options.progress)
    try:
        with _asked_to_end(is_child=options.progress == "json") as ending:
            _run(options, said, ending)
    except Ended:
        return 0
    except Stopped as stopped:
        return _end(stopped, said, options)
    except sqlite3.OperationalError as error:
        return _end(SpoolUnwritable(said=error), said, options)
    except BrokenPipeError:
        return 0  # who listened has gone
    return 0


def _end(stopped: Stopped, said: events.Events, options: argparse.Namespace) -> int:
    said.warning(str(stopped))
    if options.progress == "none":
        print(stopped, file=sys.stderr)
    return stopped.status


def _run(options: argparse.Namespace, said: events.Events, ending: threading.Event) -> None:
    root = Path(options.path)
    if not root.is_dir():
        raise FolderNotFound(path=root)
    if place.is_repository(root):
        if options.rules or options.status:
            print(_("A repository is told by its commits: there are no rules and no spool here."))
            return
        _run_repository(options, said, ending)
        return
    home = Path.home().resolve()
    if root.resolve() in (home, *home.parents):
        raise WholeHome(path=root)
    if options.rules:
        asking.settle(root, say=said.warning, can_ask=asking.is_at_terminal())
    else:
        _run_folder(options, said, ending)


def _run_folder(options: argparse.Namespace, said: events.Events, ending: threading.Event) -> None:
    root = Path(options.path)
    title = options.title or root.resolve().name or "folder"
    at, state = _where(options, root, title)
    if options.status:
        return _say_status(state, options)
    token = _token(options, state)
    can_ask = options.progress == "bar" and asking.is_at_terminal()
    if options.service:
        asking.settle(root, say=said.warning, can_ask=can_ask)  # a service has nobody to ask
        return _serve(options, root, at, state, token, title)
    if options.token:
        spools.keep_token(state, options.token)  # an agent that runs already goes on with it
    with spools.held(state):
        asking.settle(root, say=said.warning, can_ask=can_ask)
        plain.tell(root, at, token, state, said, title=title, watch=options.watch, ending=ending)


def _where(options: argparse.Namespace, root: Path, title: str) -> tuple[Address, Path]:
    at = address(options.to, studio=options.studio, project=options.project, default=title)
    return at, Path(options.state) if options.state else spools.of(root, at)


def _token(options: argparse.Namespace, state: Path) -> str:
    token = options.token or os.environ.get("COULISSES_TOKEN") or spools.kept_token(state)
    if not token:
        raise TokenMissing
    return str(token)


def _serve(
    options: argparse.Namespace, root: Path, at: Address, state: Path, token: str, title: str
) -> None:
    """Write the file of a service that tells this folder from now on, and say what to type."""
    more = [f"--title={options.title}"] if options.title else []
    more += [f"--owner-email={options.owner_email}"] if options.owner_email else []
    system = writing.here() if options.service == "here" else options.service
    spools.keep_token(state, token)
    print(writing.write(described.of(root, at, state, title=title, more=more), system))


def _say_status(state: Path, options: argparse.Namespace) -> None:
    found = status.read(state)
    print(status.as_json(found) if options.progress == "json" else status.spoken(found))


def _run_repository(
    options: argparse.Namespace, said: events.Events, ending: threading.Event
) -> None:
    where = place.find(Path(options.path))
    at, state = _where(options, Path(options.path), where.title)
    token = _token(options, state)
    if options.service:
        return _serve(options, Path(options.path), at, state, token, options.title or where.title)
    with House(at, token, ending=ending) as house:
        house.open_project(options.title or where.title)
        teller = Teller(house, where, said, owner=options.owner_email, ending=ending)
        head = where.head()
        if head is None:
            said.warning(_("Nothing yet: this repository has no commit on its branch."))
        else:
            teller.tell(head, past=True)
        with Previewer(house, where, said, ending=ending) as previewer:

            def done() -> None:
                said.done(teller.entries, previewer.sent)

            if head is None:
                done()
            else:
                previewer.put_backlog(head, then=done)
            if not options.watch:
                return previewer.wait()
            for newer in watching.heads(where, since=head, ending=ending):
                previewer.check()
                previewer.put_first(teller.tell(newer, past=False))
            previewer.check()


@contextmanager
def _asked_to_end(*, is_child: bool) -> Iterator[threading.Event]:
    """Give an event that SIGTERM and SIGINT set and, for a program's child, that program's end."""
    ending = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        ending.set()

    finished = threading.Event()
    threading.Thread(target=_end_anyhow, args=(ending, finished), daemon=True).start()
    before = {}
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            before[number] = signal.signal(number, end)
        if is_child and sys.platform == "linux":
            _end_with_parent(ending)
    if is_child and _is_pipe():
        threading.Thread(target=_end_at_eof, args=(ending,), daemon=True).start()
    try:
        yield ending
    finally:
        finished.set()
        ending.set()
        for number, handler in before.items():
            signal.signal(number, handler)


def _end_anyhow(ending: threading.Event, finished: threading.Event) -> None:
    """End the process soon after it was asked to, even where a house holds a request open.

    Nothing is lost by it: the next run goes on from what the house acknowledged.
    """
    ending.wait()
    if not finished.wait(_END_WITHIN):
        os._exit(0)


def _is_pipe() -> bool:
    """Is somebody at the other end of standard input? /dev/null has an end that means nothing."""
    try:
        mode = os.fstat(0).st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


def _end_at_eof(ending: threading.Event) -> None:
    try:
        while os.read(0, 4096):
            pass
    except OSError:
        pass
    ending.set()


def _end_with_parent(ending: threading.Event) -> None:
    """Have the system tell when the parent dies, even where its end of the pipe lives on.

    The system means the parent's *thread* that started us: whether the process itself has gone
    is seen by who the parent is then.
    """
    parent = os.getppid()

    def look(number: int, frame: FrameType | None) -> None:
        if os.getppid() != parent:
            ending.set()

    signal.signal(signal.SIGUSR1, look)
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGUSR1, 0, 0, 0)
    look(signal.SIGUSR1, None)
