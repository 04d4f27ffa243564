# Sourced by the shell tests: . "$(dirname "$0")/lib.sh"
# Given by tools/run-tests: $QUID the program, $QUID_ROOT the repository, $TEST_TMP an empty folder.
: "${QUID_ROOT:=$(cd "$(dirname "$0")/../.." && pwd)}"
: "${QUID:=$QUID_ROOT/build/quid}"
: "${TEST_TMP:=$(mktemp -d)}"
# A program built outside the source tree does not find model and dictionaries by itself.
case $QUID in "$QUID_ROOT"/*) ;; *) export QUID_HOME="${QUID_HOME:-$QUID_ROOT}" ;; esac
test_n=0
test_bad=0

pass() { test_n=$((test_n + 1)); echo "ok $test_n - $1"; }
fail() { test_n=$((test_n + 1)); test_bad=$((test_bad + 1)); echo "not ok $test_n - $1"; }
skip() { test_n=$((test_n + 1)); echo "ok $test_n - $1 # SKIP $2"; }

# check NAME COMMAND...: passes when the command succeeds.
check() {
  check_name=$1; shift
  if "$@"; then pass "$check_name"; else fail "$check_name"; fi
}

# runs NAME CODE COMMAND...: passes when the command ends with that code. Leaves its output in
# $TEST_TMP/out and $TEST_TMP/err.
runs() {
  runs_name=$1 runs_code=$2; shift 2
  "$@" >"$TEST_TMP/out" 2>"$TEST_TMP/err"
  runs_got=$?
  if [ "$runs_got" -eq "$runs_code" ]; then pass "$runs_name"; else
    echo "# ended with $runs_got, not $runs_code"; sed 's/^/# /' "$TEST_TMP/err" | head -5
    fail "$runs_name"
  fi
}

# equal NAME WANTED GOT
equal() {
  if [ "$2" = "$3" ]; then pass "$1"; else echo "# wanted: $2"; echo "# got:    $3"; fail "$1"; fi
}

# has NAME FILE TEXT: passes when the file holds the text.
has() {
  if grep -qF -e "$3" "$2"; then pass "$1"; else
    echo "# no '$3' in:"; sed 's/^/#   /' "$2" | head -5; fail "$1"
  fi
}

# need_data NAME PATH: the path below ../shared/data in $data; else skips NAME and returns 1.
#   need_data "codes the article" news/x.txt && runs ... "$data"
need_data() {
  data=${QUID_TEST_DATA:-$QUID_ROOT/../shared/data}/$2
  [ -r "$data" ] && return 0
  skip "$1" "shared/data/$2 is absent"
  return 1
}

# Last line of every test.
finish() { echo "1..$test_n"; [ "$test_bad" -eq 0 ]; exit $?; }
