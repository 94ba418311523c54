"""Search over passages: segmenting, the embedded store, encoders, fusion, ranking, the service."""
