"""What Streamlit alone needs: the shell, filters, cards and charts on a page, and their state in the URL."""
