from xml.etree import ElementTree

import pytest

from bot.bench.chart import HEIGHT, LEFT, WIDTH, line_chart

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*args, **kwargs):
    return ElementTree.fromstring(line_chart(*args, **kwargs))


def test_each_line_has_its_points_its_name_and_its_axes():
    chart = drawn("Cost & size", "messages", "seconds", {"a": [(1, 0), (2, 5), (3, 10)], "b": [(1, 1), (3, 2)]})
    lines = [one.get("points").split() for one in chart.iter(f"{SVG}polyline")]
    assert list(map(len, lines)) == [3, 2]
    words = [one.text for one in chart.iter(f"{SVG}text")]
    assert {"Cost & size", "messages", "seconds", "— a", "— b", "10"} <= set(words)
    assert chart.get("aria-label") == "Cost & size"


def test_values_rise_upwards_and_stay_on_the_picture():
    chart = drawn("x", "x", "y", {"a": [(10, 1), (1_000, 50), (100_000, 2_000)]}, log_y=True)
    points = [tuple(map(float, p.split(","))) for p in next(chart.iter(f"{SVG}polyline")).get("points").split()]
    assert [x for x, _ in points] == sorted(x for x, _ in points)
    assert [y for _, y in points] == sorted((y for _, y in points), reverse=True)
    assert all(LEFT <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)
    assert points[1][0] - points[0][0] == pytest.approx(points[2][0] - points[1][0], abs=0.2)  # powers of ten


@pytest.mark.parametrize("points", [[(1, 0.0), (2, 0.0)], [(1, 5.0), (1, 5.0)]])
def test_flat_and_empty_lines_can_be_drawn(points):
    assert drawn("x", "x", "y", {"a": points}).tag == f"{SVG}svg"
