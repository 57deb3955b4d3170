"""From a request to numbers: what is asked, how it is planned, the answer, and the rows behind it."""
