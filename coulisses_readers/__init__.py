"""What a file is, a picture of it, and what changed since its last version.

No Django and no network here: the maker's agent and the house use the same readers, near or far.
What a stranger's file could harm is decoded in a limited child process (`sandbox`).

Write a reader
--------------
1. Put one file into this folder, `model.py` for example, that ends with a `READER`::

       def look(data: bytes, name: str) -> Look:
           '''A picture of the model, and how many faces it has.'''
           ...

       READER = Reader(
           name="model",                      # stands in signed entries: never change it
           suffixes=frozenset({".glb", ".stl"}),
           is_magic=lambda head: head.startswith(b"glTF"),
           look=look,
           rank=20,                           # the lowest rank that says yes reads the file
       )

2. Put one test into `tests/test_model.py`: files that are whole, cut short, empty and lying.

There is no list to edit: `registry` finds every module of this folder that has a `READER`, and
`sandbox` runs its `look` in the child. A reader raises `Unreadable(reason)` with one of
`look.REASONS`, or anything at all: the child answers for it, and the worst that can be said of a
file is its name, its size and a reason.
"""
