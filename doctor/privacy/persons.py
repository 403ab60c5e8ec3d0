"""Names of persons: at prompts, under keys, in lists of processes and files, in the history of a repository; e-mail."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from doctor.privacy.data_files import public_names
from doctor.privacy.hosts import is_public_host
from doctor.privacy.lazily import lazily
from doctor.privacy.own import USER, is_own
from doctor.privacy.stand_ins import EMAIL, HOST, PERSON, REPOSITORY, StandIns

_LOGIN = r"[A-Za-z_][\w.-]{0,31}"
_HOST = r"(?:<(?:host|ip)(?:-\d{1,6})?>|[A-Za-z][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]{1,63}){0,6})"
_ACCOUNT = rf"({_LOGIN}|\$USER)@({_HOST})"
_PROMPT = lazily(
    rf"(?m)(?<![\w./@:+-]){_ACCOUNT}(?=:(?:[~/]|\s*[$#])|[ \t]+(?:MINGW|MSYS)"
    r"|[ \t]+[~\w./-]{1,80}(?:[ \t]+\([\w/-]{1,40}\))?[ \t]*\]?[ \t]*[$#%❯➜>](?:\s|$))"
)
_AT = lazily(  # of a command, alone on its line as neofetch has it, or in a domain that is nobody else's
    r"(?m)(➜[ ]{1,3}|\b(?:ssh|scp|sftp|rsync|mosh|sshfs)\b[^\n@]{0,120}? "
    r"|(?:^|(?<![ \t])[ \t]{2,})(?=[\w.-]{2,80}@[\w.-]{3,200}[ \t]*$)"
    r"|(?<![\w./@:+-])(?=[\w.-]{1,32}@[\w.-]{1,80}\.(?:local|internal|lan|corp|home)\b))"
    rf"(?!(?:git|hg)@){_ACCOUNT}(?![\w@(\[]|\.\w)"
)
_EMAIL = lazily(
    r"(?<![\w.+/@%-])(?!(?:git|hg|svn|nobody|user\d{1,6})@)([\w+%-][\w.+%-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,6}"
    r"(?:com|org|net|edu|gov|mil|int|info|io|ai|dev|app|me|eu|tech|cloud|name|biz|xyz|[a-z]{2}))(?![\w(\[-]|\.\w)"
)
_ABROAD = (
    "用户名",
    "用戶名",
    "账号",
    "帐号",
    "帳號",
    "ユーザー名",
    "benutzername",
    "utilisateur",
    "usuario",
    "пользователь",
)
_KEYED_ABROAD = lazily(rf"(?i)((?:{'|'.join(_ABROAD)})[ \t]?[:\uff1a][ \t]{{0,20}})([^\s,;:，；：\"'<>()（）]{{2,32}})")
_KEYED = lazily(
    r"(?im)((?:(?<![a-z.])(?:[A-Z]{2,12}_)?(?:USER_?NAME|LOGNAME|SUDO_USER|LOGIN_NAME|USERID)"
    r"|(?<![\w.-])(?:[A-Z]{2,12}_){0,2}USER(?=[ \t]?=))\\*[\"']?[ \t]{0,20}[:=][ \t]{0,20}\\*[\"']?"
    r"|(?<!\\)\\*[\"'](?:user|login|owner)\\*[\"'][ \t]{0,4}:[ \t]{0,4}\\*[\"']"
    r"|\[sudo\] password for |\bno such user:? [\"']?"
    r"|\b(?:machine|default)(?:[ \t]+\S{1,100})?\s+login[ \t]+"
    r"|\b(?:docker|podman|skopeo|helm|twine|curl|wget|az|oras)\b[^\n]{0,60}? (?:-u|--user(?:name)?)[ =][\"']?(?=\S)"
    r"|^[ \t]*owner[ \t]*:[ \t]+(?=\S+[ \t]*$)|^[ \t]+user(?:[ \t]*:)?[ \t]+(?=\S+[ \t]*$)"
    r"|\b[ug]id=\d{1,10}\(|\bregistered owner:[ \t]+|\blogged in as:? "
    r"|\bpassword for [\"']?(?:https?://)?(?=\w{1,32}[@:]))"
    rf"({_LOGIN}(?:\\{{1,2}}{_LOGIN})?)(?![\w(\[])"
)
_LISTED = lazily(rf"(?m)(^[bcdlps-][rwxsStT-]{{9}}[.+@]?[ \t]+\d{{1,6}}[ \t]+)({_LOGIN})([ \t]+)({_LOGIN})(?=[ \t]+\d)")
_PROCESS = lazily(rf"(?m)(^|\|[ \t]*)({_LOGIN})(?=[ \t]+\d{{1,8}}[ \t]+\d{{1,4}}\.\d[ \t]+\d{{1,3}}\.\d[ \t]+\d)")
_QUEUE = lazily(
    rf"(?m)^([ \t]*\d{{1,10}}(?:[_.]\S{{1,20}})?[ \t]+\S{{1,40}}[ \t]+\S{{1,60}}[ \t]+)({_LOGIN})"
    r"(?=[ \t]+[A-Z]{1,2}[ \t]+[\d:-]{3,14}[ \t])"
)
_OF_A_JOB = lazily(rf"(?i)(\b(?:UserId|GroupId)=|\bjob[_ ]owner[ \t]{{0,4}}[:=][ \t]{{0,4}})({_LOGIN})(?=[(@\s]|$)")
_ON_GPU = lazily(rf"(\s|\|[ \t]*)({_LOGIN})(?=\(\d{{1,6}}M(?:iB)?\))")
_NO_SUDOER = lazily(rf"(\s|^)({_LOGIN})(?= is not in the sudoers)")
_COMMIT = lazily(
    r"(?m)^([ \t]*(?:Author|Committer|Commit|Signed-off-by|Co-authored-by|Reviewed-by|Merged-by|Tagger"
    r"|Reported-by|Submitted[ -]by|From|Cc):[ \t]++)"
    r"([^\n<]{1,80}?)(?=[ \t]*<[^>\n]{0,120}>)|(\buser\.name[ \t]{0,4}[= ][ \t]{0,4}[\"']?)([^\n\"']{1,80})"
)
_REMOTE = lazily(  # over SSH, as Git lists them, as Git's configuration has them
    r"((?:^|(?<=[\s\"'+=]))(?:ssh://)?(?:git|hg|gitea|gitlab)@[\w.-]{1,253}(?::(?:\d{2,5}/)?|/))"
    r"([\w~][\w./~-]{1,200}?)(?=(?:\.git)?(?:[\s\"'@#)]|$))"
    r"|((?:\borigin|\bupstream|\bfork)\t(?:https?|ssh|git)://[\w.:-]{1,253}/)"
    r"([^\s<]{1,200}?)(?=(?:\.git)?[ \t]+\((?:fetch|push)\))"
    r"|(\b(?:remote\.[\w-]{1,40}\.url=|url = |\"url\": \"|remote_url: )(?:https?|ssh|git)://(?:github|gitlab|bitbucket|gitee)"
    r"[\w.:-]{0,253}/)([^\s\"'<]{1,200}?)(?=\.git\b)"
)
_NOBODY = lazily(r"user\d{1,6}|__\w+__|.|(?:self|args|cfg|config|os|sys)\..*|\$user")

Learn = Callable[[str, str], None]


def without_persons(text: str, low: str, names: StandIns, learn: Learn) -> str:
    def named(name: str) -> str:
        if is_own(name):
            return USER
        if _NOBODY.fullmatch(name.lower()) or name.lower() in public_names("accounts"):
            return name
        stand_in = names.of(PERSON, name)
        learn(name, stand_in)
        return stand_in

    for hints, pattern, form in _FORMS:
        if any(map(low.__contains__, hints)):
            text = pattern.sub(partial(_with, named=partial(names.of, form) if form else named), text)
    if "@" not in text:
        return text
    for pattern in (_PROMPT, _AT):
        text = pattern.sub(lambda found: _prompt(found, named, names, learn), text)
    return _EMAIL.sub(lambda found: names.of(EMAIL, found[0]), text)


def _with(found: re.Match[str], named: Callable[[str], str]) -> str:
    """The match with every second of its groups, which are names, replaced."""
    groups = [group for group in found.groups() if group is not None]
    return "".join(named(group) if place % 2 else group for place, group in enumerate(groups))


def _prompt(found: re.Match[str], named: Callable[[str], str], names: StandIns, learn: Learn) -> str:
    *before, user, host = found.groups()
    if not is_public_host(host):
        stand_in = names.of(HOST, host)
        learn(host, stand_in)
        host = stand_in
    return f"{''.join(before)}{named(user)}@{host}"


# words of which a text must hold one for the expression to be tried; the form of the stand-in, "" for a person's
_FORMS: tuple[tuple[tuple[str, ...], re.Pattern[str], str], ...] = (
    (("@", "(fetch)", "(push)", "remote", "url = ", '"url"'), _REMOTE, REPOSITORY),
    ((" <", "user.name"), _COMMIT, ""),
    (("userid=", "groupid=", "job_owner", "job owner"), _OF_A_JOB, ""),
    (("user", "logname", "login", "owner", "sudo", "uid=", "gid=", "logged in", "password for", " -u "), _KEYED, ""),
    (_ABROAD, _KEYED_ABROAD, ""),
    (("rwx", "rw-", "r--", "r-x"), _LISTED, ""),
    (("m)", "mib)"), _ON_GPU, ""),
    ((" r ", " pd ", " cg ", " cd ", " f "), _QUEUE, ""),
    (("sudoers",), _NO_SUDOER, ""),
    ((".0 ", ".1 ", ".2 ", ".3 ", ".4 ", ".5 ", ".6 ", ".7 ", ".8 ", ".9 "), _PROCESS, ""),
)
