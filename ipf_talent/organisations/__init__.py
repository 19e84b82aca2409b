"""Companies, schools, company schools, institutes and partners, and the places where they are."""
