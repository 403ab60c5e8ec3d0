"""torchcodec-ffmpeg."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText, Host, Python, Torch
from tests.rules.judging import facts_of, points_to

RULE = "torchcodec-ffmpeg"
LOAD = ErrorText("RuntimeError: Could not load libtorchcodec. Likely causes:")
ABSENT = ErrorText("ImportError: TorchCodec is required for load_with_torchcodec. Please install torchcodec")


def commands(host, error, python=None):
    facts = facts_of(host=host, error=error, python=python or Python(executable="python"))
    return [argv for remedy in remedies_of(rules.load(RULE), facts) for argv in remedy.commands]


def test_ffmpeg_by_the_means_of_the_system():
    debian = Host(os="linux", distribution_id="debian", distribution_version="12")
    assert commands(debian, LOAD) == [("sudo", "apt-get", "install", "-y", "ffmpeg")]
    windows = commands(Host(os="windows"), LOAD)
    assert "Gyan.FFmpeg.Shared" in windows[0]
    conda = commands(Host(os="linux"), LOAD, Python(kind="conda", prefix="/opt/e"))
    assert conda[0][-1] == "ffmpeg<8"


def test_torchcodec_itself_where_it_is_missing():
    assert commands(Host(os="macos"), ABSENT) == [("python", "-m", "pip", "install", "torchcodec")]


def test_torchcodec_of_the_torch_that_is_there():
    python = Python(executable="python", version="3.12.4", machine="x86_64")
    host = Host(os="linux", architecture="x86_64")
    facts = facts_of(host=host, error=ABSENT, python=python, torch=Torch(version="2.9.1"))
    argv = next(argv for remedy in remedies_of(rules.load(RULE), facts) for argv in remedy.commands)
    assert argv[-1] == "torchcodec===0.9.1"


def test_texts():
    assert points_to(RULE, LOAD.text)
    assert points_to(RULE, ABSENT.text)
    assert not points_to(RULE, "FileNotFoundError: [Errno 2] No such file or directory: 'ffmpeg'")
