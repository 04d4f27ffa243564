#!/usr/bin/env python3
"""What a store is like after its loader was killed, starved, locked out or joined by another.

    crash.py QUID ROOT TMP      (tests/cli/crash.sh calls it; writes TAP)

The records are those of examples/*.txt, again and again under other ids. After each kill the store must be sound (integrity_check), every
event in it whole, the events the first ones of the input, and the sums the sums. Kills go on until a load gets to its end; then every
table must equal that of an undisturbed load. Moments of killing are drawn from a fixed seed, over the time that a load takes.
QUID_KILLS sets the number of kills. A full disk is a small file system (unshare, tmpfs) where that can be had, and a limit on the
size of files (RLIMIT_FSIZE); the fault tests fail single writes (tests/fault/test_fault_store.c)."""
import json, os, random, resource, shutil, signal, sqlite3, subprocess, sys, time
from pathlib import Path

QUID, ROOT, TMP = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
KILLS = int(os.environ.get("QUID_KILLS", "200"))
N_COPIES = 10
number = bad = 0


def ok(good, name, why=""):
    global number, bad
    number += 1
    bad += not good
    if not good and why:
        print("#", str(why).strip()[:600])
    print(f"{'ok' if good else 'not ok'} {number} - {name}", flush=True)
    return good


def skip(name, why):
    global number
    number += 1
    print(f"ok {number} - {name} # SKIP {why}")


def quid(*arguments, **more):
    return subprocess.run([QUID, *map(str, arguments)], capture_output=True, text=True, **more)


# ---- the input ----

def make_records(path):
    """Copies of the examples' records, each under ids of its own; returns what each event must have."""
    lines = []
    for text in sorted((ROOT / "examples").glob("*.txt")):
        lines += quid("code", "--records", "all", "--date", "2024-11-25", text, cwd=ROOT).stdout.splitlines()
    want, out = {}, []
    for copy in range(N_COPIES):
        for line in lines:
            r = json.loads(line)
            for key in ("id", "document"):
                old = r["id"] if key == "id" else r["document"]["id"]
                new = "%0*x" % (len(old), (int(old, 16) + copy * 0x9E3779B97F4A7C15) % 16 ** len(old))
                if key == "id": r["id"] = new
                else: r["document"]["id"] = new
            out.append(json.dumps(r, ensure_ascii=False))
            if "record" not in r:
                want[r["id"]] = tuple(len(r.get(k) or []) for k in ("actor", "recipient", "attribution", "item"))
    path.write_text("\n".join(out) + "\n", encoding="utf-8")
    return want


# ---- looking ----

WHOLE = """SELECT printf('%016x', key), (SELECT count(*) FROM participant WHERE event = e.id AND role = 0),
  (SELECT count(*) FROM participant WHERE event = e.id AND role = 1), (SELECT count(*) FROM word_of WHERE event = e.id),
  (SELECT count(*) FROM item WHERE event = e.id) FROM event e ORDER BY id"""
MONTH = "CAST(strftime('%Y', day * 86400, 'unixepoch') AS INTEGER) * 12 + CAST(strftime('%m', day * 86400, 'unixepoch') AS INTEGER) - 1"
SUMS = [("dyad_month", f"SELECT a, b, {MONTH}, type, status, count(*), round(sum(score), 6) FROM dyad GROUP BY 1, 2, 3, 4, 5",
         "SELECT a, b, month, type, status, n, round(score, 6) FROM dyad_month"),
        ("transfer_month", f"SELECT giver, taker, {MONTH}, class, kind, count(*) FROM transfer GROUP BY 1, 2, 3, 4, 5",
         "SELECT giver, taker, month, class, kind, n FROM transfer_month")]


def faults(path, want, in_order=True):
    """What is wrong with the store; None: nothing. It may not be there yet."""
    if not Path(path).exists():
        return None
    db = sqlite3.connect(path)
    try:
        if not db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            return None
        check = db.execute("PRAGMA integrity_check").fetchone()[0]
        if check != "ok": return f"integrity_check: {check}"
        there = [(r[0], r[1:]) for r in db.execute(WHOLE)]
        for key, counts in there:
            if want.get(key) != counts: return f"event {key} is half: {counts}, wanted {want.get(key)}"
        if len(set(k for k, _ in there)) != len(there): return "an event is there twice"
        if in_order and [k for k, _ in there] != list(want)[:len(there)]: return "the events are not the first of the input"
        for name, recomputed, kept in SUMS:
            a, b = sorted(db.execute(recomputed)), sorted(db.execute(kept))
            if a != b: return f"{name} is not the sum: {sorted(set(a) ^ set(b))[:4]}"
    finally:
        db.close()
    return None


def contents(path, by_value=False):
    """Every table, without when it was loaded. by_value: without row numbers, for loads whose order is not given."""
    db = sqlite3.connect(path)
    if by_value:
        tables = {v: sorted(map(str, db.execute(f"SELECT * FROM {v}"))) for v in ("events", "items", "dyads", "ledger")}
        db.close()
        return tables
    tables = {}
    for name, in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sentence_text%' AND name NOT IN ('load', 'meta')").fetchall():
        columns = [c[1] for c in db.execute(f"PRAGMA table_info({name})") if c[1] != "load"]
        tables[name] = sorted(map(str, db.execute("SELECT " + ", ".join(f'"{c}"' for c in columns) + f" FROM {name}")))
    tables["words"] = db.execute("SELECT count(*) FROM sentence_text WHERE sentence_text MATCH 'north'").fetchone()
    tables["indices"] = sorted(map(str, db.execute("SELECT name FROM sqlite_schema WHERE type = 'index'")))
    db.close()
    return tables


def differs(a, b):
    return [name for name in a if a[name] != b.get(name)]


def remove(path):
    for end in ("", "-wal", "-shm"):
        Path(str(path) + end).unlink(missing_ok=True)


# ---- killing ----

def kill_loads(name, arguments, want, kills, seed):
    """Loads until it is done, killed at random moments; as often as `kills` are wanted."""
    whole, db = TMP / f"{name}-whole.db", TMP / f"{name}.db"
    started = time.monotonic()
    done = quid("load", whole, *arguments)
    takes = time.monotonic() - started
    if not ok(done.returncode == 0 and not faults(whole, want), f"{name}: an undisturbed load", done.stderr or faults(whole, want)):
        return
    wanted, chance = contents(whole), random.Random(seed)
    killed = finished = partly = 0
    problem = None
    while killed < kills and not problem:
        remove(db)
        for _ in range(1000):
            loader = subprocess.Popen([QUID, "load", str(db), *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            # Later the longer it goes on, so that it ends: a load goes on where the last one was cut off.
            time.sleep(chance.uniform(0, takes))
            loader.send_signal(signal.SIGKILL)
            message = loader.communicate()[1]
            problem = faults(db, want)
            if problem or loader.returncode >= 0: break
            killed += 1
            if db.exists() and 0 < events(db) < len(want): partly += 1
        if problem: break
        if loader.returncode != 0:
            problem = message.decode()
            break
        finished += 1
        different = differs(wanted, contents(db))
        if different: problem = f"after kills and a whole load these differ: {different}"
    ok(not problem, f"{name}: {killed} kills, {partly} of them in the middle of the events, {finished} loads got to their end", problem)
    ok(killed >= kills, f"{name}: at least {kills} kills")


def events(path):
    db = sqlite3.connect(path)
    try:
        return db.execute("SELECT count(*) FROM event").fetchone()[0]
    except sqlite3.OperationalError:
        return 0
    finally:
        db.close()


# ---- a disk that is full, files that cannot be written ----

def starve(name, arguments, want, sizes):
    """A load under a limit on the size of a file: told, and the next load without it makes up for it."""
    whole, db = TMP / "whole.db", TMP / "starved.db"
    quid("load", whole, *arguments)
    wanted, problem, failed = contents(whole), None, 0
    for size in sizes:
        remove(db)
        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        done = quid("load", db, *arguments, preexec_fn=limit)
        if done.returncode == 0: continue
        failed += 1
        if done.returncode != 1 or str(db) not in done.stderr or "I/O error" not in done.stderr: problem = f"limit {size}: exit {done.returncode}, {done.stderr}"
        problem = problem or faults(db, want)
        again = quid("load", db, *arguments)
        problem = problem or again.returncode and again.stderr or faults(db, want) or (differs(wanted, contents(db)) or None)
        if problem: break
    ok(not problem and failed, f"{name}: {failed} loads that ran out of room", problem)


def full_disk(arguments, want):
    script = 'mount -t tmpfs -o size=1536k none "$1" && shift && d=$1 && shift && "$@"; code=$?; cp "$d"/* "$OUT" 2>/dev/null; exit $code'
    disk, out = TMP / "disk", TMP / "saved"
    disk.mkdir(), out.mkdir()
    try:
        usable = subprocess.run(["unshare", "-rm", "sh", "-c", 'mount -t tmpfs -o size=1m none "$1"', "sh", disk], capture_output=True).returncode == 0
    except OSError:
        usable = False
    if not usable:
        return skip("a full disk", "no file system of its own can be mounted here")
    done = subprocess.run(["unshare", "-rm", "sh", "-c", script, "sh", disk, disk, QUID, "load", disk / "full.db", *arguments], capture_output=True, text=True,
                          env={**os.environ, "OUT": str(out)})
    ok(done.returncode == 1 and "full.db" in done.stderr and "space" in done.stderr.lower(), "a full disk is told", f"{done.returncode} {done.stderr}")
    saved = out / "full.db"
    ok(saved.exists() and not faults(saved, want), "what was committed before it was full is whole", faults(saved, want))
    again = quid("load", saved, *arguments)
    ok(again.returncode == 0 and not faults(saved, want) and events(saved) == len(want), "and the rest comes with the next load", again.stderr)


def as_nobody():
    if os.getuid() == 0:
        os.setgid(65534), os.setuid(65534)


def read_only(arguments, want):
    folder = TMP / "folder"
    folder.mkdir()
    db = folder / "store.db"
    quid("load", db, *arguments)
    before = contents(db)
    db.chmod(0o444), folder.chmod(0o555)
    # the test's own folder must let the other user through
    for parent in [TMP, *TMP.parents]:
        if parent != Path("/") and not os.access(parent, os.X_OK): return skip("a read-only file", "no way to it")
    if os.getuid() == 0:
        TMP.chmod(0o755)
        subprocess.run(["cp", "--parents", "-r", QUID, str(TMP)], check=False)
    done = quid("load", db, *arguments, preexec_fn=as_nobody)
    good = done.returncode == 1 and str(db) in done.stderr and ("cannot be written" in done.stderr or "ermission" in done.stderr or "read" in done.stderr)
    ok(good, "a read-only file is told", f"{done.returncode} {done.stderr}")
    done = quid("load", folder / "new.db", *arguments, preexec_fn=as_nobody)
    ok(done.returncode == 1 and "new.db" in done.stderr, "a folder that nothing can be made in is told", f"{done.returncode} {done.stderr}")
    done = quid("events", db, "--limit", "1", "--format", "json", preexec_fn=as_nobody)
    ok(done.returncode == 0 and done.stdout.startswith("{"), "a store that is read-only can be asked", f"{done.returncode} {done.stderr}")
    folder.chmod(0o755), db.chmod(0o644)
    ok(not differs(before, contents(db)), "and is as it was")


def locked(arguments, want):
    """Another program holds the file: the load waits for it."""
    db = TMP / "locked.db"
    quid("load", db, *arguments)
    other = sqlite3.connect(db, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    loader = subprocess.Popen([QUID, "load", str(db), *map(str, arguments)], stderr=subprocess.PIPE, text=True)
    time.sleep(0.7)
    waits = loader.poll() is None
    asked = quid("events", db, "--limit", "1", "--format", "json")
    other.execute("ROLLBACK")
    message = loader.communicate()[1]
    ok(waits and loader.returncode == 0 and "0 events" in message, "a locked file is waited for", message)
    ok(asked.returncode == 0 and asked.stdout.startswith("{"), "and can be asked meanwhile", asked.stderr)
    other.close()


def together(records, want):
    """Loaders at once, of overlapping input."""
    lines = records.read_text(encoding="utf-8").splitlines()
    n, parts = len(lines), []
    for i, (a, b) in enumerate([(0, 0.7), (0.3, 1), (0.1, 0.9)]):
        part = TMP / f"part{i}.jsonl"
        part.write_text("\n".join(lines[int(a * n):int(b * n)]) + "\n", encoding="utf-8")
        parts.append(part)
    whole = TMP / "together-whole.db"
    quid("load", whole, "--records", records)
    wanted, problem = contents(whole, by_value=True), None
    for _ in range(8):
        db = TMP / "together.db"
        remove(db)
        loaders = [subprocess.Popen([QUID, "load", str(db), "--batch", "20", "--index", "--records", str(p)], stderr=subprocess.PIPE, text=True) for p in parts]
        messages = [l.communicate()[1] for l in loaders]
        problem = next((m for l, m in zip(loaders, messages) if l.returncode), None) or faults(db, want, in_order=False) or (differs(wanted, contents(db, by_value=True)) or None)
        if problem: break
    ok(not problem, "three loaders at once, of overlapping input", problem)


def main():
    started = time.monotonic()
    records = TMP / "records.jsonl"
    want = make_records(records)
    ok(len(want) >= 200, "records to load")
    few = ["--batch", "20", "--index", "--records", records]
    kill_loads("records", few, want, KILLS * 19 // 20, 1)
    documents = TMP / "documents.jsonl"
    text = (ROOT / "examples/sample.txt").read_text(encoding="utf-8").split("\n\n")
    documents.write_text("".join(json.dumps({"id": f"d{i}", "published": "2024-11-25", "text": f"{part}\n\nBulletin {i}."}) + "\n" for i, part in enumerate(text * 6)), encoding="utf-8")
    coded = quid("code", documents).stdout.splitlines()
    kill_loads("documents", ["--batch", "5", documents], {r["id"]: tuple(len(r.get(k) or []) for k in ("actor", "recipient", "attribution", "item"))
                                            for r in map(json.loads, coded) if "record" not in r}, KILLS // 20, 2)
    ok(True, f"took {time.monotonic() - started:.0f} s")
    starve("a limit on the size of a file", few, want, [4096 * k for k in (1, 3, 10, 40, 80, 120, 200, 300, 500)])
    full_disk(few, want)
    read_only(few, want)
    locked(few, want)
    together(records, want)
    print(f"# {time.monotonic() - started:.0f} s")
    print(f"1..{number}")
    return bad != 0


sys.exit(main())
