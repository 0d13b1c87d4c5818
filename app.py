"""The app as Streamlit runs it, anew for every click; `coach run` serves it behind coach/pages/server.py."""

from coach.pages import navigation

navigation.main()
