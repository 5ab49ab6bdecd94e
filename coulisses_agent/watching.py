"""New commits arrive by themselves: looks when git's own files move, and now and then anyhow."""

import threading
from collections.abc import Iterator

import watchfiles

from coulisses_agent.git.place import Place

RECONCILE = 5.0  # seconds; a notice of the system may get lost
_SETTLE = 100  # milliseconds of quiet before looking


def heads(where: Place, *, since: str | None, ending: threading.Event) -> Iterator[str]:
    """Yield each commit that comes to be checked out after `since`, until `ending` is set."""
    known = since
    for _moved in _moves(where, ending):
        head = where.head()
        if head is not None and head != known:
            known = head
            yield head


def _moves(where: Place, ending: threading.Event) -> Iterator[None]:
    """Yield when references may have moved: on notices from the system, and every few seconds."""
    notices = watchfiles.watch(
        *_watched(where),
        watch_filter=None,
        step=_SETTLE,
        debounce=1000,
        rust_timeout=int(RECONCILE * 1000),
        yield_on_timeout=True,
        stop_event=ending,
        raise_interrupt=False,
        recursive=False,
        ignore_permission_denied=True,
    )
    for _changes in notices:
        if ending.is_set():
            return
        yield


def _watched(where: Place) -> list[str]:
    # The folders of HEAD, of its log and of the branches, and not the thousands of objects'.
    folders = [where.git_dir, where.git_dir / "logs", where.common / "refs" / "heads"]
    return [str(folder) for folder in dict.fromkeys(folders) if folder.is_dir()]
