"""What a page with a list and a map of cities shows: names, pins and headings."""

import re


def card_names(response):
    return re.findall(r'<h3 class="card__name">.*?<a href="[^"]+">([^<]+)</a>', response.text)


def pin_names(response, css_class="pin"):
    return re.findall(
        rf'<a class="{css_class}" .*?<text class="pin__name [^>]+>([^<]+)</text>', response.text, re.S
    )


def hollow_pin_names(response):
    return pin_names(response, "pin pin--outside")


def headings(response, level):
    main = response.text.split("<main", 1)[1].split("</main>")[0]
    found = re.findall(rf"<h{level}[^>]*>(.*?)</h{level}>", main, re.S)
    return [" ".join(re.sub(r"<[^>]+>", "", heading).split()) for heading in found]
