/* code: two CAMEO codes -> the one of the whole.
 *
 * CAMEO's codes of words repeat the order of its codes of deeds: to appeal (02), intend (03), demand (10) and
 * refuse (12) have a subcode for each kind of cooperation, aid and yielding, to threaten (13) for each kind of
 * conflict. PETRARCH-2 does the same with numbers; here it is two tables, read top down.
 *
 *   "promised (030) to send grain (073)"   033 + 3 -> 0333
 *   "refused (120) to meet (046)"          125 */
#include "code/petrarch.h"


enum { APPEAL, INTEND, DEMAND, REFUSE, N_SPEECHES };

/* Inner code by its beginning -> the outer subcodes. */
static const struct { const char *inner, *outer[N_SPEECHES]; } COOPERATION[] = {
  {"045", {"028", "039", "108", "126"}}, {"04", {"026", "036", "106", "125"}}, {"057", {"027", "037", "107", "127"}},
  {"05", {"022", "032", "102", "120"}},
  {"061", {"0211", "0311", "1011", "1211"}}, {"062", {"0212", "0312", "1012", "1212"}}, {"063", {"0213", "0313", "1013", "1213"}},
  {"064", {"0214", "0314", "1014", "1214"}}, {"06", {"021", "031", "101", "121"}},
  {"071", {"0231", "0331", "1031", "1221"}}, {"072", {"0232", "0332", "1032", "1222"}}, {"073", {"0233", "0333", "1033", "1223"}},
  {"074", {"0234", "0334", "1034", "1224"}}, {"07", {"023", "033", "103", "122"}},
  {"0831", {"0241", "0341", "1041", "1231"}}, {"0832", {"0242", "0342", "1042", "1232"}}, {"0833", {"0243", "0343", "1043", "1233"}},
  {"0834", {"0244", "0344", "1044", "1234"}}, {"083", {"024", "034", "104", "123"}},
  {"081", {"0251", "0351", "1051", "1241"}}, {"082", {"0252", "0352", "1052", "1242"}}, {"084", {"0253", "0353", "1053", "1243"}},
  {"085", {"0254", "0354", "1054", "1244"}}, {"086", {"0255", "0355", "1055", "1245"}}, {"087", {"0256", "0356", "1056", "1246"}},
  {"08", {"025", "035", "105", "124"}},
};

/* To threaten, or intend, what is hostile. */
static const struct { const char *inner, *outer; } CONFLICT[] = {
  {"14", "133"}, {"161", "1313"}, {"162", "1311"}, {"163", "1312"}, {"164", "134"}, {"165", "135"}, {"166", "136"},
  {"16", "131"}, {"175", "137"}, {"17", "132"}, {"191", "1381"}, {"192", "1382"}, {"204", "1385"}, {"18", "138"}, {"19", "138"}, {"20", "138"},
};

static bool begins(const char *code, const char *with) { return strncmp(code, with, strlen(with)) == 0; }

const char *qi_petr_combine(const char *outer, const char *inner) {
  int speech = begins(outer, "02") ? APPEAL : begins(outer, "03") ? INTEND : begins(outer, "10") ? DEMAND : begins(outer, "12") ? REFUSE : N_SPEECHES;
  for (size_t i = 0; speech < N_SPEECHES && i < sizeof COOPERATION / sizeof *COOPERATION; i++)
    if (begins(inner, COOPERATION[i].inner)) return COOPERATION[i].outer[speech];
  bool hostile = speech == INTEND || begins(outer, "13");
  for (size_t i = 0; hostile && i < sizeof CONFLICT / sizeof *CONFLICT; i++)
    if (begins(inner, CONFLICT[i].inner)) return CONFLICT[i].outer;
  return "";
}
