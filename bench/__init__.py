"""Speed of the product beside others, on corpora made from a seed; no part of the installed package."""
