"""What is never told of any folder: dependencies, caches, litter, half-written files and the like.

Names are compared without regard to case, as most makers' systems do.
"""

from __future__ import annotations

import re

_FOLDERS = {
    "version control": ".git .hg .svn .bzr _darcs .jj .pijul",
    "dependencies": "node_modules bower_components jspm_packages .venv __pypackages__ .bundle .eggs"
    " .yarn .pnpm-store .terraform",
    "caches": "__pycache__ .mypy_cache .pytest_cache .ruff_cache .hypothesis .tox .nox .gradle"
    " .cache .ipynb_checkpoints .parcel-cache .sass-cache .next .nuxt .svelte-kit .turbo .angular"
    " .clangd .ccls-cache .thumbnails deriveddatacache .godot .import .stversions .stfolder .sync"
    " .dropbox.cache .tmp.drivedownload .tmp.driveupload",
    "an editor's own settings": ".idea .vs .vscode",
    "the system's own": "$recycle.bin .trash .trashes .spotlight-v100 .fseventsd .temporaryitems"
    " .documentrevisions-v100 lost+found @eadir __macosx .appledouble",
    "secrets": ".ssh .gnupg .aws .kube .docker .password-store",
}
FOLDERS = {name: why for why, names in _FOLDERS.items() for name in names.split()} | {
    "media cache files": "caches",
    "system volume information": "the system's own",
}

RULES = ".coulisses.toml"
IGNORE = ".coulissesignore"

# A folder below the root that holds one of these says itself what it is.
MARKERS = {
    RULES.encode(): "rules of its own",
    b"pyvenv.cfg": "dependencies",
    b"CACHEDIR.TAG": "caches",
    b"spool.sqlite3": "the agent's own",
    b"proof.key": "a house's own",
    b"house.sqlite3": "a house's own",
}

LISTS = (b".gitignore", IGNORE.encode())
SAYING = frozenset({*LISTS, *MARKERS})

_LITTER = re.compile(
    r"\.ds_store|thumbs\.db|ehthumbs(?:_vista)?\.db|desktop\.ini|icon\r|\.directory|\.localized"
    r"|\.apdisk|\.volumeicon\.icns|\._.*|\.nfs[0-9a-f]+|\.fuse_hidden.*|\.coulisses\.toml"
    r"|\.coulissesignore|.*\.py[cod]|.*\.lnk",
    re.IGNORECASE | re.DOTALL,
)
# What editors write on their way to a save: each is renamed or deleted at its end.
_HALF_WRITTEN = re.compile(
    r"~\$.*|~.*\.(?:tmp|idlk)|.*~|\.~.*|.*\.(?:tmp|temp|part|partial|crdownload|download|filepart)"
    r"|.*\.(?:sw[nopx]|lck|dwl2?|idlk|blend@|kate-swp|autosave|asd~)|\.#.*|#.*#"
    r"|\.goutputstream-\w+|.*\.sb-[0-9a-f]{8}-\w{6}|.*___jb_(?:tmp|old)___|\.\d+-[0-9a-f]{8}\.tmp.*"
    r"|.*\.(?:kra|kra-backup|ora|psd|psb|png|jpe?g|tiff?|webp|svg|od[a-z]|docx?|xlsx?|pptx?|txt|md"
    r"|blend|xcf|clip|afphoto|afdesign)\.[a-z0-9]{6}",
    re.IGNORECASE | re.DOTALL,
)
# Office for Mac saves through eight digits; vim asks with 4913, and 123 more where that is taken.
# A name of digits alone is somebody's day.
_NAMELESS = re.compile(r"(?=\d*[A-F])[0-9A-F]{8}|4913|5036|5159|5282")


def of_folder(name: str) -> str | None:
    """Return why a folder of this name is never told, or None."""
    return FOLDERS.get(name.lower())


def of_file(name: str) -> str | None:
    """Return why a file of this name is never told, or None."""
    if _LITTER.fullmatch(name):
        return "the system's own"
    if _HALF_WRITTEN.fullmatch(name) or _NAMELESS.fullmatch(name):
        return "half-written files"
    return None
