"""A student at a company, from proposal to outcome: approval, agreement and its sheets, hours, guidance, end."""
