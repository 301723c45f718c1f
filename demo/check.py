#!/usr/bin/env python3
"""Checks the demo content: run it after any change here.

The assistant quotes these articles word for word, so a price that differs between an article and the
price list would be told to a visitor as a fact. That, and the shape the importer expects, is checked.
"""
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent
LANGUAGES = ("ru", "en")
MIN_ARTICLES = {"ru": 24, "en": 14}
WORDS = (90, 250)
TENANT = {"slug", "name", "business", "time_zone", "phone", "address", "hours", "greeting", "legal", "services",
          "specialists", "employees"}
SERVICE = {"key", "name", "aliases", "duration_min", "price"}
SPECIALIST = {"key", "name", "title", "services", "weekly"}
CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
PRICE = re.compile(r"(\d[\d\u00a0,]*)\u00a0₽")
# A deposit is not the price of the service it secures.
DEPOSIT = re.compile(r"предоплат|deposit", re.I)
UNFINISHED = re.compile(r"\b(TODO|FIXME|TBD|XXX|lorem|placeholder)\b", re.I)
SITE_FORBIDDEN = ((r"<style", "inline style element"), (r"\sstyle\s*=", "style attribute"),
                  (r"\son\w+\s*=", "inline event handler"), (r"(?:src|href)\s*=\s*[\"'](?:https?:)?//", "foreign address"))
WIDGET = '<script async src="/widget.js" data-tenant="{{PUBLIC_KEY}}"></script>'

problems = []


def expect(condition, where, what):
    if not condition:
        problems.append(f"{where}: {what}")
    return bool(condition)


def is_text(value):
    return isinstance(value, str) and value == value.strip() != ""


def bilingual(value, where):
    ok = isinstance(value, dict) and set(value) == set(LANGUAGES) and all(is_text(v) for v in value.values())
    return expect(ok, where, "must have exactly ru and en, both non-empty text")


def minutes(clock):
    match = CLOCK.fullmatch(clock) if isinstance(clock, str) else None
    return int(match[1]) * 60 + int(match[2]) if match else None


def check_services(services, where):
    seen_keys, seen_aliases = set(), {lang: {} for lang in LANGUAGES}
    expect(8 <= len(services) <= 12, where, f"{len(services)} services, wanted 8 to 12")
    for service in services:
        at = f"{where} service {service.get('key')}"
        if not expect(set(service) == SERVICE, at, f"members {sorted(set(service) ^ SERVICE)} differ"):
            continue
        expect(service["key"] not in seen_keys, at, "key repeated")
        seen_keys.add(service["key"])
        bilingual(service["name"], at)
        expect(set(service["aliases"]) == set(LANGUAGES), at, "aliases need ru and en")
        for lang in LANGUAGES:
            for alias in service["aliases"].get(lang, []):
                expect(is_text(alias), at, "empty alias")
                other = seen_aliases[lang].setdefault(alias.lower(), service["key"])
                expect(other == service["key"], at, f"alias {alias!r} also belongs to {other}")
        duration, price = service["duration_min"], service["price"]
        expect(type(duration) is int and duration > 0 and duration % 15 == 0, at, "duration not a multiple of 15")
        expect(price is None or (type(price) is int and price > 0), at, "price must be whole roubles or null")
    return {s.get("key"): s for s in services}


def check_weekly(windows, longest_min, at):
    by_day = {}
    for window in windows:
        if not expect(set(window) == {"days", "start", "end"}, at, "window needs days, start, end"):
            continue
        start, end = minutes(window["start"]), minutes(window["end"])
        if not expect(start is not None and end is not None and start < end, at, f"bad window {window}"):
            continue
        expect(start % 15 == 0 and end % 15 == 0, at, f"window off the quarter hour {window}")
        for day in window["days"]:
            if expect(type(day) is int and 0 <= day <= 6, at, f"bad day {day!r}"):
                by_day.setdefault(day, []).append((start, end))
    for day, spans in by_day.items():
        spans.sort()
        for (_, first_end), (second_start, _) in zip(spans, spans[1:]):
            expect(first_end <= second_start, at, f"windows overlap on day {day}")
    fits = any(end - start >= longest_min for spans in by_day.values() for start, end in spans)
    expect(fits, at, f"no window holds the longest service of {longest_min} minutes")
    return by_day


def opening_hours(text):
    """Reads 'Mon–Fri 8:00–20:00, Sat …' into {day: (open, close)}, 0 = Sunday."""
    names = {"Sun": 0, "Mon": 1, "Tue": 2, "Wed": 3, "Thu": 4, "Fri": 5, "Sat": 6}
    hours = {}
    for part in text.split(", "):
        match = re.fullmatch(r"(\w{3})(?:–(\w{3}))? (\d+):(\d\d)–(\d+):(\d\d)", part)
        if not match or match[1] not in names or (match[2] and match[2] not in names):
            return {}
        first, last = names[match[1]], names[match[2] or match[1]]
        for day in range(first, last + 1):
            hours[day] = (int(match[3]) * 60 + int(match[4]), int(match[5]) * 60 + int(match[6]))
    return hours


def check_specialists(tenant, services, where):
    hours = opening_hours(tenant["hours"]["en"])
    expect(len(hours) == 7, where, "hours.en must cover seven days in the form 'Mon–Fri 8:00–20:00, …'")
    expect(5 <= len(tenant["specialists"]) <= 7, where, "wanted 5 to 7 specialists")
    offered, covered, keys = set(), set(), set()
    for person in tenant["specialists"]:
        at = f"{where} specialist {person.get('key')}"
        if not expect(set(person) == SPECIALIST, at, f"members {sorted(set(person) ^ SPECIALIST)} differ"):
            continue
        expect(person["key"] not in keys, at, "key repeated")
        keys.add(person["key"])
        bilingual(person["name"], at)
        bilingual(person["title"], at)
        unknown = [key for key in person["services"] if key not in services]
        expect(person["services"] and not unknown, at, f"unknown services {unknown}")
        offered.update(person["services"])
        longest = max((services[k]["duration_min"] for k in person["services"] if k in services), default=0)
        for day, spans in check_weekly(person["weekly"], longest, at).items():
            covered.add(day)
            inside = day in hours and all(hours[day][0] <= s and e <= hours[day][1] for s, e in spans)
            expect(inside, at, f"works outside the opening hours on day {day}")
    expect(not set(services) - offered, where, f"nobody does {sorted(set(services) - offered)}")
    expect(covered == set(range(7)), where, "a day of the week has no specialist")


def check_tenant(path):
    def no_repeats(pairs):
        expect(len({k for k, _ in pairs}) == len(pairs), path.name, "a member is repeated")
        return dict(pairs)

    tenant = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=no_repeats)
    where = f"{path.parent.name}/tenant.json"
    if not expect(set(tenant) == TENANT, where, f"members {sorted(set(tenant) ^ TENANT)} differ"):
        return None
    expect(tenant["slug"] == path.parent.name, where, "slug must be the directory's name")
    expect(tenant["business"] in ("clinic", "salon"), where, "business must be clinic or salon")
    expect(is_text(tenant["time_zone"]), where, "time_zone is empty")
    expect(re.fullmatch(r"\+7 \(000\) \d{3}-\d\d-\d\d", tenant["phone"]), where, "phone must be in the unassigned +7 (000)")
    texts = [bilingual(tenant[m], f"{where} {m}") for m in ("name", "address", "hours", "greeting")]
    services = check_services(tenant["services"], where)
    if all(texts):
        check_specialists(tenant, services, where)
    expect(sum(bool(e.get("officer")) for e in tenant["employees"]) == 1, where, "wanted one privacy officer")
    expect(set(tenant["legal"]) == {"name", "tax_number", "address", "email"}, where, "legal needs name, tax_number, address, email")
    expect(tenant["legal"]["tax_number"] == "0000000000", where, "the tax number must be nobody's")
    expect(tenant["legal"]["email"].endswith(".example"), where, "e-mail must end in .example")
    roles = sorted(e.get("role") for e in tenant["employees"])
    expect(roles == ["owner", "receptionist"], where, "wanted one owner and one receptionist")
    for employee in tenant["employees"]:
        expect(set(employee) - {"officer"} == {"name", "email", "role"}, where, "employee needs name, email, role")
        expect(str(employee.get("email")).endswith(".example"), where, "e-mail must end in .example")
    return tenant


def name_pattern(name, lang):
    """The name in any case or number: word stems in order, so 'приёма терапевта' is found too."""
    words = re.findall(r"[\w'’-]+", name.lower())
    if lang == "en":
        return re.compile(r"\b" + r"\s+".join(re.escape(w) + r"s?" for w in words) + r"\b", re.I)
    stems = [re.escape(w if len(w) < 4 else w[:-2] if len(w) > 5 else w[:-1]) + r"\w*" for w in words]
    return re.compile(r"\b" + r"\s+".join(stems) + r"\b", re.I)


def sentences(text):
    for line in text.split("\n"):
        yield from re.split(r"(?<=[.!?])\s+", line.removeprefix("- ").strip())


def check_prices(text, tenant, lang, at, stated):
    for sentence in sentences(text):
        prices = {int(re.sub(r"\D", "", p)) for p in PRICE.findall(sentence)}
        named = [s for s in tenant["services"] if name_pattern(s["name"][lang], lang).search(sentence)]
        if not prices or not named or DEPOSIT.search(sentence):
            continue
        right = {s["price"] for s in named if s["price"] is not None}
        expect(prices <= right, at, f"says {sorted(prices)}, price list says {sorted(right)}: {sentence}")
        stated.update(s["key"] for s in named if s["price"] in prices)


def check_working_time(text, tenant, lang, at):
    """A clock beside a specialist's name must be a start or an end of that person's day."""
    for sentence in sentences(text):
        named = [p for p in tenant["specialists"] if p["name"][lang].split()[-1].lower()[:-1] in sentence.lower()]
        if not named:
            continue
        known = {minutes(w[edge]) for p in named for w in p["weekly"] for edge in ("start", "end")}
        for clock in re.findall(r"\b\d{1,2}:\d\d\b", sentence):
            expect(minutes(clock.zfill(5)) in known, at, f"{clock} is no start or end of {named[0]['key']}'s hours: {sentence}")


def check_article(path, tenant, lang, stated):
    at = str(path.relative_to(ROOT))
    text = path.read_text(encoding="utf-8")
    expect(re.fullmatch(r"\d\d-[a-z0-9-]+\.md", path.name), at, "name must be NN-slug.md")
    head, _, body = text.partition("\n\n")
    expect(re.fullmatch(r"# \S[^\n]*[^\s.]", head), at, "first line must be '# Title', then a blank line")
    expect(text.endswith("\n") and not text.endswith("\n\n"), at, "must end with one line break")
    count = len(text.split())
    expect(WORDS[0] <= count <= WORDS[1], at, f"{count} words, wanted {WORDS[0]} to {WORDS[1]}")
    for block in body.strip("\n").split("\n\n"):
        lines = block.split("\n")
        is_list = all(line.startswith("- ") for line in lines)
        expect(is_list or len(lines) == 1, at, f"neither a paragraph on one line nor a list: {lines[0][:40]}")
        for line in lines:
            plain = line.removeprefix("- ")
            expect(plain == plain.strip() and "  " not in plain, at, f"stray spaces: {plain[:40]}")
            expect(not re.search(r"[*_`#\[\]<>|]", plain), at, f"Markdown other than a list: {plain[:40]}")
            expect(plain.endswith((".", "!", "?")) or block.endswith(":") and not is_list, at, f"not a sentence: {plain[:40]}")
    expect(not re.search(r"\d ?₽", text.replace("\u00a0", "~")), at, "a price needs a no-break space before ₽")
    expect(not UNFINISHED.search(text), at, "unfinished text")
    check_prices(body, tenant, lang, at, stated)
    check_working_time(body, tenant, lang, at)
    return text


def check_articles(tenant, lang):
    folder = ROOT / tenant["slug"] / "articles" / lang
    where = str(folder.relative_to(ROOT))
    paths = sorted(folder.glob("*"))
    expect(len(paths) >= MIN_ARTICLES[lang], where, f"{len(paths)} articles, wanted {MIN_ARTICLES[lang]}")
    numbers = [p.name[:2] for p in paths]
    expect(len(set(numbers)) == len(numbers), where, "a number is used twice")
    stated = set()
    everything = "\n".join(check_article(p, tenant, lang, stated) for p in paths)
    titles = re.findall(r"^# (.+)$", everything, re.M)
    expect(len(set(titles)) == len(titles), where, "a title is used twice")
    for member in ("phone", "address", "hours"):
        fact = tenant[member] if member == "phone" else tenant[member][lang]
        expect(fact in everything, where, f"no article gives the {member} {fact}")
    for number in set(re.findall(r"\+7 \(\d+\) [\d-]+", everything)):
        expect(number == tenant["phone"], where, f"a phone {number} that is not the tenant's")
    priced = {s["key"] for s in tenant["services"] if s["price"] is not None}
    if lang == "ru":
        expect(priced <= stated, where, f"no article gives the price of {sorted(priced - stated)}")
    return len(paths)


def check_page(page, widget):
    at = str(page.relative_to(ROOT))
    if not expect(page.is_file(), at, "is missing"):
        return ""
    html = page.read_text(encoding="utf-8")
    for pattern, what in SITE_FORBIDDEN:
        expect(not re.search(pattern, html, re.I), at, what)
    expect(not UNFINISHED.search(html), at, "unfinished text")
    if widget:
        expect(re.search(re.escape(WIDGET) + r"\s*</body>", html), at, "the widget must be the last element of body")
    expect(html.count("<script") == (1 if widget else 0), at, "a script too many or too few")
    for target in re.findall(r'(?:src|href|srcset)="([\w./-]+\.(?:css|svg))"', html):
        # The server shows <slug>/site as demo/<slug>; the start page links to it there.
        local = re.sub(r"^demo/(\w+)/", r"\1/site/", target)
        expect((page.parent / local).is_file(), at, f"{target} is missing")
    for css in page.parent.glob("*.css"):
        text = css.read_text(encoding="utf-8")
        expect(not re.search(r"@import|url\(\s*[\"']?(?:https?:)?//", text), str(css.relative_to(ROOT)), "foreign address")
        expect("prefers-color-scheme" in text, str(css.relative_to(ROOT)), "no dark mode")
    return html


def check_site(tenant):
    page = ROOT / tenant["slug"] / "site" / "index.html"
    html = check_page(page, widget=True)
    plain = re.sub(r"<[^>]+>", "", html).replace("&nbsp;", " ")
    at = str(page.relative_to(ROOT))
    for member, fact in (("phone", tenant["phone"]), ("address", tenant["address"]["ru"])):
        expect(fact in plain, at, f"does not give the {member}")
    for service in tenant["services"]:
        row = re.search(re.escape(service["name"]["ru"]) + r"(.*?)</li>", html, re.S)
        if expect(row, at, f"does not list {service['name']['ru']}") and service["price"] is not None:
            found = [int(re.sub(r"\D", "", p)) for p in PRICE.findall(row[1].replace("&nbsp;", "\u00a0"))]
            expect(found == [service["price"]], at, f"{service['name']['ru']} at {found}, price list says {service['price']}")
    for person in tenant["specialists"]:
        expect(person["name"]["ru"] in plain, at, f"does not name {person['key']}")
    for item in re.findall(r"<li>.*?</li>", html, re.S):
        words = re.sub(r"<[^>]+>", " ", item).replace("&nbsp;", " ").replace("&#8288;", "")
        check_working_time(words.replace(". ", " "), tenant, "ru", at)


def main():
    articles = 0
    for slug in ("clinic", "salon"):
        tenant = check_tenant(ROOT / slug / "tenant.json")
        if tenant:
            articles += sum(check_articles(tenant, lang) for lang in LANGUAGES)
            check_site(tenant)
    check_page(ROOT / "index.html", widget=False)
    if problems:
        print("\n".join(problems), file=sys.stderr)
        return 1
    print(f"demo: ok ({articles} articles)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
