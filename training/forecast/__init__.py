"""How the fit that forecasts take from decisions of the past was made."""
