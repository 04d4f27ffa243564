# The compiled dictionary: the same bytes with and without it, and never in the way.
. "$(dirname "$0")/lib.sh"
cd "$TEST_TMP" || exit 1
mkdir cache
code() { "$QUID" code --date 2024-11-25 "$QUID_ROOT"/examples/*.txt; }

QUID_CACHE="" code >text.jsonl 2>err
check "codes without one" test -s text.jsonl
equal "keeps none" "" "$(ls cache)"
export QUID_CACHE="$TEST_TMP/cache"
code >first.jsonl 2>err
check "the run that makes it gives the same" cmp text.jsonl first.jsonl
equal "makes two: actors and places" 2 "$(ls cache | wc -l | tr -d ' ')"
made=$(ls cache/*.compiled | grep -v places)
places=$(ls cache/*.places.compiled)
cp "$made" copy
cp "$places" copy.places
code >second.jsonl 2>err
check "the run that maps it gives the same" cmp text.jsonl second.jsonl
check "and leaves it as it is" cmp -s copy "$made"
check "the places too" cmp -s copy.places "$places"
for what in Lavrov "the Kremlin" Johnson NATO; do
  QUID_CACHE="" "$QUID" who --format tsv "$what" >a 2>&1
  "$QUID" who --format tsv "$what" >b 2>&1
  check "who $what is the same" cmp a b
done
for file in "$made" "$places"; do dd if=/dev/zero of="$file" bs=1 seek=5000 count=64 conv=notrunc 2>/dev/null; done
code >third.jsonl 2>err
check "a damaged one is no matter" cmp text.jsonl third.jsonl
equal "and not worth a word" "" "$(cat err)"
check "it is made anew" cmp -s copy "$made"
check "so are the places" cmp -s copy.places "$places"
if [ "$(id -u)" != 0 ]; then chmod 500 cache; fi
rm -f "$made" "$places"
QUID_CACHE=/proc/nowhere code >fourth.jsonl 2>err
check "no place to write is no matter" cmp text.jsonl fourth.jsonl
equal "nor is it told" "" "$(cat err)"
chmod 700 cache
for i in 1 2 3 4; do code >"par$i.jsonl" 2>&1 & done
wait
for i in 1 2 3 4; do check "several at once, $i" cmp text.jsonl "par$i.jsonl"; done
equal "leave two files" 2 "$(ls cache | wc -l | tr -d ' ')"
finish
