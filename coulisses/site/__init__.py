"""The roof: settings, addresses, the server, the `coulisses` command."""
