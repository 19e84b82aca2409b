"""What every page shares: access, forms, errors, language, paging, templating."""
