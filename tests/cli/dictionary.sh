# quid code --dictionary: PETRARCH dictionaries instead of quid's own, or beside them.
. "$(dirname "$0")/lib.sh"
sample=$QUID_ROOT/examples/sample.txt
dictionary=$QUID_ROOT/examples/dictionary

runs "codes with a folder" 0 "$QUID" code --dictionary "$dictionary" --format jsonl "$sample"
cp "$TEST_TMP/out" "$TEST_TMP/folder"
has "says what was read" "$TEST_TMP/err" "from 4 files; 0 lines not read"
check "with the dictionary's codes, and where they come from" python3 - "$TEST_TMP/out" <<'PY'
import json, sys
events = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
assert events
for e in events:
    assert e["cameo"].isdigit() and e["why"]["file"].endswith("sample.verbs.txt") and e["why"]["line"] > 0, e["why"]
visit = [e for e in events if e["cameo"] == "042"][0]
assert visit["event"] == "CONSULT" and visit["mode"] == ["visit"]
assert [a["id"] for a in visit["actor"]] == ["PRKGOV"] and [a["id"] for a in visit["recipient"]] == ["RUS"]
claim = [e for e in events if e["cameo"] == "072"][0]
assert claim["status"] == "claimed" and claim["actor"][0]["country"] == "RUS"
assert len({e["id"] for e in events}) == len(events)
PY
runs "with files in a list" 0 "$QUID" code --dictionary "$dictionary/sample.verbs.txt,$dictionary/sample.actors.txt,$dictionary/sample.agents.txt,$dictionary/sample.discards.txt" "$sample"
check "codes the same but for the paths" test "$(wc -l <"$TEST_TMP/out")" = "$(wc -l <"$TEST_TMP/folder")"
runs "with an .ini" 0 "$QUID" code --dictionary "$QUID_ROOT/tests/data/petrarch.ini" "$sample"
has "that names its files" "$TEST_TMP/err" "from 3 files"

"$QUID" code --format jsonl "$sample" >"$TEST_TMP/own" 2>/dev/null
runs "beside quid's own" 0 "$QUID" code --dictionary "$dictionary" --dictionary-beside --format jsonl "$sample"
equal "codes both" "$(($(wc -l <"$TEST_TMP/own") + $(wc -l <"$TEST_TMP/folder")))" "$(wc -l <"$TEST_TMP/out" | tr -d ' ')"

mkdir "$TEST_TMP/bad"
printf 'NORLAND [NOR]\nOSTRIA [A]\n' >"$TEST_TMP/bad/x.actors.txt"
printf -- '--- HIT [190] ---\nHIT\n- * {A [191]\n' >"$TEST_TMP/bad/x.verbs.txt"
printf 'notes\n' >"$TEST_TMP/bad/readme.txt"
echo "Norland hit Ostria." >"$TEST_TMP/text"
runs "goes on after faults" 0 "$QUID" code --dictionary "$TEST_TMP/bad" "$TEST_TMP/text"
has "names file, line, column and reason" "$TEST_TMP/err" "x.actors.txt:2:9: no actor code 'A'"
has "of patterns too" "$TEST_TMP/err" "x.verbs.txt:3:3: group without end"
has "names files left alone" "$TEST_TMP/err" "readme.txt: not read"
has "and counts" "$TEST_TMP/err" "3 lines not read"

runs "no such folder" 1 "$QUID" code --dictionary "$TEST_TMP/nowhere" "$sample"
has "is named" "$TEST_TMP/err" "nowhere"
runs "a file that is no dictionary" 2 "$QUID" code --dictionary "$sample" "$sample"
runs "a folder without verbs" 2 "$QUID" code --dictionary "$QUID_ROOT/examples" "$sample"
runs "'--dictionary-beside' alone" 2 "$QUID" code --dictionary-beside "$sample"
has "says what it goes with" "$TEST_TMP/err" "--dictionary"
runs "an empty dictionary" 2 "$QUID" code --dictionary "" "$QUID_ROOT/examples/sample.txt"
has "is told" "$TEST_TMP/err" "wants a folder or files"
finish
