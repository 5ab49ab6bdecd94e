"""Names that are never told, and names that are like them and are."""

import pytest

from coulisses_agent.folder import never


@pytest.mark.parametrize(
    "name",
    [
        *(".DS_Store", "Thumbs.db", "desktop.ini", "._lamp.png", "Icon\r", ".nfs0001", "lamp.lnk"),
        *("poem.md~", ".poem.md.swp", ".poem.md.swx", "4913", "#poem.md#", ".#poem.md"),
        *("~$letter.docx", "~WRL0001.tmp", ".~lock.letter.odt#", "lu7f2k.tmp", "A1B2C3D4"),
        *(".goutputstream-X4Y2Z1", "lamp.kra.AbC123", "lamp.kra~", "lamp.ora.x1y2z3"),
        *("a.py___jb_tmp___", "a.py___jb_old___", "poem.txt.sb-1a2b3c4d-AbCdEf"),
        *("film.mov.part", "film.mov.crdownload", "a.pyc", ".syncthing.lamp.kra.tmp", "x.TMP"),
        *(".coulisses.toml", ".coulissesignore", ".COULISSES.TOML", ".coulisses.toml.tmp"),
    ],
)
def test_litter_and_half_written_files_are_never_told(name: str) -> None:
    assert never.of_file(name)


@pytest.mark.parametrize(
    "name",
    [
        *("lamp.png", ".gitignore", "4914", "20241125", "12345678", "a1b2c3d4", "README", "C#.md"),
        *(
            "poem.v2.md",
            "lamp.kra.png",
            "temp.md",
            "partial.txt",
            "swap.md",
            "tmp",
            "Icon",
            "#1.md",
        ),
        *(
            "lamp.psd.zip",
            "notes.txt.md",
            "a.tmp.md",
            "template",
            "lamp~1.png",
            "été.md",
            "DEADBEEF.md",
        ),
    ],
)
def test_names_that_are_like_them_are_told(name: str) -> None:
    assert never.of_file(name) is None


@pytest.mark.parametrize(
    "name",
    ["node_modules", "Node_Modules", "__pycache__", ".git", ".ssh", "Media Cache Files", ".Trash"],
)
def test_folders_of_machines_are_never_told(name: str) -> None:
    assert never.of_folder(name)


@pytest.mark.parametrize("name", ["modules", "git", "cache", "ssh", "Media", "build", "vendor"])
def test_folders_that_may_be_a_makers_are_told(name: str) -> None:
    assert never.of_folder(name) is None
