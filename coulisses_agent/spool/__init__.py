"""What is to be sent, on disk until the house has it: offline, killed, full or slow."""
