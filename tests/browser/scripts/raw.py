"""A careless page: shows a stranger's text in every place that reads Markdown, unguarded."""

import streamlit as st

text = st.query_params["text"]

st.markdown(text)
st.chat_message("assistant").write(text)
st.caption(text)
st.button(text, key="button")
st.text_input(text, key="input")
st.expander(text, expanded=True).write("in")
st.toast(text)
st.metric(text, text)
st.error(text)
st.table({"a": [text]})
st.html(text)
st.markdown(text, unsafe_allow_html=True)
st.text("alles getoond")
