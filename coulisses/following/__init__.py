"""Following: letters and notices for those who left an address."""
