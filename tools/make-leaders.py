#!/usr/bin/env python3
"""Makes knowledge/actors/leaders.tsv from knowledge/actors/leaders.txt.

usage: make-leaders.py [DATA]      (DATA: a folder with archigos.csv, reign-leaders.csv and
                                   factbook-leaders.tsv; default /work/shared/data/people)

leaders.txt is the list that people mend. Each term is looked up in Archigos (to 2015), REIGN (to
March 2021) and the factbook (2026); where name and first day agree (within 45 days), that source is
named in the last column, beside "own". What a source has and the list lacks, and where they differ,
is printed on stderr, to be judged by a reader. Without DATA the file is made all the same, with
"own" as the source.
"""
import csv, difflib, os, re, sys, unicodedata
from datetime import date

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ACTORS = os.path.join(ROOT, "knowledge", "actors")
DATA = sys.argv[1] if len(sys.argv) > 1 else "/work/shared/data/people"
HEADER = "id\ttype\tcountry\tsector\tfrom\tto\trole\tnames\tsource"
ROLES = {
    "*P": "head of state; president; leader",
    "*PG": "head of state; head of government; president; leader",
    "*p": "head of state; president",
    "*M": "head of government; prime minister; leader",
    "*m": "head of government; prime minister",
    "*K": "head of state; king; leader",
    "*k": "head of state; king",
}
# Correlates of War numbers, which both Archigos and REIGN use.
COW = """2 USA 20 CAN 31 BHS 40 CUB 41 HTI 42 DOM 51 JAM 52 TTO 53 BRB 54 DMA 55 GRD 56 LCA 57 VCT
58 ATG 60 KNA 70 MEX 80 BLZ 90 GTM 91 HND 92 SLV 93 NIC 94 CRI 95 PAN 100 COL 101 VEN 110 GUY 115 SUR
130 ECU 135 PER 140 BRA 145 BOL 150 PRY 155 CHL 160 ARG 165 URY 200 GBR 205 IRL 210 NLD 211 BEL
212 LUX 220 FRA 221 MCO 223 LIE 225 CHE 230 ESP 232 AND 235 PRT 255 DEU 260 DEU 290 POL 305 AUT 310 HUN
316 CZE 317 SVK 325 ITA 331 SMR 338 MLT 339 ALB 340 SRB 341 MNE 343 MKD 344 HRV 345 YUG 346 BIH
347 XKX 349 SVN 350 GRC 352 CYP 355 BGR 359 MDA 360 ROU 365 RUS 366 EST 367 LVA 368 LTU 369 UKR
370 BLR 371 ARM 372 GEO 373 AZE 375 FIN 380 SWE 385 NOR 390 DNK 395 ISL 402 CPV 403 STP 404 GNB
411 GNQ 420 GMB 432 MLI 433 SEN 434 BEN 435 MRT 436 NER 437 CIV 438 GIN 439 BFA 450 LBR 451 SLE
452 GHA 461 TGO 471 CMR 475 NGA 481 GAB 482 CAF 483 TCD 484 COG 490 COD 500 UGA 501 KEN 510 TZA
516 BDI 517 RWA 520 SOM 522 DJI 530 ETH 531 ERI 540 AGO 541 MOZ 551 ZMB 552 ZWE 553 MWI 560 ZAF
565 NAM 570 LSO 571 BWA 572 SWZ 580 MDG 581 COM 590 MUS 591 SYC 600 MAR 615 DZA 616 TUN 620 LBY
625 SDN 626 SSD 630 IRN 640 TUR 645 IRQ 651 EGY 652 SYR 660 LBN 663 JOR 666 ISR 670 SAU 678 YEM 679 YEM
690 KWT 692 BHR 694 QAT 696 ARE 698 OMN 700 AFG 701 TKM 702 TJK 703 KGZ 704 UZB 705 KAZ 710 CHN
712 MNG 713 TWN 731 PRK 732 KOR 740 JPN 750 IND 760 BTN 770 PAK 771 BGD 775 MMR 780 LKA 781 MDV
790 NPL 800 THA 811 KHM 812 LAO 816 VNM 817 VNM 820 MYS 830 SGP 835 BRN 840 PHL 850 IDN 860 TLS
900 AUS 910 PNG 920 NZL 935 VUT 940 SLB 946 KIR 947 TUV 950 FJI 955 TON 970 NRU 983 MHL 986 PLW
987 FSM 990 WSM""".split()
COW = {int(a): b for a, b in zip(COW[::2], COW[1::2])}
# The factbook's names where states.tsv has another.
FACTBOOK = {"Burma": "MMR", "Congo, Democratic Republic of the": "COD", "Congo, Republic of the": "COG",
            "Korea, North": "PRK", "Korea, South": "KOR", "Turkey (Turkiye)": "TUR", "Cabo Verde": "CPV",
            "Holy See (Vatican City)": "VAT", "Micronesia, Federated States of": "FSM",
            "Gambia, The": "GMB", "Bahamas, The": "BHS", "Cote d'Ivoire": "CIV", "Czechia": "CZE"}
MONTHS = {m: i + 1 for i, m in enumerate(
    "January February March April May June July August September October November December".split())}


def fold(s):
    s = "".join(c for c in unicodedata.normalize("NFD", s) if not unicodedata.combining(c))
    for a, b in (("ø", "o"), ("Ø", "O"), ("ł", "l"), ("Ł", "L"), ("đ", "d"), ("Đ", "D"), ("ı", "i"), ("æ", "ae"), ("ð", "d"),
                 ("ß", "ss"), ("’", "'"), ("‘", "'")):
        s = s.replace(a, b)
    return s


def slug(s):
    return re.sub(r"[^A-Z0-9]+", "_", fold(s).upper().replace("'", "")).strip("_")


def day(s):
    """The first day that a date of any precision can mean."""
    p = [int(x) for x in s.split("-")]
    return date(*(p + [1, 1])[:3]) if p else None


def surname(raw):
    """A name with ^ marks: the plain name and its surname ('' for none)."""
    plain = re.sub(r"\s+", " ", raw.replace("^", "")).strip()
    n = raw.count("^")
    if n == 2:
        return plain, re.search(r"\^(.*?)\^", raw).group(1).strip()
    if n == 1:
        return plain, raw.split("^")[1].strip()
    return plain, plain.split()[-1]


def asian(raw):
    """Hyphenated and spaced spellings of a name whose family name comes first."""
    m = re.match(r"\^(\w+)\^ (\w+)[- ](\w+)$", raw)
    if not m:
        return []
    f, a, b = m.groups()
    return ["%s %s-%s" % (f, a, b.lower()), "%s %s %s" % (f, a, b[0].upper() + b[1:])]


class Term:
    pass


def read_list(path):
    terms, people = [], {}
    country = role = None
    section = []
    for n, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        where = "%s:%d" % (path, n)
        if line.startswith("= "):
            country, role = line[2:].strip(), None
            continue
        if line.startswith("*"):
            role = ROLES.get(line) or (line[2:].strip() if line.startswith("* ") else None)
            if not role:
                sys.exit(where + ": unknown role mark " + line)
            continue
        if country is None or role is None or " : " not in line:
            sys.exit(where + ": expected 'Name | name : from..to'")
        left, right = line.rsplit(" : ", 1)
        names, surs, ident, extra, source = [], [], None, "", "own"
        for i, part in enumerate(x.strip() for x in left.split("|")):
            if part.startswith("id:"):
                ident = part[3:]
            elif part.startswith("role:"):
                extra = part[5:]
            elif part.startswith("src:"):
                source = part[4:]
            elif part == "disputed":
                source += "; disputed"
            elif part.startswith("sur:"):
                surs.append(part[4:])
            elif part.startswith("abbr:"):
                names.append(part)
            elif i == 0:
                plain, sur = surname(part)
                names.append(plain)
                names += asian(part)
                if re.search(r" (al|el)-\w+$", plain) and len(plain.split()) == 2:
                    names.append(re.sub(r" (al|el)-", " ", plain))
                if sur and sur != plain:
                    surs.insert(0, sur)
                    if re.match(r"(al|el)-", sur):
                        surs.insert(1, sur[3:])
            else:
                names.append(surname(part)[0])
        full = ident if ident and "." in ident else "%s.GOV.%s" % (country, ident or slug(names[0]))
        own_names = bool(ident) and "." not in ident
        for span in right.split(";"):
            t = Term()
            t.where, t.country, t.id, t.own_names = where, country, full, own_names
            t.role = role
            if extra:
                t.role = t.role.replace("prime minister", extra)
            m = re.match(r"\s*([\d-]+)\.\.([\d-]*)\s*$", span)
            if not m:
                sys.exit(where + ": bad term " + span)
            t.begin, t.end = m.groups()
            if t.end and day(t.end) < day(t.begin):
                sys.exit(where + ": a term that ends before it begins")
            t.names, t.surs, t.own, t.sources = names, surs, source, []
            terms.append(t)
            if not own_names:
                p = people.setdefault(full, [[], []])
                for x in names:
                    if fold(x).lower() not in (fold(y).lower() for y in p[0]):
                        p[0].append(x)
                for x in surs:
                    if fold(x).lower() not in (fold(y).lower() for y in p[1]):
                        p[1].append(x)
    return terms, people


def words(s):
    return [w for w in re.split(r"[^a-z]+", fold(s).lower()) if len(w) > 2 and w not in
            ("the", "king", "sultan", "ould", "bin", "ibn", "prince", "sheikh", "mohammed", "mohamed", "president")]


def same_person(a, names):
    wa = words(a)
    for nm in names:
        for x in words(nm):
            for y in wa:
                if x == y or (len(x) > 4 and len(y) > 4 and difflib.SequenceMatcher(None, x, y).ratio() > 0.78):
                    return True
    return False


def check_spell(terms, people, country, leader, begin, end, source, notes):
    """Marks the terms that a source's spell confirms; notes what differs."""
    near, named = [], []
    for t in terms:
        if t.country != country and not (country in ("SRB", "YUG", "SCG") and t.country in ("SRB", "YUG", "SCG")):
            continue
        names = people.get(t.id, [t.names, []])[0]
        if not same_person(leader, names + t.names):
            continue
        named.append(t)
        if abs((day(t.begin) - begin).days) <= 45:
            near.append(t)
    for t in near:
        if source not in t.sources:
            t.sources.append(source)
    if not near:
        if named:
            inside = any(day(t.begin) <= begin and (not t.end or day(t.end) >= begin) for t in named)
            if not inside:
                notes.append("%s: %s says %s from %s; the list has %s" % (
                    country, source, leader, begin, ", ".join("%s..%s" % (t.begin, t.end) for t in named)))
        elif end is None or (end - begin).days > 60:
            notes.append("%s: %s has %s from %s, the list has no such name" % (country, source, leader, begin))


def main():
    terms, people = read_list(os.path.join(ACTORS, "leaders.txt"))
    notes = []
    f = os.path.join(DATA, "archigos.csv")
    if os.path.exists(f):
        for x in csv.DictReader(open(f, encoding="utf-8", errors="replace")):
            c = COW.get(int(x["ccode"]))
            if not c or x["enddate"] < "2000-01-02":
                continue
            e = date.fromisoformat(x["enddate"])
            check_spell(terms, people, c, x["leader"], date.fromisoformat(x["startdate"]),
                        None if e >= date(2014, 12, 31) else e, "Archigos", notes)
    f = os.path.join(DATA, "reign-leaders.csv")
    if os.path.exists(f):
        for x in csv.DictReader(open(f, encoding="utf-8", errors="replace")):
            c = COW.get(int(x["ccode"]))
            ey = x["eyear"]
            if not c or c == "SMR" or (ey and int(ey) < 2000):
                continue
            b = date(int(x["syear"]), int(x["smonth"]), min(28, int(x["sdate"] or 1)))
            e = date(int(ey), int(x["emonth"]), 28) if ey else None
            if e and e < date(2000, 2, 1):
                continue
            check_spell(terms, people, c, x["leader"], b, e, "REIGN", notes)
    f = os.path.join(DATA, "factbook-leaders.tsv")
    if os.path.exists(f):
        state = {}
        for line in open(os.path.join(ACTORS, "states.tsv"), encoding="utf-8"):
            p = line.rstrip("\n").split("\t")
            if len(p) == 9 and p[1] in ("state", "territory"):
                for x in p[7].split(" | "):
                    if ":" not in x:
                        state.setdefault(fold(x).lower(), p[0])
        for x in csv.DictReader(open(f, encoding="utf-8"), delimiter="\t"):
            c = FACTBOOK.get(x["country"]) or state.get(fold(x["country"]).lower())
            m = re.search(r"\(since (?:(\d+) )?(?:([A-Z][a-z]+) )?(\d{4})", x["text"])
            mine = [t for t in terms if t.country == c]
            if not mine or not m:
                continue
            who = re.sub(r"\([^)]*\)", " ", x["text"].split("(since")[0])
            d, mon, y = m.groups()
            mon = next((v for k, v in MONTHS.items() if mon and k.startswith(mon)), 1)
            begin = date(int(y), mon, int(d or 1))
            if re.match(r"(King|Queen) CHARLES", who) and c != "GBR":
                continue
            now = [t for t in mine if not t.end or t.end >= "2026"]
            hit = [t for t in now if same_person(who, people.get(t.id, [t.names, []])[0] + t.names)]
            if not hit:
                notes.append("%s: factbook has %s since %s, the list has no such current name" % (c, who.strip(), begin))
                continue
            near = [t for t in hit if abs((day(t.begin) - begin).days) <= 45]
            for t in near:
                t.sources.append("factbook 2026") if "factbook 2026" not in t.sources else None
            if not near:
                notes.append("%s: factbook has %s since %s; the list %s" % (
                    c, who.strip(), begin, ", ".join(t.begin for t in hit)))
    out = ["# Heads of state and government with their terms, 2000 to 2026.",
           "# Made by tools/make-leaders.py from leaders.txt: mend that file, then run the script.",
           "# Licence CC BY 4.0. Source: own knowledge or what leaders.txt names; beside it each source that gives the",
           "# same name and first day.",
           HEADER]
    seen, keys = set(), {}
    for t in terms:
        key = (t.id, t.begin, t.role)
        if key in keys:
            sys.exit("%s: the same id, first day and role as %s" % (t.where, keys[key]))
        keys[key] = t.where
        if t.own_names:
            names = t.names + ["sur:" + s for s in t.surs]
        elif t.id in seen:
            names = ["="]
        else:
            p = people[t.id]
            names = p[0] + ["sur:" + s for s in p[1]]
            seen.add(t.id)
        out.append("\t".join([t.id, "person", t.country, "GOV", t.begin, t.end, t.role, " | ".join(names),
                              "; ".join([t.own] + t.sources)]))
    with open(os.path.join(ACTORS, "leaders.tsv"), "w", encoding="utf-8") as f:
        f.write("\n".join(out) + "\n")
    confirmed = sum(1 for t in terms if t.sources)
    print("%d terms of %d people, %d confirmed by a source, %d notes" % (
        len(terms), len({t.id for t in terms}), confirmed, len(notes)))
    for n in notes:
        print(n, file=sys.stderr)


main()
