"""A placing round: from places and wishes to a proposal with reasons, a certificate and answers."""
