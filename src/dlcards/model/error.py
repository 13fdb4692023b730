"""Input that can't be used."""

from __future__ import annotations

import errno

from dlcards.model.diagnostic import Text

_IN_KOREAN = {
    errno.EADDRINUSE: "이미 쓰이고 있다",
    errno.EACCES: "권한이 없다",
    errno.EISDIR: "폴더다",
    errno.ELOOP: "링크가 돌고 돈다",
    errno.ENAMETOOLONG: "이름이 너무 길다",
    errno.ENOENT: "그런 파일이나 폴더가 없다",
    errno.ENOSPC: "디스크에 자리가 없다",
    errno.ENOTDIR: "폴더가 아니다",
    errno.EPERM: "허락되지 않는다",
    errno.EROFS: "쓸 수 없는 디스크다",
}


class InputError(Exception):
    """Input that can't be used: not the program's fault.

    Attributes:
        message: What is wrong with which file, and what to do next.
    """

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message

    def __reduce__(self) -> tuple[type[InputError], tuple[Text]]:
        """From one process to another: what is said, whatever it was."""
        return InputError, (self.message,)


class UnfitValue(ValueError):
    """A value that can't be used.

    Attributes:
        message: What is wrong with it, in words that follow its name: "must be a list, not 3".
    """

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


def system_reason(error: Exception) -> Text:
    """Why the system could not do something, in its own words where there are no Korean ones."""
    why = getattr(error, "strerror", None) or str(error)
    return Text(_IN_KOREAN.get(getattr(error, "errno", None) or 0, why), why)
