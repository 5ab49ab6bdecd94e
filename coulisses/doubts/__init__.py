"""The life of a doubt, the leads that it is offered, and what failures taught."""
