# quid load --match, occurrences, contradict, --one-a-day: events of the world instead of reports.
. "$(dirname "$0")/lib.sh"
cd "$TEST_TMP" || exit 1
cat >news.jsonl <<'END'
{"id":"a","publisher":"Harbor Wire","published":"2024-03-11","text":"Russian forces shelled a market in Kharkiv on Monday, Ukrainian officials said."}
{"id":"b","publisher":"Northern Post","published":"2024-03-12","text":"Ukraine said that Russia shelled a market in Kharkiv on Monday."}
{"id":"c","publisher":"Moskva Line","published":"2024-03-12","text":"Russia denied that its troops had shelled a market in Kharkiv on Monday."}
{"id":"d","publisher":"Harbor Wire","published":"2024-03-11","text":"Russian forces shelled a depot in Kherson on Monday, Ukrainian officials said."}
{"id":"e","publisher":"Cape Courier","published":"2024-03-12","text":"The United States delivered 72 howitzers to Ukraine on Monday."}
{"id":"f","publisher":"Northern Post","published":"2024-03-12","text":"The United States delivered 90 howitzers to Ukraine on Monday."}
END
runs "loads news" 0 "$QUID" load news.db news.jsonl
runs "lists occurrences" 0 "$QUID" occurrences news.db --format json
check "one of three tellings, one of two" python3 -c '
import json
rows = [json.loads(l) for l in open("out")]
assert [(r["event"], r["events"], r["sources"]) for r in rows] == [("ASSAULT", 3, 3), ("AID", 2, 2)], rows
assert rows[0]["denied_by"] == "Russia" and "90" in rows[1]["differ"] and "72" in rows[1]["differ"], rows'
cp out first
runs "only of a type" 0 "$QUID" occurrences news.db --type AID --format csv
equal "are found" 2 "$(wc -l <out | tr -d ' ')"
runs "lists contradictions" 0 "$QUID" contradict news.db --format json
check "whether, and how many" python3 -c '
import json
rows = {r["matter"]: r for r in map(json.loads, open("out"))}
assert set(rows) == {"whether", "how many"}, rows
assert rows["whether"]["other"] == "Russia" and "denied" in rows["whether"]["other_sentence"], rows'
cp out contradictions
# The order of loading changes nothing.
for n in 6 5 4 3 2 1; do
  sed -n "${n}p" news.jsonl >one.jsonl
  "$QUID" load -q back.db one.jsonl
done
runs "lists what was loaded backwards" 0 "$QUID" occurrences back.db --format json
check "the same" cmp -s out first
runs "and its contradictions" 0 "$QUID" contradict back.db --format json
check "the same too" cmp -s out contradictions
"$QUID" code news.jsonl >records.jsonl
runs "loads records" 0 "$QUID" load -r records.db records.jsonl
runs "which are not matched" 0 "$QUID" occurrences records.db
has "unless asked" out "(nothing)"
runs "asks" 0 "$QUID" load -r --match records.db records.jsonl
runs "and they are" 0 "$QUID" occurrences records.db --format json
check "the same as of the documents" cmp -s out first
runs "no matching" 0 "$QUID" load --no-match -q none.db news.jsonl
runs "leaves none" 0 "$QUID" occurrences none.db
has "as told" out "(nothing)"
runs "all events" 0 "$QUID" events news.db --type AID --format csv
n=$(wc -l <out)
runs "one a day" 0 "$QUID" events news.db --type AID --one-a-day --format csv
check "are fewer" [ "$(wc -l <out)" -lt "$n" ]
for question in occurrences contradict; do
  runs "$question needs a store" 2 "$QUID" "$question"
  runs "$question of no store" 1 "$QUID" "$question" missing.db
  runs "$question takes no more" 2 "$QUID" "$question" news.db more
done
