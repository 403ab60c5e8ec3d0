"""What PowerShell and the command prompt say of scripts, and of themselves."""

from __future__ import annotations

from dataclasses import replace

from doctor.bootstrap.known_failures.reason import ADMINISTRATOR, Reason, Row

_OTHER_POWERSHELL = "run this in a new window, with the other PowerShell (powershell or pwsh)"

_NO_COMMAND = " is not recognized as an internal"
_WORD = r"(?:[^'\\/:.]|\.\B){0,80}"
_PROGRAMS = "python3?|py|pip3?|conda|mamba|uv|git|node|npm|npx|curl|wget|cl|link|nmake|cmake|ninja|nvcc|java|docker"
_PIECE = rf"'(?!(?:{_PROGRAMS})')[^'\\/:.]{{1,40}}'{_NO_COMMAND}[^']{{0,120}}"  # of a line
_GARBLED = rf"'{_WORD}[^\x00-\x7f'\\/:.]{{2}}{_WORD}'{_NO_COMMAND}"

_KEYWORDS = "param|else|elseif|catch|finally|begin|process|end|using|until|filter|function|class"
_NEW_PARAMETERS = (  # of PowerShell 7
    "skipcertificatecheck|ashashtable|parallel|throttlelimit|asbytestream|sslprotocol|resume|form|maximumretrycount"
    "|retryintervalsec|authentication|allowunencryptedauthentication|httpversion|additionalchildpath"
)
_UNREADABLE = Reason(
    "script",
    "PowerShell cannot read the script: it is damaged, or made for another version of PowerShell",
    "fetch it again, as it is; or run it in PowerShell 7",
    is_general=True,
)
_BAD_ADDRESS = Reason(
    "script",
    "an address in the command or the script is not valid",
    "correct it: it begins with https://",
)

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        Reason(
            "policy",
            "only an administrator may change PowerShell's policy for all users",
            "Set-ExecutionPolicy -Scope CurrentUser RemoteSigned, and run this again",
        ),
        (
            r"unauthorizedaccessexception,microsoft\.powershell\.commands\.setexecutionpolicy",
            r"\[set-executionpolicy\], unauthorizedaccess",
            r"\(localmachine\).{0,300}set-executionpolicy -scope currentuser",
        ),
    ),
    (
        Reason(
            "policy",
            "a group policy, or another policy that takes precedence, forbids PowerShell scripts",
            f"see which: Get-ExecutionPolicy -List; where it is MachinePolicy or UserPolicy, {ADMINISTRATOR}",
        ),
        (r"(?:allsigned|(?<!un)restricted)\b.{0,600}executionpolicyoverride,",),
    ),
    (
        Reason(
            "policy",
            "PowerShell's policy forbids its profile, which sets up conda",
            "Set-ExecutionPolicy -Scope CurrentUser RemoteSigned, and run this in a new window",
        ),
        (r"profile\.ps1\b.{0,300}running scripts is disabled.{0,1500}the term '(?:conda|mamba)' is not recognized",),
    ),
    (
        Reason(
            "policy",
            "PowerShell's policy forbids this script",
            "start it with: powershell -ExecutionPolicy Bypass -File scripts\\bootstrap.ps1; another script, after: "
            "Set-ExecutionPolicy -Scope Process Bypass; "
            f"where a group policy or Constrained Language Mode forbids that, too, {ADMINISTRATOR}",
        ),
        (
            r"about_execution_policies", r"pssecurityexception", r"requires an execution policy",
            r"running scripts is disabled", r"is not digitally signed",
            r"supported in this language mode|core types in this language mode",
        ),
    ),
    (
        Reason("old-program", "this PowerShell is too old: it lacks {detail}", "run this again in PowerShell 7"),
        (
            r"the term '((?:invoke-(?:webrequest|restmethod)|(?:expand|compress)-archive|get-filehash"
            r"|install-(?:module|script|packageprovider)))' is not",
        ),
    ),
    (
        Reason(
            "no-environment",
            "PowerShell took an environment's folder for a module",
            "type .\\ before it; or, if it does not exist, create it first",
        ),
        (r"module '[^']{0,20}env[^']{0,20}' could not be loaded.{0,600}couldnotautoload",),
    ),
    (
        Reason("old-program", "a module of PowerShell could not be loaded", _OTHER_POWERSHELL),
        (
            r"couldnotautoload", r"module '[^'\\/:]{1,80}' was not loaded because no valid module file",
            r"the term 'start-bitstransfer' is not",
        ),
    ),
    (
        Reason(
            "old-program",
            "in Windows PowerShell, Expand-Archive only opens files whose names end in .zip",
            "run this again in PowerShell 7; or give the file that extension",
        ),
        (r"notsupportedarchivefileextension", r"is not a supported archive file format"),
    ),
    (
        Reason("old-program", "the script is for a newer PowerShell", "run this again in PowerShell 7"),
        (
            r"scriptrequiresunmatchedpsversion", r"insufficientpowershellversion",
            r"#requires.{0,60} statement for (?:windows )?powershell",
            rf"['\"“„«‘](?:{_NEW_PARAMETERS})['\"”“»’].{{0,400}}parameternotfound",
            r"parameternotfound,\S{0,60}\.joinpath",
        ),
    ),
    (
        replace(_UNREADABLE, is_general=False),
        (r"token '&&' is not.{0,600}(?:missing the terminator|missing closing|unexpected token)",),
    ),
    (
        Reason(
            "old-program",
            "this PowerShell does not know &&",
            "type the commands one by one; or run this in PowerShell 7",
        ),
        (r"token '&&' is not",),
    ),
    (
        Reason(
            "no-program",
            "PowerShell does not start programs in the current folder by their name alone",
            "type .\\ before its name, and run this again",
        ),
        (r"about_command_precedence", r"does not load commands from the current location"),
    ),
    (  # PowerShell 7 says it with the number that was Internet Explorer's
        _BAD_ADDRESS,
        (r"scheme is not supported(?:.{0,900}webcmdletiedomnotsupported)?",),
    ),
    (
        replace(_BAD_ADDRESS, is_general=True),
        (r"\binvalid uri: the (?:hostname|format|uri)",),
    ),
    (
        Reason(
            "internet-explorer",
            "a script reads pages with Internet Explorer, which was never started here",
            "run it in PowerShell 7; or start Internet Explorer once",
        ),
        (
            r"internet explorer.{0,2}engine", r"webcmdletiedomnotsupported",
        ),
    ),
    (
        Reason(
            "portal",
            "what was downloaded is a web page that shows the script, not the script",
            "download the script itself: on GitHub, the address behind the button Raw on that page",
        ),
        (
            r"class=\"octicon|octicon octicon-|id=\"client-env|\bdata-turbo-\w{1,30}=|\bcolor-fg-(?:default|muted)",
            r"\.ps1:\d{1,5} (?:\S{2,9}: ?\d{1,4})? ?the ampersand \(&\) character",
        ),
    ),
    (
        _UNREADABLE,
        (
            r"parsererror: ?(?:\(|[a-z]:|/|line)", r"scriptparseerror", r"unexpected token '[^']{1,80}' in expression",
            r"missing closing '[)}]", r"missing argument in parameter list", r"missing its catch or finally",
            r"missing (?:expression|statement block|type name|condition|property name) (?:after|in)\b",
            r"(?:first element of a pipeline|before any other statements)\.", r"ampersand \(&\) character is not",
            r"expression was expected after",
            r"string is missing the terminator",
        ),
    ),
    (
        Reason(
            "script",
            "the lines of a batch file are taken for commands: it is not in this system's character set, "
            "or its lines end as on Linux",
            "download it again, unchanged (a ZIP file instead of a copied text); or run its commands one by one",
            is_general=True,
        ),
        (rf"(?:{_PIECE}){{4}}", rf"{_GARBLED}(?:[^']{{0,80}}'[^']{{1,200}}'{_NO_COMMAND}){{0,60}}",),
    ),
    (
        Reason(
            "script",
            "a batch file cannot be read, probably because of spaces or brackets in its path",
            "move its folder to where the path has none",
            is_general=True,
        ),
        (r"was unexpected at this time",),
    ),
    (
        Reason(
            "script",
            "a command was given more words than it takes",
            "put a path that has a space in quotes",
            is_general=True,
        ),
        (r"positionalparameternotfound",),
    ),
    (
        Reason(
            "script",
            "PowerShell was given nothing to run: what was to be read came back empty",
            "run this again; where it is the work of mamba's or conda's own part, update that",
            is_general=True,
        ),
        (r"argument to parameter 'command' because it is (?:an empty string|null)",),
    ),
    (
        Reason(
            "bad-name",
            "a PowerShell command was given an option that it does not have",
            "correct its spelling; if it is right, run this in PowerShell 7",
            is_general=True,
        ),
        (r"namedparameternotfound(?!,\S{1,80}\.ps1)", r"parameter cannot be found that matches parameter name"),
    ),
    (
        Reason(
            "script",
            "what a script looked for, or was to be told, came back empty",
            "look above for what failed first; if there is nothing, get the script's newest version",
            is_general=True,
        ),
        (
            r"parameterargumentvalidationerror", r"argument to parameter '[^']{1,60}' because it is (?:an empty|null)",
            r"parameter '[^']{1,60}'\. the argument is null or empty", r"nullpathnotpermitted",
            r"path argument was null or an empty", r"badexpression",
            r"expression after '&' in a pipeline element produced",
        ),
    ),
    (
        Reason("script", "the script itself has a bug", "get its newest version", is_general=True),
        (
            r"'[^']{0,60}(?:\{\{|\$\{)[^']{0,60}' is not recognized", r"null-valued expression",
            r"index into a null array|nullarray\b",
            r"unable to find type \[", r"parameternotfound,microsoft\.powershell\.commands\.invokeexpression",
            r"the given path's format is not supported",
            r"(?:method|property)notfound|does not contain a method named|variableisundefined",
            r"cannot be retrieved because it has not been set", r"cannot find type \[", r"to type \"system\.version\"",
            rf"the term '(?:{_KEYWORDS})' is not recognized",
        ),
    ),
)
# fmt: on
