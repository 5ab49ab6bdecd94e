"""The cellar: pure tools that know nothing of projects, people or databases."""
