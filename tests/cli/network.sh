# quid network, series and brief: what the sample tells, in all formats, twice the same.
. "$(dirname "$0")/lib.sh"
cd "$TEST_TMP" || exit 1
sample=$QUID_ROOT/examples/sample.txt
"$QUID" load news.db --date 2024-11-25 "$sample" 2>/dev/null

runs "the network" 0 "$QUID" network news.db --format json
check "has parties with examples" python3 -c '
import json
rows = [json.loads(l) for l in open("out")]
assert {"PRK", "RUS"} <= {r["id"] for r in rows}, rows
assert all(r["example"] for r in rows), rows'
cp out first
"$QUID" network news.db --format json >out
check "twice the same" cmp -s first out
id=$(python3 -c 'import json; print(json.loads(open("out").readline())["example"])')
runs "an example leads to its event" 0 "$QUID" show news.db "$id"
runs "the ties" 0 "$QUID" network news.db --show ties --format tsv
has "are directed and signed" out "PRK	RUS"
runs "who is near" 0 "$QUID" network news.db --near PRK --format csv
case $(sed -n 2p out) in
'') # built without igraph, which says so
  skip "names the way" "no igraph" ;;
*) has "names the way" out "PRK RUS" ;;
esac
runs "nobody of that name" 2 "$QUID" network news.db --near QQQ
runs "change against another time" 0 "$QUID" network news.db --from 2024 --against 2023..2023 --format json
check "has both times" python3 -c '
import json
rows = [json.loads(l) for l in open("out")]
assert rows and all("cooperation_before" in r and r["example"] for r in rows), rows'
for span in 2023 ..yesterday 2023-99..; do runs "refuses the span $span" 2 "$QUID" network news.db --against $span; done
for format in graphml gexf; do
  runs "writes $format" 0 "$QUID" network news.db --format $format
  check "which is XML with its ties" python3 -c '
import sys, xml.etree.ElementTree as tree
root = tree.parse("out").getroot()
edges = [e for e in root.iter() if e.tag.endswith("}edge")]
nodes = {n.get("id") for n in root.iter() if n.tag.endswith("}node")}
assert edges and all(e.get("source") in nodes and e.get("target") in nodes for e in edges)
if sys.argv[1] == "gexf": assert all(e.get("start") <= e.get("end") for e in edges)' $format
done
runs "writes a list of edges" 0 "$QUID" network news.db --format edges
has "with a heading" out "from	to	events"

runs "a series" 0 "$QUID" series news.db PRK RUS --format json
check "counts every event once" python3 -c '
import json, subprocess, sys
rows = [json.loads(l) for l in open("out")]
n = sum(r["events"] for r in rows)
wanted = subprocess.run([sys.argv[1], "sql", "news.db", "SELECT count(*) FROM dyads WHERE ((a = \"PRK\" AND b = \"RUS\") OR (a = \"RUS\" AND b = \"PRK\")) AND status IN (\"asserted\", \"reported\", \"claimed\")", "--format", "csv"], capture_output=True, text=True).stdout.split()[1]
assert n == int(wanted) and n > 0, (n, wanted)
assert all(r["example"] for r in rows if r["events"]), rows
assert all(sum(r[k] for k in r if k.endswith("cooperation") or k.endswith("conflict")) <= r["events"] for r in rows)' "$QUID"
for by in day week year; do
  total=$("$QUID" series news.db PRK RUS --by $by --format json | python3 -c 'import json, sys; print(sum(json.loads(l)["events"] for l in sys.stdin))')
  equal "by $by as many as by month" "$(python3 -c 'import json; print(sum(json.loads(l)["events"] for l in open("out")))')" "$total"
done
runs "a series of everybody" 0 "$QUID" series news.db --by year
runs "nobody of that name either" 2 "$QUID" series news.db QQQ
runs "no such period" 2 "$QUID" series news.db --by decade
runs "an option of another question" 2 "$QUID" series news.db --near PRK
has "is told" err "'--near' is no option of 'quid series'"

check "the sums are those of the events" python3 -c '
import sqlite3
c = sqlite3.connect("news.db")
told = "(\"asserted\", \"reported\", \"claimed\")"
a = c.execute("SELECT sum(verbal_cooperation + material_cooperation + verbal_conflict + material_conflict + other), sum(material_cooperation), round(sum(score), 6) FROM dyad_told").fetchall()
b = c.execute("SELECT count(*), sum(event IN (\"AID\", \"COOPERATE\", \"RETREAT\")), round(sum(score), 6) FROM dyads WHERE status IN " + told).fetchall()
assert a == b, (a, b)'
equal "everybody by months, read from them, as many as by days" "$("$QUID" network news.db --show ties --format csv | sort)" \
  "$("$QUID" network news.db --show ties --format csv --type AGREE,CONSULT,SUPPORT,CONCEDE,COOPERATE,AID,RETREAT,REQUEST,ACCUSE,REJECT,THREATEN,PROTEST,SANCTION,MOBILIZE,COERCE,ASSAULT | sort)"

runs "what was known before it was loaded" 0 "$QUID" series news.db PRK RUS --as-of 2020
has "is nothing" out "(nothing)"
equal "and now all" "$("$QUID" series news.db PRK RUS --format csv)" "$("$QUID" series news.db PRK RUS --format csv --as-of 2999)"
runs "places and words" 0 "$QUID" network news.db --place Kursk --word-of KOR
runs "a brief of one actor" 0 "$QUID" brief news.db --actor PRK.GOV --month 2024-11

runs "the brief" 0 "$QUID" brief news.db --month 2024-11 --format json
check "has arrows, events and sentences" python3 -c '
import json
rows = [json.loads(l) for l in open("out")]
assert all(r["events"] and r["sentences"] for r in rows), rows
assert [r["surprise"] for r in rows] == sorted((r["surprise"] for r in rows), reverse=True)'
runs "the last month by itself" 0 "$QUID" brief news.db
runs "a year is no month" 2 "$QUID" brief news.db --month 2024

# Two blocs, one of them a chain PRK - RUS - CHN - PAK, and a war.
python3 - >world.jsonl <<'END'
import json
n = 0
def add(times, a, b, event, score, day="2024-03-05"):
    global n
    for _ in range(times):
        n += 1
        party = lambda c: {"id": c, "name": "The " + c + " & Co", "country": c}
        print(json.dumps({"id": "%016x" % n, "document": {"id": "d%d" % n, "published": day}, "sentence": {"index": 0, "start": 0, "end": 2, "text": "S."},
                          "actor": [party(a)], "recipient": [party(b)], "event": event, "score": score, "trigger": {"text": "S", "start": 0, "end": 1},
                          "status": "asserted", "date": {"from": day, "to": day}, "confidence": 1}))
for a, b in ("PRK", "RUS"), ("RUS", "CHN"), ("PRK", "CHN"), ("CHN", "PAK"): add(5, a, b, "AID", 10)
for a, b in ("USA", "KOR"), ("KOR", "JPN"), ("USA", "JPN"): add(4, a, b, "SUPPORT", 5)
add(9, "RUS", "UKR", "ASSAULT", -9)
add(1, "CHN", "USA", "CONSULT", 2.5)
add(30, "PRK", "RUS", "AID", 10, "2024-09-05")
END
runs "loads a small world" 0 "$QUID" load -r world.db world.jsonl
"$QUID" network world.db --to 2024-06 --format json >out
if grep -q '"broker":null' out; then skip "finds blocs and brokers" "no igraph"; else
  check "finds blocs and brokers" python3 -c '
import json
p = {r["id"]: r for r in map(json.loads, open("out"))}
blocs = {}
for r in p.values(): blocs.setdefault(r["bloc"], set()).add(r["id"])
assert blocs == {1: {"CHN", "PAK", "PRK", "RUS"}, 2: {"JPN", "KOR", "USA"}, None: {"UKR"}}, blocs
assert max(p.values(), key=lambda r: r["broker"])["id"] == "CHN"
assert p["UKR"]["isolation"] == 1 and p["CHN"]["isolation"] == min(r["isolation"] for r in p.values())'
  runs "finds the way from PRK" 0 "$QUID" network world.db --near PRK --to 2024-06 --format csv
  has "to USA by CHN" out "PRK CHN USA"
fi
runs "what changed" 0 "$QUID" network world.db --from 2024-09 --to 2024-09 --against 2024-03..2024-03 --format json
check "puts the largest first" python3 -c '
import json
r = json.loads(open("out").readline())
assert (r["a"], r["b"], r["cooperation"], r["cooperation_before"]) == ("PRK", "RUS", 30, 5), r'
runs "marks what XML cannot hold" 0 "$QUID" network world.db --format gexf
has "as entities" out "The PRK &amp; Co"
runs "the month of the surge" 0 "$QUID" brief world.db --month 2024-09 --format json
check "tells it first, upward" python3 -c '
import json
r = json.loads(open("out").readline())
assert (r["a"], r["b"], r["cooperation"], r["cooperation_events"]) == ("PRK", "RUS", "\u2191", 30) and r["surprise"] > 2, r'
finish
