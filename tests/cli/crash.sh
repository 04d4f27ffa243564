# quid load, killed and starved: nothing is lost, nothing is there twice, nothing is half there. crash.py says how.
. "$(dirname "$0")/lib.sh"
exec python3 "$QUID_ROOT/tests/cli/crash.py" "$QUID" "$QUID_ROOT" "$TEST_TMP"
