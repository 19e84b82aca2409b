"""From responding to a place to having it: what a student sends, who has to answer by when, and what each sees of the other."""
