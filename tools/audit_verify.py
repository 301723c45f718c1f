#!/usr/bin/env python3
"""Checks an audit exported by `chatika audit export`, without Chatika: Python's standard library only.

  python3 tools/audit_verify.py EXPORT.jsonl --key HEX [--anchor CHECKPOINTS.jsonl]

KEY is the installation's public key (`chatika audit key`), known to you from elsewhere than the export; the anchor file
is DATA.evidence/checkpoints/<tenant>.jsonl, best a copy that was off the machine. Exit status: 0 whole, 1 broken, 2 bad usage,
3 whole as far as it goes, but the anchor knows rows that came later: only the export's own, unsigned time says that it is merely older.

What is checked: each row's hash follows from the row and the hash before it; the last signed checkpoint of each lane and every
checkpoint that differs from the chain; that no checkpoint vouches for a row that is missing, but for those that a signed
"loss" explains: after a restore somebody said that the tail is lost, and the summary says how often. docs/adr/0005-audit-lanes.md says why.
"""
import argparse
import datetime
import hashlib
import json
import sys
import uuid

# Ed25519 verification after RFC 8032, section 5.1. Slow, short, and not for secrets: it only verifies.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(a, b):
    """Points in extended coordinates (X, Y, Z, T), section 5.1.4."""
    s, t = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    u, v = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = t - s, v - u, v + u, t + s
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(n, point):
    out = (0, 1, 1, 0)
    while n:
        if n & 1:
            out = add(out, point)
        point, n = add(point, point), n >> 1
    return out


def decode(data):
    """The point of 32 bytes, or None; section 5.1.3."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    if x * x % P != square or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = decode((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(key, message, signature):
    if len(key) != 32 or len(signature) != 64:
        return False
    a, s = decode(key), int.from_bytes(signature[32:], "little")
    if a is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    minus_a = (P - a[0], a[1], a[2], P - a[3])
    r = add(multiply(s, BASE), multiply(h, minus_a))  # section 5.1.7: must be the R of the signature
    z = pow(r[2], P - 2, P)
    x, y = r[0] * z % P, r[1] * z % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


# The chain: src/privacy/audit.hpp.
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def number(n):
    return (n % 2**64).to_bytes(8, "big")


def text(data):
    data = data if isinstance(data, bytes) else data.encode()
    return number(len(data)) + data


def micros(time):
    return (datetime.datetime.fromisoformat(time.replace("Z", "+00:00")) - EPOCH) // datetime.timedelta(microseconds=1)


def genesis(tenant, lane):
    return hashlib.sha256(b"chatika audit genesis" + tenant.bytes + number(lane)).digest()


def row_hash(previous, row):
    said = (number(row["seq"]) + number(micros(row["at"])) + text(row["actor"]) + text(row["operation"])
            + text(row["detail"]))
    if row["format"] == 1:
        return hashlib.sha256(previous + said).digest()
    subjects = b"".join(uuid.UUID(s).bytes for s in row["subjects"])
    return hashlib.sha256(b"chatika audit 2" + previous + said + text(row["from"]) + text(subjects)).digest()


class Broken(Exception):
    pass


def genuine(key, c):
    message = "chatika audit checkpoint 1\n{checkpoint}\n{tenant}\n{lane}\n{seq}\n{hash}\n{at}\n".format(**c)
    return is_signed(key, message.encode(), bytes.fromhex(c["signature"]))


def check_lane(key, tenant, lane, rows, promises, taken_at):
    """Checks one lane; returns (rows, checkpoints agreed with, rows after the last, newer
    checkpoints). Raises Broken at the first bad row."""
    seq, previous, vouched, agreed = 0, None, 0, 0
    losses = [c for c in promises if c["checkpoint"] == "loss"]
    if not all(genuine(key, c) for c in losses):
        raise Broken(f"lane {lane}: a loss that this key did not sign")
    promises = [c for c in promises if not any(
        c["checkpoint"] == "head" and c["seq"] > l["seq"] and micros(c["at"]) <= micros(l["at"]) for l in losses)]
    for c in promises:
        if c["checkpoint"] == "floor":  # retention let the rows up to here go
            if not genuine(key, c):
                raise Broken(f"lane {lane}, row {c['seq']}: a floor that this key did not sign")
            seq, previous, vouched = c["seq"], bytes.fromhex(c["hash"]), c["seq"]
    promises = [c for c in promises if c["seq"] > seq]
    first = seq
    for row in rows:
        if row["seq"] != seq + 1:
            raise Broken(f"lane {lane}, row {row['seq']}: it does not follow row {seq}")
        if row["format"] == 1 and (lane != 0 or row["subjects"] or row["from"]) or row["format"] not in (1, 2):
            raise Broken(f"lane {lane}, row {row['seq']}: no such format")
        if previous is None:
            previous = genesis(tenant, lane) if row["format"] == 2 else b""
        previous = row_hash(previous, row)
        if previous.hex() != row["hash"]:
            raise Broken(f"lane {lane}, row {row['seq']}: its hash does not follow from it and the row before")
        seq = row["seq"]
        while promises and promises[0]["seq"] <= seq:
            c = promises.pop(0)
            same = c["seq"] == seq and c["hash"] == row["hash"]
            last = not promises or promises[-1]["seq"] == c["seq"]
            if (not same or last) and not genuine(key, c):
                raise Broken(f"lane {lane}, row {seq}: a checkpoint that this key did not sign")
            if not same:
                raise Broken(f"lane {lane}, row {seq}: not the row a signed checkpoint vouches for")
            agreed, vouched = agreed + 1, seq
    missing = [c for c in promises if micros(c["at"]) <= taken_at]  # the anchor may be newer than the export
    if missing:
        signed = any(genuine(key, c) for c in missing)
        raise Broken(f"lane {lane}, row {seq + 1}: " + (
            f"missing, a signed checkpoint vouches for row {missing[-1]['seq']}" if signed
            else "a checkpoint beyond it that this key did not sign"))
    if promises:
        print(f"lane {lane}: {len(promises)} checkpoints are newer than the export, up to row {promises[-1]['seq']}")
    return seq - first, agreed, seq - vouched, len(promises)


def verify(lines, key, anchor):
    head = json.loads(next(lines))
    if head.get("audit_export") != 1:
        raise Broken("not an audit export")
    tenant, lanes, promises = uuid.UUID(head["tenant"]), {}, {}
    for line in lines:
        item = json.loads(line)
        (promises if "checkpoint" in item else lanes).setdefault(item["lane"], []).append(item)
    for line in anchor:
        if line.endswith("\n"):  # the last line may be torn by a crash
            item = json.loads(line)
            promises.setdefault(item["lane"], []).append(item)
    total = [0, 0, 0, 0]
    for lane in sorted(lanes.keys() | promises.keys()):
        wanted = {json.dumps(c, sort_keys=True): c for c in promises.get(lane, [])}
        if any(c["tenant"] != str(tenant) for c in wanted.values()):
            raise Broken(f"lane {lane}: a checkpoint of another business")
        ordered = sorted(wanted.values(), key=lambda c: (c["seq"], c["at"]))
        counts = check_lane(key, tenant, lane, lanes.get(lane, []), ordered, micros(head["at"]))
        total = [a + b for a, b in zip(total, counts)]
        losses = sum(c["checkpoint"] == "loss" for c in ordered)
        if losses:
            print(f"lane {lane}: {losses} lost tails were acknowledged after a restore")
    return head["at"], *total


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("export")
    parser.add_argument("--key", required=True, type=bytes.fromhex, help="the installation's public key, in hex")
    parser.add_argument("--anchor", help="the anchor file")
    asked = parser.parse_args()
    try:
        with open(asked.export, encoding="utf-8") as lines:
            anchor = open(asked.anchor, encoding="utf-8") if asked.anchor else []
            at, rows, agreed, after, newer = verify(lines, asked.key, anchor)
    except (Broken, KeyError, TypeError, ValueError, StopIteration) as broken:
        print(f"BROKEN: {broken}" if isinstance(broken, Broken) else f"BROKEN: malformed ({type(broken).__name__}: {broken})")
        return 1
    print(f"{rows} rows, chain whole, {agreed} checkpoints, {after} rows after the last")
    if newer:
        print(f"the export says it was taken at {at}: compare it with one taken now")
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
