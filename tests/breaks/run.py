#!/usr/bin/env python3
"""The proof that every promise has a test that can fail: breaks the program on purpose and wants to see red.

  tests/breaks/run.py --check          no build: every break's text is still found, every promise is covered
  tests/breaks/run.py [P41 …]          makes the breaks of these promises (of all) one by one and prints a table
  tests/breaks/run.py --fast [P41 …]   the same without those that need the live server or a browser

The breaks stand in breaks.toml: realistic mistakes, each with the tests that must notice. They are made in a copy of
the checkout under build/breaks, never in the checkout itself. First the unbroken copy must pass the same tests; then
per break: one text replaced, one target built, one filter run, the text put back. Failures are a break whose text is
not there, that does not build, or that no test notices. Closes with `N passed, N failed`.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HERE = pathlib.Path(__file__).resolve().parent
PROMISES = 56
TEST_SECONDS = 300
BUILD_JOBS = os.environ.get("CHATIKA_BREAK_JOBS", "2")
# Made here, not part of the sources: the copy uses the checkout's own.
SHARED = ("build/deps", "build/tools", "web/node_modules", "tests/node_modules")
NAMED = re.compile(r"\bP(\d+)(?:\s*(?:to|–|-)\s*P?(\d+))?")


def table():
    return tomllib.loads((HERE / "breaks.toml").read_text(encoding="utf-8"))


def of(breach):
    """"P7, P8" -> [7, 8]."""
    return [int(n) for n in re.findall(r"\d+", breach["promise"])]


def occurrences(root, breach):
    path = root / breach["file"]
    return path.read_text(encoding="utf-8").count(breach["find"]) if path.is_file() else 0


def promised(text):
    """The numbers that the table of docs/privacy.md names."""
    found = set()
    for line in text.splitlines():
        if not line.startswith("| P"):
            continue
        for first, last in NAMED.findall(line.split("|")[1]):
            found.update(range(int(first), int(last or first) + 1))
    return found


def sources(root):
    """Everything a test may stand in, as one text."""
    names = [p for p in (root / "src").rglob("*_test.cpp")]
    names += [p for folder in ("live", "e2e") for p in (root / "tests" / folder).rglob("*.mjs")]
    names += list((root / "web/widget/src").glob("*.test.ts"))
    return "\n".join(p.read_text(encoding="utf-8") for p in names)


def complaints(root, data):
    """What --check finds wrong, one line each."""
    out = []
    covered, attested = set(), {int(k[1:]) for k in data["without_break"]}
    tests = sources(root)
    for breach in data["break"]:
        name = f"{breach['promise']} in {breach['file']}"
        count = occurrences(root, breach)
        if count != 1:
            out.append(f"{name}: the text to break is found {count} times: {breach['find'][:60]!r}")
        if breach["find"] == breach["replace"]:
            out.append(f"{name}: breaks nothing")
        covered.update(of(breach))
    for number in sorted(covered):
        if not re.search(rf"(?<![A-Za-z0-9])P{number}(?![0-9])", tests.replace("_", " ")):
            out.append(f"P{number}: no test is named after it")
    everything = set(range(1, PROMISES + 1))
    if promised((root / "docs/privacy.md").read_text(encoding="utf-8")) != everything:
        out.append(f"docs/privacy.md does not name P1 to P{PROMISES}, each once")
    out += [f"P{n}: neither a break nor a reason why there is none" for n in sorted(everything - covered - attested)]
    out += [f"P{n}: has a break and a reason why there is none" for n in sorted(covered & attested)]
    return out


def self_test(data):
    """The check must itself be able to fail: each planted fault of the table has to be found."""
    def without(number):
        return [b for b in data["break"] if number not in of(b)]

    first = data["break"][0]
    planted = {
        "a text that is gone": {**data, "break": [{**first, "find": "no source says this"}, *data["break"][1:]]},
        "a break that breaks nothing": {**data, "break": [{**first, "replace": first["find"]}, *data["break"][1:]]},
        "a promise without a break": {**data, "break": without(41)},
        "a break and a reason for none": {**data, "without_break": {**data["without_break"], "P41": "x"}},
        "no reason for none": {**data, "without_break": {}},
    }
    return [f"self-test: {name} is not found" for name, faulty in planted.items() if not complaints(ROOT, faulty)], len(planted)


def write_if_other(path, content):
    """What is the same keeps its time, so that it is not built again."""
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True


class Copy:
    """The checkout's files, copied to build/breaks/tree; only what differs is written, so that a build stays usable."""

    def __init__(self):
        self.tree = ROOT / "build/breaks/tree"
        self.build = self.tree / "build/release"
        self.logs = ROOT / "build/breaks/logs"
        self.logs.mkdir(parents=True, exist_ok=True)
        self.env = dict(os.environ, CCACHE_BASEDIR=str(self.tree), CCACHE_NOHASHDIR="1", LC_ALL="C.UTF-8",
                        CHATIKA_BIN=str(self.tree / "build/chatika"), GTEST_COLOR="no", NO_COLOR="1")
        self.env.setdefault("CHATIKA_CHROMIUM", "/usr/bin/chromium")

    def refresh(self):
        names = subprocess.run(["git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                               capture_output=True, check=True).stdout.decode().split("\0")
        wanted = {n for n in names if n and (ROOT / n).is_file()}
        for name in sorted(wanted):
            if write_if_other(self.tree / name, (ROOT / name).read_bytes()):
                shutil.copymode(ROOT / name, self.tree / name)
        for folder in ("src", "migrations", "tests", "cmake", "web"):  # what is gone from the checkout goes here too
            for path in (self.tree / folder).rglob("*"):
                name = str(path.relative_to(self.tree))
                if not {"node_modules", "dist"}.intersection(path.parts) and path.is_file() and name not in wanted:
                    path.unlink()
        for name in SHARED:
            link = self.tree / name
            if (ROOT / name).exists() and not link.exists():
                link.parent.mkdir(parents=True, exist_ok=True)
                link.symlink_to(ROOT / name)
        self.take_web()

    def take_web(self):
        """What the checkout built of web/: a break of the widget may have left another in the copy."""
        built = {p.relative_to(ROOT): p for p in ROOT.glob("web/*/dist/**/*") if p.is_file()}
        for path in self.tree.glob("web/*/dist/**/*"):
            if path.is_file() and path.relative_to(self.tree) not in built:
                path.unlink()
        for name, source in built.items():  # with a time of now, so that the build sees it
            write_if_other(self.tree / name, source.read_bytes())

    def run(self, command, log, seconds, cwd=None):
        """(exit status or None when it did not end, all it said)."""
        with subprocess.Popen(command, cwd=cwd or self.tree, env=self.env, stdin=subprocess.DEVNULL, text=True, errors="replace",
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True) as process:
            try:
                output, _ = process.communicate(timeout=seconds)
                status = process.returncode
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, 9)
                output, status = process.communicate()[0], None
        (self.logs / f"{log}.log").write_text(output, encoding="utf-8")
        return status, output

    def make(self, target, log):
        """Builds what the tests of `target` need. True when that worked."""
        goal = target if target.endswith("_test") else "chatika"
        if not (self.build / "build.ninja").is_file():
            if self.run(["cmake", "--preset", "release", "-S", str(self.tree)], "configure", 600)[0] != 0:
                return False
        if target.startswith("e2e:"):  # the breaks there are the widget's; the program carries what this makes
            if self.run(["npm", "run", "build", "-w", "widget"], f"{log}-web", 600, self.tree / "web")[0] != 0:
                return False
        elif goal == "chatika":
            self.take_web()
        if self.run(["ninja", "-C", str(self.build), "-j", BUILD_JOBS, goal], f"{log}-build", 3600)[0] != 0:
            return False
        if goal == "chatika":
            shutil.copy2(self.build / "chatika", self.tree / "build/chatika.new")
            os.replace(self.tree / "build/chatika.new", self.tree / "build/chatika")
        return True

    def test(self, target, test, log):
        """(state, the tests that complained): state is red, green, nothing or endless."""
        if target.endswith("_test"):
            status, said = self.run([str(self.build / target), f"--gtest_filter={test}", "--gtest_brief=1"], log, TEST_SECONDS)
            failed = sorted(set(re.findall(r"^\[  FAILED  \] (\S+?)(?:,| \(|$)", said, re.M)))
            ran = re.search(r"\[==========\] (\d+) tests? from", said)
            if status is None:
                return "endless", []
            if status == 0:
                return ("green" if ran and ran.group(1) != "0" else "nothing"), []
            return "red", failed or [f"ended with {status}"]
        kind, script = target.split(":", 1)
        status, said = self.run(["node", f"tests/{kind}/{script}.mjs"], log, TEST_SECONDS * 3)
        wanted = [line.strip() for line in said.splitlines() if "FAILED" in line and re.search(test, line)]
        if status is None:
            return "endless", []
        if not re.search(r"\d+ passed, \d+ failed", said):
            return "nothing", []
        return ("red", wanted[:3]) if status != 0 and wanted else ("green", [])


def filters(target, breaches):
    return (":" if target.endswith("_test") else "|").join(dict.fromkeys(b["test"] for b in breaches))


def prove(copy, breach, log):
    """What became of one break: (sound, word, detail)."""
    path = copy.tree / breach["file"]
    whole = path.read_text(encoding="utf-8")
    if whole.count(breach["find"]) != 1:
        return False, "gone", "its text is not found once"
    path.write_text(whole.replace(breach["find"], breach["replace"]), encoding="utf-8")
    try:
        if not copy.make(breach["target"], log):
            return False, "no build", f"see {copy.logs / log}-build.log"
        state, tests = copy.test(breach["target"], breach["test"], log)
    finally:
        path.write_text(whole, encoding="utf-8")
    if state == "red":
        return True, "red", ", ".join(tests)
    return False, state, f"{breach['test']} did not notice"


def run(chosen):
    copy = Copy()
    copy.refresh()
    rows, bad = [], 0
    targets = list(dict.fromkeys(b["target"] for b in chosen))
    for target in targets:
        mine = [b for b in chosen if b["target"] == target]
        began = time.monotonic()
        slug = target.replace(":", "-")
        sound = copy.make(target, f"{slug}-unbroken") and copy.test(target, filters(target, mine), f"{slug}-unbroken")[0]
        if sound != "green":
            print(f"FAILED  {target}: unbroken it is {sound or 'not built'}", flush=True)
            rows += [(b, False, "not tried", "the unbroken tests do not pass") for b in mine]
            bad += len(mine)
            continue
        print(f"        {target}: green when unbroken ({time.monotonic() - began:.0f} s)", flush=True)
        for number, breach in enumerate(mine):
            began = time.monotonic()
            good, word, detail = prove(copy, breach, f"{slug}-{number}-{breach['promise'].replace(', ', '-')}")
            bad += not good
            rows.append((breach, good, word, detail))
            print(f"{'ok' if good else 'FAILED':>6}  {breach['promise']:<9} {word:<8} {time.monotonic() - began:4.0f} s  "
                  f"{breach['why']}: {detail[:160]}", flush=True)
    print("\n| promise | what was broken | where | noticed by |\n|---|---|---|---|")
    for breach, good, word, detail in sorted(rows, key=lambda r: of(r[0])[0]):
        print(f"| {breach['promise']} | {breach['why']} | `{breach['file']}` | {detail if good else word.upper()} |")
    print(f"\n{len(rows) - bad} passed, {bad} failed")
    return 1 if bad or not rows else 0


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("promises", nargs="*", metavar="P41")
    options.add_argument("--check", action="store_true")
    options.add_argument("--fast", action="store_true")
    chosen = options.parse_args()
    data = table()
    if chosen.check:
        found = complaints(ROOT, data)
        missed, planted = self_test(data)
        for line in found + missed:
            print(f"FAILED  {line}")
        bad = len(found) + len(missed)
        print(f"{len(data['break']) + PROMISES + planted - bad} passed, {bad} failed")
        return 1 if bad else 0
    wanted = {int(p.lstrip("Pp")) for p in chosen.promises}
    breaks = [b for b in data["break"] if not wanted or wanted.intersection(of(b))]
    if chosen.fast:
        breaks = [b for b in breaks if b["target"].endswith("_test")]
    return run(breaks)


if __name__ == "__main__":
    sys.exit(main())
