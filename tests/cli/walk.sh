# ARCHITECTURE.md follows one sentence through the house: what it says is what comes out.
. "$(dirname "$0")/lib.sh"
tab=$(printf '\t')

runs "codes the sentence" 0 "$QUID" code --date 2024-11-25 --format tsv "$QUID_ROOT/examples/walk.txt"
sed 1d "$TEST_TMP/out" | cut -f7,8,14,16,26 >"$TEST_TMP/events"
has "the ministers met three times" "$TEST_TMP/events" "asserted${tab}CONSULT${tab}RUS.GOV.SERGEY_LAVROV;PRK.GOV.CHOE_SON_HUI${tab}${tab}3"
has "the accusation is asserted" "$TEST_TMP/events" "asserted${tab}ACCUSE${tab}UKR${tab}RUS;PRK"
has "the attack is only claimed" "$TEST_TMP/events" "claimed${tab}ASSAULT${tab}RUS;PRK${tab}UKR"
equal "three events, no more" 3 "$(wc -l <"$TEST_TMP/events" | tr -d ' ')"
finish
