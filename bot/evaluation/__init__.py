"""How well Lantern understands, measured on labelled messages and scripted conversations it was not trained on."""
