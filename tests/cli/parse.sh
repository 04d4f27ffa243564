# quid parse: text to CoNLL-U and back, and scores on a treebank.
. "$(dirname "$0")/lib.sh"
cd "$TEST_TMP" || exit 1
sample=$QUID_ROOT/examples/sample.txt

runs "parses a file" 0 "$QUID" parse "$sample"
cp out first.conllu
check "has ten columns or a comment on each line" awk -F'\t' '
  /^#/ || /^$/ { next } NF != 10 { print "# " $0; bad = 1 } END { exit bad }' first.conllu
has "names the document" first.conllu "# newdoc id = $sample"
check "every word has a tag, a lemma, a head and a label" awk -F'\t' '
  /^[0-9]+\t/ && ($3 == "_" && $2 != "_" || $4 == "_" || $7 == "_" || $8 == "_") { print "# " $0; bad = 1 } END { exit bad }' first.conllu
check "each sentence has one root" awk -F'\t' '
  /^[0-9]+\t/ && $7 == 0 { n++ } /^$/ { if (n != 1) { print "# line " NR; bad = 1 } n = 0 } END { exit bad }' first.conllu
"$QUID" parse <"$sample" | grep -v '^# newdoc' >piped.conllu
grep -v '^# newdoc' first.conllu >unnamed.conllu
check "a pipe gives the same" cmp -s piped.conllu unnamed.conllu
runs "re-annotates its own output" 0 "$QUID" parse --input conllu first.conllu
check "with the same result" cmp -s out first.conllu
cut -f 1,2,10 first.conllu | awk -F'\t' '/^#/ || /^$/ { print; next }
  { s = $3 ~ /SpaceAfter=No/ ? "SpaceAfter=No" : "_"; print $1 "\t" $2 "\t_\t_\t_\t_\t_\t_\t_\t" s }' >bare.conllu
runs "annotates bare tokens" 0 "$QUID" parse --input conllu bare.conllu
check "with the same result again" cmp -s out first.conllu

# Its own output as a treebank: everything agrees.
runs "scores a treebank" 0 "$QUID" parse --eval first.conllu
check "which is its own output" awk '/^(Tokens|Sentences|Words|UPOS|XPOS|UFeats|Lemmas|UAS|LAS|CLAS|Entities) / {
  n++; if ($2 != "100.00") { print "# " $0; bad = 1 } } END { exit bad || n < 10 }' out
runs "scores some documents" 0 "$QUID" parse --eval first.conllu --docs nothing,sample --each
has "and each" out "from text  $sample"
runs "no such document" 1 "$QUID" parse --eval first.conllu --docs nothing
has "is said" err "no such document"

# What goes wrong is said with its place; the rest goes on.
{ printf '1\tHe\t_\t_\t_\t_\t_\t_\t_\t_\n\n'; printf '1\tx\ty\n'; } >bad.conllu
runs "bad CoNLL-U" 3 "$QUID" parse --input conllu bad.conllu first.conllu
has "is told with its line" err "bad.conllu:3:1: 3 columns instead of 10"
printf '\377\376a' >utf16.txt
runs "not plain text" 1 "$QUID" parse utf16.txt
runs "a missing file" 3 "$QUID" parse nowhere.txt "$sample"
runs "a treebank without trees" 1 "$QUID" parse --eval bare.conllu
has "is told" err "bare.conllu:"
printf 'He left\000 \377 then.\n' >broken.txt
runs "broken UTF-8" 0 "$QUID" parse broken.txt
has "is told once" err "2 bad byte sequences"
runs "a file beside --eval" 2 "$QUID" parse --eval a b
runs "--docs alone" 2 "$QUID" parse --docs a
runs "unknown input" 2 "$QUID" parse --input conll
has "is answered with the nearest" err "did you mean 'conllu'?"

# A long text in parts: sentences are numbered through.
awk 'BEGIN { for (i = 0; i < 9000; i++) print "Mr. Kim went to the U.S. He did not stay there for long, since it rained; so he left it again, said Ms. Choe.\n" }' >long.txt
runs "a long text" 0 "$QUID" parse long.txt
equal "is numbered to its end" "# sent_id = 18000" "$(grep '^# sent_id' out | tail -1)"
equal "is one document" "1" "$(grep -c '^# newdoc' out)"
finish
