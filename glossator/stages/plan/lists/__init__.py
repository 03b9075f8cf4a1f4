"""Lists of articles and of names, whole ones and the parts of long ones."""
