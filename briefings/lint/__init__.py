"""Templates, styles and filled pages -> Problems: what would break PDF/UA."""
