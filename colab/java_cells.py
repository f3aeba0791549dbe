"""The magic %%java for notebooks of Python: such cells run in the kernel "Java (Tunebook)", which keeps its state.

%load_ext java_cells starts the kernel; `./tunebook kernel install` comes before.
"""

import atexit
import sys
from pathlib import Path

from IPython.core.error import UsageError
from IPython.display import clear_output, display
from jupyter_client.manager import start_new_kernel


def load_ipython_extension(shell):
    project = Path(__file__).resolve().parent.parent
    manager, client = start_new_kernel(kernel_name="tunebook", startup_timeout=120, cwd=str(project))
    atexit.register(manager.shutdown_kernel, now=True)

    def java(line, cell):
        asked = client.execute(cell, allow_stdin=False)
        while True:
            try:
                message = client.get_iopub_msg(timeout=None)
            except KeyboardInterrupt:
                manager.interrupt_kernel()
                continue
            if message["parent_header"].get("msg_id") != asked:
                continue
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                return
            show(message["msg_type"], message["content"])

    shell.register_magic_function(java, "cell", "java")


def show(kind, content):
    if kind == "stream":
        print(content["text"], end="", file=getattr(sys, content["name"]), flush=True)
    elif kind in ("display_data", "execute_result", "update_display_data"):
        place = content.get("transient", {}).get("display_id")
        update = {"update": True} if kind == "update_display_data" else {}
        display(content["data"], raw=True, metadata=content.get("metadata"), display_id=place, **update)
    elif kind == "clear_output":
        clear_output(wait=content["wait"])
    elif kind == "error":
        print("\n".join(content["traceback"]), file=sys.stderr)
        raise UsageError(f"{content['ename']}: {content['evalue']}")
