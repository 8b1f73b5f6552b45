"""The scores on the annotated articles hold their floors."""

from __future__ import annotations

import json

import pytest
from benchmarks import gate


@pytest.mark.skipif(not gate.GOLD.is_dir(), reason=f"no annotated articles at {gate.GOLD}; set SIJILL_SHARED")
def test_no_score_fell_below_its_floor() -> None:
    pinned = json.loads(gate.FLOORS.read_text("utf-8"))
    if pinned["set"] != gate.set_hash():
        pytest.skip("the annotated articles are not those the floors were reached on")
    scores = gate.reached()
    fell = {
        name: (scores[name], floor) for name, floor in pinned["floors"].items() if scores[name] + gate.NOISE < floor
    }
    assert not fell
