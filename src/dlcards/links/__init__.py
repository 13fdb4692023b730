"""The link checker: addresses in, verdicts out.

It is never wrong about "broken": what a server refuses to tell, and what may be a mood of the
network, is unsure. It asks only addresses of the public internet, is polite to servers, and ends in
time whatever they do.
"""

from dlcards.links.cache import Cache, default_path
from dlcards.links.check import Machine, check
from dlcards.links.names import Resolve
from dlcards.links.settings import Settings
from dlcards.model import Outcome, Verdict
from dlcards.project.masking import masked, shown

__all__ = [
    "Cache",
    "Machine",
    "Outcome",
    "Resolve",
    "Settings",
    "Verdict",
    "check",
    "default_path",
    "masked",
    "shown",
]
