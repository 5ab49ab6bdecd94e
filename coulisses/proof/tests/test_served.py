"""The reference implementation reads what the doors serve, and accepts it."""

import json
from base64 import b64decode

import pytest

from coulisses.lib import leaf, tiles
from coulisses.lib.tests import reference
from coulisses.proof.tests.told import long_project

pytestmark = pytest.mark.django_db


def test_the_reference_accepts_what_the_house_serves(client, tmp_path):
    size = 300
    project = long_project(size)
    proof = f"{project.path}proof/"
    paths = ["vkey", "checkpoint"]
    paths += [tiles.Tile(*one).path() for one in ((0, 0), (0, 1, size - 256), (1, 0, 1))]
    for path in paths:
        place = tmp_path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(client.get(proof + path).content)
    datas = []
    for shown in client.get(f"{proof}entries?limit={size}").json()["entries"]:
        committed = leaf.commitment(b64decode(shown["salt"]), b64decode(shown["content"]))
        datas.append(leaf.leaf_data(project.work_id, shown["position"], committed))
    asked = reference.questions(datas, [1, 2, 256, size])
    tmp_path.joinpath("questions.json").write_text(json.dumps(asked))
    reference.ask(tmp_path)
