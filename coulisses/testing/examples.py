"""What Hypothesis draws: the same examples in each run, at whatever pace the machine has.

A run that lands the work fails for what has changed, not for what chance has found just then. New
examples are looked for by `pytest --hypothesis-profile default`.
"""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")
