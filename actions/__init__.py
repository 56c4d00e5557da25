"""What Lantern does in a conversation: Rasa custom actions, and the knowledge they answer from."""
