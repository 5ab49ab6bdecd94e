import pytest

from coulisses.search import pace


@pytest.fixture(autouse=True)
def nobody_has_looked_before(monkeypatch):
    monkeypatch.setattr(pace, "looking", pace.Bucket(60, each=1.0))
