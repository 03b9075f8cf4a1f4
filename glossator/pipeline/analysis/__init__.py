"""Articles -> what is known of them: names, entities, topics and related articles, stored for the next build."""
