"""A careful page: the same places as the careless one, each with text made safe; and a chart beside them."""

import streamlit as st

from coach.pages.safe import safe_label, safe_markdown
from tests.pages.nasty import NASTY

for number, text in enumerate(NASTY):
    st.markdown(safe_markdown(text, keep_lines=True))
    st.chat_message("assistant").write(safe_markdown(text))
    st.caption(safe_label(text))
    st.button(safe_label(text), key=f"button{number}")
    st.text_input(safe_label(text), key=f"input{number}")
    st.expander(safe_label(text) or "x", expanded=True).write(safe_markdown(text))
    st.metric(safe_label(text), safe_label(text))
    st.error(safe_markdown(text))
    st.table({"a": [safe_label(text)]})
st.toast(safe_label(NASTY[0]))
bars = {"data": {"values": [{"a": 1, "b": 3}, {"a": 2, "b": 4}]}, "mark": "bar"}
axes = {"x": {"field": "a", "type": "quantitative"}, "y": {"field": "b", "type": "quantitative"}}
st.vega_lite_chart(bars | {"encoding": axes})
st.markdown(safe_markdown(":red[hoi] :material/home: :smile: $x$ -- 50:100:20 om 10:30:45"))
st.text("alles getoond")
