"""Kernels that are ready at once: forks of one process that has imported everything beforehand.

Starting Python and importing pandas, matplotlib and Jupyter's kernel takes seconds; a fork of a
process that has done so takes milliseconds. Where to look:

- `preload.py`: what is imported beforehand
- `server.py`: the process that is forked; it runs nothing else and has one thread
- `descendants.py`: what a kernel has started, so that it ends with it
- `client.py`: how a program asks the server for a kernel, and watches over it
- `../kernels.py`: the provisioner that Jupyter's programs load, and the kernels of our own runner
"""
