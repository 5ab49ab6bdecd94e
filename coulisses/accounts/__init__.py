"""Accounts: how people come in, stay safe, and have what is theirs."""
