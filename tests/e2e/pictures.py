"""Comparing what a browser drew with a picture that a person has looked at."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageChops

from tests.support.processes import ROOT

PICTURES = Path(__file__).with_name("pictures")
DIFFERENCES = ROOT / "build" / "pictures"
COLOURS = 64
"""Pictures are kept with so many colours: flat surfaces and text need no more."""
CHANNEL = 48
"""A channel may differ by so much, of 255: edges of letters are smoothed differently elsewhere."""
SHARE = 0.01
"""So much of a picture may differ by more."""


def keep(drawn: Path, name: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    few = _read(drawn).quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(PICTURES / f"{name}.png", optimize=True)


def difference(drawn: Path, name: str) -> float:
    """Which share of the pixels differs; where that is too much, build/pictures has the picture of it."""
    kept = PICTURES / f"{name}.png"
    now, then = _read(drawn), _read(kept)
    if now.size != then.size:
        return 1.0
    bands = ImageChops.difference(now, then).split()
    most = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    marked = most.point(lambda value: 255 if value > CHANNEL else 0)
    share = marked.histogram()[255] / (now.width * now.height)
    if share > SHARE:
        DIFFERENCES.mkdir(parents=True, exist_ok=True)
        side = Image.new("RGB", (now.width * 3, now.height))
        for place, one in enumerate((then, now, marked.convert("RGB"))):
            side.paste(one, (place * now.width, 0))
        side.save(DIFFERENCES / f"{name}.png")
    return share


def _read(path: Path) -> Image.Image:
    with Image.open(path) as image:
        return image.convert("RGB")
