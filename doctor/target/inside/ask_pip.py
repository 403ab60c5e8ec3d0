"""Says how the target's pip is set up: its own effective options, its built-in index, its user agent.

The answer holds credentials of the configuration; it stays in memory. Where the target has no pip, the wheel that
`ensurepip` carries is asked.
"""

import os
import sys

from _answer import answer


def main():
    sys.path[:] = getattr(sys, "doctor_path", sys.path)
    try:
        import pip  # noqa: F401
    except ImportError:
        if not _add_bundled_pip():
            answer(absent=True)
            return
    from pip._internal.commands import create_command
    from pip._internal.models.index import PyPI

    options, _ = create_command("download").parse_args(["torch"])
    answer(
        default=PyPI.simple_url,
        index_url=options.index_url,
        no_index=bool(options.no_index),
        cert=options.cert or "",
        client_cert=options.client_cert or "",
        proxy=options.proxy or "",
        user_agent=_user_agent(),
    )


def _add_bundled_pip():
    """Put ensurepip's own pip on the path."""
    try:
        import ensurepip
    except ImportError:
        return False
    folder = os.path.join(os.path.dirname(ensurepip.__file__), "_bundled")
    wheels = [name for name in os.listdir(folder) if name.startswith("pip-")] if os.path.isdir(folder) else []
    sys.path[:0] = [os.path.join(folder, name) for name in wheels]
    return bool(wheels)


def _user_agent():
    try:
        from pip._internal.network.session import user_agent
    except ImportError:
        from pip._internal.download import user_agent
    return user_agent()


if __name__ == "__main__":
    main()
