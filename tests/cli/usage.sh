# Help, version, and what is said of bad options.
. "$(dirname "$0")/lib.sh"
runs "--help" 0 "$QUID" --help
has "lists the commands" "$TEST_TMP/out" "  code "
runs "help code" 0 "$QUID" help code
has "has examples" "$TEST_TMP/out" "examples:"
cp "$TEST_TMP/out" "$TEST_TMP/help"
runs "code --help" 0 "$QUID" code --help
check "is the same text" cmp -s "$TEST_TMP/out" "$TEST_TMP/help"
runs "help parse" 0 "$QUID" help parse
runs "--version" 0 "$QUID" --version
equal "is a line" "quid $(sed -n "s/^  version: '\(.*\)',/\1/p" "$QUID_ROOT/meson.build")" "$(cat "$TEST_TMP/out")"
check "every option of code is in its help and in the manual" sh -c '
  for option in $(grep -o "^    {\"[a-z]*\"\|}, *{\"[a-z]*\"" "$0/cli/cmd_code.c" | grep -o "[a-z]*"); do
    "$1" help code | grep -q -e "--$option" || { echo "# --$option: not in the help"; exit 1; }
    grep -q -e "\\\\-\\\\-$option" "$0/man/quid.1" || { echo "# --$option: not in the manual"; exit 1; }
  done' "$QUID_ROOT" "$QUID"

wrong() { # NAME WANTED-TEXT ARGUMENT...
  wrong_name=$1 wrong_text=$2; shift 2
  runs "$wrong_name" 2 "$QUID" "$@"
  has "$wrong_name: says what" "$TEST_TMP/err" "$wrong_text"
  equal "$wrong_name: nothing on stdout" "" "$(cat "$TEST_TMP/out")"
}
wrong "no command" "usage:"
wrong "unknown command" "did you mean 'code'?" cod
wrong "a file for a command" "did you mean 'quid code $QUID_ROOT/examples/sample.txt'?" "$QUID_ROOT/examples/sample.txt"
wrong "unknown option of quid" "did you mean '--version'?" --versoin
wrong "unknown option of code" "unknown option '--formt'; did you mean '--format'?" code --formt=tsv x
wrong "swapped letters" "did you mean '--threads'?" code --thraeds 2 x
wrong "hopeless option" "see 'quid help code'" code --zzzzzzzz x
wrong "unknown letter" "unknown option '-q'" code -q x
wrong "unknown format" "did you mean 'table'?" code --format tabel x
wrong "hopeless format" "it takes one of: jsonl, tsv, table" code --format zzzzzzz x
wrong "no value" "no value for '--format'" code --format
wrong "value of a flag" "'--explain' takes no value" code --explain=1
wrong "no number" "bad value 'two' for '--threads'" code --threads two x
wrong "no threads" "it takes a number from 1 to" code --threads 0 x
wrong "too many threads" "it takes a number from 1 to" code -t 9999999999999999999999 x
wrong "no date" "no date '2024-02-30'" code --date 2024-02-30 "$QUID_ROOT/examples/sample.txt"
wrong "unknown help" "unknown command 'cod'" help cod

runs "options after --" 1 "$QUID" code -- --format
has "are files" "$TEST_TMP/err" "no such file '--format'"
runs "a model that is not there" 1 "$QUID" code --model nowhere.model "$QUID_ROOT/examples/sample.txt"
has "is named" "$TEST_TMP/err" "nowhere.model"
runs "a model that is none" 1 "$QUID" code --model "$QUID_ROOT/examples/sample.txt" "$QUID_ROOT/examples/sample.txt"
runs "dictionaries that are not there" 1 "$QUID" code --knowledge "$TEST_TMP/nowhere" "$QUID_ROOT/examples/sample.txt"
runs "QUID_HOME without a model" 1 env QUID_HOME="$TEST_TMP" "$QUID" code "$QUID_ROOT/examples/sample.txt"
has "is named too" "$TEST_TMP/err" "QUID_HOME"
finish
