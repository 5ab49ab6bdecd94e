"""Taking part without an account: a name, a code, the terms of what is given."""
