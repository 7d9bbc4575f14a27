"""Forms to fill in a PDF reader: drawn from what is asked, filled by us, read back."""
