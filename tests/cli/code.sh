# quid code: formats, options, order, exit codes.
. "$(dirname "$0")/lib.sh"
sample=$QUID_ROOT/examples/sample.txt
lines=$QUID_ROOT/examples/sample.jsonl

runs "codes the sample" 0 "$QUID" code "$sample"
cp "$TEST_TMP/out" "$TEST_TMP/sample.out"
equal "says nothing on stderr" "" "$(cat "$TEST_TMP/err")"
check "finds events in it" test -s "$TEST_TMP/out"
check "every line is JSON with the keys of the record" python3 - "$TEST_TMP/out" "$sample" <<'PY'
import json, sys
keys = ("id document sentence actor recipient event mode context cameo quad score trigger status attribution "
        "date place item victims crowd times duration deadline content exchange link purpose confidence why").split()
text = open(sys.argv[2], "rb").read()
ids = set()
for line in open(sys.argv[1], encoding="utf-8"):
    e = json.loads(line)
    assert list(e) == keys, list(e)
    assert e["document"]["published"] == "2024-11-25" and e["document"]["title"].startswith("Pyongyang")
    spans = [e["sentence"], e["trigger"]] + e["actor"] + e["recipient"] + e["item"] + e["victims"] + e["link"]
    for s in spans + [x for x in (e["date"], e["place"], e["purpose"], e["crowd"], e["duration"], e["deadline"], e["exchange"]) if x and x["text"]]:
        assert text[s["start"]:s["end"]].decode() == s["text"], s
    ids.add(e["id"])
assert len(ids) == sum(1 for _ in open(sys.argv[1])), "ids are not unique"
PY

runs "the same from standard input" 0 "$QUID" code - <"$sample"
check "gives the same bytes" cmp -s "$TEST_TMP/out" "$TEST_TMP/sample.out"
runs "standard input without a name" 0 "$QUID" code <"$sample"
check "gives the same bytes too" cmp -s "$TEST_TMP/out" "$TEST_TMP/sample.out"

runs "writes a table" 0 "$QUID" code --format table "$sample"
has "with a heading" "$TEST_TMP/out" "Pyongyang's shells for Moscow's veto"
has "with titles" "$TEST_TMP/out" "ACTOR > RECIPIENT"
runs "writes a table in colour" 0 "$QUID" code --format table --color always "$sample"
has "with ANSI codes" "$TEST_TMP/out" "$(printf '\033[1m')"
runs "NO_COLOR" 0 env NO_COLOR=1 "$QUID" code --format table "$sample"
equal "leaves them out" "" "$(tr -dc '\033' <"$TEST_TMP/out")"
runs "no terminal, no colour" 0 "$QUID" code --format=table "$sample"
equal "so none" "" "$(tr -dc '\033' <"$TEST_TMP/out")"
runs "COLUMNS sets the width" 0 env COLUMNS=60 "$QUID" code -f table "$sample"
check "of the sentences" python3 -c "
import sys
assert all(len(l.rstrip('\n')) <= 60 for l in open(sys.argv[1], encoding='utf-8') if l[:4] == '    ' and l[4] != ' ')" "$TEST_TMP/out"

runs "writes TSV" 0 "$QUID" code --format tsv "$sample"
equal "with one number of fields" 1 "$(awk -F'\t' '{print NF}' "$TEST_TMP/out" | sort -u | wc -l | tr -d ' ')"
equal "and a line for each event" "$(($(wc -l <"$TEST_TMP/sample.out") + 1))" "$(wc -l <"$TEST_TMP/out" | tr -d ' ')"
runs "the header comes once" 0 "$QUID" code -f tsv "$sample" "$lines"
equal "for several files" 1 "$(grep -c '^id	' "$TEST_TMP/out")"

runs "codes JSON lines by their name" 0 "$QUID" code "$lines"
equal "gives back the ids, in order" "grain-deal-2023 saudi-iran-2023 drones-2022" \
  "$(python3 -c "
import json, sys
print(*dict.fromkeys(json.loads(l)['document']['id'] for l in open(sys.argv[1])))" "$TEST_TMP/out")"
runs "codes JSON lines by option" 0 "$QUID" code --input jsonl - <"$lines"
runs "a date for plain text" 0 "$QUID" code --date 2020-02-29 - <<'TXT'
Russia invaded Ukraine on Thursday.
TXT
has "is the day of publication" "$TEST_TMP/out" '"published":"2020-02-29"'
runs "a text without events" 0 "$QUID" code - <<'TXT'
The sky is blue.
TXT
equal "gives nothing" "" "$(cat "$TEST_TMP/out")"

runs "explains" 0 "$QUID" code --explain --format table "$sample"
has "by naming the frames" "$TEST_TMP/out" "knowledge/frames/"
runs "explains with the table alone" 2 "$QUID" code --explain --format jsonl "$sample"
finish

cat >"$TEST_TMP/urged.txt" <<'TXT'
Germany should supply missiles to Ukraine, because the winter is near. Poland attacked nobody.
TXT
runs "options as JSON lines" 0 "$QUID" code --records options "$TEST_TMP/urged.txt"
check "say who shall do what" python3 - "$TEST_TMP/out" <<'PY'
import json, sys
lines = [json.loads(l) for l in open(sys.argv[1], encoding="utf-8")]
assert len(lines) == 1, lines
o = lines[0]
assert o["record"] == "option" and o["verb"]["text"] == "supply" and not o["negated"] and o["strength"] == "should"
assert [e["id"] for e in o["on"]] == ["DEU"] and [e["id"] for e in o["toward"]] == ["UKR"]
assert o["by"] == [] and o["reason"]["text"].startswith("because"), o
PY
runs "all records" 0 "$QUID" code -r all "$TEST_TMP/urged.txt"
equal "hold one option" 1 "$(grep -c '"record":"option"' "$TEST_TMP/out")"
runs "no options unless asked for" 0 "$QUID" code "$TEST_TMP/urged.txt"
equal "in JSON lines" 0 "$(grep -c '"record":"option"' "$TEST_TMP/out")"
runs "options as TSV" 0 "$QUID" code -f tsv -r options "$TEST_TMP/urged.txt"
equal "with one number of fields" 1 "$(awk -F'\t' '{print NF}' "$TEST_TMP/out" | sort -u | wc -l | tr -d ' ')"
runs "a table" 0 "$QUID" code -f table "$TEST_TMP/urged.txt"
has "ends with the options" "$TEST_TMP/out" "OPTIONS URGED"
runs "no lines of two kinds in TSV" 2 "$QUID" code -f tsv -r all "$TEST_TMP/urged.txt"
has "says so" "$TEST_TMP/err" "'--records all' does not go with '--format tsv'"
echo 'If the frost comes, Russia will leave Syria.' >"$TEST_TMP/linked.txt"
runs "links as JSON lines" 0 "$QUID" code --records links "$TEST_TMP/linked.txt"
check "say what hangs on what" python3 - "$TEST_TMP/out" <<'PY'
import json, sys
lines = [json.loads(l) for l in open(sys.argv[1], encoding="utf-8")]
assert len(lines) == 1, lines
b = lines[0]
assert b["record"] == "link" and b["type"] == "condition" and b["words"]["text"] == "If", b
assert [p["head"]["text"] for p in b["first"]["part"]] == ["leave"] and b["first"]["part"][0]["event"], b
assert [p["head"]["text"] for p in b["second"]["part"]] == ["comes"] and b["second"]["part"][0]["event"] is None, b
PY
runs "all records" 0 "$QUID" code -r all "$TEST_TMP/linked.txt"
equal "hold one link" 1 "$(grep -c '"record":"link"' "$TEST_TMP/out")"
runs "links as TSV" 0 "$QUID" code -f tsv -r links "$TEST_TMP/linked.txt"
equal "with one number of fields" 1 "$(awk -F'\t' '{print NF}' "$TEST_TMP/out" | sort -u | wc -l | tr -d ' ')"
runs "a table of links" 0 "$QUID" code -f table -r links "$TEST_TMP/linked.txt"
has "names them" "$TEST_TMP/out" "LINKS"
runs "no other records" 2 "$QUID" code -r some "$TEST_TMP/urged.txt"

# Whose "we" a statement's is, where only its publisher tells.
printf '%s\n' '{"id":"a","publisher":"US State Department","text":"We urge all sides to return to talks."}' \
  '{"id":"b","publisher":"Times of India","text":"We urge all sides to return to talks in Syria."}' >"$TEST_TMP/we.jsonl"
runs "codes statements" 0 "$QUID" code -i jsonl -f tsv "$TEST_TMP/we.jsonl"
has "a ministry that publishes speaks for itself" "$TEST_TMP/out" "USA.GOV.STATE_DEPARTMENT"
check "a newspaper speaks for no state" sh -c "! grep -q '	IND	' '$TEST_TMP/out'"
