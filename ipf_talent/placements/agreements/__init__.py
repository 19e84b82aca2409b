"""The agreement as a document: what stands in it, in which words, as a page and as a PDF."""
