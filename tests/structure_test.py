#!/usr/bin/env python3
"""The shape of the house, checked: who may include whom, where the sharp tools are kept, how long a file may be.

  tests/structure_test.py             checks the checkout, then itself (plants each kind of violation in a small copy)
  tests/structure_test.py DIR         checks that directory only

Closes with `N passed, N failed`. The rules are those of docs/architecture.md; ROOMS is the one table of them here.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

# Room -> rooms it may include (itself always). Said in the order of the building: below comes first.
ROOMS = {"base": set()}
for _room, _below in (
    ("crypto", {"base"}), ("json", {"base"}), ("language", {"base"}), ("db", {"base"}),
    ("document", {"base", "json"}), ("privacy", {"db", "crypto", "json", "document", "base"}),
):
    ROOMS[_room] = _below
_PRIVACY_AND_BELOW = {"privacy"} | ROOMS["privacy"]
BUSINESS = ("accounts", "inbox", "knowledge", "booking", "notify", "billing", "jobs", "backup", "organisation", "requests")
for _room in BUSINESS:
    ROOMS[_room] = set(_PRIVACY_AND_BELOW)
ROOMS["knowledge"] |= {"language"}
ROOMS["notify"] |= {"jobs"}
ROOMS["organisation"] |= {"accounts", "jobs", "notify"}
ROOMS["requests"] |= {"notify", "jobs", "language"}
ROOMS["assistant"] = {"inbox", "knowledge", "booking", "language"} | _PRIVACY_AND_BELOW
ROOMS["http"] = {"json", "base"}
ROOMS["api"] = {*BUSINESS, "assistant", "language", "http"} | _PRIVACY_AND_BELOW
ROOMS["net"] = {"http", "json", "base"}
ROOMS["app"] = set(ROOMS)

# Header -> who may include it: paths relative to the root that must match.
FENCED = (
    (r"boost/beast", r"src/net/|bench/", "Beast stays in net"),
    (r"(libpq-fe|libpq/.*|sqlite3)\.h", r"src/db/|bench/|tests/support/", "libpq and sqlite3 stay in db"),
    (r"openssl/", r"src/crypto/|src/net/[a-z_]*tls[a-z_]*\.|bench/", "OpenSSL stays in crypto and net's TLS files"),
    (r"boost/asio/ssl", r"src/net/|bench/", "TLS streams stay in net"),
    (r"curl/", r"src/notify/smtp\.cpp$", "libcurl stays in notify/smtp.cpp"),
    (r"(gmime/|glib(-object)?\.h)", r"src/notify/message\.cpp$", "GMime stays in notify/message.cpp"),
    (r"(cairo|pango)", r"src/document/pdf", "cairo and pango stay in the pdf files of document"),
)
SQL_ALLOWED = re.compile(r"src/db/|.*_store\.(cpp|hpp)$|.*_test\.cpp$|bench/")
SQL = re.compile(
    r"^\s*(WITH\s+\w+\s+AS\s*\(|SELECT\s|INSERT\s+INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|PRAGMA\s"
    r"|(CREATE|ALTER|DROP)\s+(UNIQUE\s+|VIRTUAL\s+)?(TABLE|INDEX|VIEW|TRIGGER|POLICY|ROLE)\s"
    r"|with\s+\w+\s+as\s*\(|select\s.*\sfrom\s+\w+\s+(where|order|limit|join)\b|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s)",
    re.S)

CPP = (".cpp", ".hpp")
CODE = (*CPP, ".ts", ".tsx", ".mjs", ".py", ".sh", ".cmake", ".css", ".sql", ".html")
MAX_LINES, LONG_LINES = 500, 400
GENERATED = re.compile(r"web/client/schema\.d\.ts$|web/package-lock\.json$")
# Split, so that this file does not find itself.
UNFINISHED = re.compile(r"(//|#|\*|--|<!--)\s*\b(TO" r"DO|FIX" r"ME)\b")
HOSTS = re.compile(
    r"registry\.npmjs" r"\.org|registry\.yarn" r"pkg|(deb|security|snapshot)\.debian" r"\.org|pypi" r"\.org"
    r"|[a-z0-9-]+\.pkg\.de" r"v\b|archive\.ubun" r"tu|proxy\.go" r"lang|/wor" r"k/(main|shared|\.lib)")
LOCK_RESOLVED = re.compile(r'"resolved":\s*"https?:')
MIGRATION = re.compile(r"^(\d{4})_[a-z0-9_]+\.(sqlite|pg)\.sql$")

TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<tag>[^()\s\\]{0,16})\((?P<raw>.*?)\)(?P=tag)"|"(?P<text>(?:\\.|[^"\\\n])*)"'
    r"|'(?:\\.|[^'\\\n])'|(?P<line>\n)|(?P<space>[ \t\r]+)|(?P<other>.)", re.S)


def scan(source):
    """Splits C++ into its code without comments and literals, and the literals as (line, text), neighbours joined."""
    code, literals, line, joined = [], [], 1, False
    for token in TOKEN.finditer(source):
        kind = token.lastgroup
        if kind in ("text", "raw") or token.group("raw") is not None:
            text = token.group("raw") if token.group("raw") is not None else token.group("text")
            if joined:
                literals[-1] = (literals[-1][0], literals[-1][1] + text)
            else:
                literals.append((line, text))
            joined = True
            code.append('""')
        elif kind in ("line", "space"):
            code.append(token.group())
        elif kind == "other":
            joined = False
            code.append(token.group())
        line += token.group().count("\n")
    return "".join(code), literals


class House:
    """A checkout: its files, read once."""

    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.files = {}
        for name in self._names():
            path = self.root / name
            if path.is_symlink() or not path.is_file():
                continue
            try:
                self.files[name] = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                pass  # a picture or a sound

    def _names(self):
        git = subprocess.run(["git", "-C", str(self.root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                             capture_output=True, check=False)
        if git.returncode == 0:
            return sorted(set(filter(None, git.stdout.decode().split("\0"))))
        # No git, or a checkout of another user: everything but what is made here.
        made = {".git", "build", "node_modules", "dist", "data", "__pycache__"}
        names = (p.relative_to(self.root) for p in self.root.rglob("*") if p.is_file())
        return sorted(str(n) for n in names if not made.intersection(n.parts))

    def of(self, *suffixes):
        return ((n, t) for n, t in self.files.items() if n.endswith(suffixes))

    def includes(self):
        for name, text in self.of(*CPP):
            for number, line in enumerate(text.split("\n"), 1):
                found = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
                if found:
                    yield name, number, found.group(1), found.group(2)


def rooms_include_only_what_they_may(house):
    for name, number, _, target in house.includes():
        parts = name.split("/")
        if parts[0] != "src" or len(parts) < 3:
            continue
        room, other = parts[1], target.split("/")[0]
        if room not in ROOMS:
            yield f"{name}: the room {room} is not in the table"
        elif "/" in target and other == "tests":
            if not name.endswith(("_test.cpp", "_test.hpp")):
                yield f"{name}:{number}: only tests may include {target}"
        elif "/" in target and other in ROOMS and other != room and other not in ROOMS[room]:
            yield f"{name}:{number}: {room} may not include {target}"


def includes_name_the_room(house):
    for name, number, quote, target in house.includes():
        if name.startswith("src/") and quote == '"' and ("/" not in target or ".." in target):
            yield f'{name}:{number}: write "room/file.hpp", not "{target}"'


def sharp_tools_stay_where_they_are_kept(house):
    for name, number, _, target in house.includes():
        for header, places, why in FENCED:
            if re.match(header, target) and not re.match(places, name):
                yield f"{name}:{number}: {target}: {why}"


def sql_stays_in_stores(house):
    for name, text in house.of(*CPP):
        if name.startswith("src/") and not SQL_ALLOWED.match(name):
            for line, literal in scan(text)[1]:
                if SQL.match(literal):
                    yield f"{name}:{line}: SQL outside a store: {literal[:40]!r}"


def no_std_regex(house):
    for name, text in house.of(*CPP):
        if re.search(r"std::(w?s?regex|regex_\w+)\b|#\s*include\s*<regex>", scan(text)[0]):
            yield f"{name}: std::regex (use RE2 or plain code)"


def headers_say_pragma_once(house):
    for name, text in house.of(".hpp"):
        if not re.search(r"^#pragma once$", text, re.M):
            yield f"{name}: no #pragma once"


def files_are_short(house):
    for name, text in house.of(*CODE):
        lines = text.count("\n")
        if GENERATED.search(name) or "/testdata/" in name or "/vectors/" in name:
            continue
        if lines > MAX_LINES:
            yield f"{name}: {lines} lines (at most {MAX_LINES})"
        elif lines > LONG_LINES:
            print(f"  note: {name} has {lines} lines; {LONG_LINES} is the aim")


def nothing_is_left_unfinished(house):
    for name, text in house.of(*CODE):
        for number, line in enumerate(text.split("\n"), 1):
            if UNFINISHED.search(line):
                yield f"{name}:{number}: {line.strip()[:60]}"


def no_machine_or_registry_is_named(house):
    for name, text in house.files.items():
        if name == "LICENSE":
            continue
        for number, line in enumerate(text.split("\n"), 1):
            if HOSTS.search(line) or (name.endswith("package-lock.json") and LOCK_RESOLVED.search(line)):
                yield f"{name}:{number}: names a registry's host or a path of one machine"


def migrations_come_in_pairs(house):
    seen = {}
    for name in house.files:
        if not name.startswith("migrations/"):
            continue
        folder, _, file = name.rpartition("/")
        found = MIGRATION.match(file)
        if not found:
            if name.endswith(".sql"):
                yield f"{name}: not NNNN_name.sqlite.sql or NNNN_name.pg.sql"
            continue
        stem = file[: -len(f".{found.group(2)}.sql")]
        seen.setdefault(folder, {}).setdefault(stem, set()).add(found.group(2))
    for folder, stems in seen.items():
        for expected, stem in enumerate(sorted(stems), 1):
            if stems[stem] != {"sqlite", "pg"}:
                yield f"{folder}/{stem}: only for {', '.join(stems[stem])}"
            if int(stem[:4]) != expected:
                yield f"{folder}/{stem}: number {expected:04} was due"


RULES = (
    rooms_include_only_what_they_may, includes_name_the_room, sharp_tools_stay_where_they_are_kept, sql_stays_in_stores,
    no_std_regex, headers_say_pragma_once, files_are_short, nothing_is_left_unfinished, no_machine_or_registry_is_named,
    migrations_come_in_pairs,
)

# What each rule must catch, and what it must let pass: (rule, file, content).
SOUND = {
    "src/base/id.hpp": "#pragma once\n#include <string>\n",
    "src/db/db.cpp": '#include <sqlite3.h>\n#include "base/id.hpp"\nauto s = "SELECT 1";\n',
    "src/notify/smtp.cpp": "#include <curl/curl.h>\n",
    "src/notify/message.cpp": '#include <gmime/gmime.h>\n#include "jobs/jobs.hpp"\n',
    "src/net/tls.cpp": "#include <boost/beast/core.hpp>\n#include <openssl/ssl.h>\n",
    "src/document/pdf_pages.hpp": "#pragma once\n#include <pango/pangocairo.h>\n#include <cairo-pdf.h>\n",
    "src/inbox/inbox_store.cpp": 'auto s = R"(\n  INSERT INTO message VALUES ($1))";\n',
    "src/inbox/inbox_test.cpp": '#include "tests/support/db.hpp"\n#include "inbox/inbox.hpp"\n',
    "src/inbox/inbox.hpp": '#pragma once\n// "SELECT" is said in a comment, std::regex too\n#include "privacy/open.hpp"\n'
                           'auto s = "Select a specialist from the list";\n',
    "src/app/main.cpp": '#include "net/server.hpp"\n#include "api/routes.hpp"\n',
    "migrations/tenant/0001_start.sqlite.sql": "CREATE TABLE a (b);\n",
    "migrations/tenant/0001_start.pg.sql": "CREATE TABLE a (b int);\n",
}
PLANTED = (
    (rooms_include_only_what_they_may, "src/base/bad.cpp", '#include "crypto/key.hpp"\n'),
    (rooms_include_only_what_they_may, "src/inbox/bad.cpp", '#include "booking/slot.hpp"\n'),
    (rooms_include_only_what_they_may, "src/net/bad.cpp", '#  include <db/db.hpp>\n'),
    (rooms_include_only_what_they_may, "src/cellar/bad.cpp", '#include "base/id.hpp"\n'),
    (rooms_include_only_what_they_may, "src/inbox/bad.cpp", '#include "tests/support/db.hpp"\n'),
    (includes_name_the_room, "src/inbox/bad.cpp", '#include "inbox.hpp"\n'),
    (includes_name_the_room, "src/inbox/bad.cpp", '#include "../db/db.hpp"\n'),
    (sharp_tools_stay_where_they_are_kept, "src/api/bad.cpp", "#include <boost/beast/http.hpp>\n"),
    (sharp_tools_stay_where_they_are_kept, "src/inbox/bad.cpp", "#include <sqlite3.h>\n"),
    (sharp_tools_stay_where_they_are_kept, "src/inbox/bad.cpp", "#include <libpq-fe.h>\n"),
    (sharp_tools_stay_where_they_are_kept, "src/net/session.cpp", "#include <openssl/evp.h>\n"),
    (sharp_tools_stay_where_they_are_kept, "src/document/html.cpp", "#include <cairo-pdf.h>\n"),
    (sharp_tools_stay_where_they_are_kept, "src/privacy/bad.cpp", "#include <pango/pangocairo.h>\n"),
    (rooms_include_only_what_they_may, "src/document/bad.cpp", '#include "privacy/register.hpp"\n'),
    (sharp_tools_stay_where_they_are_kept, "src/api/bad.cpp", "#include <curl/curl.h>\n"),
    (sharp_tools_stay_where_they_are_kept, "src/notify/notify.cpp", "#include <curl/curl.h>\n"),
    (sharp_tools_stay_where_they_are_kept, "src/notify/notify.cpp", "#include <gmime/gmime.h>\n"),
    (rooms_include_only_what_they_may, "src/jobs/bad.cpp", '#include "notify/notify.hpp"\n'),
    (sql_stays_in_stores, "src/inbox/bad.cpp", 'auto s = "SELECT id "\n  "FROM message";\n'),
    (sql_stays_in_stores, "src/inbox/bad.cpp", 'auto s = "DELETE "\n  "FROM message";\n'),
    (sql_stays_in_stores, "src/api/bad.cpp", 'auto s = R"sql(\n  update lead set name = $1)sql";\n'),
    (no_std_regex, "src/base/bad.cpp", "std::regex r;\n"),
    (no_std_regex, "src/base/bad.cpp", "#include <regex>\n"),
    (headers_say_pragma_once, "src/base/bad.hpp", "// #pragma once\nint a;\n"),
    (files_are_short, "web/widget/src/bad.ts", "let a;\n" * (MAX_LINES + 1)),
    (nothing_is_left_unfinished, "src/base/bad.cpp", "// TO" "DO later\n"),
    (nothing_is_left_unfinished, "scripts/bad.sh", "# FIX" "ME\n"),
    (no_machine_or_registry_is_named, "web/.npmrc", "registry=https://registry.npmjs" ".org/\n"),
    (no_machine_or_registry_is_named, "web/package-lock.json", '"resolved": "https://x.example/a.tgz"\n'),
    (no_machine_or_registry_is_named, "docs/bad.md", "see /wor" "k/shared/design.md\n"),
    (migrations_come_in_pairs, "migrations/tenant/0002_next.pg.sql", "SELECT 1;\n"),
    (migrations_come_in_pairs, "migrations/tenant/2_next.pg.sql", "SELECT 1;\n"),
)


def check(root):
    house = House(root)
    return {rule.__name__: list(rule(house)) for rule in RULES}


def self_test():
    """Every planted violation must be found by its rule alone, and sound code by none. Returns the complaints."""
    complaints = []
    for planted in (None, *PLANTED):
        with tempfile.TemporaryDirectory() as folder:
            files = dict(SOUND)
            if planted:
                files[planted[1]] = planted[2]
            for name, text in files.items():
                path = pathlib.Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            found = {name for name, problems in check(folder).items() if problems}
        expected = {planted[0].__name__} if planted else set()
        if found != expected:
            complaints.append(f"planted {planted and planted[1:]}: found by {found or 'no rule'}, expected {expected or 'none'}")
    return complaints


def main():
    here = pathlib.Path(__file__).resolve().parent.parent
    passed = failed = 0
    for rule, problems in check(sys.argv[1] if len(sys.argv) > 1 else here).items():
        passed, failed = passed + (not problems), failed + bool(problems)
        print(f"{'FAILED' if problems else 'ok':>6}  {rule.replace('_', ' ')}")
        for problem in problems:
            print(f"        {problem}")
    if len(sys.argv) == 1:
        complaints = self_test()
        for complaint in complaints:
            print(f"FAILED  self-test: {complaint}")
        passed, failed = passed + len(PLANTED) + 1 - len(complaints), failed + len(complaints)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
