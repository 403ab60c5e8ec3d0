"""From a fresh machine to a proven PyTorch: the body behind scripts/bootstrap.sh and scripts/bootstrap.ps1.

The scripts only bring a Python and start this with the user's words; every decision is made here, once. Standard
library alone: it runs from a checkout, out of a wheel file and from the installed program, with every CPython from
3.11 on, and imports no other room.

__main__         the way through: look, plan, ask, repair what does not stand, hand over
options          the command line, in both scripts' spellings
talk             what the user is told and asked
home             torch-doctor's folder: where it is, that it is ours, one run at a time
records          what was made and what was only used: one file for each environment
machine          what is seen of this machine before anything is installed
plan             what is shown before anything is done
run              what every step of one run needs, and how a step says that it failed
children         programs run with their output in a log, ended with us, known to our successor
index            where packages come from, by what `--mirror` names
own_environment  the program's own environment: proven on every run, made anew where it does not stand
pip_wheel        what installs the program, taken from where the machine has one
releases         the pinned files of uv and Miniforge
miniforge        conda: the one that is there, or ours, and where its environments lie
handover         with the program installed: check, setup, check, recipes, lock
launcher         the command `torch-doctor` in new shells; search_path puts its folder on PATH
tomorrow         what to type from the next day on
uninstall        what was made, listed and removed; removal carries it out
reasons          what a step that failed says of itself in its log, and what to do about it
known_failures/  for it: what the programs say when they fail, and what it means; a file for each tool or kind
languages/       the same in other languages: sentences of systems beside the English ones
stop             how a run ends early
ending           how signals end it, and every other command: one way for all of the program
guard            what ends the programs that we started when we are killed ourselves
"""
