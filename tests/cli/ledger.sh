# quid ledger, promises, options: what the library answers comes out, filters hold, mistakes are told.
. "$(dirname "$0")/lib.sh"
cd "$TEST_TMP" || exit 1
cat >a.txt <<'END'
North Korea sent shells to Russia in exchange for oil. Russia asked North Korea for missiles.
END
cat >b.txt <<'END'
The United States threatened to bomb Iran. Washington should send food to Yemen.
END
cat >c.txt <<'END'
The United States bombed Iran on December 3, 2024. The United States shipped food to Yemen on December 4, 2024.
END
runs "loads three days" 0 "$QUID" load -q news.db --date 2024-11-25 a.txt
runs "loads the second" 0 "$QUID" load -q news.db --date 2024-11-26 b.txt
runs "loads the third" 0 "$QUID" load -q news.db --date 2024-12-05 c.txt

runs "the ledger of two" 0 "$QUID" ledger news.db PRK RUS --format tsv
has "names both sides" out "PRK > RUS"
has "what one gave" out "arms	ammunition	given	1"
has "by group" out "arms"
runs "the other way round" 0 "$QUID" ledger news.db RUS PRK --format json
has "the same goods" out '"class":"ammunition"'
runs "by roots" 0 "$QUID" ledger news.db PRK RUS --level 1 --format tsv
has "is material" out "material	material"
runs "bargains" 0 "$QUID" ledger news.db PRK RUS --bargains --format json
has "with the words that link them" out '"words":"in exchange for"'
has "what was given" out '"gave":"ammunition"'
runs "the largest" 0 "$QUID" ledger news.db --all --format tsv
has "are counted" out "PRK	RUS	ammunition"
runs "the balance" 0 "$QUID" ledger news.db PRK RUS --by month --format tsv
has "by month" out "2024-11	1	"
runs "of everybody" 0 "$QUID" ledger news.db --format tsv
has "has the food" out "USA	YEM"
runs "two runs" 0 "$QUID" ledger news.db
cp out first
runs "say the same" 0 "$QUID" ledger news.db
check "byte for byte" cmp -s first out

runs "promises" 0 "$QUID" promises news.db --format json
has "a threat" out '"kind":"threat"'
has "that was kept" out '"state":"kept","closed":"2024-12-03"'
has "with both sentences" out '"closing":"The United States bombed Iran on December 3, 2024."'
runs "only the open ones" 0 "$QUID" promises news.db USA IRN --state open
has "are none" out "(nothing)"
runs "as of a day before anything was loaded" 0 "$QUID" promises news.db --as-of 1999-01-01
has "nothing was known" out "(nothing)"

runs "options" 0 "$QUID" options news.db --format json
has "on whom" out '"on":"USA"'
has "toward whom" out '"toward":"YEM"'
has "the words" out "send food to Yemen"
has "and that it was done" out '"done":"2024-12-04"'
runs "on somebody else" 0 "$QUID" options news.db IRN
has "none" out "(nothing)"

for bad in "ledger news.db --level 4" "ledger news.db PRK RUS --by week" "ledger news.db --by month" "promises news.db --state lost" "promises news.db QQQ" "options news.db --place UKR" "options news.db --by month" "events news.db --bargains"; do
  # shellcheck disable=SC2086
  runs "refuses $bad" 2 "$QUID" $bad
done
finish
