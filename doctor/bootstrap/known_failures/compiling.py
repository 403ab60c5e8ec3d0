"""What a compiler lacks when a package is built here: headers, libraries, programs, the right CUDA toolkit."""

from __future__ import annotations

from doctor.bootstrap.known_failures.reason import OTHER_PYTHON, Reason, Row

_PROGRAMS = r"cmake|ninja|swig|cargo|rustc|g?cc|[cg]\+\+|make|pkg-config|protoc|gfortran"
_HEADER = r"([\w./+-]{1,80}\.h(?:pp)?)"
_LIB = r"lnk1(?:181|104): .{0,40}['\"“]"
_OF_CUDA = r"cuda(?:_runtime)?(?:_api)?|cudnn|cublas_v2|cusparse|nv/target"
_OF_C = r"stdio|stdlib|stddef|limits|assert|string|errno|math|float|ctype|wchar|stdint"
_OF_WINDOWS = rf"io|basetsd|corecrt|crtdefs|windows|stdbool|inttypes|{_OF_C}"

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        Reason(
            "build",
            "a package had to be built here, and that needs the CUDA toolkit",
            "install it in the version that PyTorch was built with, and let CUDA_HOME name its folder; "
            "or ask for a version of the package that has a wheel",
        ),
        (
            rf"['\"“ ](?:{_OF_CUDA})(?:\.h)?['\"”]?:? (?:no such f|file not f)",
            r"cuda_home environment variable is not set", r"nvcc was not found", r"nvcc' failed: no such file",
            r"no cuda toolset found",
            r"\bnvcc(?:\.exe)?'?: (?:command )?not found.{0,400}(?:\*\*\* \[|\berror: command|failed with exit)",
            r"no such file or directory: '[^']{0,120}\bnvcc(?:\.exe)?'",
            r"detected cuda version .{1,80} mismatches", r"version of cuda that does not match",
            r"cuda version .{1,20} does not match the version torch",
            r"supported on cuda [\d.]+ (?:and above|or newer|or higher)",
            rf"{_LIB}(?:cuda|cudart|cublas|cudnn)\w{{0,9}}\.lib",
        ),
    ),
    (
        Reason(
            "build",
            "a package had to be built here, and the compiler is too new for the CUDA toolkit",
            "install an older compiler, and let CC and CXX name it; or install a newer CUDA toolkit",
        ),
        (r"unsupported (?:gnu|microsoft visual studio|clang) version",),
    ),
    (
        Reason(
            "build",
            "a package had to be built here, and the CUDA toolkit does not know what it was asked to build for",
            "install the version that PyTorch was built with; or let TORCH_CUDA_ARCH_LIST name this GPU's alone",
        ),
        (r"unsupported gpu architecture", r"value '[\w+]{1,20}' is not defined for option"),
    ),
    (
        Reason(
            "build",
            "a package is made for an older PyTorch",
            "ask for a newer version of it; or install the PyTorch that it names",
        ),
        (
            r"\bthc/thc\w{0,30}\.h", r"identifier \"(?:at_check|thcudacheck|thcstate)\"",
            r"c\+\+\d\d (?:or later compatible compiler is required|to compile pytorch)",
        ),
    ),
    (
        Reason(
            "build",
            "a package is too old for this Python, or for the Cython that builds it",
            "ask for a newer version of it; or put an older Python first on PATH, and run this again",
        ),
        (
            r"longintrepr\.h", r"\b_?py\w{1,40}\W.{0,60}has no member named", r"no module named '?imp'?(?![\w.'-])",
            r"no attribute '(?:safeconfigparser|readfp|getargspec|formatargspec)'",
            r"cannot import name '?\w{1,40}'? from '?collections'?(?![\w.])", r"no module named '?numpy\.distutils",
            r"attributeerror: cython_sources", r"keyerror: '__version__'",
            r"was removed from the standard library in python", r"newer than pyo3's maximum supported version",
            r"has no attribute '__numpy_setup__'", r"ccompiler_spawn\(\) got an unexpected",
            r"no module named '?distutils\.msvccompiler",
        ),
    ),
    (
        Reason(
            "build",
            "a package had to be built here, and this Python came without its header files",
            "put a Python from python.org first on PATH, and run this again",
        ),
        (r"c1083: .{0,60}['\"“]python\.h", rf"{_LIB}python\d{{0,4}}(?:_d)?\.lib"),
    ),
    (
        Reason(
            "build",
            "a package had to be built here, and that needs Python's header files",
            "on Debian and Ubuntu: sudo apt install python3-dev; on Fedora: sudo dnf install python3-devel",
        ),
        (r"\bpython\.h['\"”]?:? (?:no such file|file not found)", r"cannot compile `python\.h`",),
    ),
    (
        Reason(
            "build",
            "a package had to be built here, and Microsoft's compiler is only partly here",
            "add the newest build tools and the Windows SDK with the Visual Studio Installer",
        ),
        (
            rf"c1083: .{{0,60}}['\"“](?:{_OF_WINDOWS})\.h",
            r"lnk1158: .{0,40}'rc\.exe'",
            rf"{_LIB}(?:kernel32|user32|uuid|ucrt|msvcrt|msvcprt|libcmt|vcruntime|oldnames)\.lib",
        ),
    ),
    (
        Reason(
            "build",
            "a package had to be built here, and the compiler lacks header files of its own",
            "on Debian and Ubuntu: sudo apt install build-essential; on macOS: xcode-select --install",
        ),
        (rf"error: '?(?:{_OF_C})\.h'?:? (?:no such file|file not found)",),
    ),
    (
        Reason(
            "build",
            "a package is built against PyTorch, and finds none here, or one of another version than it needs",
            "install the PyTorch that it names first, and then the package with --no-build-isolation",
        ),
        (
            r"(?:torch/(?:extension|torch|script|all|library)|(?:aten|c10)/[\w/]{1,60})\.h['\"”]?:? (?:no such|file)",
        ),
    ),
    (
        Reason(
            "build",
            "a package that was asked for is not made for Windows: it wants a library of other systems",
            "leave it out; or use Linux inside Windows (WSL)",
        ),
        (rf"{_LIB}(?:m|dl|rt|pthread|stdc\+\+|util)\.lib",),
    ),
    (
        Reason(
            "build",
            "a package had to be built here, and {detail} of a library is not there",
            f"install what the library is developed with (-dev, -devel); or {OTHER_PYTHON}",
        ),
        (
            rf"(?:fatal )?error: {_HEADER}: no such file", rf"c1083: .{{0,60}}['\"“]{_HEADER}['\"”]",
            rf"fatal error: {{1,4}}'{_HEADER}' {{1,4}}file",
            r"fatal error: ([\w+-]{1,40}/[\w/+-]{1,60}): no such file",
        ),
    ),
    (
        Reason(
            "build",
            "a package had to be built here, and the library {detail} for that is not there",
            "install what it is developed with (-dev, -devel); or ask for a version of the package that has a wheel",
        ),
        (
            r"cannot find -l([\w.+-]{1,60})", r"library not found for -l([\w.+-]{1,60})",
            r"ld: library '([\w.+-]{1,60})' not",
            rf"{_LIB}([\w.+-]{{1,60}}\.lib)", r"no package '([\w.+-]{1,60})' found",
            r"package '?([\w.+-]{1,60}?)'? was not found in the pkg-config",
        ),
    ),
    (
        Reason(
            "build",
            "a package had to be built here, and the program {detail} for that is missing",
            "install it with the system's package manager; or ask for a version of the package that has a wheel",
        ),
        (
            r"command '\['(?:where|which)', '([\w.+-]{1,60})'\]' returned",
            rf"(?:no such file or directory|find the file specified): '({_PROGRAMS})'",
            rf"command '({_PROGRAMS})(?:\.exe)?' failed: n",
            r"\b(\w{1,20}_config) not found",
            r"(?<![\w.+-])(?!python|conda|mamba|git\b|pip|uv\b)([a-z][\w.+-]{1,30}) executable not found",
            r"cannot execute '(cc1plus|cc1)'",
            r"have (cargo) in your path", r"(ninja) is required to load", r"could not find (git) for clone",
        ),
    ),
    (
        Reason(
            "build",
            "a package had to be built here, and the compiler is too old for it",
            "install a newer compiler; or ask for a version of the package that has a wheel",
        ),
        (
            r"less than the minimum required version", r"at least c\+\+\d\d support is needed",
            r"unrecognized command[ -]line option .{1,3}-std=",
        ),
    ),
    (
        Reason(
            "build",
            "a package had to be built here, and needs CMake, or a newer one",
            "pip install --upgrade cmake, and run this again",
        ),
        (r"cmake [\d.]+ or higher is required", r"no cmake (?:or cmake3 )?with version"),
    ),
    (
        Reason(
            "build",
            "a package had to be built here, and needs a newer Rust",
            "rustup update, and run this again; or ask for a version of the package that has a wheel",
        ),
        (r"requires rustc [\d.]+", r"rustc [\d.]+ is not supported"),
    ),
    (
        Reason("build", "a package had to be built here, and Apple's tools are not there", "xcode-select --install"),
        (r"invalid active developer path", r"xcode-select: note"),
    ),
    (
        Reason(
            "build",
            "a package that had to be built here is too old for this CMake",
            "set CMAKE_POLICY_VERSION_MINIMUM=3.5, and run this again",
        ),
        (r"compatibility with cmake < [\d.]{1,8} has been removed",),
    ),
    (
        Reason("build", "the licence of Apple's tools was not accepted yet", "sudo xcodebuild -license accept"),
        (r"agreed? to the xcode", r"xcodebuild -license"),
    ),
)
# fmt: on
