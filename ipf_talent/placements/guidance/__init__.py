"""A placement that runs: hours, talks, assessment, what is missing, and what came of it; links for who has no account."""
