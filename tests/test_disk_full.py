"""A disk without room: one clear error, the last good index stays, and with room again the run goes on."""

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from ingest_examples import ruling

ROOT = Path(__file__).parents[1]

# Runs in a mount namespace of its own, with the index on a small file system in memory.
_SCRIPT = """
set -e
mkdir "$WORK/disk"
mount -t tmpfs -o size=1m tmpfs "$WORK/disk"
lvzhi() {{ {python} -c 'from app.cli import main; main()' "$@" --index "$WORK/disk/index" --encoder none; }}
lvzhi ingest "$WORK/few" --jobs 1 >/dev/null
set +e
lvzhi ingest "$WORK/few" "$WORK/many" --jobs {jobs} >"$WORK/output" 2>"$WORK/error"
echo $? >"$WORK/status"
set -e
cp -r "$WORK/disk/index" "$WORK/after"
mount -o remount,size=200m "$WORK/disk"
lvzhi ingest "$WORK/few" "$WORK/many" --jobs 1 >"$WORK/again"
cp -r "$WORK/disk/index" "$WORK/completed"
"""

_LOOK = """
import json, sys
from pathlib import Path
from search.store import EmbeddedStore
store = EmbeddedStore.open(Path(sys.argv[1]))
print(json.dumps({d.id: d.text for d in store.keywords.documents()}))
"""


def _can_mount() -> bool:
    if shutil.which("unshare") is None:
        return False
    tried = ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


def _documents(index: Path) -> dict[str, str]:
    found = subprocess.run(
        [sys.executable, "-c", _LOOK, str(index)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return dict(json.loads(found.stdout))


@pytest.mark.skipif(not _can_mount(), reason="file systems may not be mounted here")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_full_disk_is_one_clear_error_and_the_old_index_stays(jobs: int, tmp_path: Path) -> None:
    few, many = tmp_path / "few", tmp_path / "many"
    few.mkdir()
    many.mkdir()
    (few / "一.txt").write_text(ruling(1, "查封鹦鹉一只"), "utf-8")
    chance = random.Random(20_260_101)  # a text that no compression makes small
    for number in range(20):
        parts = "".join(chr(chance.randint(0x4E00, 0x9FA5)) for _ in range(20_000))
        (many / f"{number:02}.txt").write_text(ruling(number + 2, parts), "utf-8")
    script = _SCRIPT.format(python=sys.executable, jobs=jobs)
    environment = {
        "WORK": str(tmp_path),
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        "LVZHI_DATA": str(tmp_path),
    }
    ran = subprocess.run(
        ["unshare", "-rm", "bash", "-c", script],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "status").read_text().strip() == "1"
    error = (tmp_path / "error").read_text("utf-8").strip()
    assert error.startswith("错误：磁盘已满")
    assert "腾出空间" in error
    assert "\n" not in error
    kept = _documents(tmp_path / "after")
    assert kept["一.txt"] == ruling(1, "查封鹦鹉一只")
    assert len(kept) < 21
    assert set(_documents(tmp_path / "completed")) == {"一.txt", *(f"{n:02}.txt" for n in range(20))}
