"""Pages, drawn or recognised, as running text: what PDF files and pictures of pages share."""
