from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

REST = 2.0  # seconds between looks at what was asked for
LEAVING = 60.0  # seconds between looks at who is to leave
SWEEP = 600.0  # seconds between looks at what nobody may take home any longer


class PeopleConfig(AppConfig):
    """Accounts, voices and the links that sign people in."""

    name = "coulisses.people"
    label = "people"

    def ready(self) -> None:
        """Learn from each room's `belongings` what the house holds of people; hand it out."""
        from coulisses.lib import errands
        from coulisses.people import exports, leaving, merging, packing, shunning

        merging.moves(shunning.move)
        autodiscover_modules("belongings")
        errands.every(REST, packing.make_next)
        errands.every(SWEEP, exports.sweep)
        errands.every(LEAVING, leaving.carry_out_next)
