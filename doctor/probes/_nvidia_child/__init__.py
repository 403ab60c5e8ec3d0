"""Scripts that ask NVIDIA's libraries, each in a process of its own: a library may hang, abort or segfault.

Started as `python -m doctor.probes._nvidia_child.nvml MARKER`. Each answer is one line, the marker and a JSON object,
written as soon as it is known, so that what was said before a crash still counts. Nothing heavy is imported here.
"""
