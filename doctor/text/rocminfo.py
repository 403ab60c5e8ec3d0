"""What `rocminfo` prints, asked by us or pasted by a user: agents, processors among them."""

from __future__ import annotations

import re

from doctor.facts import AmdGpu


def gpus_of(text: str) -> list[AmdGpu]:
    """The agents that it calls GPUs: "Name: gfx1100", "Marketing Name: AMD Radeon RX 7900 XTX"."""
    found = []
    for index, agent in enumerate(_agents(text, "GPU")):
        gfx = re.search(r"(?m)^[ \t]+Name:[ \t]+(gfx[0-9a-f]+)", agent)
        found.append(AmdGpu(_marketing_name(agent) or "AMD GPU", gfx[1] if gfx else None, index))
    return found


def processor_of(text: str) -> str | None:
    """The name of the processor, which is an agent, too."""
    return next((name for agent in _agents(text, "CPU") if (name := _marketing_name(agent))), None)


def _agents(text: str, kind: str) -> list[str]:
    agents = re.split(r"(?m)^Agent \d+\s*$", text)[1:]
    return [agent for agent in agents if re.search(rf"Device Type:\s+{kind}\b", agent)]


def _marketing_name(agent: str) -> str | None:
    name = re.search(r"(?m)^[ \t]+Marketing Name:[ \t]+(\S(?:.*\S)?)", agent)
    return name[1] if name else None
