"""Data in and out: spreadsheets and OOAPI, each import tried first and applied whole or not at all."""
