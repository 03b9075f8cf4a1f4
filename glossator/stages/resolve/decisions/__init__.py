"""What people decided about names, applied to the clusters."""
