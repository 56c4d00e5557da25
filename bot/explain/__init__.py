"""Why a message is understood and answered as it is, for the author who wonders: `lantern explain`."""
