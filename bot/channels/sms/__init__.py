"""Text messages. `routes.py` joins the parts; `conversation.py` is the same for every provider."""
