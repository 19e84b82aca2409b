"""Who of a class has no place yet, who acts next and by when."""
