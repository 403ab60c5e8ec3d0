"""An environment doctor and reproducible setup kit for PyTorch.

The rooms, in the order in which data passes through them:

cli          one module a command: parse, call the stages, return the exit code
target       which interpreter is examined, and `inside/`: what runs in it
process      child processes, bounded; the only room that starts any
probes       the live machine -> one field of Facts each
collect      all probes side by side -> Facts
text         pasted text made plain, line by line
intake       a dump, a report or an error text of another machine -> Facts
source       Python source read without importing it -> loaders, datasets, values
privacy      a text that may be pasted in public: what is left out, and what stands for it
facts        everything a rule may know: what was seen, never what it means
bootstrap    from a bare machine to the program and on; the standard library alone, before anything is installed
catalog      what runs with what: data with a source and a date on every row
match        host + catalog + wish -> the torch to install, and why not the others
rules        one problem a file: there, not there, or cannot tell
explain      an error text -> its phase, who raised, known messages, and the rules it names, best first
diagnose     rules over facts, root causes first -> Report with a verdict
remedy       what is to be done -> commands for this host
fix          remedies carried out: planned, shown, asked for, run, looked at again
files        files of the user's: written whole, backed up, put back
setup        environments made and made again: plan, install, prove, lock
refresh      releases newer than the program, read from an index when a person asks
mirrors      package sources probed, judged, chosen and configured
dataloader   worker processes tried for real in the target
lint         DataLoader hazards in scripts and notebooks
smoke        the recipes as smoke tests
render       the one Report drawn: terminal, JSON, Markdown, HTML and others

`model.py` holds what passes between the stages, `report.py` the Report, `diff.py` how two of them differ, and
`gate.py` what everything that is written passes.
"""

from __future__ import annotations

__version__ = "0.1.0"
