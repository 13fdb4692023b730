"""What the checker says about one address. The words are the model's: rules speak them, too."""

from dlcards.model import Outcome, Verdict

__all__ = ["Outcome", "Verdict"]
