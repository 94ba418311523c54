"""Vector search and the encoder live in one process, whichever of the two comes first."""

import subprocess
import sys
from pathlib import Path

import pytest
from encoder_examples import tiny_encoder

ROOT = Path(__file__).parents[1]
SEARCH = "Subset(np.array([1, 2]), np.eye(2, 32, dtype=np.float16)).search(np.ones(32, dtype=np.float32), 1)"
ENCODE = "OnnxEncoder(Path(sys.argv[1])).encode_passages(['查封', '冻结'])"


@pytest.mark.parametrize("steps", [(SEARCH, ENCODE), (ENCODE, SEARCH)], ids=["search first", "encode first"])
def test_searching_vectors_and_encoding_do_not_crash_each_other(
    tmp_path: Path, steps: tuple[str, str]
) -> None:
    tiny_encoder(tmp_path / "encoder")
    program = (
        "import sys; from pathlib import Path; import numpy as np; from search.encoder import OnnxEncoder;"
        f"from search.vectors import Subset; {'; '.join(steps)}; print('both')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "encoder")], capture_output=True, text=True, cwd=ROOT
    )
    assert (done.returncode, done.stdout.strip()) == (0, "both"), done.stderr


def test_only_one_module_imports_usearch() -> None:
    importing = [file.name for file in (ROOT / "search").glob("*.py") if "from usearch" in file.read_text()]
    assert importing == ["usearch_kernels.py"]
