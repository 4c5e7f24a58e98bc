"""/partner: how partners stand, agreements with them, and what support went to each."""
