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
_ACCOUNT = rf"({_LOGIN}|\$USER)[@㉿]({_HOST})"
_PROMPT = lazily(
    rf"(?m)(?<![\w./@:+-]){_ACCOUNT}(?=:(?:[~/]|\s*[$#]|[ ]Permission denied)|'s password:|[ \t]+(?:MINGW|MSYS)"
    r"|\]?[$%#>][ ](?=\S)|\)-\[~?"
    r"|[ \t]+[~\w./-]{1,80}(?:[ \t]+\([\w/-]{1,40}\))?[ \t]*\]?[ \t]*[$#%❯➜>](?:\s|$))"
)
_AT = lazily(  # of a command, alone on its line as neofetch has it, or in a domain that is nobody else's
    r"(?m)(➜[ ]{1,3}|╭─|\b(?:ProxyJump|ssh|scp|sftp|rsync|mosh|sshfs)\b[^\n@]{0,120}? "
    r"|(?:^|(?<![ \t])[ \t]{2,})(?=[\w.-]{2,80}@[\w.-]{3,200}[ \t]*$)"
    r"|(?<![\w./@:+-])(?=[\w.-]{1,32}@[\w.-]{1,80}\.(?:local|internal|lan|corp|home)\b))"
    rf"(?!(?:git|hg)@){_ACCOUNT}(?![\w@(\[]|\.\w)"
)
_EMAIL = lazily(
    r"(?<![\w.+/@%-])(?!(?:git|hg|svn|nobody|user\d{1,6})@)([\w+%-][\w.+%-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,6}"
    r"(?:com|org|net|edu|gov|mil|int|info|io|ai|dev|app|me|eu|tech|cloud|name|biz|xyz|[a-z]{2})"
    r"|[\w.-]{1,40}@[A-Z][A-Z0-9-]{1,30}(?:\.[A-Z0-9-]{2,30}){1,4})(?![\w(\[-]|\.\w)"
)
_ABROAD = (
    "用户名",
    "用戶名",
    "账号",
    "帐号",
    "帳號",
    "ユーザー名",
    "benutzername",
    "benutzer",
    "utilisateur",
    "usuario",
    "пользователь",
)
_KEYED_ABROAD = lazily(rf"(?i)((?:{'|'.join(_ABROAD)})[ \t]?[:\uff1a][ \t]{{0,20}})([^\s,;:，；：\"'<>()（）]{{2,32}})")
_KEYED = lazily(
    r"(?im)((?:(?<![a-z.])(?:[A-Z]{2,12}_)?(?:USER_?NAME|LOGNAME|SUDO_USER|LOGIN_NAME|USERID)"
    r"|(?<![\w.-])(?:[A-Z]{2,12}_){0,2}USER(?=[ \t]?=))\\*[\"']?\]?[ \t]{0,20}[:=][ \t]{0,20}\\*[\"']?"
    r"|(?<!\\)\\*[\"'](?:user|login|owner)\\*[\"'][ \t]{0,4}:[ \t]{0,4}\\*[\"']"
    r"|\[sudo\] password for |\bno such user:? [\"']?"
    r"|\b(?:machine|default)(?:[ \t]+\S{1,100})?\s+login[ \t]+"
    r"|\b(?:docker|podman|skopeo|helm|twine|curl|wget|az|oras|mongo\w{0,8}|mysql\w{0,8}|mariadb|ansible\S{0,12}"
    r"|lftp)\b[^\n]{0,60}? (?:-u|--user(?:name)?)[ =][\"']?(?=\S)"
    r"|^[ \t]*owner[ \t]*:[ \t]+(?=\S+[ \t]*$)|^[ \t]+user(?:[ \t]*:)?[ \t]+(?=\S+[ \t]*$)"
    r"|\b[ug]id=\d{1,10}\(|\b(?:current|effective|login|unix|linux|os|ssh) user(?:name)?[ ]?: |\b(?:running as|run as"
    r"|owned by) user:? "
    r"|\buser [\"'‘](?=\S{1,32}[\"'’] (?:does|is|has|was|not|cannot))|\buser (?=\S{1,32} (?:does not exist|not found))"
    r"|\buid=(?=[\w.-]{1,32},(?:ou|dc|cn)=)|^User[ \t]{0,20}:[ \t]{1,20}(?=[a-z][\w.-]{2,31}[ \t]*\n(?!assistant|bot|ai"
    r"|system|human)[A-Z][\w ]{1,30}:[ \t])"
    r"|\bsession \S{1,12} of user (?=\S{1,32}$)|\bauth ?= ?\([\"']"
    r"|\bstarted by user |\bauthenticating to \S{1,200} as '"
    r"|\b(?:login|user(?:name)?)[:=]?[ \t]+(?!(?:and|or|und|oder|et|y)\b)(?=\S{1,32}[ \t]+(?:pass(?:word|wd)?|pwd)\b)"
    r"|\bremote user:? |\blogged in to \S{1,80} (?:as|account) |:(?:user"
    r"|assumed-role/[\w+=,.@-]{1,64})/"
    r"|\b(?:ssh|remote|db|ansible|login|head|host|cluster|hpc|os|mail)_user\\*[\"']?[ \t]{0,9}[:=][ \t]{0,9}[\"']?"
    r"|\bSLURM_JOB_ACCOUNT=|#SBATCH (?:--account[= ]|-A )|\brepo_owner[ ]?[=:][ ]?[\"']?"
    r"|\bcredentials?[ ]?[:=][ ]?[\"']?(?=[\w.@-]{1,40}:[^\s/])|\blogged in as:? (?:\x1b\[\d{1,2}m)?"
    r"|\bpassword for [\"']?(?:https?://)?(?=\w{1,32}[@:])"
    r"|\b(?:failed|accepted) (?:password|publickey|\S{1,20}/pam) for (?:invalid user )?|\bsorry, user "
    r"|\b(?:for|unknown|invalid|no such|the|role) user:?[ ][\"'‘](?=\S{1,32}[\"'’:])|\brole \"(?=\S{1,32}\" does)"
    r"|\bWANDB_ENTITY[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?|\bwandb\.init\([^\n)]{0,200}\bentity[ ]?=[ ]?[\"']"
    r"|--(?:wandb[_-])?entity[ =]"
    r"|\baccess denied for (?=[\w.-]{1,32}[ \t]*$)|\b(?:dvc|git|rclone) (?:remote|config)\b[^\n]{0,60} user "
    r"|\bsudo: {1,4}(?=\S{1,32} : ))"
    rf"({_LOGIN}(?:\\{{1,2}}{_LOGIN})?)(?![\w(\[])"
)
_OF_A_JOB = lazily(rf"(?i)(\b(?:UserId|GroupId)=|\bjob[_ ]owner[ \t]{{0,4}}[:=][ \t]{{0,4}})({_LOGIN})(?=[(@\s]|$)")
_TRACKED = lazily(
    rf"(\b(?:wandb\.ai|comet\.com|neptune\.ai)/(?!(?:docs|site|settings|home|login)/))({_LOGIN})(?=/[\w-])"
    rf"|(\blogged in as:? \S{{1,40}} \()({_LOGIN})(?=\))"
)
_OWNER = lazily(
    r"(?im)((?:\b(?:windows|cs)?(?:registered ?owner|primaryownername|username|registrierter (?:besitzer|eigentümer)"
    r"|propriétaire enregistré|propiedad de)|注册的所有人)[ \t]{0,60}[:\uff1a][ \t]{1,40}"
    r"|^[ \t]+user name:[ \t]{1,40})"
    r"([^\n]{1,60}?)(?=[ \t]*$)"
)
_AUTHOR_ABROAD = lazily(
    r"((?:作者|姓名|联系人|负责人)[ \t]?[:\uff1a][ \t]?)([\u4e00-\u9fff]{2,4})(?![\u4e00-\u9fff\w])"
)
_WORD = r"[^\W\d_]{1,20}"
_CAPITAL = rf"[^\W\d_a-z]{_WORD}"
_NO_PERSON = (
    r"(?!The |[^\n<]{0,40}\b(?:[Tt]eam|[Aa]uthors|[Dd]evelopers|Support|Inc|Corporation|Labs?|Group|Foundation)\b)"
)
_FULL = lazily(  # with a title, or below a letter
    rf"(?m)(\b(?i:Prof\.|Dr\.(?:-Ing\.)?|Herr|Frau|Mrs?\.|Monsieur|Madame) (?:Dr\. )?"
    rf"|\b(?i:reported by|contact|assignee|requester|requested by|full name|real name|student|ansprechpartner|owner"
    rf"|submitted by|created by):[ ]{{1,8}}(?={_CAPITAL} {_CAPITAL})"
    rf"|\bcn=(?={_CAPITAL} [^,\n]{{1,40}},(?:ou|dc|cn)=)|(?i:regards|grüße|grüßen|sincerely|cheers|cordialement"
    rf"|saludos),?\s{{1,4}}){_NO_PERSON}({_CAPITAL}(?:[ -]{_CAPITAL}){{0,2}})(?=[ \t,.:;!?)]|$)"
)
_NO_SUDOER = lazily(rf"(\s|^)({_LOGIN})(?= is not in the sudoers)")
_COMMIT = lazily(
    r"(?m)^([ \t]*(?:Author|Committer|Commit|Signed-off-by|Co-authored-by|Reviewed-by|Merged-by|Tagger"
    r"|Reported-by|Submitted[ -]by|From|Cc):[ \t]++)"
    r"([^\n<]{1,80}?)(?=[ \t]*<[^>\n]{0,120}>)"
    r"|((?:\buser\.name|\[user\]\s{1,20}name)[ \t]{0,4}[= ][ \t]{0,4}[\"']?)([^\n\"']{1,80})"
)
_WITH_ADDRESS = lazily(  # before an address, or beside it
    rf"(?m)((?:^|[\"'(,;:=>]|\bby)[ \t]{{0,4}}){_NO_PERSON}"
    rf"({_CAPITAL}(?:-{_WORD})?(?:[ ]{_CAPITAL}(?:-{_WORD})?){{1,3}}(?:[ ]\(\w{{2,20}}\))?)"
    r"(?=[ ]<[^\s<>@]{1,64}@[^\s<>]{1,100}>|[\"'],\s{1,20}[\"']?email[\"']?[ ]?[=:])"
)
_REMOTE = lazily(  # over SSH, as Git lists them, as Git's configuration has them
    r"((?:^|(?<=[\s\"'+=(]))(?:ssh://)?(?:git|hg|gitea|gitlab)@[\w.-]{1,253}(?::(?:\d{2,5}/)?|/))"
    r"([\w~][\w./~-]{1,200}?)(?=(?:\.git)?(?:[\s\"'@#)]|$))"
    r"|((?:\borigin|\bupstream|\bfork)\t(?:https?|ssh|git)://[\w.:-]{1,253}/)"
    r"([^\s<]{1,200}?)(?=(?:\.git)?[ \t]+\((?:fetch|push)\))"
    r"|(\b(?:remote\.[\w-]{1,40}\.url=|url = |\"url\": \"|remote_url: )(?:https?|ssh|git)://(?:github|gitlab|bitbucket"
    r"|gitee)"
    r"[\w.:-]{0,253}/)([^\s\"'<]{1,200}?)(?=\.git\b)"
)
_NOBODY = lazily(
    r"str|int|string|bool|true|false|required|optional|n/a|_.*|systemd.*|user\d{1,6}|__\w+__|.|(?:self|args|cfg|config"
    r"|os|sys)\..*|\$user"
)

Learn = Callable[[str, str], None]


def namer(names: StandIns, learn: Learn) -> Callable[[str], str]:
    """What gives a person's name its stand-in; `learn` is told both."""

    def named(name: str) -> str:
        if is_own(name):
            return USER
        if _NOBODY.fullmatch(name.lower()) or name.lower() in public_names("accounts"):
            return name
        stand_in = names.of(PERSON, name)
        learn(name, stand_in)
        return stand_in

    return named


def without_persons(text: str, low: str, names: StandIns, learn: Learn) -> str:
    named = namer(names, learn)
    for hints, pattern, form in _FORMS:
        if any(map(low.__contains__, hints)):
            text = pattern.sub(partial(_with, named=partial(names.of, form) if form else named), text)
    if "@" not in text and "㉿" not in text:
        return text
    for pattern in (_PROMPT, _AT):
        text = pattern.sub(lambda found: _prompt(found, named, names, learn), text)
    return _EMAIL.sub(lambda found: found[0] if _is_of_a_project(found[0]) else names.of(EMAIL, found[0]), text)


def _is_of_a_project(address: str) -> bool:
    role, _, domain = address.lower().partition("@")
    return role in public_names("roles") and is_public_host(domain)


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
    mark = found.string[found.end(len(before) + 1)]
    return f"{''.join(before)}{named(user)}{mark}{host}"


# words of which a text must hold one for the expression to be tried; the form of the stand-in, "" for a person's
_FORMS: tuple[tuple[tuple[str, ...], re.Pattern[str], str], ...] = (
    (("@", "(fetch)", "(push)", "remote", "url = ", '"url"'), _REMOTE, REPOSITORY),
    ((" <", "user.name", "[user]"), _COMMIT, ""),
    ((" <", "email"), _WITH_ADDRESS, ""),
    (("userid=", "groupid=", "job_owner", "job owner"), _OF_A_JOB, ""),
    (
        (
            "user",
            "logname",
            "login",
            "owner",
            "sudo",
            "uid=",
            "gid=",
            "password",
            "logged",
            " -u ",
            "role",
            "entity",
            "denied",
            "accepted",
            "auth",
            "credential",
            "account",
            "#sbatch",
        ),
        _KEYED,
        "",
    ),
    (_ABROAD, _KEYED_ABROAD, ""),
    (("wandb.ai/", "comet.com/", "neptune.ai/", "logged in as"), _TRACKED, ""),
    (
        (
            "prof.",
            "dr.",
            "herr ",
            "frau ",
            "mr",
            "mons",
            "madame",
            "regards",
            "grüße",
            "sincer",
            "cheers",
            "cordial",
            "saludos",
            " by:",
            "contact",
            "assign",
            "request",
            "name:",
            "student",
            "ansprech",
            "owner",
            "cn=",
        ),
        _FULL,
        "",
    ),
    (("owner", "csusername", "user name:", "registrierter", "propri", "propiedad", "注册"), _OWNER, ""),
    (("作者", "姓名", "联系人", "负责人"), _AUTHOR_ABROAD, ""),
    (("sudoers",), _NO_SUDOER, ""),
)
