"""Each commit with the files it touched and their patches, at a bounded cost whatever they are."""

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from subprocess import TimeoutExpired

from coulisses_agent.git import history, place, touched
from coulisses_agent.git.dialogue import Blobs, Trees
from coulisses_agent.git.history import Commit
from coulisses_agent.git.touched import Touched
from coulisses_readers.closing import Closing

MOST_FILES = 1000  # of one commit that are looked at; the rest is counted
LARGEST_TEXT = 1 << 20  # bytes; git takes longer files for binary (core.bigFileThreshold)
MOST_LISTED = 64 << 20  # bytes of git's list of a commit's files: some 400,000 files
_MOST_PATCH = 64 << 20  # bytes of one commit's patch
_MOST_FILES_PATCHED = 300  # in one go; of larger commits only what is shown is compared
_MOST_BYTES_PATCHED = 16 << 20
_LARGEST_RENAMED = 4 << 20  # bytes; to follow a renaming git reads both files whole
_WINDOW = 40
_EMPTY = {
    "sha1": "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
    "sha256": "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
}


@dataclass(slots=True)
class Save:
    """A commit and what it touched. `uncounted` files come beyond `files`.

    `sizes` knows those of their objects that are there. `troubles` say what could not be read:
    "tree_missing" (no list of files), "parents_missing" (all files look added), "too_many_files".
    """

    commit: Commit
    files: list[Touched] = field(default_factory=list)
    uncounted: int = 0
    sizes: dict[str, int] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)


class History(Closing):
    """An open repository; a context manager that ends what it started.

    `rank` orders a commit's files by how much they tell, smallest first, given their path.
    """

    def __init__(self, where: place.Place, rank: Callable[[bytes], int]) -> None:
        self.place, self._rank = where, rank
        self.stand_in = where.stand_in()
        self._lists = Trees(self.stand_in, "--raw", "-c", "-M100%", most=MOST_LISTED)
        patching = ("--raw", "-p", "--cc", "--full-index", "-M", "-l500")
        self._patches = Trees(self.stand_in, *patching, most=_MOST_PATCH)
        self.blobs = Blobs(self.stand_in)

    def close(self) -> None:
        """End the commands, and take the stand-in away."""
        for dialogue in (self._lists, self._patches, self.blobs):
            dialogue.close()
        self.stand_in.close()

    def count(self, head: str, *, without: Sequence[str] = ()) -> int:
        """Count the commits that `commits` yields. Call it first."""
        return history.count(self.stand_in, head, without=without)

    def commits(
        self, head: str, *, without: Sequence[str] = (), newest_first: bool = False
    ) -> Iterator[Commit]:
        """Yield the commits that lead to `head`, parents first or last."""
        return history.commits(self.stand_in, head, without=without, newest_first=newest_first)

    def first_root(self, head: str) -> str:
        """Return the commit with which the main line of work began."""
        return history.first_root(self.stand_in, head)

    def saves(self, commits: Iterable[Commit], *, with_patches: bool = True) -> Iterator[Save]:
        """Yield each commit with what it touched, and with patches unless they would cost too much.

        Without patches renamings are followed only where the file stayed the same.
        """
        waiting = iter(commits)
        while window := list(islice(waiting, _WINDOW)):
            saves = [self._listed(*pair) for pair in self._answers(window)]
            self._measure(saves)
            if not with_patches:
                yield from saves
                continue
            affordable = [save.commit.oid for save in saves if _is_affordable(save)]
            patches = self._patches.of(affordable)
            wanted = set(affordable)
            for save in saves:
                yield self._patched(save, next(patches)[1]) if save.commit.oid in wanted else save

    def compare(self, file: Touched, sizes: dict[str, int]) -> Touched:
        """Return the file with its patch, from its two sides alone; as it was if they can't be."""
        sides = [oid for oid in (file.old, file.new) if oid]
        if not file.is_file and file.mode != touched.SYMLINK:
            return file
        if any(sizes.get(oid, LARGEST_TEXT + 1) > LARGEST_TEXT for oid in sides):
            return file
        empty = _EMPTY[self.place.object_format]
        words = ("--no-color", "--no-ext-diff", "--no-textconv", "--full-index")
        try:
            done = self.stand_in.ask("diff", *words, file.old or empty, file.new or empty)
        except TimeoutExpired:
            return file
        if done.returncode:
            return file
        hunks = done.stdout.find(b"\n@@")
        is_binary = hunks < 0 and b"\nBinary files " in done.stdout
        return replace(
            file, patch=b"" if hunks < 0 else done.stdout[hunks + 1 :], is_binary=is_binary
        )

    def _answers(self, window: list[Commit]) -> Iterator[tuple[Commit, bytes | None]]:
        answers = self._lists.of(commit.oid for commit in window)
        return ((commit, answer) for commit, (_oid, answer) in zip(window, answers, strict=True))

    def _listed(self, commit: Commit, answer: bytes | None) -> Save:
        save = Save(commit)
        if not commit.parents and commit.oid in self.stand_in.shallow:
            save.troubles.append("parents_missing")
        if answer is None:
            save.troubles.append("tree_missing")
            return save
        total = 0

        def counted() -> Iterator[Touched]:
            nonlocal total
            for file in touched.listed(answer)[0]:
                total += 1
                yield file

        save.files = heapq.nsmallest(MOST_FILES, counted(), key=lambda file: self._rank(file.path))
        save.uncounted = total - len(save.files)
        return save

    def _measure(self, saves: list[Save]) -> None:
        sizes = self.blobs.sizes(oid for save in saves for file in save.files for oid in file.blobs)
        for save in saves:
            oids = {oid for file in save.files for oid in file.blobs}
            save.sizes = {oid: sizes[oid] for oid in oids if oid in sizes}

    def _patched(self, save: Save, answer: bytes | None) -> Save:
        if answer is None:
            return save
        entries, patch = touched.listed(answer)
        try:
            if save.commit.is_merge:
                save.files = touched.combined(list(entries), patch)
            else:
                save.files = touched.with_patches(list(entries), patch)
        except touched.PatchLost:
            pass  # each file is compared by itself when it is shown
        # What a merge's files were called before a renaming comes to light only now.
        new = {oid for file in save.files for oid in file.blobs} - save.sizes.keys()
        save.sizes |= self.blobs.sizes(new)
        return save


def _is_affordable(save: Save) -> bool:
    """Can git make the whole patch without reading what is missing, huge or not worth it?"""
    if not save.files or len(save.files) > _MOST_FILES_PATCHED or save.uncounted:
        return False
    if any(oid not in save.sizes for file in save.files for oid in file.blobs):
        return False
    largest = max((save.sizes[oid] for file in save.files for oid in file.blobs), default=0)
    whats = {file.what for file in save.files}
    if (save.commit.is_merge or whats >= {"added", "removed"}) and largest > _LARGEST_RENAMED:
        return False
    read = sum(size for size in save.sizes.values() if size <= LARGEST_TEXT)
    return read <= _MOST_BYTES_PATCHED
