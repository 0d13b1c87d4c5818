"""The smallest page, for tests of the server."""

import streamlit as st

st.markdown("Eén regel.")
