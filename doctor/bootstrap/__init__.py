"""From a fresh machine to a proven PyTorch: the body behind scripts/bootstrap.sh and scripts/bootstrap.ps1.

The scripts only bring a Python and start this with the user's words; every decision is made here, once. Standard
library alone: it runs from a checkout, out of a wheel file and from the installed program, with every CPython from
3.11 on, and imports no other room.

__main__     the way through: look, plan, ask, repair what does not stand, hand over, say what to type tomorrow
options      the command line, in both scripts' spellings
machine      what is seen of this machine before anything is installed
home         torch-doctor's folder: where it is, that it is ours, one run at a time
records      what was made and what was only used: one file for each environment
children     programs run with their output in a log, ended with us, known to our successor
reasons      what a step that failed says of itself in its log, and what to do about it
known_failures  the words of the programs for it: a table
stop         how a run ends early
"""
