"""What apt and dpkg say, and whoever else waits for a lock."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, ...]] = {
    "locked": (
        "E: Could not get lock /srv/lock. It is held by somebody",
        "E: Sperre /srv/lock konnte nicht geholt werden - open (11: Die Ressource ist nicht verfügbar)",
        "error: timeout when waiting for it, is another uv process running?",
        "dpkg: error: its frontend is locked by another process",
        "Error: The lockfile /opt/c was found. Wait for it to finish",
        "LockError: see below",
        "E: Kan de lock /srv/a niet krijgen - open (11: Hulpbron tijdelijk niet beschikbaar)",
        "E: Kan de lock /var/lib/dpkg/lock-frontend niet krijgen, die proces 77 (apt) heeft",
        "E: Sperre /var/lib/apt/lists/lock nicht möglich. Gehalten durch Prozess 77 (apt-get)",
        "E: 无法获取 dpkg 前端锁 (/var/lib/dpkg/lock-frontend)，是否有其他进程正占用它？",
        "Cannot lock it. Waiting for other mamba process to finish",
        "Installer failed with exit code: 1618",
        "Error 0x80070652: no",
        "RuntimeError: LockFile error. Aborting.",
        "ERROR Exit code was 1618!",
    ),
    "signature": (
        "the key is missing: NO_PUBKEY 0123456789ABCDEF",
        "it has expired: EXPKEYSIG 0123456789ABCDEF",
        "E: The repository 'it' is not signed.",
    ),
    "apt-broken": (
        "dpkg: error processing it:\n trying to overwrite '/usr/bin/a', which is also in package b 1.0",
        "dpkg: Fehler:\n Versuch, »/usr/bin/a« zu überschreiben, welches auch in Paket b 1.0 ist",
        "dpkg: 出错：\n 正试图覆盖 /usr/bin/a，它同时被包含于软件包 b 1.0",
        "E: dpkg was interrupted, you must run dpkg --configure -a",
        "The following packages have unmet dependencies:",
        "E: Unable to correct problems, you have held broken packages.",
        "E: Fout, pkgProblemResolver::Resolve gaf problemen",
        "dpkg: dependency problems prevent configuration of a:",
        "Errors were encountered while processing:\n a",
        "E: Sub-process /usr/bin/dpkg returned an error code (1)",
    ),
    "no-package": (
        "E: Couldn't find package a-package",
        "E: Unable to locate package a",
        "E: Package 'a' has no installation candidate",
        "E: Paket a kann nicht gefunden werden.",
        "E: Für Paket »a« existiert kein Installationskandidat.",
        "E: 无法定位软件包 a",
        "E: 软件包 a 没有可安装候选",
        "No package a available",
        "Error: Unable to find a match: a",
        "error: target not found: a",
        "  a (no such package):",
        'Error: No available formula with the name "a".',
    ),
}
