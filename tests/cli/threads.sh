# The same bytes for any number of threads, in the order of the input.
. "$(dirname "$0")/lib.sh"
python3 - "$QUID_ROOT" "$TEST_TMP" <<'PY'
import json, sys
root, tmp = sys.argv[1:]
sentences = open(f"{root}/examples/sample.txt").read().split(". ")
with open(f"{tmp}/many.jsonl", "w") as out:
    for i in range(120):
        n = (i * 7919) % 20 if i % 50 else 300   # long ones among short ones
        text = ". ".join(sentences[(i + k) % len(sentences)] for k in range(n + 1)) + "."
        if i % 41 == 40:
            out.write("no JSON\n")
        out.write(json.dumps({"id": f"d{i}", "text": text, "published": "2024-11-25"}) + "\n")
PY
for n in 1 2 3 8; do
  runs "$n threads" 3 "$QUID" code --threads $n "$TEST_TMP/many.jsonl"
  cksum <"$TEST_TMP/out" >"$TEST_TMP/sum.$n"
  cksum <"$TEST_TMP/err" >>"$TEST_TMP/sum.$n"
  equal "$n threads give the same output and messages" "$(cat "$TEST_TMP/sum.1")" "$(cat "$TEST_TMP/sum.$n")"
done
check "in the order of the input" python3 -c "
import json, sys
seen = [int(json.loads(l)['document']['id'][1:]) for l in open(sys.argv[1])]
assert seen == sorted(seen) and len(set(seen)) > 100" "$TEST_TMP/out"
split -l 9 "$TEST_TMP/many.jsonl" "$TEST_TMP/part."
for f in "$TEST_TMP"/part.*; do mv "$f" "$f.jsonl"; done
"$QUID" code --threads 4 "$TEST_TMP"/part.*.jsonl >"$TEST_TMP/parts" 2>/dev/null
check "the same from many files" cmp -s "$TEST_TMP/parts" "$TEST_TMP/out"
finish
