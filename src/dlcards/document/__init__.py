"""From a text to a :class:`~dlcards.model.Document`, and what several rooms ask of one."""
