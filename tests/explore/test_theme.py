"""Colours that everyone can tell apart from the page: WCAG's contrast of 3 to 1 for what is drawn, 4.5 to 1 for text."""

import itertools

import pytest

from dossier.explore import theme

WHITE, DARK_PAGE = "#ffffff", "#161616"


def luminance(colour):
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", theme.COLOURS[:3])
def test_the_first_colours_stand_out_on_both_pages(colour):
    assert contrast(colour, WHITE) >= 3
    assert contrast(colour, DARK_PAGE) >= 3


def test_text_is_readable_on_both_pages():
    assert contrast(theme.LIGHT["layout"]["font"]["color"], WHITE) >= 4.5
    assert contrast(theme.DARK["layout"]["font"]["color"], DARK_PAGE) >= 4.5


def test_colours_differ():
    assert all(one != other for one, other in itertools.combinations(theme.COLOURS, 2))


def test_plain_figures_share_the_template():
    import plotly.io as pio

    theme.register()
    assert list(pio.templates["dossier"].layout.colorway) == list(theme.COLOURS)


def test_the_chart_library_is_the_pinned_one():
    from dossier.explore.widget import HERE, plotly_code

    assert plotly_code().startswith(b"/**\n* plotly.js (cartesian - minified) v4.1.1\n")
    assert "MIT" in (HERE / "plotly" / "LICENSE").read_text()
    assert "4.1.1" in (HERE / "plotly" / "README.md").read_text()
