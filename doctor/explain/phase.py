"""What was being done when a text was written: cues for each phase, as data, and which of them decides.

A cue that a failure leaves behind decides, the last one; where there is none, the last line of progress. What is built
runs programs of its own: what they say inside an installer's output is of the building.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import msgspec

from doctor.explain.literals import Choice, required
from doctor.model import OF_INSTALLERS, Phase

_FRAME_OF = r"[/\\]{}[^\"\n]{{0,60}}\"?,? line \d+, in {}"

FAILURES: dict[Phase, tuple[str, ...]] = {
    Phase.RESOLVING: (
        r"No matching distribution found|Could not find a version that satisfies|ResolutionImpossible",
        r"conflicting dependencies|No solution found when resolving|has no wheels with a matching",
        r"LibMambaUnsatisfiableError|UnsatisfiableError|PackagesNotFoundError|Could not solve for environment specs",
        r"Solving environment: (?:failed|unsuccessful)|failed to solve the (?:conda|pypi) requirements",
        r"is not a supported wheel on this platform|requires a different Python",
        r"pip[/\\]_internal[/\\](?:resolution|index)[/\\]",
    ),
    Phase.DOWNLOADING: (
        r"pip[/\\]_(?:vendor[/\\](?:urllib3|requests|cachecontrol|msgpack)|internal[/\\]network)[/\\]|pip\._vendor\.(?:urllib3|requests)",
        r"THESE PACKAGES DO NOT MATCH THE HASHES|IncompleteRead\(|CondaHTTPError|CondaSSLError|ChecksumMismatchError",
        r"Could not fetch URL|HTTP error \d{3} while getting|Retrying \(Retry\(total=|error sending request for url",
        r"Download error \(\d+\)|UnavailableInvalidChannel|is not a trusted or secure host",
        r"Failed to (?:download|fetch)(?: distribution|:? `)|Request failed after \d+ retries|Failed to fetch https?:",
    ),
    Phase.BUILDING_ISOLATED: (
        r"Getting requirements to build (?:wheel|editable) did not run successfully",
        r"Failed to build .{1,80} when getting requirements to build",
        r"\b(?:get_requires_for_build|prepare_metadata_for_build|build)_(?:wheel|editable|sdist)\b",
        r"\bpip-build-env-|[/\\]builds-v\d+[/\\]|The build backend returned an error",
        r"\bpip[/\\._]+_vendor[/\\.](?:pyproject_hooks|pep517)\b|Getting requirements to build wheel\b.{0,40}error",
        r"(?:pip subprocess to install|Installing) build dependencies (?:did not run|.{0,20}error)",
    ),
    Phase.BUILDING: (
        r"error: command '[^']{1,200}' failed|Error compiling objects for extension|Error building extension '",
        r"running (?:build_ext|bdist_wheel|egg_info|build_py)\b|ninja: build stopped|subprocess-exited-with-error",
        r"python setup\.py (?:egg_info|bdist_wheel|install|develop) did not|\bsetup\.py\", line \d+",
        r"Building wheel for .{1,60}(?:error|did not run)|Failed building wheel|Failed to build (?!the dataset)",
        r"metadata-generation-failed|legacy-install-failure|Preparing metadata .{0,40}(?:error|did not run)",
        r"torch[/\\]utils[/\\]cpp_extension\.py|CMake Error|\bmake(?:\[\d\])?: \*\*\*|nvcc fatal",
        r"FAILED: \S{1,200}\.o\b",
    ),
    Phase.INSTALLING: (
        r"Could not install packages due to an|Cannot uninstall|externally-managed-environment",
        r"but you have .{1,80} which is incompatible|Ignoring invalid distribution|environment is externally managed",
        r"uninstall-no-record-file|uninstall-distutils|pip[/\\]_internal[/\\](?:operations[/\\]install|req|cli)[/\\]",
        r"dpkg: error|Unable to locate package|Could not get lock|Unable to correct problems|Sub-process .{1,60}dpkg",
        r"EnvironmentNotWritableError|NoWritable\w{1,20}Error|ClobberError|CondaVerificationError|Failed to install:",
    ),
    Phase.IMPORTING: (
        r"in _load_dll_libraries|in _load_global_deps|in _preload_cuda_deps|DLL load failed|Library not loaded: ",
        r"cannot open shared object file|undefined symbol: |Error loading \".{1,300}\.dll\"|dlopen\(",
        r"_ARRAY_API not found|module compiled against (?:API|ABI)|version `GLIBC\w*_[\d.]+' not found",
        r"ImportError: (?!.{0,200}(?:requires|install))|partially initialized module|: file too short",
        r"Could not load library \S{1,200}(?:\.so|\.dll)|size changed, may indicate binary|compiled using NumPy 1",
        r"\[WinError (?:126|127|182|193|1114)\]|Initializing lib\w{0,6}omp|operator torchvision::nms does not exist",
    ),
    Phase.STARTING_PROCESSES: (
        r"An attempt has been made to start a new process|Can't (?:pickle|get) (?:local object|attribute)",
        _FRAME_OF.format(r"multiprocessing[/\\](?:spawn|popen_\w+|reduction|forkserver)\.py", r"\w+"),
        r"Process(?:Raised|Exited)Exception|cannot pickle '|failed to start (?:the )?worker",
    ),
    Phase.RENDEZVOUS: (
        r"init_process_group\(|\bRendezvous\w{0,20}Error|in _create_c10d_store|Dist(?:Network|Store)Error",
        r"TCPStore\(|\[c10d\] .{0,120}socket|ncclCommInitRank|connectFullMesh|_rendezvous_helper|in rendezvous\b",
        r"elastic[/\\]rendezvous|waitForInitPrefix|_store_based_barrier|EADDRINUSE",
    ),
    Phase.INITIALISING: (
        r"in _lazy_init|_cuda_init\(|CUDA initialization: |Found no NVIDIA driver|No (?:CUDA|HIP) GPUs are available",
        r"driver on your system is too old|not compiled with \w+ enabled|Cannot re-initialize CUDA|cudaGetDeviceCount",
        r"NVIDIA-SMI has failed|nvmlInit|Failed to initialize NVML|\bcuInit\b|invalid device ordinal",
        r"is not compatible with the current PyTorch installation|CUBLAS_STATUS_NOT_INITIALIZED|cudnnCreate",
        r"nvidia-container-cli|could not select device driver|Failed to infer device type|Torch is not able to use GPU",
    ),
    Phase.TRAINING: (
        r"\.backward\(|optimizer\.step\(|\btraining_step\b|_engine_run_backward|trainer\.(?:fit|train)\(",
        r"Watchdog caught collective operation timeout|DataLoader worker .{0,60}(?:exited|is killed)",
        r"[/\\]torch[/\\](?:optim|autograd)[/\\]|, in (?:train|fit|train_one_epoch|train_epoch)\b|in _call_impl\b",
    ),
    Phase.SAVING: (
        _FRAME_OF.format(r"torch[/\\]serialization\.py", r"(?:save|_save|_legacy_save|__exit__)\b"),
        r"torch\.save\(|PytorchStreamWriter|unexpected pos \d|\bsave_(?:checkpoint|pretrained|model|file)\(",
    ),
    Phase.FETCHING: (
        r"[/\\](?:huggingface_hub|modelscope|gdown)[/\\]|hf_hub_download|snapshot_download|load_dataset\(|urlretrieve\(",
        r"torch[/\\]hub\.py|load_state_dict_from_url|download_url|download_and_extract_archive|LocalEntryNotFoundError",
        r"torchvision[/\\]datasets[/\\]utils\.py|[/\\]datasets[/\\](?:load|builder)\.py|We couldn't connect to",
        r"host='(?:huggingface\.co|cdn-lfs\S{0,40}|drive\.google\.com|hf-mirror\.com)'",
    ),
}
PROGRESS: dict[Phase, tuple[str, ...]] = {
    Phase.RESOLVING: (r"^(?:Collecting|Looking in indexes|Resolving dependencies|Solving environment)\b",),
    Phase.DOWNLOADING: (
        r"^ *(?:Downloading|Using cached) \S+\.(?:whl|tar|conda)",
        r"^Downloading and Extracting Packages",
    ),
    Phase.BUILDING: (
        r"^ *(?:Building wheels? for|Preparing metadata|Getting requirements to build|Installing build dep)",
    ),
    Phase.INSTALLING: (r"^ *(?:Installing collected packages|Requirement already satisfied|Executing transaction)",),
    Phase.IMPORTING: (r"No module named|cannot import name", r"^ *(?:import \w|from \S+ import )"),
    Phase.RENDEZVOUS: (r"MASTER_(?:ADDR|PORT)|rdzv_|\brendezvous\b",),
    Phase.TRAINING: (
        r"\bout of memory\. Tried to allocate",
        r"(?i)\b(?:epoch|step|iter|loss)[ :=\[]{1,3}\d",
        r"\d+/\d+ \[\d\d:\d\d<",
        r"in forward\b",
    ),
    Phase.FETCHING: (r"from_pretrained\(|\bDownloading (?:\(|https?:|shards|data|model)",),
}
NOT_ISOLATED = re.compile(r"\b(?:pip3?|uv) .{0,300}--no-build-isolation")
_BUILDING = (Phase.BUILDING_ISOLATED, Phase.BUILDING)
_AFRESH = re.compile(r"^Traceback \(most recent call last\)", re.MULTILINE)  # indented, it is of what is built


class Cue(msgspec.Struct, frozen=True):
    phase: Phase
    expression: re.Pattern[str]
    needs: tuple[Choice, ...]


def phase_of(text: str) -> tuple[Phase, int]:
    """The phase, and where in the text (folded, without prefixes) its cue stands; -1 where nothing tells it."""
    lowered = text.lower()
    seen = sorted(_seen(FAILURES, text, lowered)) or sorted(_seen(PROGRESS, text, lowered))
    if not seen:
        return Phase.UNKNOWN, -1
    installing = [cue for cue in seen if cue[1] in OF_INSTALLERS]
    if installing and (afresh := _AFRESH.search(text, installing[-1][0])):
        later, place = phase_of(text[afresh.start() :])
        return later, place + afresh.start()
    if built := [cue for cue in installing if cue[1] in _BUILDING]:
        isolated = any(phase is Phase.BUILDING_ISOLATED for _, phase in built) and not NOT_ISOLATED.search(text)
        return Phase.BUILDING_ISOLATED if isolated else Phase.BUILDING, built[-1][0]
    return seen[-1][1], seen[-1][0]


def _seen(cues: dict[Phase, tuple[str, ...]], text: str, lowered: str) -> Iterator[tuple[int, Phase]]:
    """Where each cue stands last."""
    for cue in _compiled(tuple(cues.items())):
        if all(any(literal in lowered for literal in choice) for choice in cue.needs):
            for found in cue.expression.finditer(text):
                yield found.start(), cue.phase


@cache
def _compiled(cues: tuple[tuple[Phase, tuple[str, ...]], ...]) -> tuple[Cue, ...]:
    return tuple(
        Cue(phase, re.compile(pattern, re.MULTILINE), required(pattern))
        for phase, patterns in cues
        for pattern in patterns
    )
