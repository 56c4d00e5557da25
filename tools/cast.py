"""Draws docs/screenshots/talk.svg: a short talk in the terminal, held for real and played again by the picture.

`python tools/cast.py` talks through `lantern chat`, so it needs the model for today's data, and stops where there is
none. The picture is text of ours and nothing else: no script, no font from elsewhere. Who asks for less motion sees it
whole at once.
"""

import argparse
import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # run as a script, or imported by a test

from bot import model  # noqa: E402
from bot.settings import Settings  # noqa: E402

PICTURE = ROOT / "docs" / "screenshots" / "talk.svg"
TYPED = ("if i report a rape will they arrest me for working", "california", "and if i'm undocumented", "/why")
COLUMNS, LINE, SIZE, PAD = 96, 19, 14, 18  # characters; pixels
ADVANCE = 8.43  # width of a character of that size, in pixels
THINK, TYPE, READ, APPEAR = 0.9, 0.045, 0.6, 0.05  # seconds: before typing, a character, before an answer, a line
CHOICE = re.compile(r"  (\d+) (.+)")
STYLE = """
.t{font:14px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#d7dae0;white-space:pre}
.u{fill:#ffd479}.n{fill:#7fc8ff}
g.l{animation:show .2s both}@keyframes show{from{opacity:0}}
rect.c{fill:#1d2026;visibility:hidden;transform:translateX(var(--w));animation:type both}
@keyframes type{from{transform:none;visibility:visible}}
@media (prefers-reduced-motion:reduce){g.l,rect.c{animation:none}}
"""


@dataclass(frozen=True)
class Line:
    """One line of the terminal. `at` and `lasts` are seconds."""

    text: str
    typed: bool
    at: float = 0.0
    lasts: float = 0.0


def talk(typed: Iterable[str] = TYPED) -> str:
    """What `lantern chat` prints to it, when nobody sits at it."""
    command = [sys.executable, "-m", "bot.cli", "chat"]
    sent = "".join(f"{line}\n" for line in typed)
    wide = {**os.environ, "COLUMNS": "1000"}  # lines are broken here, not by it
    done = subprocess.run(command, cwd=ROOT, input=sent, capture_output=True, text=True, check=True, env=wide)  # noqa: S603
    return done.stdout


def lines(printed: str) -> Iterator[Line]:
    """`printed` as lines that fit, each with its time. The greeting before the first message is left out."""
    at = 0.0
    for number, part in enumerate(re.split(r"^> ", printed, flags=re.MULTILINE)[1:]):
        said, _, answer = part.rstrip().partition("\n")
        if number:
            at += THINK
        yield Line(f"> {said}", True, at, TYPE * len(said))
        at += TYPE * len(said) + READ
        for line in answer.strip("\n").splitlines() if said else ():
            for piece in _wrapped(line):
                yield Line(piece, False, at)
                at += APPEAR
        yield Line("", False, at)


def _wrapped(line: str) -> list[str]:
    indent = re.match(r"(- |\s*(?:\w+\s{2,})?)", line)
    after = " " * len(indent[0]) if indent else ""
    return textwrap.wrap(line, COLUMNS, subsequent_indent=after, break_on_hyphens=False) or [""]


def picture(shown: Iterable[Line]) -> str:
    """`shown` as an SVG."""
    rows = list(shown)
    while rows and not rows[-1].text.strip("> "):
        rows.pop()
    width, height = round(COLUMNS * ADVANCE) + 2 * PAD, len(rows) * LINE + 2 * PAD
    body = "\n".join(filter(None, (_drawn(row, PAD + SIZE + n * LINE) for n, row in enumerate(rows))))
    told = escape(" ".join(row.text for row in rows if row.typed))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-labelledby="t d">\n'
        f'<title id="t">A talk with Lantern in the terminal</title>\n<desc id="d">Typed: {told}</desc>\n'
        f'<style>{STYLE}</style>\n<rect width="100%" height="100%" rx="8" fill="#1d2026"/>\n{body}\n</svg>\n'
    )


def _drawn(row: Line, y: int) -> str:
    if not row.text:
        return ""
    if row.typed:  # a cover as wide as the terminal moves off it, a character a step
        ends = round(len(row.text) * ADVANCE) + 2 * PAD
        time = f"--w:{ends}px;animation-delay:{row.at:.2f}s;animation-duration:{row.lasts:.2f}s"
        steps = f"animation-timing-function:steps({len(row.text)})"
        cover = f'<rect class="c" style="{time};{steps}" x="{PAD}" y="{y - SIZE}" width="{ends}" height="{LINE}"/>'
        return f'<text class="t u" x="{PAD}" y="{y}">{escape(row.text)}</text>{cover}'
    choice = CHOICE.fullmatch(row.text)
    text = f'  <tspan class="n">{choice[1]}</tspan> {escape(choice[2])}' if choice else escape(row.text)
    return f'<g class="l" style="animation-delay:{row.at:.2f}s"><text class="t" x="{PAD}" y="{y}">{text}</text></g>'


def main() -> int:
    """Holds the talk and draws it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--out", type=Path, default=PICTURE, metavar="FILE", help="instead of docs/screenshots/talk.svg"
    )
    options = parser.parse_args()
    if not model.current(Settings.read().models).exists():
        print("There is no model for today's data. Run `make train` first.", file=sys.stderr)
        return 1
    options.out.write_text(picture(lines(talk())), encoding="utf-8")
    print(f"Written: {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
