# The example program, and an installed quid: its own copy of model and dictionaries, pkg-config.
. "$(dirname "$0")/lib.sh"
: "${QUID_BUILD:=$(dirname "$QUID")}"
runs "the example program" 0 "$QUID_BUILD/example-minimal" "Russia invaded Ukraine on Thursday."
has "finds the invasion" "$TEST_TMP/out" "Russia -> ASSAULT (asserted) -> Ukraine"
runs "the example without arguments" 0 "$QUID_BUILD/example-minimal"

if meson install -C "$QUID_BUILD" --no-rebuild --quiet --destdir "$TEST_TMP/root" >"$TEST_TMP/log" 2>&1; then
  pass "installs"
else
  sed 's/^/# /' "$TEST_TMP/log" | tail -5; fail "installs"; finish
fi
prefix=$(find "$TEST_TMP/root" -path '*/bin/quid' | sed 's,/bin/quid$,,')
libdir=$(dirname "$(find "$TEST_TMP/root" -name 'libquid.so' | head -1)")
export LD_LIBRARY_PATH="$libdir"
cd "$TEST_TMP" || exit 1
runs "the installed program" 0 "$prefix/bin/quid" code "$QUID_ROOT/examples/sample.txt"
check "gives the same as the built one" sh -c '"$0" code "$1" | cmp -s - "$2"' \
  "$QUID" "$QUID_ROOT/examples/sample.txt" "$TEST_TMP/out"
check "has its manual" test -e "$prefix/share/man/man1/quid.1"
if command -v pkg-config >/dev/null; then
  export PKG_CONFIG_PATH="$libdir/pkgconfig" PKG_CONFIG_SYSROOT_DIR="$TEST_TMP/root"
  # A sanitized library needs its run-time library too.
  sanitize=$(python3 -c "
import json, sys
for o in json.load(open(sys.argv[1])):
    if o['name'] == 'b_sanitize' and o['value'] != 'none': print('-fsanitize=' + o['value'])" \
    "$QUID_BUILD/meson-info/intro-buildoptions.json")
  # shellcheck disable=SC2046,SC2086
  runs "the example compiles with pkg-config" 0 cc $sanitize -o mine "$QUID_ROOT/examples/minimal.c" $(pkg-config --cflags --libs quid)
  runs "and runs" 0 env QUID_HOME="$prefix/share/quid" ./mine
else
  skip "the example compiles with pkg-config" "no pkg-config"
fi
finish
