"""From files to an index: readers, parsers, passages, the pipeline and its report."""
