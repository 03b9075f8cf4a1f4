"""Pages about one thing: an article, an entity, a topic, the places, the archive as a whole."""
