"""Encoding that is killed at any moment goes on where it stopped and ends with the same vectors."""

import random
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from encoder_examples import tiny_encoder
from search_examples import policy, put

from search.encoding import encode_missing
from search.store import EmbeddedStore

ROOT = Path(__file__).parents[1]
COUNT = 4000
PROGRAM = """
import sys
from pathlib import Path
from search.encoder import OnnxEncoder
from search.encoding import encode_missing
from search.store import EmbeddedStore
for done, _ in encode_missing(EmbeddedStore.open(Path(sys.argv[1])), OnnxEncoder(Path(sys.argv[2]))):
    print(done, flush=True)
"""


def index_of_articles(folder: Path) -> EmbeddedStore:
    store = EmbeddedStore.open_or_create(folder)
    articles = {f"第{n}条": f"查封房屋的第{n}种期限，法院可以拍卖第{n * n}号车辆。" for n in range(COUNT)}
    put(store, policy("法.txt", "民事强制法", articles))
    return store


def test_killed_at_five_random_moments_it_goes_on_and_ends_with_the_same_vectors(tmp_path: Path) -> None:
    encoder = tiny_encoder(tmp_path / "encoder")
    whole = index_of_articles(tmp_path / "whole")
    list(encode_missing(whole, encoder))
    broken = index_of_articles(tmp_path / "broken")
    moments, acknowledged = random.Random(20261123), [0]
    for _ in range(5):
        arguments = [sys.executable, "-c", PROGRAM, str(tmp_path / "broken"), str(tmp_path / "encoder")]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, cwd=ROOT) as running:
            assert running.stdout
            assert int(running.stdout.readline()) >= acknowledged[-1]  # nothing acknowledged was lost
            for _ in range(moments.randrange(3)):
                acknowledged.append(int(running.stdout.readline()))
            time.sleep(moments.uniform(0, 0.05))
            running.kill()
    assert 0 < acknowledged[-1] < COUNT
    list(encode_missing(broken, encoder))
    keys = whole.vectors.keys
    assert np.array_equal(np.sort(keys), np.sort(EmbeddedStore.open(tmp_path / "broken").vectors.keys))
    one, other = whole.vectors.get(keys), broken.vectors.get(keys)
    assert all(np.array_equal(one[key], other[key]) for key in one)
