"""What schools teach: programmes, where and how they are offered, and what leads to what."""
