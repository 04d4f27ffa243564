# Bad input: each is told in one line, the rest goes on, nothing takes long or much memory.
. "$(dirname "$0")/lib.sh"
good='Russia invaded Ukraine on Thursday.'
cd "$TEST_TMP" || exit 1
printf '%s\n' "$good" >good.txt
events=$("$QUID" code good.txt | wc -l | tr -d ' ')
check "the good file has events" test "$events" -gt 0

# told NAME CODE TEXT FILE...: that exit code, the text on stderr, the good file's events on stdout.
told() {
  told_name=$1 told_code=$2 told_text=$3; shift 3
  runs "$told_name" "$told_code" "$QUID" code "$@"
  has "$told_name: says what" err "$told_text"
}
both() { # the same with the good file behind it
  both_name=$1 both_text=$2; shift 2
  told "$both_name" 3 "$both_text" "$@" good.txt
  equal "$both_name: the rest goes on" "$events" "$(wc -l <out | tr -d ' ')"
}

both "a missing file" "no such file 'nowhere.txt'" nowhere.txt
told "a missing file alone" 1 "no such file 'nowhere.txt'" nowhere.txt
mkdir folder
both "a directory" "'folder' is a directory" folder
told "a directory as JSON lines" 1 "'folder' is a directory" --input jsonl folder
: >empty.txt
both "an empty file" "empty file 'empty.txt'" empty.txt
printf ' \n\t\n' >blank.txt
both "white space" "nothing but white space in 'blank.txt'" blank.txt
both "a program" "'$QUID' is a program" "$QUID"
printf '%%PDF-1.4\n' >a.pdf
both "a PDF" "'a.pdf' is a PDF file" a.pdf
head -c 10000 /dev/zero >zero.bin
both "zeros" "of 'zero.bin' is control characters" zero.bin
if [ "$(id -u)" -ne 0 ]; then
  printf x >secret.txt; chmod 0 secret.txt
  both "no permission" "no permission to read 'secret.txt'" secret.txt
fi

printf 'Russia \377\376 invaded Ukraine\200 on Thursday.\000\n' >broken.txt
runs "broken UTF-8 and a NUL" 0 "$QUID" code broken.txt
equal "are told once" "quid: broken.txt: 4 bad byte sequences (no UTF-8, or NUL) replaced by U+FFFD" "$(cat err)"
check "and the output is UTF-8" python3 -c "open('out', encoding='utf-8', errors='strict').read()"

cat >lines.jsonl <<TXT
{"id": "one", "text": "$good"}
{"id": "cut", "text": "Russia inv
{"id": "none"}

nonsense
["text"]
{"id": "blank", "text": " "}
{"id": "nul", "text": "Russia\u0000 invaded \ud800Ukraine."}
{"id": 7, "text": "$good"}
TXT
told "bad lines" 3 "lines.jsonl:2:24: the JSON ends too early; skipped" lines.jsonl
has "no text" err "lines.jsonl:3: no 'text' in the object; skipped"
has "no JSON" err "lines.jsonl:5:1: not JSON; skipped"
has "no object" err "lines.jsonl:6: not a JSON object; skipped"
has "empty text" err "lines.jsonl:7: empty text; skipped"
has "NUL and half a pair" err "lines.jsonl:8: 2 bad byte sequences"
equal "nothing else is said" 6 "$(wc -l <err | tr -d ' ')"
has "a number as id" out '"document":{"id":"7"'
printf '{"text": "cut' >one.jsonl
told "a file of one bad line" 3 "one.jsonl:1:" one.jsonl
: >none.jsonl
told "no lines" 1 "no documents in 'none.jsonl'" none.jsonl
printf '[{"text": "x"}]' >array.jsonl
told "an array" 1 "is a JSON array" array.jsonl
cp a.pdf pdf.jsonl
told "a PDF as JSON lines" 1 "is a PDF file" pdf.jsonl

# A limit on memory, so that a line of 100 MB cannot hide in it. Sanitizers need more room.
bounded() { if [ -n "$QUID_NO_LIMIT" ]; then "$@"; else (ulimit -v 1500000; "$@"); fi; }
head -c 100000000 /dev/zero | tr '\0' 'a' >long.txt
runs "a line of 100 MB" 3 bounded "$QUID" code -t 1 long.txt good.txt
has "is refused" err "more than 16777216 bytes in 'long.txt'"
{ printf '{"text": "'; cat long.txt; printf '"}\n'; printf '{"text": "%s"}\n' "$good"; } >long.jsonl
runs "JSON of 100 MB in a line" 3 bounded "$QUID" code -t 1 long.jsonl
has "is skipped" err "long.jsonl:1: line of more than 67108864 bytes; skipped"
equal "and the next line is read" "$events" "$(wc -l <out | tr -d ' ')"
{ printf '{"text": "'; head -c 20000000 long.txt; printf '"}\n'; } >middle.jsonl
runs "a text of 20 MB" 3 bounded "$QUID" code -t 1 middle.jsonl
has "is skipped too" err "middle.jsonl:1: text of 20000000 bytes, more than 16777216; skipped"
head -c 1000000 long.txt >word.txt
runs "a word of 1 MB" 0 bounded timeout 120 "$QUID" code word.txt
rm -f long.txt long.jsonl middle.jsonl

if [ -w /dev/full ]; then
  "$QUID" code good.txt >/dev/full 2>err
  equal "a full disk ends with 1" 1 $?
  has "and is told" err "cannot write to standard output"
fi
i=0; while [ $i -lt 2000 ]; do printf '{"text": "%s"}\n' "$good"; i=$((i + 1)); done >many.jsonl
"$QUID" code many.jsonl 2>err | head -n 1 >out
equal "a reader that goes away is no matter" "" "$(cat err)"
finish
