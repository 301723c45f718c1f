#!/usr/bin/env python3
"""tools/audit_verify.py against public vectors and against audits made and broken here. Closes with `N passed, N failed`.

The signing half of Ed25519 is here only, so that the chains under test need nothing of Chatika either.
"""
import copy
import hashlib
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import uuid

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
import audit_verify as tool  # noqa: E402

SEED = hashlib.sha256(b"a key of the tests").digest()
TENANT = uuid.UUID("01930000-0000-7000-8000-000000000001")


def encode(point):
    z = pow(point[2], tool.P - 2, tool.P)
    x, y = point[0] * z % tool.P, point[1] * z % tool.P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def secret():
    digest = hashlib.sha512(SEED).digest()
    scalar = int.from_bytes(digest[:32], "little") & (2**254 - 8) | 2**254
    return scalar, digest[32:]


KEY = encode(tool.multiply(secret()[0], tool.BASE))


def sign(message):
    scalar, prefix = secret()
    r = int.from_bytes(hashlib.sha512(prefix + message).digest(), "little") % tool.L
    point = encode(tool.multiply(r, tool.BASE))
    h = int.from_bytes(hashlib.sha512(point + KEY + message).digest(), "little") % tool.L
    return point + ((r + h * scalar) % tool.L).to_bytes(32, "little")


def time(second):
    return f"2026-11-23T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}Z"


def checkpoint(row, kind="head"):
    c = {"checkpoint": kind, "tenant": str(TENANT), "lane": row["lane"], "seq": row["seq"], "hash": row["hash"], "at": row["at"]}
    message = "chatika audit checkpoint 1\n{checkpoint}\n{tenant}\n{lane}\n{seq}\n{hash}\n{at}\n".format(**c)
    return {**c, "signature": sign(message.encode()).hex()}


def chain(lane, rows, old=0):
    """`old` rows in the first release's format, then the others."""
    out, previous = [], b"" if old else tool.genesis(TENANT, lane)
    for seq in range(1, rows + 1):
        row = {"lane": lane, "seq": seq, "format": 1 if seq <= old else 2, "at": time(seq), "actor": "system",
               "operation": "lead.status", "detail": '{"read":["visitor.phone_box"]}', "from": "", "subjects": []}
        if seq > old:
            row |= {"from": "192.0.2.0/24", "subjects": [str(uuid.UUID(int=seq + i)) for i in range(2)]}
        previous = tool.row_hash(previous, row)
        out.append({**row, "hash": previous.hex()})
    return out


def run(rows, checkpoints=(), anchor=None, at=None, key=KEY):
    with tempfile.TemporaryDirectory() as folder:
        export, lines = pathlib.Path(folder) / "export.jsonl", pathlib.Path(folder) / "anchor.jsonl"
        head = {"audit_export": 1, "tenant": str(TENANT), "at": at or time(80000), "public_key": KEY.hex()}
        export.write_text("".join(json.dumps(item) + "\n" for item in [head, *checkpoints, *rows]))
        command = [sys.executable, str(ROOT / "tools/audit_verify.py"), str(export), "--key", key.hex()]
        if anchor is not None:
            lines.write_text("".join(json.dumps(item) + "\n" for item in anchor) + '{"checkpoint":"head","to')
            command += ["--anchor", str(lines)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout


def wycheproof():
    tests = json.loads((ROOT / "tests/vectors/ed25519.json").read_text())["tests"]
    assert len(tests) == 151
    for t in tests:
        got = tool.is_signed(bytes.fromhex(t["pk"]), bytes.fromhex(t["msg"]), bytes.fromhex(t["sig"]))
        assert got == (t["result"] == "valid"), t["tcId"]


def a_whole_chain_is_whole():
    rows = chain(0, 50, old=10) + chain(3, 20)
    assert run(rows) == (0, "70 rows, chain whole, 0 checkpoints, 70 rows after the last\n")
    points = [checkpoint(rows[19]), checkpoint(rows[49]), checkpoint(rows[-1])]
    assert run(rows, points, points) == (0, "70 rows, chain whole, 3 checkpoints, 0 rows after the last\n")


def every_change_is_found():
    """Edits, deletions, reorderings and cut tails, the rest hashed anew or not."""
    rows, pick = chain(0, 60), random.Random(35)
    anchor = [checkpoint(rows[29]), checkpoint(rows[59])]
    for trial in range(100):
        bad, at = copy.deepcopy(rows), pick.randrange(60)
        what = pick.choice(["edit", "delete", "close the gap", "swap", "cut"])
        if what == "edit":
            name = pick.choice(["actor", "operation", "detail", "from"])
            bad[at][name] += "x"
        elif what == "swap":
            other = (at + 1) % 60
            bad[at], bad[other] = {**bad[other], "seq": at + 1}, {**bad[at], "seq": other + 1}
        elif what == "cut":
            del bad[at:]
        else:
            del bad[at]
            for row in bad[at:]:
                row["seq"] -= what == "close the gap"
        if pick.random() < 0.5:
            previous = tool.genesis(TENANT, 0)
            for row in bad:
                previous = tool.row_hash(previous, row)
                row["hash"] = previous.hex()
        status, said = run(bad, anchor=anchor)
        assert status == 1 and said.startswith("BROKEN"), (trial, what, at, said)


def what_the_anchor_knows_and_the_export_does_not():
    rows = chain(0, 30)
    status, said = run(rows[:20], anchor=[checkpoint(rows[29])])
    assert status == 1 and "row 21" in said, said
    # Made after the export was taken: no fault, and it is said.
    status, said = run(rows[:20], anchor=[checkpoint(rows[29])], at=time(25))
    assert status == 3 and "newer than the export" in said and time(25) in said, said


def who_has_no_key_vouches_for_nothing():
    rows = chain(0, 10)
    forged = checkpoint(rows[9])
    forged["signature"] = bytes(b ^ 1 for b in bytes.fromhex(forged["signature"])).hex()
    assert run(rows, [forged])[0] == 1
    assert run(rows, [checkpoint(rows[9])], key=bytes(32))[0] == 1
    assert run(rows, [{**checkpoint(rows[9]), "tenant": str(uuid.UUID(int=7))}])[0] == 1


def retention_lets_go_of_the_beginning_with_a_signed_floor_only():
    rows = chain(0, 30)
    assert run(rows[10:], [checkpoint(rows[9], "floor")]) == (0, "20 rows, chain whole, 0 checkpoints, 20 rows after the last\n")
    assert run(rows[10:])[0] == 1
    assert run(rows[10:], [checkpoint(rows[9])])[0] == 1
    assert run(rows[11:], [checkpoint(rows[9], "floor")])[0] == 1


def what_stands_before_the_beginning_is_found():
    rows = chain(0, 10)
    for seq in (0, -5, -2**63):
        assert run([{**rows[3], "seq": seq}, *rows])[0] == 1
    assert run([rows[4], *rows[5:]], [checkpoint(rows[4], "floor")])[0] == 1


def a_lane_is_not_anothers():
    rows = [{**row, "lane": 1} for row in chain(0, 10)]
    assert run(rows)[0] == 1


def what_is_no_export_is_refused():
    assert run([{"lane": 0}])[0] == 1
    assert run(["text"])[0] == 1


def main():
    passed = failed = 0
    for test in (wycheproof, a_whole_chain_is_whole, every_change_is_found, what_the_anchor_knows_and_the_export_does_not,
                 who_has_no_key_vouches_for_nothing, retention_lets_go_of_the_beginning_with_a_signed_floor_only,
                 what_stands_before_the_beginning_is_found, a_lane_is_not_anothers, what_is_no_export_is_refused):
        try:
            test()
            passed += 1
            print(f"    ok  {test.__name__.replace('_', ' ')}")
        except Exception as error:  # noqa: BLE001: whatever it is, the test has failed
            failed += 1
            print(f"FAILED  {test.__name__.replace('_', ' ')}: {type(error).__name__}: {error}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
