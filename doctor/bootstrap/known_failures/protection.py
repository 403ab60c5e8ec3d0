"""What rights, protection and policies of the system forbid."""

from __future__ import annotations

from doctor.bootstrap.known_failures.reason import ADMINISTRATOR, DENIED, Reason, Row

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        Reason(
            "no-program",
            "{detail} may not be started: it is not executable here",
            "let bash or python start it, by its name; or chmod +x it; or recreate its environment",
        ),
        (
            r"failed to spawn: `([^`]{1,60})`.{0,120}(?:permission denied|os error 13\b)",
            r"\b(?:bash|sh): (?:\w{1,8} \d+: |\d+: )?((?:\./|[\w./~+-]{0,200}/bin/)[\w.+-]{1,60}): permission denied",
            r"zsh: permission denied: ([\w./~+-]{1,200})",
        ),
    ),
    (
        Reason("not-root", "only root may do this", f"run it with sudo, or {ADMINISTRATOR}"),
        (
            r"are you root\?", r"requires? superuser", r"not in the sudoers file",
            r"password is required", r"/var/(?:lib|cache)/(?:dpkg|apt)/.{0,120} \(13: ",
        ),
    ),
    (
        Reason("blocked", "security software on this machine blocked a file", f"{ADMINISTRATOR} to allow it"),
        (
            r"exit code(?::| was) '?1625\b", r"0x8a15(?:010f|003a|001[bc])\b",
            r"(?:winerror|os error) (?:225|226|1260|4551)\b", r"0x800700e1", r"contains a virus", r"malicious content",
            r"blocked by (?:group policy|your)",
            r"windows cannot access the specified",
            r"developer cannot be verified", r"application control policy",
            r"software restriction policies",
            r"failed to (?:query|spawn) python interpreter[^()]{0,400}\(os error 5\)", rf"failed to run: {DENIED}",
            rf"{DENIED}.{{0,900}}applicationfailedexception", r"scriptcontainedmaliciouscontent",
        ),
    ),
    (
        Reason(
            "blocked",
            "an antivirus program is probably holding a file that was just written, or has removed it",
            f"run this again; if that does not help, {ADMINISTRATOR} to allow it",
        ),
        (
            r"failed to update windows pe resources",
            r"failed to persist [^:]{0,30}[a-z]:[^:]{1,300}\.exe: .{1,200}\(os error 2\)",
        ),
    ),
    (
        Reason(
            "blocked",
            "Windows blocks a file that came from the internet",
            "allow it (Unblock-File), and run this again",
        ),
        (r"0x80131515",),
    ),
    (
        Reason("blocked", "security software on this machine blocked the connection", f"{ADMINISTRATOR} to allow it"),
        (
            r"(?:winerror|os error) 10013\b", r"socket in a way forbidden", r"new connection: \[errno 13\]",
            r"aborted\.', permissionerror", r"sock\.connect\(\w+\) permissionerror",
        ),
    ),
    (
        Reason(
            "privilege",
            "Windows lets only administrators create symbolic links here",
            "turn on Windows' Developer Mode, or run this as administrator",
        ),
        (r"(?:winerror|os error) 1314\b",),
    ),
    (
        Reason(
            "privilege",
            "this needs administrator rights",
            "start PowerShell as administrator, and run this again",
        ),
        (
            r"requires elevation", r"(?:winerror|os error) 740\b",
            r"scriptrequireselevation", r"statement for running as administrator",
            r"access to the registry key .{1,300} is denied", r"registry access is not allowed",
            r"error code is 250[23]\b",
        ),
    ),
)
# fmt: on
