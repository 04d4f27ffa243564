# quid check: a folder without mistakes, and one with many; each finding with its place, in order.
. "$(dirname "$0")/lib.sh"
good=$QUID_ROOT/tests/data/know
cd "$TEST_TMP" || exit 1
t=$(printf '\t')

runs "a folder without mistakes" 0 "$QUID" check --strict "$good"
equal "says nothing on stdout" "" "$(cat out)"
has "and counts" err "quid: 0 errors, 0 warnings in 33 files"

fresh() { rm -rf bad; cp -R "$good" bad; chmod -R u+w bad; }
# finds NAME FILE TEXT: the check fails, and names FILE:LINE:COLUMN: TEXT.
finds() {
  runs "$1" 1 "$QUID" check bad
  has "$1: told" out "$2"
}

fresh
cat >>bad/actors/states.tsv <<EOF
XXX${t}sate${t}XXX${t}GOV${t}${t}${t}${t}Nowhere${t}own
YYY${t}state${t}YYY${t}GVO${t}${t}${t}${t}Nowhere${t}own
ZZZ${t}state${t}ZZZ${t}GOV${t}2001-02-30${t}${t}${t}Nowhere${t}own
ZZA${t}state${t}ZZA${t}GOV${t}2002${t}2001${t}${t}Nowhere${t}own
ZZB${t}state${t}ZZB${t}GOV${t}${t}${t}${t}Twice | Twice${t}own
ZZC${t}state${t}ZZC${t}GOV${t}${t}${t}${t}Russia${t}own
ZZD${t}state ${t}ZZD${t}GOV${t}${t}${t}${t}Spaced${t}own
ZZE${t}state${t}ZZF${t}GOV${t}${t}${t}${t}Linkless${t}own
ZZG.GOV.SOMEBODY${t}person${t}ZZE${t}GOV${t}${t}${t}envoy${t}Some Body${t}own
ZZH${t}state
EOF
runs "many mistakes in one file" 1 "$QUID" check bad
cut -d: -f2- out >places
cat >wanted <<EOF
11:5: unknown type 'sate'
12:15: unknown sector 'GVO'
13:19: no such date '2001-02-30'
14:24: ends before it begins '2001'
15:30: name stands twice 'Twice'
16:22: name 'Russia' of ZZC is one of RUS too (actors/states.tsv:4), and names/clashes.tsv does not settle it
17:10: space beside a tab or at the end of the line
18:11: no such country 'ZZF'
19:1: no such parent 'ZZG' of 'ZZG.GOV.SOMEBODY'
20:10: 2 fields where 9 are needed
EOF
check "each is told, in order" cmp wanted places
sed 's/^/# /' places | head -12
has "and counted" err "quid: 10 errors, 0 warnings in 33 files"

fresh
printf 'RUS.GOV.ANOTHER%sperson%sRUS%sGOV%s2010-01-01%s2010-03-01%sforeign minister%sAno Ther%sown\n' \
  "$t" "$t" "$t" "$t" "$t" "$t" "$t" "$t" >>bad/actors/people.tsv
runs "two foreign ministers" 0 "$QUID" check bad
has "are a warning" out "people.tsv:7:32: warning: term of 'Ano Ther' as foreign minister of RUS overlaps that of 'Sergey Lavrov' (actors/people.tsv:2) by 60 days"
runs "which --strict heeds" 1 "$QUID" check --strict bad
runs "and --errors leaves out" 0 "$QUID" check --errors bad
equal "altogether" "" "$(cat out)"
sed -i 's/foreign minister\(.*\)Ano Ther/head of government\1Ano Ther/; s/foreign minister\(.*\)Sergey/head of government\1Sergey/' bad/actors/people.tsv
finds "two heads of government" "people.tsv:7:32: term of 'Ano Ther' as head of government of RUS overlaps"
sed -i '$s/own$/own; disputed/' bad/actors/people.tsv
runs "who are known to have been two" 0 "$QUID" check --errors bad

fresh
printf 'IGO.NATTO%sUSA%s%s%sown\nIGO.NATO%sXXX%s%s%sown\nIGO.NATO%sUSA%s1960%s%sown\n' "$t" "$t" "$t" "$t" "$t" "$t" "$t" "$t" "$t" "$t" "$t" "$t" >>bad/actors/members.tsv
finds "a body that is none" "members.tsv:7:1: no such actor 'IGO.NATTO'"
has "a member that is none" out "members.tsv:8:10: no such actor 'XXX'"
has "a member twice" out "members.tsv:9:10: 'USA' is member of 'IGO.NATO' twice at one time: see line 2"

fresh
cat >>bad/frames/consult.frames <<EOF

frame     consult.visit
event     CONSULTT
words     visit/v
actor     subj

frame     consult.call
event     CONSULT
cameo     99
words     call/v call/v
actor     subj
need      obj @nothing
need      nowhere @person
context   nonsense
mode      nonsense
yes       Russia called Rusia. => RUS > RUZ
EOF
finds "a bad frame" "consult.frames:11:11: unknown event type 'CONSULTT'"
for wanted in "17:11: not a CAMEO code '99'" "18:18: warning: word stands twice in this frame 'call/v'" \
  "20:15: unknown class '@nothing'" "21:11: unknown slot 'nowhere'" "22:11: unknown context 'nonsense'" \
  "23:11: no mode of this event type: 'nonsense'" "24:41: no such actor 'RUZ'"; do
  has "and the next: $wanted" out "consult.frames:$wanted"
done
fresh
cp bad/frames/consult.frames bad/frames/copy.frames
finds "one frame in two files" "copy.frames:1:11: frame given twice 'consult.meet'"

fresh
cat >>bad/examples/own.tsv <<EOF
Police arrested a man in Oslo today.${t}Polizei${t}a man${t}COERCE${t}arest${t}asserted${t}COERCE${t}173${t}active
Police arrested a man in Oslo today.${t}Police${t}a woman${t}COERCED${t}-${t}done${t}COERCE${t}1x${t}active
The two ministers walked in the park.${t}The two ministers${t}-${t}NONE${t}-${t}asserted${t}NON${t}-${t}none
EOF
finds "examples" "own.tsv:4:38: not in the sentence 'Polizei'"
for wanted in "4:59: no mode of this event type: 'arest'" "5:45: not in the sentence 'a woman'" "5:53: unknown event type 'COERCED'" \
  "5:63: unknown status 'done'" "5:75: not a CAMEO code '1x'" "6:1: row given twice: see line 3" "6:66: status of nothing 'asserted'" \
  "6:75: unknown event type 'NON'"; do
  has "examples: $wanted" out "own.tsv:$wanted"
done

fresh
printf 'Nobody | Nobody else%splace%sXXX%sTbilisi%stbilisi%sown\n' "$t" "$t" "$t" "$t" "$t" >>bad/names/clashes.tsv
finds "clashes" "clashes.tsv:3:28: no such country 'XXX'"
has "of nobody" out "clashes.tsv:3:1: warning: no actor is called 'Nobody'"
has "with a word on both sides" out "clashes.tsv:3:32: word both for and against 'Tbilisi'"
printf 'tank%s-%sgun%sown\r\n' "$t" "$t" "$t" >>bad/items/items.tsv
printf '\320\220rms%s-%sspear%sown' "$t" "$t" "$t" >>bad/items/items.tsv
finds "line ends of another system" "items.tsv:4:15: carriage return at the end of the line"
has "letters of two alphabets" out "items.tsv:5:3: letters of two alphabets in one word, at U+0072"
has "no line break at the end" out "items.tsv:5:1: warning: no line break at the end of the file"
fresh
sed -i 's/^class/clas/' bad/items/items.tsv
finds "another header" "items.tsv:1:1: unexpected header"
fresh
rm bad/forms.tsv
finds "a file that is missing" "no such file 'bad/forms.tsv'"
fresh
cp "$QUID_ROOT/tests/data/tiny.model" bad/actors/garbage.tsv
runs "garbage" 1 "$QUID" check bad

runs "no folder" 1 "$QUID" check nowhere
has "is said" err "nowhere"
runs "two folders" 2 "$QUID" check a b
finish
