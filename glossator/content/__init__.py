"""content/ <-> values: saved files, articles, notes, decisions, ids, the site's own pages, the theme."""
