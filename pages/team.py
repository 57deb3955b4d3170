"""Team."""

import streamlit as st

st.title("Team")
