"""Who talks to whom, when and where: planned, checked, and why it cannot be; pure."""
