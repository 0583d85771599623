"""/hjalp/: one page per task."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

# Heading and its tasks: the word in the address, which is also the template's name, and the title.
TASKS = {
    "Läsa": [
        ("annan-dag", "Läsa hur det såg ut en annan dag"),
        ("tidslinje", "Se hur bemanningen har ändrats"),
        ("kontaktlista", "Skriva ut kontaktlistan och kopiera adresser"),
        ("hitta-stadsdel", "Hitta var en stadsdel hör"),
        ("sla-upp-fastighet", "Slå upp en fastighet, adress eller koordinat"),
        ("sla-upp-manga", "Slå upp många fastigheter på en gång"),
        ("skriv-ut", "Skriva ut och kopiera tabeller"),
        ("hamta-lista", "Hämta en lista som Excel eller CSV"),
    ],
    "Ändra styrgrupper": [
        ("foresla-grupp", "Föreslå en grupp och göra den aktiv"),
        ("andra-tackning", "Ändra var en grupp arbetar"),
        ("vila", "Låta en grupp vila och återuppta den"),
        ("sla-ihop", "Slå ihop grupper"),
        ("upplosa", "Upplösa en grupp"),
        ("registrera-beslut", "Registrera ett beslut"),
    ],
    "Hålla ledamöterna aktuella": [
        ("att-gora", "Se vad som är att göra"),
        ("paminnelser", "Få påminnelser om det som behöver göras"),
        ("byt-ledamot", "Utse och byta ledamot"),
        ("uppdrag", "Förlänga, avsluta och rätta ett uppdrag"),
        ("ersattare", "Ersättare, tillförordnad och tjänstledighet"),
        ("bemanna", "Bemanna en hel grupp på en gång"),
        ("las-in-lista", "Läsa in en lista med ledamöter"),
        ("overallt", "Utse en person i flera grupper på en gång"),
        ("eftertrads", "Låta en organisation efterträdas av en annan"),
        ("egna-platser", "Utse på organisationens egna platser"),
        ("platser", "Lägga till, ändra och avsluta platser"),
        ("bolagets-narvaro", "Se var bolaget har fastigheter och plats"),
        ("be-om-plats", "Be om en plats i gruppen"),
        ("onskade-funktioner", "Se och ange önskade funktioner"),
        ("angra", "Ångra en ändring"),
        ("bekrafta-uppgifterna", "Bekräfta att uppgifterna stämmer"),
    ],
    "Fastigheter": [
        ("bestand", "Lägga in och ändra bestånd"),
    ],
    "Det som mäts": [
        ("indikatorer", "Läsa indikatorer och ändra värden"),
        ("las-in-varden", "Läsa in en lista med värden"),
    ],
    "Kontaktvägar": [
        ("kontaktvagar", "Se vem man når, och bekräfta en kontaktväg"),
    ],
    "Prioriteringar och mål": [
        ("prioriteringar", "Välja vad gruppen ska prioritera"),
        ("mal", "Sätta och ändra mål"),
    ],
    "Åtgärder": [
        ("atgarder", "Lägga till åtgärder och rapportera dem"),
        ("atgardsplan", "Göra en åtgärdsplan"),
    ],
    "Möten": [
        ("moten", "Planera möten, kalla till dem och registrera dem"),
    ],
    "Lägesbilder": [
        ("lagesbilder", "Skriva lägesbilder och se vilka grupper som har årets"),
    ],
    "Uppföljning": [
        ("uppfoljning", "Skriva årets uppföljning"),
        ("faststall-uppfoljning", "Skicka, fastställa och rätta en uppföljning"),
        ("oppna-uppfoljning", "Öppna ett år av uppföljningar och följa det"),
        ("rapport", "Läsa, skriva ut och jämföra årets rapport"),
    ],
    "Uppgifter om personer": [
        ("kontaktuppgifter", "Ändra titel, arbetsplats och kontaktuppgifter"),
        ("skyddade-uppgifter", "Skydda någons personuppgifter"),
    ],
    "Gränser": [
        ("granser", "Läsa in gränser för områden"),
    ],
    "Konton och behörigheter": [
        ("bjud-in", "Bjuda in någon till ett konto"),
        ("ge-behorighet", "Ge och ta bort behörigheter"),
        ("knyt-konto", "Knyta ett konto till en person"),
        ("nytt-losenord", "Få ett nytt lösenord"),
    ],
    "Andra system": [
        ("nycklar", "Skapa en nyckel till API:et"),
    ],
    "För driften": [
        ("forvaltning", "Arbeta i förvaltningen"),
    ],
}


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All tasks, by what they are about."""
    return render(request, "help/index.html", {"tasks": TASKS})


@login_not_required
@require_safe
def task(request: HttpRequest, task: str) -> HttpResponse:
    """How one task is done."""
    titles = dict(entry for entries in TASKS.values() for entry in entries)
    if task not in titles:
        raise Http404
    crumbs = [("Hjälp", reverse("governance:help"))]
    return render(request, f"help/{task}.html", {"task_title": titles[task], "crumbs": crumbs})
