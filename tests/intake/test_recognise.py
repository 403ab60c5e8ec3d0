from __future__ import annotations

import pytest

from doctor import intake
from doctor.facts import Facts
from doctor.intake.recognise import examine
from doctor.model import DoctorError, Status
from tests.intake import samples


def test_a_dump_and_a_table_in_one_paste():
    facts = intake.read(samples.COLLECT_ENV + "\n" + samples.SMI_WINDOWS.replace("581.57", "566.36"))
    assert facts.nvidia.value is not None
    assert facts.nvidia.value.cuda_version == "13.0"
    assert facts.torch.value is not None
    assert facts.packages.value is not None
    assert facts.packages.value.version("torchvision") == "0.20.1+cu124"


@pytest.mark.parametrize(
    "wrap",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\n".join("> " + line for line in text.split("\n")),
        lambda text: "Hello,\n\n<details><summary>env</summary>\n\n```text\n" + text + "```\n</details>\nThanks!",
        lambda text: "\ufeff" + text,
        lambda text: "\x1b[32m" + text.replace("\n", "\x1b[0m\n\x1b[32m"),
        lambda text: text.replace(">", "&gt;"),
    ],
    ids=["crlf", "quoted", "fenced", "bom", "ansi", "entities"],
)
def test_wrappings_change_nothing(wrap):
    plain, wrapped = examine(samples.COLLECT_ENV), examine(wrap(samples.COLLECT_ENV))
    for name in plain.facts.__struct_fields__:
        one, two = getattr(plain.facts, name), getattr(wrapped.facts, name)
        assert (one.status, one.value, one.origins.keys()) == (two.status, two.value, two.origins.keys())
    assert wrapped.notes == ()


def test_what_is_not_in_the_text_is_not_known():
    facts = intake.read("PyTorch version: 2.5.1+cu124")
    assert facts.nvidia.status is Status.SKIPPED
    assert facts.host.status is Status.SKIPPED
    assert facts.torch.value is not None
    assert facts.torch.value.hip_version is None


def test_cut_lines_are_read_as_far_as_they_go():
    for length in range(80, len(samples.COLLECT_ENV), 37):
        assert examine(samples.COLLECT_ENV[:length]).facts.torch.value is not None


def test_two_machines_are_told_apart_and_the_first_is_judged():
    found = examine(samples.COLLECT_ENV + "\n\nand on the other computer\n\n" + samples.OLD_COLLECT_ENV)
    assert len(found.notes) == 1
    assert "two machines" in found.notes[0]
    assert found.facts.torch.value is not None
    assert found.facts.torch.value.version == "2.5.1+cu124"


def test_two_environments_of_one_machine():
    second = samples.COLLECT_ENV.replace("2.5.1+cu124", "2.4.0+cu121").replace("12.4", "12.1")
    assert "two environments" in examine(samples.COLLECT_ENV + second).notes[0]


def test_the_same_dump_twice_is_one_machine():
    assert examine(samples.COLLECT_ENV * 2).notes == ()


def test_an_error_beside_the_dump_is_kept_as_error():
    facts = intake.read(
        f"{samples.COLLECT_ENV}\nTraceback (most recent call last):\nRuntimeError: CUDA error: no kernel image"
    )
    assert facts.error.value is not None
    assert "no kernel image" in facts.error.value.text
    assert "Python platform" not in facts.error.value.text


def test_a_dump_alone_has_no_error():
    assert intake.read(samples.COLLECT_ENV).error.status is Status.SKIPPED


def test_torch_from_package_lists():
    torch = intake.read(samples.CONDA_LIST).torch.value
    assert torch is not None
    assert (torch.version, torch.cuda_version, torch.installer) == ("2.1.0", "12.1", "conda")
    torch = intake.read(samples.PIP_LIST).torch.value
    assert torch is not None
    assert (torch.version, torch.build) == ("2.5.1+cu121", "cu121")


def test_a_whole_list_without_torch_shows_that_it_is_not_there():
    text = "\n".join(line for line in samples.PIP_LIST.split("\n") if not line.startswith("torch"))
    torch = intake.read(text).torch.value
    assert torch is not None
    assert torch.version == ""


def test_the_list_that_has_the_torch_of_the_dump_is_believed():
    facts = intake.read(
        "PyTorch version: 1.7.0\n[pip] torch==1.7.0\n[pip] torchvision==0.8.1\n"
        "[conda] torch                     1.5.1                    pypi_0    pypi\n"
        "[conda] torchvision               0.6.1                    pypi_0    pypi\n"
    )
    assert facts.packages.value is not None
    assert facts.packages.value.version("torchvision") == "0.8.1"


@pytest.mark.parametrize("text", ["", "\n\n", "hello world", "\x00\xff\xfe" * 1000, "{" * 10_000, "[" * 10_000])
def test_nothing_recognised_is_said(text: str):
    with pytest.raises(DoctorError) as error:
        intake.read(text)
    assert error.value.exit_code == 2
    assert error.value.context.isascii()


def test_a_long_text_is_cut_and_that_is_said():
    found = examine(samples.COLLECT_ENV + f"{'x' * 79}\n" * 13_000)
    assert any("first" in note for note in found.notes)


def test_a_known_error_without_an_exception_is_an_error_text():
    warning = "The NVIDIA driver on your system is too old (found version 11040)."
    alone = examine(warning, lambda text: "too old" in text).facts
    assert alone.error.value is not None
    assert alone.nvidia.value is not None and alone.nvidia.value.cuda_version == "11.4"
    assert examine(warning).facts == Facts()


def test_beside_a_dump_only_warnings_are_asked_whether_they_are_known():
    dump = "PyTorch version: 2.1.0\nIs CUDA available: False\n"
    said = "the driver is too old, somebody wrote"
    assert examine(f"{said}\n{dump}", lambda text: "too old" in text).facts.error.value is None
    assert examine(f"x.py:9: UserWarning: {said}\n{dump}", lambda text: "too old" in text).facts.error.value is not None
    for printed in (
        "[    4.902133] kfd kfd: amdgpu: VERDE  not",
        "    Found GPU%d %s which is of cuda capability %d.%d.",
    ):
        assert examine(f"{printed}\n{dump}", lambda text: text == printed).facts.error.value is not None  # noqa: B023


def test_other_code_of_the_same_person_is_no_other_machine():
    dump = "PyTorch version: 2.1.0\nIs CUDA available: False\n"
    known = lambda text: "too old" in text  # noqa: E731
    assert examine(f"I ran some other code, and the driver is too old\n{dump}", known).facts.error.value is not None
    assert examine(f"on other machines the driver is too old\n{dump}", known).facts.error.value is None


def test_a_list_of_another_torch_is_said_and_the_program_is_believed():
    listed = "Package Version\n------- -------\npip 24\nsetuptools 70\nnumpy 1.26.4\ntorch 2.1.0\nwheel 0.43\n"
    found = examine(f"PyTorch version: 2.4.0+cu121\nIs CUDA available: True\n\n{listed}")
    assert found.facts.torch.value is not None
    assert found.facts.torch.value.version == "2.4.0+cu121"
    assert [note for note in found.notes if "2.4.0+cu121 / 2.1.0" in note]
    assert examine(f"PyTorch version: 2.1.0+cu121\nIs CUDA available: True\n\n{listed}").notes == ()


def test_two_tools_that_tell_another_driver_are_said_and_the_drivers_own_is_believed():
    table = samples.SMI_WINDOWS.replace("581.57", "566.36")
    found = examine(f"PyTorch version: 2.4.0+cu121\nNvidia driver version: 550.54.14\n\n{table}")
    assert found.facts.nvidia.value is not None
    assert found.facts.nvidia.value.driver_version == "566.36"
    assert [note for note in found.notes if "566.36 / 550.54.14" in note]


def test_a_text_about_torch_that_tells_nothing_of_a_machine_is_readable():
    found = examine("Is there a plan to support CUDA graphs in this loader?")
    assert found.facts == Facts()
    assert "nothing of the machine" in found.notes[0]


def test_the_head_of_a_dump_on_one_line_with_what_follows():
    line = "Collecting environment information..." + " " * 90 + "PyTorch version: 2.8.0+cu129"
    facts = examine(f"{line}\nIs debug build: False\nCUDA used to build PyTorch: 12.9\n").facts
    assert facts.torch.value and facts.torch.value.version == "2.8.0+cu129"
    assert facts.torch.origins["version"].line == 1


def test_what_follows_from_a_text_in_which_nothing_else_is_told():
    read = examine("It uses torch on the CPU, though I installed it by pip install torch==2.2.0 -i https://x.y/whl/cpu")
    assert read.facts.torch.value and read.facts.torch.value.build == "cpu"
    assert not read.notes


def test_a_word_of_torch_between_chinese_ones_is_about_torch():
    assert examine("为什么装上的pytorch只有一半").notes


NVIDIA_SMI = "| NVIDIA-SMI 535.54   Driver Version: 535.54   CUDA Version: 12.2 |"


def test_a_line_that_a_program_prints_may_have_words_of_advice():
    line = "xla/cuda/cuda_dnn.cc:427] Loaded runtime CuDNN library: 8.5.0 but source was compiled with: 8.6.0.  CuDNN"
    text = f"{NVIDIA_SMI}\n\n{line} needs a matching version. If using a binary install, upgrade your library.\n"
    assert examine(text, lambda words: "CuDNN" in words).facts.error.value


def test_a_build_that_failed_is_an_error_text():
    text = f"{NVIDIA_SMI}\n\n#9 3.374 error: subprocess-exited-with-error\n"
    assert examine(text).facts.error.value


def test_the_name_of_an_operation_in_a_title_is_no_label():
    text = "# torchvision::roi_align does not exist\n\nPython version: 3.12.3\n"
    error = examine(text, lambda words: "torchvision::" in words).facts.error.value
    assert error and "torchvision::roi_align" in error.text


def test_what_a_program_caught_is_no_talk_of_another_time():
    banner = "Ultralytics YOLOv8.2.1 Python-3.11.4 torch-2.2.0+cpu"
    caught = "An error occurred: Invalid CUDA 'device=1' requested. Pass valid CUDA device(s) if available."
    text = f"{banner}\n{caught}\n"
    facts = examine(text, lambda said: "Invalid CUDA" in said).facts
    assert facts.error.value and caught in facts.error.value.text
    wish = text.replace("An error occurred: ", "It would say: ")
    assert examine(wish, lambda said: "Invalid CUDA" in said).facts.error.value is None
