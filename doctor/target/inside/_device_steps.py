"""Steps that use the devices: each computes the same small thing as the CPU does."""

from _answer import answer


def cpu():
    import torch

    exact = _sample(torch, "cpu", torch.float64)
    answer(device=dict(_difference(exact, _sample(torch, "cpu", torch.float32)), device="cpu"))


def cuda():
    import torch

    available = torch.cuda.is_available()
    facts = {"cuda_available": available, "cuda_device_count": torch.cuda.device_count() if available else 0}
    if not available and (torch.version.cuda or getattr(torch.version, "hip", None)):
        try:
            torch.cuda.init()
        except Exception as error:  # noqa: BLE001 - its text is the very thing asked for
            facts["cuda_error"] = str(error)
    return facts


def cuda_devices():
    import torch

    for i in range(torch.cuda.device_count() if torch.cuda.is_available() else 0):
        _try_device(torch, "cuda:%d" % i, torch.cuda.get_device_properties, i)


def xpu():
    import torch

    xpu = getattr(torch, "xpu", None)
    if xpu is None or not xpu.is_available():
        return {"xpu_available": False}
    for i in range(xpu.device_count()):
        _try_device(torch, "xpu:%d" % i, xpu.get_device_properties, i)
    return {"xpu_available": True}


def mps():
    import torch

    mps = getattr(torch.backends, "mps", None)
    if mps and mps.is_available():
        _try_device(torch, "mps", lambda i: None, 0)


def _try_device(torch, device, properties_of, index):
    """Answer how one device does; its own answer, so that a crash on the next one does not lose it."""
    known = {"device": device}
    try:
        properties = properties_of(index)
        known["name"] = getattr(properties, "name", "")
        if device.startswith("cuda") and hasattr(properties, "major"):
            known["compute_capability"] = "%d.%d" % (properties.major, properties.minor)
        known.update(_difference(_sample(torch, "cpu", torch.float32), _sample(torch, device, torch.float32)))
    except Exception as error:  # noqa: BLE001 - one device that fails must not hide the others
        known.update(ok=False, error=str(error))
    answer(device=known)


def _sample(torch, device, kind):
    """A matrix product and a convolution of fixed numbers, as a flat list."""
    numbers = (torch.arange(3 * 16 * 16) % 7 - 3).to(kind) / 7  # exact on every device: no random numbers
    image = numbers.reshape(1, 3, 16, 16).to(device)
    kernel = numbers[:108].reshape(4, 3, 3, 3).to(device)
    product = image[0, 0] @ image[0, 1]
    convolved = torch.nn.functional.conv2d(image, kernel)
    return torch.cat([product.flatten(), convolved.flatten()]).cpu().tolist()


def _difference(expected, found):
    differences = [abs(expected[i] - found[i]) for i in range(len(expected))]
    if any(d != d for d in differences):
        return {"ok": False, "error": "the result is not a number (NaN)"}
    # TF32, the default of convolutions on newer NVIDIA GPUs, keeps three digits
    return {"ok": max(differences) <= 0.02, "max_difference": max(differences)}


STEPS = (("cpu", cpu), ("mps", mps), ("xpu", xpu), ("cuda", cuda), ("cuda devices", cuda_devices))
