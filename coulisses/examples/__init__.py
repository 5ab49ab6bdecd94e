"""Made-up projects to look at first; they speak to a house as any agent does, by HTTP only."""
