"""Search evaluation: test collections, runs, measures."""
