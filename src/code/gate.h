/* code: what reads like a deed and is no political event. */
#ifndef QI_CODE_GATE_H
#define QI_CODE_GATE_H

#include "code/match.h"

/* A deed noun that only says of what kind another noun is: "attack aircraft", "the strike fund". */
bool qi_gate_is_modifier(const qi_view *v, int32_t token);
/* A participle that only describes somebody: "the jailed journalist", "wounded soldiers". */
bool qi_gate_is_attribute(const qi_view *v, int32_t token);
/* A verb whose particle makes another verb of it ("called up reservists" is not "called"). */
bool qi_gate_is_phrasal(const qi_view *v, int32_t verb);
/* Why the deed is no political event: an accident, a figure of speech, private people, a meeting of one.
 * NULL: it may be one. The words are static. */
const char *qi_gate_why_not(const qi_view *v, const qi_deed *deed);
/* "each country", "a tank" that is no one's: a word for somebody that means nobody here. */
bool qi_gate_is_nobody(const qi_view *v, int32_t token);
/* A government that protests says so; crowds demonstrate. */
bool qi_gate_is_note(const qi_view *v, const qi_deed *deed);
/* Is this only where the deed was done ("declared a ceasefire in Mariupol")? */
bool qi_gate_is_scene(const qi_view *v, int32_t token);
/* The same deed told a second time as its own purpose ("sent troops to support the war"). */
bool qi_gate_is_purpose_of(const qi_view *v, const qi_deed *deed, const qi_deed *purpose);

#endif
