"""Which names are those of secrets: `hf_token` is, `pad_token` is what texts about models are full of."""

from __future__ import annotations

import re
from enum import Enum, auto

from doctor.privacy.lazily import lazily

ABROAD = (
    *("密码", "密碼", "口令", "令牌", "密钥", "密匙", "秘钥", "授权码", "パスワード", "비밀번호", "пароль", "kennwort"),
    *(
        "adgangskode",
        "kodeord",
        "passord",
        "geslo",
        "lozinka",
        "palavra-passe",
        "şifre",
        "lösenord",
        "wachtwoord",
        "heslo",
        "jelszó",
        "salasana",
        "mật khẩu",
        "كلمة المرور",
        "סיסמה",
        "รหัสผ่าน",
    ),
    *("mot de passe", "contraseña", "contrasena", "senha", "hasło"),
)
STEMS = (
    *("token", "passw", "passphrase", "pwd", "secret", "auth", "cookie", "signature", "userpass"),
    *(
        "apikey",
        "api_key",
        "api-key",
        "api key",
        "access key",
        "secret key",
        "accesskey",
        "access_key",
        "access-key",
        "privatekey",
        "private_key",
    ),
    *("private-key", "accountkey", "account_key", "account-key", "sessionid", "session_id", "sessid", "csrf", "xsrf"),
    *("connectionstring", "connection_string", "subscription", "license_key", "encryption_key", "signing_key"),
    *(
        "_key",
        "_pass",
        "_pw",
        "-pass",
        "pass",
        "pw",
        "-key",
        "key-data",
        "license key",
        "product key",
        "product_key",
        "clave",
        "parola",
        *ABROAD,
    ),
)
# one of these is in every one of them
HINTS = (
    *("token", "pass", "pwd", "secret", "auth", "cookie", "signature", "key", "sess", "csrf", "xsrf", "pw"),
    *("connection", "subscription", "clave", "parola", *ABROAD),
)
STEM = lazily("|".join(map(re.escape, sorted(STEMS, key=len, reverse=True))))


class Secrecy(Enum):
    ANY = auto()  # whatever it is set to is secret
    TOKEN = auto()  # something that may also be a word or a number
    BARE = auto()  # only what looks like a secret
    HEADER = auto()


_END = r"[-_]?(?:\d{1,3}|value|text|base64|b64|prod|dev|old|new|id)?$"
_ANY = lazily(
    r"(?:passw(?:d|or[dt]|oord)|passphrase|passcode|userpass|requirepass|masterauth|(?:bind|user|root)pw|(?:^"
    r"|[^a-z])(?:secret|pwd|pass|pw)|[-_](?:secret|pass|pw)"
    r"|(?:app|key|client|consumer|shared|webhook|jwt|oauth2?|session|master)[-_ ]?secret"
    r"|secret[-_ ]?(?:access[-_ ]?)?key"
    r"|(?:^|[^a-z])(?:wandb|kaggle|openai|hf|huggingface|comet|anthropic|gemini|mistral|groq|deepseek|ngc"
    r"|github)[-_]?key"
    r"|(?:api|access|private|account|auth|subscription|license|(?:en|de)cryption|signing|product|functions|fernet"
    r"|master|storage)[-_ ]?key|key-data|(?:^|[^a-z])(?:clave|parola)"
    rf"|{'|'.join(ABROAD)}){_END}|connection[-_]?string$"
)
_TOKEN = lazily(rf"(?:token|(?:^|[^a-z])_auth|sess(?:ion)?_?id|(?:csrf|xsrf)(?:[-_]?token)?){_END}")
_OF_A_MODEL = lazily(
    r"(?:^|[^a-z])(?:[be]o[sit]|pad(?:ding)?|unk(?:nown)?|sep|cls|mask(?:ed)?"
    r"|next|prev|last|first|stop|start|end|max|min|num|n"
    r"|per|each|image|img|video|audio|vision|speech|text|prompt|input|output|special|extra|added|total|decoder|encoder"
    r"|gen|generated"
    r"|assistant|system|think|tool|query|pos|dist|mem|register|unexpected|byte|word|sub|current|cur|one"
    r"|draft|target|forced|suppress|placeholder|fim|distillation|class|patch)[-_ ]*token"
)
_TOKENS_ABROAD = lazily(
    r"(?:最大|最小|总|每[个次秒]?|输入|输出|特殊|填充|结束|起始|生成|新|一个|的)令牌$|令牌(?:数|长度|化)"
)
_HEADER = lazily(r"(?:^|[^a-z])auth(?:orization)?$|(?:^|[^a-z])cookies?$")


def kind_of(name: str) -> Secrecy | None:
    """Of a name as it is written; None where it names no secret."""
    low = name.lower()
    if _TOKENS_ABROAD.search(low):
        return None
    if low in ("pass", "pw"):
        return Secrecy.BARE
    if _ANY.search(low):
        return Secrecy.ANY
    if _TOKEN.search(low):
        prefixed = not low.lstrip("-").startswith("token") or name.startswith("--")
        return None if _OF_A_MODEL.search(low) else Secrecy.TOKEN if prefixed else Secrecy.BARE
    if re.fullmatch(r"[A-Z0-9]+(?:_[A-Z0-9]+)*_AUTH", name):
        return Secrecy.TOKEN
    if _HEADER.search(low):
        return Secrecy.BARE if low.endswith("auth") else Secrecy.HEADER
    return (
        Secrecy.BARE
        if re.search(r"(?:^|_)[A-Z0-9]+_KEY\d?$|(?i:signature(?:provided)?$)|^(?:user|app|bot|team|group)_key$", name)
        else None
    )
