"""What concerns somebody, told as they chose: in the page, by letter, on a device."""
