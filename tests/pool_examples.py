"""Readers that behave badly, in a module that worker processes can import."""

import os
import signal
import time
from collections.abc import Iterator

from ingest.formats import Format
from ingest.source import Content, Item, RawDocument


def _read(content: Content) -> Iterator[Item]:
    text = content.read().decode()
    if text.startswith("崩溃"):
        os.kill(os.getpid(), signal.SIGSEGV)
    if text.startswith("停滞"):
        time.sleep(3600)
    yield RawDocument(content.id, text)


BAD_READER = Format("坏格式", (".bad",), _read)
