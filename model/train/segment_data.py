"""Treebanks -> raw documents with their cuts, and the variations that make them look more like news.

A document is a list of paragraphs, a paragraph a list of sentences, a sentence a list of Token. A
variation changes a copy; `render` gives the text and, for each byte, the cut that stands before it.
"""
import copy
import random
import re

NONE, WORD, TOKEN, SENTENCE = range(4)


class Token:
    """A surface token: the words it is made of, its part of speech, whether white space follows ("\\n": a new line)."""
    __slots__ = ("words", "space", "upos", "deprel")

    def __init__(self, words, space=True, upos="", deprel=""):
        self.words, self.space, self.upos, self.deprel = words, space, upos, deprel

    @property
    def form(self):
        return "".join(self.words)

    def copy(self):
        return Token(list(self.words), self.space, self.upos, self.deprel)


def read_documents(path):
    """Yields (id, paragraphs). A new paragraph: "# newpar" or "# newdoc"."""
    doc, name, sentence, last, new = [], "", [], 0, True
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc"):
            if doc:
                yield name, doc
            doc, name, new = [], line.partition("=")[2].strip(), True
        elif re.match(r"# newpar( |$)", line):
            new = True
        elif not line:
            if sentence:
                if new or not doc:
                    doc.append([])
                doc[-1].append(sentence)
            sentence, last, new = [], 0, False
        elif line[0] != "#":
            col = line.split("\t")
            if "." in col[0]:
                continue
            space = "SpaceAfter=No" not in col[9].split("|")
            if "-" in col[0]:
                sentence.append(Token([], space))
                last = int(col[0].split("-")[1])
            elif int(col[0]) <= last:
                sentence[-1].words.append(col[1])
                if len(sentence[-1].words) == 1:
                    sentence[-1].upos, sentence[-1].deprel = col[3], col[7]
            else:
                sentence.append(Token([col[1]], space, col[3], col[7]))
    if sentence:
        doc = doc or [[]]
        doc[-1].append(sentence)
    if doc:
        yield name, doc


def render(paragraphs, layout="plain", rng=None):
    """-> (text, cuts): UTF-8 bytes, and a bytearray with the cut before each byte."""
    text, cuts = bytearray(), bytearray()
    width = rng.randint(50, 100) if rng and layout.startswith("wrapped") else 0
    for p, paragraph in enumerate(paragraphs):
        column = 0
        if p:
            gap = {"lines": "\n", "wrapped lines": "\n", "run on": " "}.get(layout, "\n\n")
            if layout == "mixed":
                gap = rng.choice(["\n", "\n\n"])
            text += gap.encode()
            cuts += bytes(len(gap))
        chunk_start = len(text)
        tokens = [(t, k == 0) for s in paragraph for k, t in enumerate(s)]
        for i, (token, first) in enumerate(tokens):
            for k, word in enumerate(token.words):
                data = word.encode()
                cut = WORD if k else SENTENCE if first else TOKEN
                text += data
                cuts += bytes([cut]) + bytes(len(data) - 1)
            if token.space and i + 1 < len(tokens):
                white = b" "
                if token.space == "\n":
                    white, chunk_start = b"\n", len(text) + 1
                elif width:
                    column = len(text) - chunk_start
                    ahead = 0
                    for later, _ in tokens[i + 1:]:
                        ahead += len(later.form)
                        if later.space:
                            break
                    if column + 1 + ahead > width:
                        white, chunk_start = b"\n", len(text) + 1
                text += white
                cuts += bytes(1)
    return bytes(text), cuts


# --- Variations ---

TITLES = ["Mr.", "Mrs.", "Ms.", "Dr.", "Prof.", "Gen.", "Sen.", "Rep.", "Gov.", "Lt.", "Col.", "Maj.", "Capt.", "Sgt.",
          "Adm.", "Cmdr.", "Rev.", "Hon.", "St.", "Fr.", "Pres.", "Amb.", "Lt. Gen.", "Maj. Gen.", "Brig. Gen.",
          "Lt. Col.", "Vice Adm.", "Cpl.", "Pvt.", "Supt.", "Insp.", "Sec.", "Atty. Gen.", "Messrs.", "Sens.", "Reps."]
MONTHS = {"January": "Jan.", "February": "Feb.", "August": "Aug.", "September": "Sept.", "October": "Oct.",
          "November": "Nov.", "December": "Dec."}
PLACES = ["U.S.", "U.S.", "U.S.", "U.N.", "U.N.", "U.K.", "E.U.", "U.A.E.", "D.C.", "L.A.", "N.Y.", "D.R.C.", "U.S.S.R."]
FIRMS = ["Inc.", "Corp.", "Co.", "Ltd.", "Bros.", "Jr.", "Sr."]
STATES = ["Calif.", "Fla.", "Mass.", "Conn.", "Ariz.", "Pa.", "Va.", "Md.", "Ill.", "Mich.", "Tenn.", "Wash.", "Wis.", "Colo.",
          "Minn.", "Ga.", "N.J.", "N.C.", "N.H.", "N.M.", "S.C.", "D.C.", "Ont.", "B.C.", "Okla.", "Ore."]
COUNTRIES = {"Iraq", "Iran", "China", "America", "India", "Israel", "Pakistan", "Afghanistan", "Europe", "France", "Russia",
             "Japan", "England", "Germany", "Britain", "Washington", "Australia", "Canada", "London", "Texas", "Syria"}
NUMBERED = ["No.", "Nos.", "p.", "pp.", "Art.", "Vol.", "Fig.", "Sec.", "Ch.", "para."]
CITIES = ["KYIV", "MOSCOW", "WASHINGTON", "BEIJING", "UNITED NATIONS", "JERUSALEM", "SEOUL", "BERLIN", "GENEVA", "TEHRAN",
          "Paris", "London", "Brussels", "NEW DELHI", "ISLAMABAD", "CAIRO", "TOKYO", "ANKARA", "NAIROBI", "DAMASCUS"]
LANDS = ["Ukraine", "Russia", "France", "Japan", "Texas", "Fla.", "Calif.", "Nigeria", "South Korea", "Mass."]
MANY = ["soldiers", "workers", "rebels", "countries", "allies", "families", "states", "protesters", "officials", "leaders", "Houthis",
        "Talibs", "nations", "victims", "troops", "parties", "citizens", "rivals", "senators", "farmers", "Russians", "Kurds"]
NAMES = ["Acme", "Boeing", "Smith", "Springfield", "Lockheed Martin", "Jones", "Raytheon", "Baker", "Gazprom", "Davis", "Tyson", "Columbia",
         "Zenith", "Parker", "Huawei Technologies", "Northrop Grumman", "Downey", "Exxon Mobil", "Portland", "Columbus", "Wagner", "Hill"]
APOSTROPHES = ["Kata'ib", "Sana'a", "Da'esh", "Ba'ath", "Qa'ida", "Shi'ite", "O'Brien", "N'Djamena", "d'Ivoire", "Ma'an", "O'Neill", "Shi'a",
               "Baqa'a", "Ta'if", "L'Aquila", "Sa'ada", "Mu'adh", "D'Souza", "Xi'an", "Ya'alon"]
ARMS = ["F-", "S-", "T-", "Su-", "MiG-", "AK-", "Tu-", "Kh-", "B-", "C-", "Mi-", "COVID-", "R-", "KN-", "Hwasong-", "G-"]
AGENCIES = ["AP", "Reuters", "AFP", "CNN", "UPI", "Xinhua", "TASS", "Yonhap", "dpa", "BBC News"]


def is_name(token):
    return token.upos == "PROPN" and re.fullmatch(r"[A-Z][a-z]+", token.form) is not None


def vary_typography(paragraphs, rng):
    """Straight quotes curl, "--" and " - " become dashes, "..." an ellipsis. Not always all of them."""
    curl, dash, dots = rng.random() < 0.8, rng.choice("keep em spaced en".split()), rng.random() < 0.3
    for paragraph in paragraphs:
        opened = False
        for sentence in paragraph:
            for i, t in enumerate(sentence):
                form = t.form
                if curl and form in ('"', "``", "''"):
                    before = i == 0 or sentence[i - 1].space
                    opened = form != "''" and (before and not (t.space and opened))
                    t.words = ["“" if opened else "”"]
                elif curl and "'" in form:
                    start = form == "'" and (i == 0 or sentence[i - 1].space) and not t.space
                    t.words = [w.replace("'", "‘" if start else "’") for w in t.words]
                elif form in ("--", "---") and dash != "keep":
                    t.words = ["—" if dash != "en" else "–"]
                    if dash == "em" and i:
                        sentence[i - 1].space = t.space = i + 1 == len(sentence)
                elif form == "-" and t.space and i and sentence[i - 1].space and dash != "keep" and i + 1 < len(sentence):
                    t.words = ["—" if dash != "en" else "–"]
                    if dash == "em":
                        sentence[i - 1].space = t.space = False
                elif dots and form == "...":
                    t.words = ["…"]


def before_name(t, before, rng):
    """What to put before a name: a title, initials, nothing."""
    draw = rng.random()
    if before is None or before.upos != "PROPN":
        if draw < 0.04:
            return words_of(rng.choice(TITLES))
        if draw < 0.06:   # J. K. Rowling, George W. Bush
            return [Token([rng.choice("ABCDEFGHJKLMNPRSTW") + "."], True, "PROPN") for _ in range(rng.choice([1, 1, 2]))]
    elif before.space and draw < 0.03:
        return [Token([rng.choice("ABCDEFGHJKLMNPRSTW") + "."], True, "PROPN")]
    return []


def behind_name(t, rng, last):
    """What to put behind a name: a firm's form, a state, a party, nothing. t.space moves to the last. At the end of a
    sentence, where the abbreviation swallows the full stop, more often: there is the difficulty."""
    draw, space = rng.random() / (4 if last else 1), t.space
    if draw < 0.025:
        more = [Token([rng.choice(FIRMS)])]
        if rng.random() < 0.3:
            t.space = False
            more = [Token([","])] + more
    elif draw < 0.06:   # Springfield, Ill.
        t.space = False
        more = [Token([","]), Token([rng.choice(STATES)])]
    elif draw < 0.065:   # (R-Ariz.)
        more = [Token(["("], False), Token([rng.choice("DR")], False), Token(["-"], False), Token([rng.choice(STATES)], False),
                Token([")"])]
    else:
        return []
    more[-1].space = space
    return more


def before_number(t, rng):
    draw = rng.random()
    if draw < 0.04:
        return [Token([rng.choice(NUMBERED)], True, "NOUN")]
    if draw < 0.08:   # F-16, MiG-29s
        if rng.random() < 0.25:
            t.words = [t.form + "s"]
        return [Token([rng.choice(ARMS)[:-1]], False), Token(["-"], False)]
    return []


def short_ending(rng):
    """More words before the full stop of a sentence, most of them ending in an abbreviation."""
    kind = rng.randrange(4)
    if kind == 0:
        out = words_of("at " + str(rng.randint(1, 12)) + " " + rng.choice(["a.m.", "p.m."]))
        if rng.random() < 0.4:
            out += words_of(rng.choice(["EST", "GMT", "ET", "local time", "Moscow time", "EDT", "on Monday"]))
    elif kind == 1:
        out = words_of(rng.choice(["in the", "from the", "with the", "to the", "and the"]) + " " + rng.choice(PLACES))
    elif kind == 2:
        out = words_of(rng.choice(["by", "of", "for", "with", "at"]) + " " + rng.choice(NAMES) + " " + rng.choice(FIRMS))
    else:
        out = words_of(rng.choice(["near", "in", "from"]) + " " + rng.choice(NAMES))
        out[-1].space = False
        out += [Token([","])] + words_of(rng.choice(STATES))
    out[-1].space = False
    return out


def end_short(sentence):
    """An abbreviation at the end of a sentence has no second full stop."""
    if len(sentence) > 1 and sentence[-1].form == "." and len(sentence[-2].form) > 1 and sentence[-2].form.endswith("."):
        sentence[-2].space = sentence[-1].space
        sentence.pop()


def vary_names(paragraphs, rng):
    """Titles before names, initials inside, countries as U.S., months cut short, firms with Inc."""
    for paragraph in paragraphs:
        for s, sentence in enumerate(paragraph):
            out = []
            for i, t in enumerate(sentence):
                before = sentence[i - 1] if i else None
                last = i + 1 == len(sentence)
                if t.form in MONTHS and not last and rng.random() < 0.5:
                    t.words = [MONTHS[t.form]]
                elif t.form in ("Mr.", "Dr.", "Ms.", "Mrs.") and rng.random() < 0.7:
                    out += words_of(rng.choice(TITLES))
                    t = out.pop()
                elif len(t.words) == 2 and t.words[1] == "'s" and t.upos in ("NOUN", "PROPN") and rng.random() < 0.08:
                    t.words = [rng.choice(MANY), "'"]
                elif t.words[0] in COUNTRIES and rng.random() < 0.5:
                    t.words[0] = rng.choice(PLACES)
                elif t.upos == "NUM" and t.form.isdigit() and before is not None and before.space:
                    out += before_number(t, rng)
                elif is_name(t) and len(t.words) == 1 and rng.random() < 0.01:
                    t.words = [rng.choice(APOSTROPHES)]
                elif is_name(t) and not last:
                    out += before_name(t, before, rng)
                    out.append(t)
                    out += behind_name(t, rng, i + 2 == len(sentence) and sentence[-1].form == ".")
                    continue
                elif last and t.form == "." and i > 3 and sentence[i - 1].upos in ("NOUN", "PROPN") and rng.random() < 0.03:
                    out[-1].space = True
                    out += short_ending(rng)
                out.append(t)
            end_short(out)
            paragraph[s] = out


def words_of(text):
    return [Token([w], True, "PROPN") for w in text.split()]


def dateline(rng):
    """Tokens of "KYIV, Ukraine (AP) — ", "MOSCOW, Nov 25 (Reuters) - ", "(CNN) ", "LONDON — "."""
    out = []
    kind = rng.random()
    if kind > 0.1:
        out += words_of(rng.choice(CITIES))
        if rng.random() < 0.5:
            out[-1].space = False
            out.append(Token([","]))
            place = rng.random() < 0.5
            out += words_of(rng.choice(LANDS) if place else rng.choice(["Nov", "Jan.", "June", "Sept"]) + f" {rng.randint(1, 30)}")
    if rng.random() < 0.6 or not out:
        out.append(Token(["("], False))
        out += words_of(rng.choice(AGENCIES))
        out[-1].space = False
        out.append(Token([")"]))
    if kind > 0.1:
        out.append(Token([rng.choice(["-", "—", "–", "--", "—"])]))
        if out[-2].form.isalpha() and rng.random() < 0.1 and out[-1].form != "-":
            out[-2].space = out[-1].space = False
    return out


def vary_datelines(paragraphs, rng):
    for paragraph in paragraphs:
        first = paragraph[0]
        if len(first) > 8 and first[0].form[0].isupper() and rng.random() < 0.15:
            paragraph[0] = dateline(rng) + first


def vary_lists(paragraphs, rng):
    """Short sentences become items of a list, each on its own line; some get a note, as in Wikipedia: "left.[3]"."""
    for p, paragraph in enumerate(paragraphs):
        if 2 <= len(paragraph) <= 8 and all(len(s) <= 20 for s in paragraph) and rng.random() < 0.3:
            mark = rng.choice(["1.", "1.", "(1)", "a)", "•", "-", "*", "", "1", "–"])
            for i, sentence in enumerate(paragraph):
                number = mark.replace("1", str(i + 1)).replace("a", "abcdefgh"[i])
                parts = re.findall(r"[(]|\w+\.|\w+|\W", number)
                sentence[:0] = [Token([x], k + 1 == len(parts)) for k, x in enumerate(parts)]
                if rng.random() < 0.4 and len(sentence) > len(parts) + 2 and sentence[-1].form == ".":
                    sentence.pop()
                sentence[-1].space = "\n"
        elif rng.random() < 0.05:
            for sentence in paragraph:
                if sentence[-1].form == "." and rng.random() < 0.5:
                    space, sentence[-1].space = sentence[-1].space, False
                    sentence += [Token(["["], False), Token([str(rng.randint(1, 99))], False), Token(["]"], space)]


def vary_case(paragraphs, rng):
    """Some paragraphs all in capitals, or without any."""
    share = rng.choice([0.15, 0.15, 1.0])
    for paragraph in paragraphs:
        if rng.random() > share:
            continue
        change = rng.choice([str.upper, str.upper, str.lower])
        for t in (t for sentence in paragraph for t in sentence):
            t.words = [change(w) if len(change(w).encode()) == len(w.encode()) else w for w in t.words]


def vary_spaces(paragraphs, rng):
    """Lost spaces between sentences: "he said.She left"."""
    for paragraph in paragraphs:
        for sentence, following in zip(paragraph, paragraph[1:]):
            fits = sentence[-1].form in (".", "?", "!", "”", '"') and following[0].form[:1].isupper() and len(sentence) > 3
            if fits and len(sentence[-2].form) > 2 and rng.random() < 0.06:
                sentence[-1].space = False


def vary_headlines(paragraphs, rng):
    """Some paragraphs of one sentence lose their full stop, some get Capital Letters."""
    for paragraph in paragraphs:
        if len(paragraph) != 1 or len(paragraph[0]) > 20 or rng.random() < 0.5:
            continue
        sentence = paragraph[0]
        if len(sentence) > 3 and sentence[-1].form == ".":
            sentence.pop()
        if rng.random() < 0.5:
            for t in sentence:
                t.words = [w[:1].upper() + w[1:] if len(w) > 3 else w for w in t.words]


def merge_paragraphs(paragraphs, rng):
    """Paragraphs run together, as where a reader has lost their bounds."""
    out = []
    for paragraph in paragraphs:
        ends_well = out and out[-1][-1][-1].form in (".", "!", "?", '"', "”")
        if ends_well and rng.random() < 0.7:
            out[-1][-1][-1].space = True
            out[-1] = out[-1] + paragraph
        else:
            out.append(paragraph)
    return out


def variation(paragraphs, rng):
    """-> (text, cuts) of one random variation."""
    paragraphs = copy.deepcopy(paragraphs)
    if rng.random() < 0.6:
        vary_names(paragraphs, rng)
    if rng.random() < 0.6:
        vary_typography(paragraphs, rng)
    if rng.random() < 0.5:
        vary_datelines(paragraphs, rng)
    if rng.random() < 0.2:
        vary_headlines(paragraphs, rng)
    if rng.random() < 0.5:
        vary_lists(paragraphs, rng)
    if rng.random() < 0.3:
        vary_spaces(paragraphs, rng)
    if rng.random() < 0.2:
        vary_case(paragraphs, rng)
    if rng.random() < 0.2:
        paragraphs = merge_paragraphs(paragraphs, rng)
    layout = rng.choices(["plain", "lines", "wrapped", "wrapped lines", "mixed"], [50, 20, 15, 5, 10])[0]
    return render(paragraphs, layout, rng)
