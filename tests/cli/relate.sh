# quid relate: which deed links two marked phrases.
. "$(dirname "$0")/lib.sh"
cd "$TEST_TMP" || exit 1

row() { printf '%s\t%s\t%s\n' "$1" "$2" "$3"; }
column() { awk -F'\t' -v name="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) c = i; next } { print $c }' out; }
{
  row sentence source target
  row "Russia shelled a Ukrainian village on Monday." Russia "a Ukrainian village"
  row "Germany agreed to lend Greece two billion euros." Germany Greece
  row "France refused to send tanks to Poland." France Poland
  row "The United States suspended military aid to Pakistan." "The United States" Pakistan
  row "Turkey threatened to invade Syria." Turkey Syria
  row "Kenya and Uganda were mentioned in a book about birds." Kenya Uganda
} >pairs.tsv
runs "reads a table" 0 "$QUID" relate pairs.tsv
equal "answers each row in order" "2 3 4 5 6 7" "$(column line | tr '\n' ' ' | sed 's/ $//')"
equal "by PLOVER's conventions" "ASSAULT AGREE REJECT SANCTION THREATEN NONE" "$(column event | tr '\n' ' ' | sed 's/ $//')"
equal "names the words" "shelled agreed refused suspended threatened -" "$(column trigger | tr '\n' ' ' | sed 's/ $//')"
check "is sure between 0 and 1" awk -F'\t' 'NR > 1 && !($7 >= 0 && $7 <= 1) { print "# " $0; bad = 1 } END { exit bad || NR != 7 }' out
cp out first.tsv
runs "reads a pipe" 0 sh -c '"$QUID" relate <pairs.tsv'
check "with the same result" cmp -s out first.tsv
awk -F'\t' -v OFS='\t' '{ print "more", $3, $1, $2 }' pairs.tsv | sed '1s/more/id/' >turned.tsv
runs "finds its columns by name" 0 "$QUID" relate turned.tsv
check "with the same result again" cmp -s out first.tsv

# What goes wrong is said with its place; the order of the rows holds.
{ row sentence source target; printf 'only one field\n'; row "Russia shelled Ukraine." Russia Ukraine; } >short.tsv
runs "a short row" 3 "$QUID" relate short.tsv
has "is told with its line" err "short.tsv:2"
equal "and answered with NONE" "NONE ASSAULT" "$(column event | tr '\n' ' ' | sed 's/ $//')"
{ row sentence source target; row "Russia shelled Ukraine." Russia Norland; } >absent.tsv
runs "a phrase that is not there" 0 "$QUID" relate absent.tsv
has "is told" err "target 'Norland' does not stand in the sentence"
{ row sentence source target; printf 'Russia \377shelled\000 Ukraine.\tRussia\tUkraine\n'; row "" a b; } >dirty.tsv
runs "broken UTF-8 and an empty sentence" 3 "$QUID" relate dirty.tsv
equal "are answered" "2" "$(column event | wc -l | tr -d ' ')"
row a b c >head.tsv
runs "a table without the columns" 1 "$QUID" relate head.tsv
has "is told" err "no column 'sentence'"
runs "a missing file beside a good one" 3 "$QUID" relate nowhere.tsv pairs.tsv
finish
