"""Documents of whose addresses the link checker has said something."""

from __future__ import annotations

from dlcards.linter.engine import lint
from dlcards.linter.finding import Finding
from dlcards.linter.fixes import fix
from dlcards.model import Context, Verdict
from tests.support.documents import PATH, FakeFiles, document, only


def judged(text: str, code: str, *verdicts: Verdict) -> list[Finding]:
    """What a rule finds when these are the verdicts."""
    return lint(document(text), _heard(code, verdicts))


def judged_mend(text: str, code: str, *verdicts: Verdict) -> str:
    """What a rule's fixes make of a text when these are the verdicts."""
    return fix(PATH, text, _heard(code, verdicts)).text


def _heard(code: str, verdicts: tuple[Verdict, ...]) -> Context:
    return Context(only(code), FakeFiles(), verdicts={verdict.url: verdict for verdict in verdicts})
