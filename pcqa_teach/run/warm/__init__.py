"""Kernels that are ready at once: forks of one process that has imported everything beforehand.

Starting Python and importing pandas, matplotlib and Jupyter's kernel takes seconds; a fork of a
process that has done so takes milliseconds. Where to look:

- `preload.py`: what is imported beforehand
- `server.py`: the process that is forked; it runs nothing else and has one thread
- `strays.py`: what a dead kernel has left running, so that it ends with it
- `client.py`: how a program asks the server for a kernel, and watches over it
- `provisioner.py`: what Jupyter's programs load by name; `kernelspec/`: the kernel called `pcqa`
- `specs.py`: `python3` as this very Python, warm; `lab.py`: ready while JupyterLab starts
- `ready.py`: a client that waits no longer than it takes
"""
