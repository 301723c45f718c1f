#!/usr/bin/env python3
"""Counts single test cases, so that ./test can close with one line for all of them.

  tally.py ctest DIR     DIR/ctest.xml (ctest --output-junit) and one GoogleTest report per executable in DIR/gtest
  tally.py lines LOG     a log with vitest summaries and with lines `N passed, N failed`

Prints `PASSED FAILED`. A test that was skipped counts as failed: whoever runs ./test is to know that everything ran.
"""
import pathlib
import re
import sys
import xml.etree.ElementTree as xml

ANSI = re.compile(r"\x1b\[[0-9;]*m")
OWN = re.compile(r"^(\d+) passed, (\d+) failed$")
VITEST = re.compile(r"^\s*Tests\s+(.*\(\d+\))$")
VITEST_PART = re.compile(r"(\d+) (passed|failed|skipped|todo)")


def of_lines(log):
    passed = failed = 0
    for line in ANSI.sub("", log.read_text(encoding="utf-8", errors="replace")).splitlines():
        if own := OWN.match(line.strip()):
            passed, failed = passed + int(own[1]), failed + int(own[2])
        elif vitest := VITEST.match(line):
            for count, kind in VITEST_PART.findall(vitest[1]):
                if kind == "passed":
                    passed += int(count)
                else:
                    failed += int(count)
    return passed, failed


def of_gtest(report):
    """Counts a GoogleTest report; names what was skipped."""
    passed = failed = 0
    for case in xml.parse(report).getroot().iter("testcase"):
        if case.get("status") != "run":
            continue  # disabled or filtered out
        skipped = case.get("result") == "skipped" or case.find("skipped") is not None
        if skipped:
            print(f"skipped: {case.get('classname')}.{case.get('name')}", file=sys.stderr)
        if skipped or case.find("failure") is not None:
            failed += 1
        else:
            passed += 1
    return passed, failed


def of_ctest(folder):
    passed = failed = 0
    for case in xml.parse(folder / "ctest.xml").getroot().iter("testcase"):
        good = case.get("status") == "run"
        report = folder / "gtest" / f"{case.get('name')}_test.xml"
        own_passed = own_failed = 0
        if report.exists():
            own_passed, own_failed = of_gtest(report)
        elif good:
            own_passed = 1
        if not good and not own_failed:
            own_failed = 1  # crashed, timed out, or could not start
        passed, failed = passed + own_passed, failed + own_failed
    return passed, failed


def main():
    kind, place = sys.argv[1], pathlib.Path(sys.argv[2])
    passed, failed = {"ctest": of_ctest, "lines": of_lines}[kind](place)
    print(passed, failed)


if __name__ == "__main__":
    main()
