"""What voices say under an entry: words, places in a picture, attempts."""
