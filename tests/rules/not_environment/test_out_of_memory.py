"""out-of-memory."""

from tests.rules.judging import points_to

RULE = "out-of-memory"


def test_texts():
    line = "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 22.78 GiB. GPU 0 has a total capacity"
    assert points_to(RULE, line)
    line = "RuntimeError: [enforce fail at alloc_cpu.cpp:114] data. DefaultCPUAllocator: not enough memory:"
    assert points_to(RULE, line)
    assert points_to(RULE, "RuntimeError: MPS backend out of memory (MPS allocated: 9.05 GB)")
    assert not points_to(RULE, "CUDA error: an illegal memory access was encountered")
    assert not points_to(RULE, "RuntimeError: unable to write to file </torch_1_2>: No space left on device")
