"""Three numbers at a time: just enough geometry to light a still life."""

Vector = tuple[float, float, float]


def add(a: Vector, b: Vector, times: float = 1.0) -> Vector:
    """Return a + b × times."""
    return a[0] + b[0] * times, a[1] + b[1] * times, a[2] + b[2] * times


def scale(a: Vector, by: float) -> Vector:
    """Return a × by."""
    return a[0] * by, a[1] * by, a[2] * by


def dot(a: Vector, b: Vector) -> float:
    """Return the scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vector, b: Vector) -> Vector:
    """Return the vector product."""
    return (
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    )


def unit(a: Vector) -> Vector:
    """Return a vector of the same direction and of length 1; nothing stays nothing."""
    length = dot(a, a) ** 0.5 or 1.0
    return a[0] / length, a[1] / length, a[2] / length


def mix(a: Vector, b: Vector, share: float) -> Vector:
    """Return what lies between a (share 0) and b (share 1)."""
    return (
        a[0] + (b[0] - a[0]) * share,
        a[1] + (b[1] - a[1]) * share,
        a[2] + (b[2] - a[2]) * share,
    )


def smooth(low: float, high: float, value: float) -> float:
    """Return 0 below low, 1 above high, and a soft slope between."""
    share = min(1.0, max(0.0, (value - low) / (high - low)))
    return share * share * (3 - 2 * share)
