from django.apps import AppConfig

REST = 2.0  # seconds between looks at what was asked for
SWEEP = 600.0  # seconds between looks at what nobody may take home any longer


class TransfersConfig(AppConfig):
    """A whole project, out of a house and into another."""

    name = "coulisses.transfers"
    label = "transfers"

    def ready(self) -> None:
        """Pack what is asked for, bring in what is sent; let go of what words were taken out of."""
        from coulisses.lib import errands
        from coulisses.projects import shredding, unsaying, withdrawing
        from coulisses.transfers import bringing, crates, jobs, rules

        shredding.also(rules.drop_all)
        unsaying.also(rules.drop_all)
        withdrawing.also(rules.drop_all)
        errands.every(REST, jobs.make_next)
        errands.every(REST, bringing.work)
        errands.every(SWEEP, rules.sweep)
        errands.every(SWEEP, crates.sweep)
