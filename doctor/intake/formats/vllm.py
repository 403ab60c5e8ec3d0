"""What vLLM's `collect_env.py` prints around torch's: headings, its own section, and how the GPUs are connected."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.facts import Amd
from doctor.intake.keyed import PACKAGE, facts_of, left_out, values_of
from doctor.intake.merge import Partial, merge
from doctor.intake.witness import Witness

TITLE = "vLLM's `collect_env.py`"
WITNESS = Witness.PROGRAM
OPENS = r"^vLLM Version\s*: "
LEFT_OUT = (
    r"={20,}$|Collecting environment information|(?:System|PyTorch|CUDA / GPU|CPU|vLLM) Info$|Python Environment$",
    r"Environment Variables$|Versions of relevant libraries$|vLLM Build Flags:$|CUDA Archs: |GPU Topology:$",
    r"Could not collect$|(?:GPU|NIC)\d+\s|(?:NIC )?Legend:$|X\s+= Self$|(?:SYS|NODE|PHB|PXB|PIX|NV#)\s+= |NIC\d+: \w+$",
    r"=+ (?:ROCm System|Weight between|Hops between|Link Type|Numa Nodes|End of ROCm)|GPU\[\d+\]\s+: \(Topology\)",
)
_KEYS = {
    "vllm version": f"{PACKAGE}vllm",
    "rocm version": "rocm",
    "neuron sdk version": "neuron",
}


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    if not any(re.match(OPENS, line) for line in lines):
        return {}, set()
    raw, used = values_of(lines, _KEYS, range(len(lines)))
    facts = facts_of(raw)
    if installed := re.match(r"\d+\.\d+\.\d+", raw.get("rocm", "")):  # of hipcc, which need not be torch's
        facts = merge(facts, {"amd": Amd(rocm_version=installed[0])})
    return facts, used | left_out(lines, LEFT_OUT, range(len(lines)))
