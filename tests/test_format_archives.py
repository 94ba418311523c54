"""Archives give their members one by one, harmless in name and number, and say what they do not give."""

import bz2
import gzip
import lzma
import random
import tarfile
import zipfile
from pathlib import Path

import archive_examples as examples
import pytest
from archive_examples import FILES, opened, tar_of, tar_with, zip_of
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import archive_limits
from ingest.archive_limits import Names, decode_name
from ingest.formats import Archive, other_archives, tar_archive, zip_archive
from ingest.source import Content, Problem
from legal.errors import UnreadableFileError

ZIP, TAR = zip_archive.ARCHIVE, tar_archive.ARCHIVE


def zstandard(data: bytes) -> bytes:
    pyarrow = pytest.importorskip("pyarrow", reason="没有 pyarrow，不能读 Zstandard")
    return pyarrow.Codec("zstd").compress(data, asbytes=True)


WHOLE = {
    "zip": (ZIP, zip_of(FILES)),
    "zip without compression": (ZIP, zip_of(FILES, zipfile.ZIP_STORED)),
    "zip written to a pipe": (ZIP, examples.streamed_zip_of(FILES)),
    "zip behind a program": (ZIP, b"MZ" * 100 + zip_of(FILES)),
    "tar": (TAR, tar_of(FILES)),
    "tar of gnu": (TAR, tar_of(FILES, format_=tarfile.GNU_FORMAT)),
    "tar with names in gbk": (TAR, tar_of(FILES, format_=tarfile.GNU_FORMAT, encoding="gbk")),
    "tar.gz": (TAR, tar_of(FILES, "w:gz")),
    "tar.bz2": (TAR, tar_of(FILES, "w:bz2")),
    "tar.xz": (TAR, tar_of(FILES, "w:xz")),
}


@pytest.mark.parametrize(("archive", "data"), WHOLE.values(), ids=WHOLE)
def test_every_file_of_an_archive_is_given(archive: Archive, data: bytes) -> None:
    assert opened(archive, data) == (FILES, [])


@pytest.mark.parametrize(("archive", "data"), WHOLE.values(), ids=WHOLE)
def test_an_archive_on_disk_is_read_like_one_in_an_archive(
    archive: Archive, data: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "甲"
    path.write_bytes(data)
    assert [item.id for item in archive.members(Content("甲", path=path)) if isinstance(item, Content)] == [
        f"甲/{name}" for name in FILES
    ]


def test_a_tar_with_zstandard_is_read() -> None:
    assert opened(TAR, zstandard(tar_of(FILES)), "甲.tar.zst") == (FILES, [])


SINGLE = {
    "甲.txt.gz": (gzip.compress(b"x"), "甲.txt"),
    "甲.TXT.BZ2": (bz2.compress(b"x"), "甲.TXT"),
    "甲.jsonl.xz": (lzma.compress(b"x"), "甲.jsonl"),
    "甲": (gzip.compress(b"x"), "甲"),
    ".gz": (gzip.compress(b"x"), ".gz"),
    "甲.gz": (gzip.compress(b""), "甲"),
}


@pytest.mark.parametrize("name", SINGLE)
def test_a_single_compressed_file_is_one_member(name: str) -> None:
    data, member = SINGLE[name]
    assert list(opened(TAR, data, name)[0]) == [member]


KNOWN = {
    "zip": (zip_of(FILES), ZIP),
    "empty zip": (zip_of({}), ZIP),
    "tar": (tar_of(FILES), TAR),
    "gzip": (gzip.compress(b"x"), TAR),
    "7z": (b"7z\xbc\xaf\x27\x1c\x00\x04", other_archives.ARCHIVE),
    "rar": (b"Rar!\x1a\x07\x01\x00", other_archives.ARCHIVE),
    "word": (zip_of({"[Content_Types].xml": b"", "word/document.xml": b""}), None),
    "word in another order": (zip_of({"_rels/.rels": b"", "[Content_Types].xml": b""}), None),
    "opendocument": (zip_of({"mimetype": b"application/vnd.oasis.opendocument.text"}), None),
    "ofd": (zip_of({"OFD.xml": b""}), None),
    "text": ("压缩包".encode(), None),
}


@pytest.mark.parametrize(("data", "expected"), KNOWN.values(), ids=KNOWN)
def test_an_archive_is_known_by_its_bytes(data: bytes, expected: Archive | None) -> None:
    archives = (ZIP, TAR, other_archives.ARCHIVE)
    assert [a for a in archives if a.recognises and a.recognises(Content("甲", data=data))] == (
        [expected] if expected else []
    )


NAMES = {
    "utf-8": ("裁定.txt".encode(), "裁定.txt"),
    "gbk": ("执行裁定书.txt".encode("gbk"), "执行裁定书.txt"),
    "gbk that is also utf-8": ("目录.txt".encode("gbk"), "目录.txt"),
    "gb18030": ("㐀.txt".encode("gb18030"), "㐀.txt"),
    "upwards": (b"../../etc/a.txt", "etc/a.txt"),
    "absolute": (b"/etc/a.txt", "etc/a.txt"),
    "of windows": (rb"C:\Users\..\a.txt", "Users/a.txt"),
    "share of windows": (rb"\\server\share\a.txt", "server/share/a.txt"),
    "control characters": (b"a\n\x07b.txt", "a__b.txt"),
    "text turned round": ("a\u202etxt.exe".encode(), "a_txt.exe"),
    "spaces": (b" a / .. /b.txt ", "a/b.txt"),
    "nothing left": (b"../..", "未命名"),
}


@pytest.mark.parametrize(("name", "expected"), NAMES.values(), ids=NAMES)
def test_a_name_becomes_a_path_below_the_archive(name: bytes, expected: str) -> None:
    assert opened(ZIP, examples.old_zip_of(name)) == ({expected: b"x"}, [])


HIDDEN = [".a", "a/.git/b", "__MACOSX/a.txt", "a/.DS_Store", "Thumbs.db", "a/THUMBS.DB", "~$甲.docx", "甲/"]


@pytest.mark.parametrize("name", HIDDEN)
def test_folders_and_hidden_files_are_passed_over(name: str) -> None:
    assert opened(ZIP, zip_of({name: b"", "甲.txt": b"x"})) == ({"甲.txt": b"x"}, [])


def test_files_of_one_name_have_ids_of_their_own() -> None:
    names = Names("甲")
    given_ids = [names.id_of(name) for name in ("a.txt", "a.txt", "a~2.txt", "./a.txt", "b", "b")]
    assert given_ids == ["甲/a.txt", "甲/a~2.txt", "甲/a~2~2.txt", "甲/a~3.txt", "甲/b", "甲/b~2"]


@given(st.lists(st.text() | st.text(alphabet="./\\:C a\0\n~"), max_size=8))
def test_no_name_leads_out_of_the_archive(names: list[str]) -> None:
    ids = Names("包.zip")
    found = [found for name in names if isinstance(found := ids.id_of(name), str)]
    assert len(set(found)) == len(found)
    for member in found:
        assert member.startswith("包.zip/")
        assert not {"", ".", ".."} & set(member.split("/"))
        assert not set("\\\0\n") & set(member)


@given(st.binary())
def test_any_bytes_make_a_name(name: bytes) -> None:
    assert isinstance(Names("甲").id_of(decode_name(name)), str | Problem | None)


REFUSED_MEMBERS = {
    "encrypted": (ZIP, examples.old_zip_of(b"a", flags=1), "设有密码"),
    "unknown compression": (ZIP, examples.old_zip_of(b"a", method=97), "压缩方式不支持"),
    "bzip2 in zip": (ZIP, zip_of({"a": b"x" * 99}, zipfile.ZIP_BZIP2), "压缩方式不支持"),
    "wrong checksum": (ZIP, zip_of({"a": b"xyz"}, zipfile.ZIP_STORED).replace(b"xyz", b"xyy"), "已损坏"),
    "name without end": (ZIP, zip_of({"a" * 2000: b"x"}), "文件名过长"),
    "link": (TAR, tar_with(tarfile.SYMTYPE, "/etc"), "链接"),
    "hard link": (TAR, tar_with(tarfile.LNKTYPE, "甲.txt"), "链接"),
    "device": (TAR, tar_with(tarfile.CHRTYPE), "不是普通文件"),
}


@pytest.mark.parametrize(("archive", "data", "reason"), REFUSED_MEMBERS.values(), ids=REFUSED_MEMBERS)
def test_a_member_that_is_not_taken_in_is_named(archive: Archive, data: bytes, reason: str) -> None:
    members, problems = opened(archive, data)
    assert sorted(members) == (["乙.txt", "甲.txt"] if archive is TAR else [])
    assert len(problems) == 1
    assert reason in problems[0].reason
    assert problems[0].where.startswith("甲/")


CUT = {
    "zip": (ZIP, zip_of(FILES)[:-120], 3),
    "zip in the middle": (ZIP, zip_of({"a": b"x" * 100, "b": random.Random(1).randbytes(900)})[:700], 1),
    "zip without compression": (ZIP, zip_of({"a": b"x", "b": b"y" * 900}, zipfile.ZIP_STORED)[:400], 1),
    "zip written to a pipe": (ZIP, examples.streamed_zip_of({"a": b"x", "b": b"y"})[:-60], 2),
    "tar": (TAR, tar_of({"a": b"x", "b": b"y" * 9000})[:3000], 1),
    "tar between members": (TAR, tar_of({"a": b"x", "b": b"y"})[:1024], 1),
    "tar with a broken head": (TAR, tar_of({"a": b"x", "b": b"y"}).replace(b"b\0\0", b"c\0\0", 1), 1),
    "tar.gz": (TAR, tar_of({"a": b"x", "b": random.Random(1).randbytes(90_000)}, "w:gz")[:40_000], 1),
}


@pytest.mark.parametrize(("archive", "data", "read"), CUT.values(), ids=CUT)
def test_of_a_broken_archive_what_can_be_read_is_read(archive: Archive, data: bytes, read: int) -> None:
    members, problems = opened(archive, data)
    assert len(members) == read
    assert [problem.where for problem in problems] == ["甲"]


BROKEN = {
    "zip": (ZIP, b"PK\x07\x08" + bytes(90)),
    "empty zip": (ZIP, zip_of({})),
    "tar": (TAR, b"x" * 2000),
    "empty tar": (TAR, tar_of({})),
    "tar.gz": (TAR, tar_of(FILES, "w:gz")[:30]),
    "gz": (TAR, gzip.compress(random.Random(1).randbytes(9000))[:4000]),
    "7z": (other_archives.ARCHIVE, b"7z\xbc\xaf\x27\x1c"),
}


@pytest.mark.parametrize(("archive", "data"), BROKEN.values(), ids=BROKEN)
def test_an_archive_of_which_nothing_can_be_read_is_refused(archive: Archive, data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match=r"请|没有文件"):
        opened(archive, data, "甲.tar" if archive is TAR and data[:1] != b"\x1f" else "甲")


ZEROS = bytes(30 * 2**20)
BOMBS = {
    "zip of many zeros": (ZIP, zip_of({str(n): ZEROS for n in range(4)})),
    "zip of one part many times": (ZIP, examples.overlapping_zip(40, bytes(3 * 2**20))),
    "tar.gz": (TAR, tar_of({str(n): ZEROS for n in range(4)}, "w:gz")),
    "tar.xz": (TAR, tar_of({str(n): ZEROS for n in range(4)}, "w:xz")),
    "bz2": (TAR, bz2.compress(ZEROS * 4)),
}


@pytest.mark.parametrize(("archive", "data"), BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_given_up_with_its_reason(archive: Archive, data: bytes) -> None:
    members, problems = opened(archive, data)
    assert sum(map(len, members.values())) <= 100 * 2**20
    assert [problem.where for problem in problems] == ["甲"]
    assert "500 倍以上" in problems[0].reason


def test_ordinary_texts_that_shrink_well_are_no_bomb() -> None:
    text = "".join(f"（2023）岭0122执{n}号 石桥县人民法院执行裁定书 " * 20 for n in range(120_000)).encode()
    assert len(text) > 100 * 2**20
    assert opened(ZIP, zip_of({"甲.txt": text})) == ({"甲.txt": text}, [])


@pytest.mark.parametrize(("archive", "data"), WHOLE.values(), ids=WHOLE)
def test_the_limits_hold_for_every_archive(
    archive: Archive, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_limits, "MAX_FILE", 1000)
    members, problems = opened(archive, data)
    assert sorted(members) == ["空.txt", "裁定/甲.txt"]
    assert [problem.where for problem in problems] == ["甲/乙.txt"]
    monkeypatch.setattr(archive_limits, "MAX_MEMBERS", 2)
    assert "超过 2 个文件" in opened(archive, data)[1][-1].reason
    monkeypatch.setattr(archive_limits, "MAX_BYTES", 3000)
    assert "解压后超过" in opened(archive, data)[1][-1].reason


@settings(deadline=None)
@given(st.sampled_from(sorted(WHOLE)), st.randoms(use_true_random=False))
def test_damaged_archives_give_members_problems_or_a_refusal(kind: str, chance: random.Random) -> None:
    archive, whole = WHOLE[kind]
    data = bytearray(whole)
    for _ in range(chance.randrange(12)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    try:
        opened(archive, bytes(data[chance.randrange(3) :][: chance.randrange(1, len(data))]))
    except UnreadableFileError as error:
        assert "请" in error.message or "没有文件" in error.message  # noqa: PT017


@given(
    st.sampled_from([ZIP, TAR]), st.sampled_from([b"", b"PK\x03\x04", b"\x1f\x8b\x08", b"BZh9"]), st.binary()
)
def test_any_bytes_give_members_problems_or_a_refusal(archive: Archive, head: bytes, rest: bytes) -> None:
    try:
        opened(archive, head + rest)
    except UnreadableFileError as error:
        assert error.message  # noqa: PT017
