"""执行任务: the list that the actor may see, or the one task that the address names."""

import streamlit as st

from app.access import signed_in
from app.task_address import read_address
from app.task_list import show_list
from app.task_page import show_task

person = signed_in()
at = read_address(st.query_params.to_dict())
if at.task is None:
    show_list(person, at)
else:
    show_task(person, at.task)
