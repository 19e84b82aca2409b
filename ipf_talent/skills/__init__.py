"""The taxonomy of skills and occupations, and recognising skills in text."""
