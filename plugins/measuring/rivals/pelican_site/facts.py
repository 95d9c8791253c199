"""A plugin as a user of Pelican would write it: what the theme shows and Pelican does not know, and pages of organizations and quarters."""

import hashlib
import json
from collections import Counter, defaultdict
from pathlib import Path

from pelican import signals
from pelican.generators import Generator

ROMAN = ["", "I", "II", "III", "IV"]
PER_PAGE = 75
NEAR = 24


def prepare(generator):
    """Gives every article its ``facts``, its neighbours, the strip of its cluster and what it is related to."""
    articles = sorted(generator.articles, key=lambda article: article.date)
    clusters, documents = defaultdict(list), Counter()
    for article in articles:
        article.facts = json.loads(article.data)
        article.tag_of = {tag.name: tag.url for tag in getattr(article, "tags", ())}
        article.digest = hashlib.sha256(Path(article.source_path).read_bytes()).hexdigest()
        clusters[article.facts["cum"][0]].append(article)
        documents.update(article.facts["van-ban"])
    relate(articles)
    for line in clusters.values():
        years = sorted({article.date.year for article in line})
        for place, article in enumerate(line):
            here = years.index(article.date.year)
            article.before = line[place - 1] if place else None
            article.after = line[place + 1] if place + 1 < len(line) else None
            article.strip = [(year, quarters(line, year)) for year in years[max(0, here - 1) : here + 2]]
    generator.context["documents_count"] = documents
    generator.context["line_of_cluster"] = clusters
    generator.context["roman"] = ROMAN
    generator.context["counts_by_quarter"] = counts_by_quarter(articles)
    generator.context["who"] = json.loads(Path(generator.settings["PATH"], "who.json").read_text(encoding="utf-8"))


def quarters(line, year):
    return [[article for article in line if article.date.year == year and article.facts["quarter"] == quarter] for quarter in (1, 2, 3, 4)]


def relate(articles):
    """Five others for each, of those near it in time that share a cluster, people or documents with it."""
    sharing = defaultdict(list)
    for place, article in enumerate(articles):
        article.shared = {("cum", article.facts["cluster_label"])}
        article.shared |= {("nguoi", p["name"]) for p in article.facts["participations"]}
        article.shared |= {("van-ban", c["label"]) for c in article.facts["citations"]}
        for feature in sorted(article.shared):
            sharing[feature].append(place)
    for place, article in enumerate(articles):
        scores = Counter()
        for feature in sorted(article.shared):
            near = sharing[feature]
            at = near.index(place) if len(near) < 2 * NEAR else 0
            for other in near[max(0, at - NEAR) : at + NEAR]:
                scores[other] += {"cum": 30, "nguoi": 25, "van-ban": 20}[feature[0]]
        del scores[place]
        best = sorted(scores, key=lambda other: (-scores[other], other))[:5]
        article.related = [(articles[other], [name for _, name in sorted(article.shared & articles[other].shared)][:3]) for other in best]


def person(articles, name):
    """What the page of a person shows."""
    offices, together, others, organizations, clusters = defaultdict(list), Counter(), Counter(), Counter(), Counter()
    chaired, latest, rows = 0, None, {}
    for article in articles:
        own = [p for p in article.facts["participations"] if p["name"] == name]
        chairs = any(p["role"] == "chair" for p in own)
        chaired += chairs
        details = []
        for p in own:
            organizations.update(o["id"] for o in p["organizations"])
            if p["position"]:
                text = ", ".join([p["position"], *(o["name"] for o in p["organizations"])])
                details.append(text)
                latest = latest or (text, article)
                offices[text, p["position"], tuple((o["id"], o["name"]) for o in p["organizations"])].append(article)
        for p in article.facts["participations"]:
            if p["name"] != name:
                (together if chairs and p["role"] == "chair" else others)[p["name"]] += 1
        clusters[article.category] += 1
        tags = list(dict.fromkeys("Chủ trì" if p["role"] == "chair" else "Phát biểu" for p in own))
        rows[article.slug] = (tags, "; ".join(details))
    return {
        "offices": offices,
        "together": together.most_common(20),
        "others": others.most_common(20),
        "organizations": organizations.most_common(20),
        "clusters": clusters.most_common(20),
        "chaired": chaired,
        "latest": latest,
        "rows": rows,
    }


def organization(articles, id, roles):
    """What the page of an organization shows."""
    people, rows, hosted, attended = {}, {}, 0, 0
    for article in articles:
        tags = article.facts["bodies"][id]
        names = [p for p in article.facts["participations"] if id in p["organization_ids"]]
        for p in names:
            people.setdefault(p["name"], (p, article))
        hosted += "Đăng cai" in tags
        attended += bool(names)
        rows[article.slug] = (tags, ", ".join(dict.fromkeys(p["name"] for p in names)))
    led = {year for year, _, _, role in roles if role == "Cụm trưởng"}
    return {"people": list(people.values()), "rows": rows, "hosted": hosted, "attended": attended, "led": len(led), "roles": roles}


def document_facts(articles, label):
    """What the page of a document shows."""
    years, dates, issuer = Counter(), defaultdict(list), ""
    for article in articles:
        years[article.date.year] += 1
        for citation in article.facts["citations"]:
            if citation["label"] == label:
                dates[citation["date"]].append(article)
                issuer = citation["issuer"] or issuer
    return {"years": years, "dates": dates, "issuer": issuer, "most": max(years.values())}


def counts_by_quarter(articles):
    """How many meetings each quarter held, the newest year first."""
    counts = Counter((article.date.year, article.facts["quarter"]) for article in articles)
    years = sorted({year for year, _ in counts}, reverse=True)
    return [(y, [[(f"lich/{y}-q{q}.html", counts[y, q])] if counts[y, q] else [] for q in (1, 2, 3, 4)]) for y in years]


def days_by_quarter(line):
    """The days of a cluster's meetings, the newest year first."""
    found = defaultdict(list)
    for article in reversed(line):
        found[article.date.year, article.facts["quarter"]].append((article.url, article.date.strftime("%d/%m")))
    years = sorted({year for year, _ in found}, reverse=True)
    return [(year, [found[year, quarter] for quarter in (1, 2, 3, 4)]) for year in years]


def present_in(line, who, members, wanted):
    """Organizations at a cluster's meetings: its members, or the others."""
    counts = Counter(id for article in line for id in article.facts["present"])
    return [(who["to-chuc"][id]["title"], f"to-chuc/{id}.html", n) for id, n in counts.most_common() if (id in members) == wanted]


def siblings(cluster, lines):
    return [(lines[id][0].category, lines[id][0].category.url, len(lines[id])) for id in cluster["siblings"] if id in lines]


def owned(body, lines):
    return [(lines[id][0].category, lines[id][0].category.url, len(lines[id])) for id in body["clusters"] if id in lines]


def linked(counts, authors):
    urls = {author.name: author.url for author, _ in authors} if len(counts) else {}
    return [(name, urls[name], count) for name, count in counts]


def named(counts, who):
    return [(who["to-chuc"][id]["title"], f"to-chuc/{id}.html", count) for id, count in counts]


def addressed(counts):
    return [(category, category.url, count) for category, count in counts]


def by_letter(entries):
    """Categories, authors or tags with their articles, by the first letter of the last word."""
    groups = defaultdict(list)
    for name, articles in entries:
        groups[name.name.rpartition(" ")[2][:1].upper()].append((name, articles))
    return sorted(groups.items())


def roles_of_organizations(who):
    roles = defaultdict(list)
    for cluster in who["cum"].values():
        for member in cluster["members"]:
            roles[member].append((cluster["members_year"], cluster["id"], cluster["title"], "Thành viên"))
        for term in cluster["leads"]:
            for role, ids in (("Cụm trưởng", term["lead"]), ("Cụm phó", term["deputies"])):
                for id in ids:
                    roles[id].append((term["year"], cluster["id"], cluster["title"], role))
    return {id: sorted(found, key=lambda one: (-one[0], one[1], one[3])) for id, found in roles.items()}


def dot(article, first, last):
    days = (article.date.replace(tzinfo=None) - article.date.replace(tzinfo=None, year=first, month=1, day=1)).days
    return f"{1 + 98 * days / (365.25 * (last - first)):.1f}%"


class Pages(Generator):
    """Organizations, quarters and their index: pages that a blog has no kind for."""

    def generate_output(self, writer):
        self.articles = sorted(self.context["articles"], key=lambda article: article.date, reverse=True)
        organizations, terms = defaultdict(list), defaultdict(list)
        for article in self.articles:
            for id in article.facts["to-chuc"]:
                organizations[id].append(article)
            terms[article.facts["lich"][1]].append(article)
        roles = roles_of_organizations(self.context["who"])
        for id, articles in organizations.items():
            facts = organization(articles, id, roles.get(id, []))
            self.write(writer, "organization", f"to-chuc/{id}", articles, body=self.context["who"]["to-chuc"][id], found=facts)
        for term, articles in terms.items():
            self.write(writer, "quarter", f"lich/{term}", articles, term=term)
        self.write(writer, "organizations", "to-chuc", [], organizations=organizations)

    def write(self, writer, template, name, articles, **own):
        paginated = {"articles": articles} if articles else {}
        writer.write_file(
            f"{name}.html",
            self.get_template(template),
            self.context,
            relative_urls=True,
            paginated=paginated,
            template_name=template,
            url=f"{name}.html",
            articles=articles,
            **own,
        )


GLOBALS = {
    "person_facts": person,
    "document_facts": document_facts,
    "days_by_quarter": days_by_quarter,
    "present_in": present_in,
    "siblings": siblings,
    "owned": owned,
    "linked": linked,
    "named": named,
    "addressed": addressed,
    "by_letter": by_letter,
    "dot": dot,
}


def register():
    signals.article_generator_finalized.connect(prepare)
    signals.get_generators.connect(lambda pelican: Pages, weak=False)
