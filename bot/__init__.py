"""The service: settings, the in-process agent, channels, the command line, our Rasa components."""
