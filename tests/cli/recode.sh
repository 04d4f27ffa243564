# quid recode: other dictionaries change what they change and nothing else; --as-of answers as before; sums are those of the rows.
. "$(dirname "$0")/lib.sh"
cd "$TEST_TMP" || exit 1
cp -r "$QUID_ROOT/knowledge" other
sed -i 's# supply/v# #; s#^words     supply/v #words     #; /^\(yes\|no\) .*suppl/d' other/frames/aid.frames
cat >a.txt <<'END'
North Korea supplied Russia with artillery shells in October. Russia praised North Korea. Seoul condemned the shipment.
END
cat >b.txt <<'END'
Iran supplied drones to Russia on Monday. Japan and France held talks in Paris.
END

questions() {
  for q in "ledger news.db PRK RUS" "ledger news.db RUS" "ledger news.db --by month PRK" "events news.db" "promises news.db" "options news.db" "ledger news.db --all" "ledger news.db PRK RUS --bargains" \
    "series news.db PRK RUS"; do
    # shellcheck disable=SC2086
    "$QUID" $q --format tsv "$@" || echo "failed: $q"
  done
  "$QUID" network news.db --show ties --format tsv "$@" | cut -f 1-6 # its dates are those of months where sums answer
}
sums_hold() {
  python3 - news.db <<'END'
import sqlite3, sys
c = sqlite3.connect(sys.argv[1])
month = "CAST(strftime('%Y', day * 86400, 'unixepoch') AS INTEGER) * 12 + CAST(strftime('%m', day * 86400, 'unixepoch') AS INTEGER) - 1"
for rows, sums in (("a, b, %s, type, status, count(*) FROM dyad", "a, b, month, type, status, n FROM dyad_month"),
                   ("giver, taker, %s, class, kind, count(*) FROM transfer", "giver, taker, month, class, kind, n FROM transfer_month")):
    want = sorted(c.execute("SELECT " + rows % month + " GROUP BY 1, 2, 3, 4, 5"))
    assert want == sorted(c.execute("SELECT " + sums)), rows
for table in ("dyad", "transfer", "dyad_gone", "transfer_gone"):
    gone = "NOT NULL" if not table.endswith("gone") else "NULL"
    assert not c.execute(f"SELECT 1 FROM {table} x JOIN event e ON e.id = x.event WHERE e.gone IS {gone}").fetchall(), table
assert not c.execute("SELECT 1 FROM deal x JOIN event e ON e.id = x.event WHERE x.gone IS NOT e.gone").fetchall()
assert c.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
END
}

runs "loads with the dictionaries of now" 0 "$QUID" load news.db --date 2024-11-25 a.txt b.txt "$QUID_ROOT/examples/sample.txt"
runs "and learns it on a day" 0 python3 -c '
import sqlite3
c = sqlite3.connect("news.db"); c.execute("UPDATE load SET at = ?", ("2024-12-01T10:00:00Z",)); c.commit()'
questions >before
cp news.db kept.db
runs "the same dictionaries" 0 "$QUID" recode news.db
has "code nothing again" err "0 documents coded again"
runs "all, all the same" 0 "$QUID" recode news.db --all
has "reads the same" err "0 added, 0 gone, 0 changed"
cp kept.db news.db
runs "other dictionaries, to look at" 0 "$QUID" recode news.db --dry-run --knowledge other --format json
has "tells what would be gone" out '"change":"gone"'
has "with its sentence" out "North Korea supplied Russia with artillery shells"
has "and what it was" out "AID asserted PRK > RUS"
questions >after
check "writes nothing" cmp -s before after
runs "only documents with a word" 0 "$QUID" recode news.db --dry-run --knowledge other --only drones
has "looks at one" err "1 documents coded again"
runs "words that are no search" 2 "$QUID" recode news.db --dry-run --knowledge other --only '"'

runs "other dictionaries" 0 "$QUID" recode news.db --knowledge other
has "change some events" err "gone"
questions >now
check "the questions answer otherwise" sh -c '! cmp -s before now'
questions --as-of 2024-12-01 >asof
check "as of before they answer as before" cmp -s before asof
questions --as-of 2199-01-01 >later
check "as of later they answer as now" cmp -s now later
check "sums are those of the rows" sums_hold
"$QUID" load fresh.db -q --date 2024-11-25 --knowledge other a.txt b.txt "$QUID_ROOT/examples/sample.txt"
"$QUID" sql fresh.db "SELECT id, status, event, actor, recipient, confidence FROM events ORDER BY id" --format tsv >fresh
"$QUID" sql news.db "SELECT id, status, event, actor, recipient, confidence FROM events ORDER BY id" --format tsv >recoded
check "what holds is what a fresh load gives" cmp -s fresh recoded
runs "once more" 0 "$QUID" recode news.db --knowledge other
has "nothing is left to code" err "0 documents coded again"
runs "and back" 0 "$QUID" recode news.db
# Rows made anew come behind the old ones: another order, another example among equals.
plain() { cut -f 1-10 | sed 's/[0-9a-f]\{16\}//g' | sort; }
plain <before >first
questions | plain >back
check "answers as at first" cmp -s first back
check "sums are those of the rows again" sums_hold
questions --as-of 2024-12-01 >asof
check "as of the first day still as before" cmp -s before asof

"$QUID" code --date 2024-11-25 a.txt | "$QUID" load -q --records records.db -
runs "records have no text" 0 "$QUID" recode records.db --knowledge other
has "and are left alone" err "1 without text"
runs "no store" 2 "$QUID" recode
runs "none of that name" 1 "$QUID" recode none.db
check "is not made" test ! -e none.db
finish
