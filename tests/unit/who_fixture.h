/* A small dictionary and a compact way to write trees, for the tests of actors and mentions. */
#ifndef QUID_TEST_WHO_FIXTURE_H
#define QUID_TEST_WHO_FIXTURE_H

#include "unit/unit.h"

#include "know/actors.h"

#define WHO_HEADER "id\ttype\tcountry\tsector\tfrom\tto\trole\tnames\tsource\n"

static const char WHO_ACTORS[] = WHO_HEADER
  "# states\n"
  "USA\tstate\tUSA\tGOV\t\t\t\tUnited States | abbr:US | adj:American | dem:Americans | cap:Washington | seat:White House\town\n"
  "RUS\tstate\tRUS\tGOV\t\t\t\tRussia | adj:Russian | dem:Russian | dem:Russians | cap:Moscow | seat:Kremlin\town\n"
  "UKR\tstate\tUKR\tGOV\t\t\t\tUkraine | adj:Ukrainian | dem:Ukrainians | cap:Kyiv\town\n"
  "PRK\tstate\tPRK\tGOV\t\t\t\tNorth Korea | adj:North Korean | cap:Pyongyang | seat:hermit kingdom\town\n"
  "KOR\tstate\tKOR\tGOV\t\t\t\tSouth Korea | adj:South Korean | cap:Seoul\town\n"
  "SYR\tstate\tSYR\tGOV\t\t\t\tSyria | adj:Syrian | cap:Damascus\town\n"
  "TUR\tstate\tTUR\tGOV\t\t\t\tTurkey | Türkiye | adj:Turkish\town\n"
  "CIV\tstate\tCIV\tGOV\t\t\t\tCôte d'Ivoire | Ivory Coast\town\n"
  "GNB\tstate\tGNB\tGOV\t\t\t\tGuinea-Bissau\town\n"
  "GBR\tstate\tGBR\tGOV\t\t\t\tUnited Kingdom | Britain | abbr:UK | adj:British\town\n"
  "COD\tstate\tCOD\tGOV\t1997-05-17\t\t\tDR Congo | Congo\town\n"
  "COD\tstate\tCOD\tGOV\t1971-10-27\t1997-05-16\t\tZaire\town\n"
  "IGO.UN.WHO\tigo\tIGO\tIGO\t\t\t\tWorld Health Organization | abbr:WHO\town\n"
  "IGO.UN.SECURITY_COUNCIL\tigo\tIGO\tIGO\t\t\t\tUN Security Council | Security Council\town\n"
  "PSE.UAF.HAMAS\tarmed-group\tUSA\tUAF\t\t\t\tHamas\town\n"
  "# people\n"
  "RUS.GOV.VLADIMIR_PUTIN\tperson\tRUS\tGOV\t2000-05-07\t2008-05-07\thead of state; president; leader\tVladimir Putin | sur:Putin\town\n"
  "RUS.GOV.VLADIMIR_PUTIN\tperson\tRUS\tGOV\t2008-05-08\t2012-05-07\thead of government; prime minister\t=\town\n"
  "RUS.GOV.VLADIMIR_PUTIN\tperson\tRUS\tGOV\t2012-05-07\t\thead of state; president; leader\t=\town\n"
  "RUS.GOV.DMITRY_MEDVEDEV\tperson\tRUS\tGOV\t2008-05-07\t2012-05-07\thead of state; president; leader\tDmitry Medvedev | sur:Medvedev\town\n"
  "RUS.GOV.SERGEY_LAVROV\tperson\tRUS\tGOV\t2004-03-09\t\tforeign minister\tSergey Lavrov | sur:Lavrov\town\n"
  "PRK.GOV.KIM_JONG_UN\tperson\tPRK\tGOV\t2011-12-17\t\thead of state; leader\tKim Jong Un | sur:Kim\town\n"
  "PRK.GOV.KIM_JONG_IL\tperson\tPRK\tGOV\t1994-07-08\t2011-12-17\thead of state; leader\tKim Jong Il | sur:Kim\town\n"
  "PRK.GOV.CHOE_SON_HUI\tperson\tPRK\tGOV\t2022-06-10\t\tforeign minister\tChoe Son Hui | sur:Choe\town\n"
  "USA.GOV.DONALD_TRUMP\tperson\tUSA\tGOV\t2017-01-20\t2021-01-20\thead of state; head of government; president; leader\tDonald Trump | sur:Trump\town\n"
  "USA.GOV.DONALD_TRUMP\tperson\tUSA\tGOV\t2025-01-20\t\thead of state; head of government; president; leader\t=\town\n"
  "GBR.GOV.BORIS_JOHNSON\tperson\tGBR\tGOV\t2019-07-24\t2022-09-06\thead of government; prime minister; leader\tBoris Johnson | sur:Johnson\town\n"
  "USA.GOV.ONE_ENVOY\tperson\tUSA\tGOV\t2020\t\tenvoy\tJohn One\town\n"
  "USA.GOV.TWO_ENVOY\tperson\tUSA\tGOV\t2021\t\tenvoy\tJohn Two\town\n";

static const char WHO_AGENTS[] =
  "words\tsector\trole\tplural\tsource\n"
  "president\tGOV\tpresident\t\town\n"
  "foreign minister | minister of foreign affairs\tGOV\tforeign minister\t\town\n"
  "prime minister\tGOV\tprime minister\t\town\n"
  "leader\tGOV\tleader\t\town\n"
  "counterpart\tGOV\t\t\town\n"
  "army | armed forces | military\tMIL\t\t\town\n"
  "troop | troops\tMIL\t\tgroup\town\n"
  "rebel\tREB\t\t\town\n"
  "official\tGOV\t\t\town\n"
  "government | administration\tGOV\t\t\town\n"
  "country | nation\tGOV\t\t\town\n"
  "activist\tNGO\t\t\town\n"
  "fighter\tUAF\t\t\town\n";

static const char WHO_TITLES[] = "words\tgender\tsector\trole\tsource\n"
                                 "Mr\tm\t-\t\town\n"
                                 "Mrs | Ms\tf\t-\t\town\n"
                                 "Gen\t-\tMIL\t\town\n";
static const char WHO_FIRST_NAMES[] = "gender\tnames\tsource\n"
                                      "m\tVladimir | Sergey | Boris\town\n"
                                      "f\tJane\town\n";
static const char WHO_CLASHES[] = "names\tother\tcountry\tfor\tagainst\tsource\n"
                                  "Johnson\tperson\t-\tminister | London\tgoal | scored\town\n"
                                  "Turkey\tnone\t-\tTurkish\troast\town\n";

static inline qi_actors *who_actors(void) {
  qi_actors *a = NULL;
  quid_error err = {0};
  assert_int_equal(qi_actors_new(&a, &err), QUID_OK);
  if (qi_actors_add(a, qi_slice_str(WHO_ACTORS), "actors", &err) ||
      qi_actors_add_agents(a, qi_slice_str(WHO_AGENTS), "agents", &err) ||
      qi_actors_add_titles(a, qi_slice_str(WHO_TITLES), "titles", &err) ||
      qi_actors_add_first_names(a, qi_slice_str(WHO_FIRST_NAMES), "first", &err) ||
      qi_actors_add_clashes(a, qi_slice_str(WHO_CLASHES), "clashes", &err) || qi_actors_finish(a, &err))
    fail_msg("%s:%zu:%zu: %s", err.file, err.line, err.column, err.message);
  return a;
}

#endif
