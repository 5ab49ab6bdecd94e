"""What every test may ask for; the fixtures are written in `coulisses.testing`."""

from coulisses.testing.databases import (  # noqa: F401
    database,
    django_db_setup,
    pytest_collection_modifyitems,
    pytest_generate_tests,
    pytest_runtest_setup,
    transactional_house,
)

pytest_plugins = [
    "coulisses.testing.browsers",
    "coulisses.testing.examples",
    "coulisses.testing.houses",
    "coulisses.testing.unhurried",
]
