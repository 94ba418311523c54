"""The one tree of errors: each says to the user, in Chinese, what happened and what to do.

LvzhiError
├── InputError                 what somebody gave us cannot be used
│   ├── UnreadableFileError    a file that no reader understands
│   ├── QueryError             a query that cannot be run
│   └── CollectionError        a test collection that cannot be evaluated
├── SearchIndexError           the index cannot be used as it is
│   ├── IndexMissingError      there is none at the place
│   ├── IndexMismatchError     made with another schema, segmenter or encoder
│   ├── IndexBusyError         another process is writing to it
│   └── DiskFullError          there is no room to write; what was committed is as it was
├── EncoderError               an encoder cannot be built, opened or trained
├── FetchError                 a public corpus could not be fetched
└── TaskError                  a wish about tasks or accounts that is refused
    ├── SignInError            the name and the password do not belong together
    ├── NotPermittedError      signed in, but not allowed
    └── TransitionError        a task cannot go from its state to the one asked for
"""


class LvzhiError(Exception):
    """The root. `message` is for the user; the technical reason is the exception's cause."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InputError(LvzhiError):
    """Something that was given to us cannot be used."""


class UnreadableFileError(InputError):
    """A file that cannot be read as text of a known form."""


class QueryError(InputError):
    """A query that cannot be run."""


class CollectionError(InputError):
    """A test collection that cannot be evaluated."""


class SearchIndexError(LvzhiError):
    """The index cannot be used as it is."""


class IndexMissingError(SearchIndexError):
    """There is no index at the place."""


class IndexMismatchError(SearchIndexError):
    """The index was made with another schema, segmenter or encoder."""


class IndexBusyError(SearchIndexError):
    """Another process is writing to the index."""


class DiskFullError(SearchIndexError):
    """There is no room to write; what was committed before is as it was."""


class EncoderError(LvzhiError):
    """An encoder cannot be built, opened or trained."""


class FetchError(LvzhiError):
    """A public corpus could not be fetched."""


class TaskError(LvzhiError):
    """A wish about tasks or accounts that is refused."""


class SignInError(TaskError):
    """The name and the password do not belong together, or the account is locked."""


class NotPermittedError(TaskError):
    """Signed in, but not allowed."""


class TransitionError(TaskError):
    """A task cannot go from its state to the one asked for."""
