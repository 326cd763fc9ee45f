"""The explorable's Python half, without a browser."""

import asyncio
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))
import sample

from dossier.explore import Explorable, GuessCurve, Memory, Slider
from dossier.explore.frames import unpack


@pytest.fixture
def sent(monkeypatch):
    """What an explorable sends to its page."""
    messages = []
    monkeypatch.setattr(
        Explorable, "send", lambda self, content, buffers=None: messages.append((content, buffers))
    )
    return messages


def outside(work):
    """Run ``work`` in a thread of its own: Playwright leaves an event loop running in the main one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()


def ask(chart, control, request="1", view="a", **position):
    position = chart.payload["default"] | position
    content = {"kind": "slice", "view": view, "control": control, "position": position, "request": request}
    chart._answer(chart, content, [])


def test_the_first_payload_holds_the_slices_of_every_control():
    chart = sample.chart()
    for control in chart.controls:
        assert chart.payload["slices"][control.name]["frames"] == list(range(len(control.values)))


def test_a_slow_model_sends_one_frame_at_first_and_the_rest_when_asked(sent):
    chart = sample.chart(model=sample.slow_model)
    assert len(chart.payload["slices"]["look_ups"]["frames"]) == 1
    outside(lambda: ask(chart, "look_ups"))
    assert len(sent) > 5
    assert [content["last"] for content, _ in sent] == [False] * (len(sent) - 1) + [True]
    frames = [frame for content, _ in sent for frame in content["slice"]["frames"]]
    assert sorted(frames) == list(range(60))
    assert frames[0] == chart.payload["default"]["look_ups"]


def test_a_newer_request_ends_an_older_one(sent):
    chart = sample.chart(model=sample.slow_model)

    async def two_requests():
        ask(chart, "look_ups", request="1")
        await asyncio.sleep(0.15)
        ask(chart, "people", request="2")
        while not any(content["last"] for content, _ in sent):
            await asyncio.sleep(0.05)

    outside(lambda: asyncio.run(two_requests()))
    assert [content["request"] for content, _ in sent if content["last"]] == ["2"]


def test_a_slice_is_taken_where_the_other_controls_stand(sent):
    chart = sample.chart()
    outside(lambda: ask(chart, "look_ups", people=3, regime=1))
    pieces = [content["slice"] | {"numbers": numbers} for content, [numbers] in sent]
    drawn_at = {frame: unpack(piece, row) for piece in pieces for row, frame in enumerate(piece["frames"])}
    people = chart.controls[1].values[3]
    for frame, look_ups in enumerate(chart.controls[0].values):
        curves = sample.model(look_ups, people, "closed")["curves"]
        drawn = drawn_at[frame]["data"][:3]
        assert all(
            np.allclose(trace["y"], curve, atol=1e-6) for trace, curve in zip(drawn, curves, strict=True)
        )


def test_settings_and_result_follow_the_page():
    chart = sample.chart()
    chart.position = chart.position | {"look_ups": 9, "regime": 1}
    assert chart.settings == {"look_ups": 10, "people": chart.settings["people"], "regime": "closed"}
    expected = sample.model(**chart.settings)["curves"][0]
    assert np.array_equal(chart.result["curves"][0], expected)


def test_the_text_form_says_what_the_chart_shows():
    text = str(sample.chart(sample.VALUE, look_ups=7))
    assert "First guess: What share is found after 100 days?" in text
    assert "Look-ups: 7 a day; People in town: 316 people; Regime: open" in text
    assert "With 7 look-ups a day, 89.1% are found after 100 days." in text
    assert repr(sample.chart()) == str(sample.chart())
    assert sample.chart()._repr_mimebundle_()[0]["text/plain"] == str(sample.chart())


def test_unknown_and_impossible_settings_are_refused():
    with pytest.raises(
        ValueError, match="unknown setting 'colour': this explorable has look_ups, people, regime"
    ):
        sample.chart(colour="red")
    with pytest.raises(ValueError, match="look_ups is 99: allowed is a number from 1 to 60"):
        sample.chart(look_ups=99)
    with pytest.raises(ValueError, match="regime is 'ajar'"):
        sample.chart().at(regime="ajar")


def test_controls_need_different_names():
    slider = Slider("x", "X", 0, 1, 1, 0)
    with pytest.raises(ValueError, match="give at least one, all different"):
        Explorable("T", [slider, slider], sample.model, sample.figure, sample.summary, alt="")


def test_a_guessed_curve_needs_handles_and_as_many_heights():
    with pytest.raises(ValueError, match="3 to 9 places in ascending order"):
        GuessCurve("How?", [3, 2, 1], sample.SHARE, lambda result, settings: [0, 0, 0])
    wrong = GuessCurve("How?", [1, 2, 3], sample.SHARE, lambda result, settings: [0.5])
    with pytest.raises(ValueError, match="one height for each of the 3 handles"):
        sample.chart(wrong)


def test_a_static_page_is_whole_and_names_no_other_host():
    page = sample.chart(sample.CURVE).to_static_html()
    assert "With 5 look-ups a day" in page
    head = page.replace(
        page[page.index('<script type="text/plain"') : page.index('<script type="module"')], ""
    )
    assert "http" not in head.replace("http://www.w3.org", "")
    payload = page.split('<script type="application/json">')[1].split("</script>")[0]
    assert set(json.loads(payload)["slices"]) == {"look_ups", "people", "regime"}


def test_a_closed_chart_comes_back_when_it_is_shown():
    chart = sample.chart()
    chart.close()
    assert chart.comm is None
    shown = chart._repr_mimebundle_()[0]
    assert shown["application/vnd.jupyter.widget-view+json"]["model_id"] == chart.comm.comm_id
    assert shown["text/plain"] == str(chart)
    assert chart.layout.comm is not None


class TestMemory:
    """A chart that remembers where it has been: its slices hold every position once for each thing that it can remember."""

    def test_a_slice_runs_along_the_control_under_each_option(self):
        chart = sample.remembering()
        packed = chart.slice("look_ups", chart.payload["default"])
        assert packed["frames"] == list(range(120))
        for frame, (regime, look_ups) in {29: ("open", 30), 89: ("closed", 30)}.items():
            _, figure, (text, _) = chart.at(look_ups=look_ups, regime=regime)
            assert packed["texts"][frame] == text
            assert np.allclose(unpack(packed, frame)["data"][0]["y"], figure["data"][0]["y"], atol=1e-6)

    def test_it_says_of_every_frame_what_the_memory_becomes_there(self):
        chart = sample.remembering()
        becomes = np.array(chart.slice("look_ups", chart.payload["default"])["becomes"]).reshape(2, 60)
        assert becomes[:, :19].max() == 0  # below 20 a day: open, whatever it was
        assert becomes[:, 40:].min() == 1
        assert becomes[:, 19:40].tolist() == [[0] * 21, [1] * 21]  # between them: as it was

    def test_the_first_payload_holds_both_sides_from_wherever_it_starts(self):
        chart = sample.remembering(regime="closed", look_ups=35)
        assert chart.payload["memory"] == "regime"
        assert len(chart.payload["slices"]["look_ups"]["frames"]) == 120
        assert len(chart.payload["slices"]["people"]["frames"]) == 62
        assert chart.settings == {"look_ups": 35, "people": 1000, "regime": "closed"}

    def test_a_slow_one_sends_the_present_positions_of_both_first(self, sent):
        chart = sample.remembering(model=sample.slow_model, regime="closed")
        assert chart.payload["slices"]["look_ups"]["frames"] == [89]
        outside(lambda: ask(chart, "look_ups"))
        frames = [frame for content, _ in sent for frame in content["slice"]["frames"]]
        assert sorted(frames) == list(range(120))
        assert set(frames[:2]) == {29, 89}
        becomes = [option for content, _ in sent for option in content["slice"]["becomes"]]
        assert dict(zip(frames, becomes, strict=True))[89] == 1

    def test_a_chart_without_one_has_none(self):
        chart = sample.chart()
        assert chart.payload["memory"] is None
        assert "becomes" not in chart.payload["slices"]["people"]

    def test_it_stands_last_and_needs_a_rule(self):
        slider = Slider("look_ups", "Look-ups", 1, 60, 1, 30)
        memory = Memory("regime", "Regime", ["open", "closed"], becomes=lambda result, settings: "open")
        for controls in ([memory, slider], [memory]):
            with pytest.raises(ValueError, match="one memory at most, behind what it remembers"):
                Explorable("?", controls, sample.model, sample.figure, sample.summary, alt="?")
        with pytest.raises(ValueError, match="memory 'regime' has no becomes"):
            Memory("regime", "Regime", ["open", "closed"])
        wrong = Memory("regime", "Regime", ["open", "closed"], becomes=lambda result, settings: "ajar")
        with pytest.raises(ValueError, match="regime is 'ajar'"):
            Explorable("?", [slider, wrong], sample.model, sample.figure, sample.summary, alt="?")
