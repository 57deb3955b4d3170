"""What files do not say in so many words but do hold: each derivation is a small rule, said in the report."""
