/* code: what the writer of the text says in their own name: praise, blame, advice. See judgement.c. */
#ifndef QI_CODE_JUDGEMENT_H
#define QI_CODE_JUDGEMENT_H

#include "code/coder.h"
#include "code/match.h"
#include "code/status.h"

/* Whose words the text is: fills story->writer. false: out of memory. */
bool qi_judgement_writer(qi_story *story, const qi_parsed *doc, const qi_mentions *mentions, qi_arena *arena);

/* Makes the writer the actor of the sentence's praise and blame, and adds what no frame knows. quote: of the sentence. false:
 * out of memory. */
bool qi_judgement_add(const qi_view *v, const qi_story *story, const qi_quote *quote, qi_deeds *deeds, qi_arena *arena,
                      qi_explain *explain);

/* Puts the writer at the end of the chain of attribution, where the deed is on their word alone. false: a judgement that is
 * somebody else's, and no event. */
bool qi_judgement_attribute(const qi_story *story, const qi_deed *deed, qi_standing *standing);

#endif
