# quid load and the questions: what goes in comes out, and a load that is done again adds nothing.
. "$(dirname "$0")/lib.sh"
cd "$TEST_TMP" || exit 1
sample=$QUID_ROOT/examples/sample.txt

runs "loads a document" 0 "$QUID" load news.db --date 2024-11-25 "$sample"
runs "codes it" 0 "$QUID" code --date 2024-11-25 "$sample"
cp out records.jsonl
n=$(wc -l <records.jsonl | tr -d ' ')
runs "counts the events" 0 "$QUID" sql news.db "SELECT count(*) FROM events" --format csv
equal "all are there" "$n" "$(sed -n 2p out | tr -d '\r')"
runs "loads it again" 0 "$QUID" load news.db --date 2024-11-25 "$sample"
has "adds nothing" err "0 documents, 0 events"
has "and does not code it again" err "1 known"
runs "loads the records of it" 0 "$QUID" load --records records.db records.jsonl
for table in event participant word_of item detail link dyad transfer promise; do
  "$QUID" sql news.db "SELECT * FROM $table" --format csv | sort >a.csv
  "$QUID" sql records.db "SELECT * FROM $table" --format csv | sort >b.csv
  check "records and documents give the same $table" [ "$(wc -l <a.csv)" = "$(wc -l <b.csv)" ]
done
runs "loads records from standard input" 0 "$QUID" load -r - <records.jsonl
check "into a store named '-'" test -f ./-
rm -f ./-
runs "finds words" 0 "$QUID" events news.db --text '"North Korea" ship*' --format json
has "in their sentence" out "shipped"
runs "and in records, which it indexes first" 0 "$QUID" events records.db --text '"North Korea" ship*' --format json
has "in the same sentence" out "shipped"
runs "no words" 2 "$QUID" events news.db --text ' "" '
runs "indexes the words of records" 0 "$QUID" load --index records.db
has "and loads nothing" err "0 documents, 0 events"
runs "codes what records alone told" 0 "$QUID" load records.db --date 2024-11-25 "$sample"
has "its events are known" err "$n known"
runs "its text is there now" 0 "$QUID" sql records.db "SELECT count(*) FROM document WHERE text IS NOT NULL" --format csv
has "so that it is known next time" out "1"
runs "a batch of no events" 2 "$QUID" load --batch 0 news.db "$sample"
{ head -3 records.jsonl; echo '{"id":'; echo '{"id":"zz"}'; sed -n 4p records.jsonl; } >dirty.jsonl
runs "skips what is no record" 3 "$QUID" load -r dirty.db dirty.jsonl
has "names the line" err "dirty.jsonl:4:"
has "and the other" err "dirty.jsonl:5:"
has "keeps the rest" err "4 events"

runs "lists events" 0 "$QUID" events news.db --actor PRK --status told --format json
check "each is JSON with its sentence" python3 -c '
import json
rows = [json.loads(l) for l in open("out")]
assert rows and all(r["sentence"] and r["status"] in ("asserted", "reported", "claimed") for r in rows), rows'
id=$(python3 -c 'import json; print(json.loads(open("records.jsonl").readline())["id"])')
runs "shows one event" 0 "$QUID" show news.db "$id"
has "with its status" out "status"
runs "an event that is not there" 2 "$QUID" show news.db 0000000000000000
has "is told" err "no event '0000000000000000'"
runs "the ledger" 0 "$QUID" ledger news.db PRK RUS --format tsv
has "has what was given" out "given"
runs "the ledger of everybody" 0 "$QUID" ledger news.db
runs "nobody of that name" 2 "$QUID" ledger news.db QQQ
has "is told too" err "no party 'QQQ'"
runs "a filter that finds nothing" 0 "$QUID" events news.db --from 1999 --to 1999
has "says so" out "(nothing)"
for bad in "--status maybe" "--from yesterday" "--type DANCE" "--limit 0" "--format xml"; do
  # shellcheck disable=SC2086
  runs "refuses $bad" 2 "$QUID" events news.db $bad
done
runs "SQL that writes is refused" 2 "$QUID" sql news.db "DELETE FROM event"
runs "two statements are refused" 2 "$QUID" sql news.db "SELECT 1; SELECT 2"
runs "no such store" 1 "$QUID" events none.db
echo text >text.db
runs "no SQLite file" 1 "$QUID" events text.db
has "says so" err "not a SQLite file"
sqlite3 other.db "CREATE TABLE t (x)" 2>/dev/null || python3 -c 'import sqlite3; c = sqlite3.connect("other.db"); c.execute("CREATE TABLE t (x)"); c.commit()'
runs "somebody else's tables" 1 "$QUID" load other.db "$sample"
has "are left alone" err "no store of quid"
