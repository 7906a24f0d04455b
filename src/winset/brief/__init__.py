"""Everything upstream as claims that cite: `claims` says it; `html`, `markdown` and `json` lay it out."""
