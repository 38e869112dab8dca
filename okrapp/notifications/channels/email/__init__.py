"""Mail: text and HTML, in the reader's language."""
