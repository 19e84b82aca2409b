"""What people are told, and when: the mail outbox."""
