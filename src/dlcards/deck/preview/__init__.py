"""Every card on one page."""
