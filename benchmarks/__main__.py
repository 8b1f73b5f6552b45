"""All benchmarks, one after the other: ``python -m benchmarks`` (or ``make bench``)."""

import subprocess
import sys
from pathlib import Path

LONG = {"search_quality"}
"""Measurements that take minutes: run them by name, or with ``make bench-large``."""

for script in sorted(Path(__file__).parent.glob("*.py")):
    if script.stem.startswith("__") or script.stem in LONG:
        continue
    print(f"\n== {script.stem}", flush=True)
    subprocess.run([sys.executable, "-m", f"benchmarks.{script.stem}"], check=False)
