# quid who: what a name means on a day and in a text, members of bodies, formats.
. "$(dirname "$0")/lib.sh"
know=$QUID_ROOT/tests/data/know
cd "$TEST_TMP" || exit 1
export QUID_CACHE="$TEST_TMP"
t=$(printf '\t')
who() { who_name=$1 who_code=$2; shift 2; runs "$who_name" "$who_code" "$QUID" who --knowledge "$know" "$@"; }

who "a surname" 0 Lavrov --date 2015-03-01 --format tsv
equal "has its columns" "id${t}name${t}type${t}country${t}sector${t}role${t}from${t}to${t}kind${t}source${t}holds${t}chosen" "$(head -1 out)"
equal "and its line" "RUS.GOV.SERGEY_LAVROV${t}Sergey Lavrov${t}person${t}RUS${t}GOV${t}foreign minister${t}2004-03-09${t}${t}surname${t}actors/people.tsv:2${t}yes${t}yes" "$(sed -n 2p out)"
who "before his time" 1 Lavrov --date 1999 --format tsv
has "does not hold" out "surname${t}actors/people.tsv:2${t}no${t}no"
who "one of two bearers" 0 Bush --date 2003-05-01 --format table
has "is marked" out "*  USA.GOV.GEORGE_W_BUSH "
has "with the reason" out "Bush: in office on 2003-05-01"
who "the other" 0 Bush --date 1990 --format table
has "is marked" out "*  USA.GOV.GEORGE_BUSH_SENIOR "
who "two who fit alike" 1 Stone --date 2005 --format table
has "nobody is chosen" out "Stone: John Stone and Ivan Stone fit alike"
who "small letters" 0 lavrov --format tsv
has "will do" out "RUS.GOV.SERGEY_LAVROV"
who "an id" 0 RUS.GOV.SERGEY_LAVROV --format table
has "is one" out "this is its id"
who "a name with words around it" 0 "the G8 group" --format json
has "is found in them" out '"words":"G8"'
check "json is JSON" python3 -c 'import json,sys; json.load(open(sys.argv[1]))' out
who "nobody" 1 Nobody --format json
equal "has no meanings" '{"words":null,"reason":"nothing in the dictionaries is called so","meanings":[],"members":[]}' "$(cat out)"
who "two names" 0 Lavrov NATO --format tsv
has "both are told" out "IGO.NATO"

who "in a text" 0 Georgia --text "Georgia accused Moscow; in Tbilisi crowds met." --format json
has "is the state" out '"chosen":true'
who "beside Atlanta" 1 Georgia --text "Police in Atlanta, Georgia, met two men." --format json
has "is not" out "names/clashes.tsv: also a place in USA"
who "not in the text" 1 Lavrov --text "Nobody was there." --format json
has "is said" out "the text does not name it"

who "members on a day" 0 NATO --members --date 1990-01-01 --format tsv
equal "two of them" "id name from to source USA DEU" "$(head -1 out | tr '\t' ' ') $(sed 1d out | cut -f1 | tr '\n' ' ' | sed 's/ $//')"
who "members of all times" 0 IGO.G8 -m --format table
has "with their dates" out "RUS  Russia         1997-01-01  2014-03-24  actors/members.tsv:6"
who "members of no body" 1 Lavrov --members
has "are none" err "no members of 'Lavrov'"

who "no date" 2 Lavrov --date 2015-02-30
has "is said" err "no date '2015-02-30'"
who "no name" 2
has "is said too" err "no name"
who "an empty name" 2 ""
who "a long name" 1 "$(head -c 2000 /dev/zero | tr '\0' a)"
has "is refused" err "name of more than 1024 bytes"
check "every option of who and check is in its help and in the manual" sh -c '
  for command in who check; do
    for option in $(grep -oE "\{\"[a-z]+\", [^}]*(true|false)," "$0/cli/cmd_$command.c" | cut -d\" -f2); do
      "$1" help $command | grep -q -e "--$option" || { echo "# --$option: not in the help"; exit 1; }
      grep -q -e "\\\\-\\\\-$option" "$0/man/quid.1" || { echo "# --$option: not in the manual"; exit 1; }
    done
  done' "$QUID_ROOT" "$QUID"
finish
