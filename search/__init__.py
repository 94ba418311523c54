"""Search over passages: segmenting, the embedded store, encoders, fusion, ranking, the service."""

import os

# Haystack reads this when it is first imported, and every import of it in this project comes through here.
os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"
