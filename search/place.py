"""Where a document was read from, as a key: folder, file, and member of an archive, each as a hash.

Hashes and not names, because names of files hold names of people, and an index may have to be without them.
"""

from dataclasses import dataclass
from hashlib import blake2b


@dataclass(frozen=True, slots=True)
class Place:
    """The key of a source. `root` is the hash of the folder's own place, so that two of one name differ."""

    root: str
    file: str
    member: str = ""

    @property
    def key(self) -> str:
        return f"{self.file_prefix}{self.member}"

    @property
    def root_prefix(self) -> str:
        """What the keys of all files of the folder begin with."""
        return f"{self.root}/"

    @property
    def file_prefix(self) -> str:
        """What the keys of the file, and of all members where it is an archive, begin with."""
        return f"{self.root}/{self.file}/"

    @property
    def path(self) -> str:
        """The key without the folder: the same file in a folder that was moved has it too."""
        return f"{self.file}/{self.member}"


def place_of(root: bytes, file: str, member: str = "") -> Place:
    """The place of the file of path `file` below the folder `root`, or of a member of that archive."""
    return Place(_hash(root), _hash(file.encode()), _hash(member.encode()) if member else "")


def _hash(name: bytes) -> str:
    return blake2b(name, digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Origin:
    """What a document keeps of where it came from; see `StoredDocument`."""

    source: str
    folder: str
    place: str
    sha256: str
