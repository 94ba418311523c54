"""What is used of usearch, loaded in the one order that works.

Loading onnxruntime after usearch's kernels (numkong) ends the process with a segmentation fault; loading it
before them does no harm. So nothing else imports usearch, and this module only where vectors are searched.
"""

import onnxruntime
from usearch.compiled import MetricKind
from usearch.index import Index
from usearch.index import search as exact_search

__all__ = ["Index", "MetricKind", "exact_search", "onnxruntime"]
