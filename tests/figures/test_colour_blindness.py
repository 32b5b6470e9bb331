"""The colours that carry a meaning, as people see them who lack one kind of cone.

Machado, Oliveira and Fernandes, IEEE Trans Vis Comput Graph 2009;15:1291-8, full severity, on
linear RGB; differences in CIE Lab under D65. Shapes go with the colours all the same (`MARKERS`).
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from pcqa_teach.figures import COLOURS, MARKERS

SEEN = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                   [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                     [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                   [0.004733, 0.691367, 0.303900]],
}  # fmt: skip
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.9505, 1.0, 1.089])
APART = 15.0  # of Lab; about 2.3 is a difference that can just be seen
TOGETHER = [*combinations(("improvement", "concern", "neutral"), 2),
            *((one, "common") for one in ("improvement", "concern", "neutral")),
            ("improvement", "target"), ("centre", "target")]  # fmt: skip


def linear(colour: str) -> np.ndarray:
    """Give linear RGB."""
    rgb = np.array(to_rgb(colour))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """Give CIE Lab of linear RGB."""
    share = TO_XYZ @ np.clip(rgb, 0, 1) / WHITE
    root = np.where(share > 0.008856, np.cbrt(share), 7.787 * share + 16 / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def apart(one: str, other: str, seen: np.ndarray) -> float:
    """Give how far two colours are apart to somebody who sees so."""
    return float(np.linalg.norm(lab(seen @ linear(one)) - lab(seen @ linear(other))))


@pytest.mark.parametrize("kind", [None, *SEEN])
@pytest.mark.parametrize("pair", TOGETHER, ids="-".join)
def test_colours_that_stand_side_by_side_are_told_apart(pair, kind):
    seen = np.eye(3) if kind is None else np.array(SEEN[kind])
    assert apart(*(COLOURS[one] for one in pair), seen) > APART


def test_red_and_green_of_one_lightness_would_not_be():
    assert apart("#B00020", "#5A6E00", np.array(SEEN["deuteranopia"])) < APART


@pytest.mark.parametrize("name", sorted(set(COLOURS) - {"grid"}))
def test_every_colour_stands_out_from_the_page(name):
    light = float((TO_XYZ @ linear(COLOURS[name]))[1])
    assert 1.05 / (light + 0.05) >= 3  # WCAG 2.2, 1.4.11


def test_each_meaning_has_a_shape_of_its_own():
    assert len(set(MARKERS.values())) == len(MARKERS) == 4
