"""Line charts as SVG: a few lines of text, so that a change of the figures can be read in a diff."""

import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape

WIDTH, HEIGHT = 640, 320
LEFT, RIGHT, TOP, BOTTOM = 70, 20, 50, 50
COLOURS = ("#1b6ca8", "#b3541e", "#3c7a3c", "#7a3c7a")
Points = Sequence[tuple[float, float]]


def line_chart(title: str, x_name: str, y_name: str, series: Mapping[str, Points], *, log_y: bool = False) -> str:
    """The chart; the x axis counts in powers of ten where the sizes span more than one."""
    xs = [x for points in series.values() for x, _ in points]
    ys = [y for points in series.values() for _, y in points]
    across = _Axis(min(xs), max(xs), LEFT, WIDTH - RIGHT, log=min(xs) > 0 and max(xs) / min(xs) > 10)
    low = max(min(ys), max(ys) / 1e4) if log_y else 0.0
    upward = _Axis(low, max(*ys, low * 1.01, 1e-9), HEIGHT - BOTTOM, TOP, log=log_y)
    parts = [*_frame(title, x_name, y_name), *_grid(across, upward)]
    for number, (name, points) in enumerate(series.items()):
        colour = COLOURS[number % len(COLOURS)]
        places = [(across.place(x), upward.place(y)) for x, y in points]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
        parts.append(_text(LEFT + 10 + 190 * number, TOP - 10, f"— {name}", colour=colour))
    return "\n".join([*parts, "</svg>", ""])


class _Axis:
    """From values to places on the picture."""

    def __init__(self, low: float, high: float, start: float, end: float, *, log: bool) -> None:
        self.low, self.high, self.log = low, high if high > low else low + 1, log
        self._start, self._end = start, end

    def place(self, value: float) -> float:
        value = max(value, self.low)
        low, high, at = (math.log10(v) if self.log else v for v in (self.low, self.high, value))
        return self._start + (at - low) / (high - low) * (self._end - self._start)

    def ticks(self) -> Iterator[float]:
        """A handful of round values."""
        if self.log:
            powers = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
            every = [factor * 10.0**power for power in powers for factor in (1, 2, 5)]
            within = [value for value in every if self.low <= value <= self.high * 1.0001]
            few = [value for value in within if f"{value:e}".startswith("1")]
            yield from within if len(within) <= 7 else few
            return
        step = 10.0 ** math.floor(math.log10((self.high - self.low) / 4))
        step *= next(factor for factor in (1, 2, 5, 10) if (self.high - self.low) / (step * factor) <= 5)
        at = math.ceil(self.low / step) * step
        while at <= self.high * 1.0001:
            yield at
            at += step


def _frame(title: str, x_name: str, y_name: str) -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'role="img" aria-label="{escape(title)}" font-family="sans-serif" font-size="12">'
    )
    yield f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
    yield _text(LEFT, 20, title, size=14)
    yield _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, x_name, anchor="middle")
    yield (
        f'<text x="16" y="{HEIGHT / 2}" fill="#222222" text-anchor="middle" '
        f'transform="rotate(-90 16 {HEIGHT / 2})">{escape(y_name)}</text>'
    )


def _grid(across: _Axis, upward: _Axis) -> Iterator[str]:
    for value in upward.ticks():
        y = upward.place(value)
        yield f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="#dddddd"/>'
        yield _text(LEFT - 6, y + 4, _short(value), anchor="end")
    for value in across.ticks():
        x = across.place(value)
        yield f'<line x1="{x:.1f}" y1="{HEIGHT - BOTTOM}" x2="{x:.1f}" y2="{HEIGHT - BOTTOM + 5}" stroke="#222222"/>'
        yield _text(x, HEIGHT - BOTTOM + 18, _short(value), anchor="middle")
    yield f'<path d="M{LEFT} {TOP}V{HEIGHT - BOTTOM}H{WIDTH - RIGHT}" fill="none" stroke="#222222"/>'


def _text(x: float, y: float, words: str, *, colour: str = "#222222", anchor: str = "start", size: int = 12) -> str:
    style = f'fill="{colour}" text-anchor="{anchor}" font-size="{size}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(words)}</text>'


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 10 or value == int(value) else f"{value:.2g}"
