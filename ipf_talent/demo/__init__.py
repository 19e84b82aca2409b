"""The region's real data, example people and places, and looking around as one of them."""
