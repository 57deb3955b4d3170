"""Revenue."""

import streamlit as st

st.title("Revenue")
