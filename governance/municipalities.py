"""The names of Sweden's 290 municipalities, which may stand in front of a designation."""

from governance.swedish import fold

_NAMES = """
Ale, Alingsås, Alvesta, Aneby, Arboga, Arjeplog, Arvidsjaur, Arvika, Askersund, Avesta,
Bengtsfors, Berg, Bjurholm, Bjuv, Boden, Bollebygd, Bollnäs, Borgholm, Borlänge, Borås,
Botkyrka, Boxholm, Bromölla, Bräcke, Burlöv, Båstad, Dals-Ed, Danderyd, Degerfors, Dorotea,
Eda, Ekerö, Eksjö, Emmaboda, Enköping, Eskilstuna, Eslöv, Essunga, Fagersta, Falkenberg,
Falköping, Falun, Filipstad, Finspång, Flen, Forshaga, Färgelanda, Gagnef, Gislaved, Gnesta,
Gnosjö, Gotland, Grums, Grästorp, Gullspång, Gällivare, Gävle, Göteborg, Götene, Habo,
Hagfors, Hallsberg, Hallstahammar, Halmstad, Hammarö, Haninge, Haparanda, Heby, Hedemora,
Helsingborg, Herrljunga, Hjo, Hofors, Huddinge, Hudiksvall, Hultsfred, Hylte, Håbo,
Hällefors, Härjedalen, Härnösand, Härryda, Hässleholm, Höganäs, Högsby, Hörby, Höör,
Jokkmokk, Järfälla, Jönköping, Kalix, Kalmar, Karlsborg, Karlshamn, Karlskoga, Karlskrona,
Karlstad, Katrineholm, Kil, Kinda, Kiruna, Klippan, Knivsta, Kramfors, Kristianstad,
Kristinehamn, Krokom, Kumla, Kungsbacka, Kungsör, Kungälv, Kävlinge, Köping, Laholm,
Landskrona, Laxå, Lekeberg, Leksand, Lerum, Lessebo, Lidingö, Lidköping, Lilla Edet,
Lindesberg, Linköping, Ljungby, Ljusdal, Ljusnarsberg, Lomma, Ludvika, Luleå, Lund, Lycksele,
Lysekil, Malmö, Malung-Sälen, Malå, Mariestad, Mark, Markaryd, Mellerud, Mjölby, Mora,
Motala, Mullsjö, Munkedal, Munkfors, Mölndal, Mönsterås, Mörbylånga, Nacka, Nora, Norberg,
Nordanstig, Nordmaling, Norrköping, Norrtälje, Norsjö, Nybro, Nykvarn, Nyköping, Nynäshamn,
Nässjö, Ockelbo, Olofström, Orsa, Orust, Osby, Oskarshamn, Ovanåker, Oxelösund, Pajala,
Partille, Perstorp, Piteå, Ragunda, Robertsfors, Ronneby, Rättvik, Sala, Salem, Sandviken,
Sigtuna, Simrishamn, Sjöbo, Skara, Skellefteå, Skinnskatteberg, Skurup, Skövde,
Smedjebacken, Sollefteå, Sollentuna, Solna, Sorsele, Sotenäs, Staffanstorp, Stenungsund,
Stockholm, Storfors, Storuman, Strängnäs, Strömstad, Strömsund, Sundbyberg, Sundsvall, Sunne,
Surahammar, Svalöv, Svedala, Svenljunga, Säffle, Säter, Sävsjö, Söderhamn, Söderköping,
Södertälje, Sölvesborg, Tanum, Tibro, Tidaholm, Tierp, Timrå, Tingsryd, Tjörn, Tomelilla,
Torsby, Torsås, Tranemo, Tranås, Trelleborg, Trollhättan, Trosa, Tyresö, Täby, Töreboda,
Uddevalla, Ulricehamn, Umeå, Upplands Väsby, Upplands-Bro, Uppsala, Uppvidinge, Vadstena,
Vaggeryd, Valdemarsvik, Vallentuna, Vansbro, Vara, Varberg, Vaxholm, Vellinge, Vetlanda,
Vilhelmina, Vimmerby, Vindeln, Vingåker, Vårgårda, Vänersborg, Vännäs, Värmdö, Värnamo,
Västervik, Västerås, Växjö, Ydre, Ystad, Åmål, Ånge, Åre, Årjäng, Åsele, Åstorp,
Åtvidaberg, Älmhult, Älvdalen, Älvkarleby, Älvsbyn, Ängelholm, Öckerö, Ödeshög, Örebro,
Örkelljunga, Örnsköldsvik, Östersund, Österåker, Östhammar, Östra Göinge, Överkalix,
Övertorneå
"""
MUNICIPALITIES = {fold(name): name.strip() for name in _NAMES.replace("\n", " ").split(",")}


def municipality_in_front(text: str) -> tuple[str, str]:
    """The municipality that begins `text`, and the rest: `Solna Skytten 2` or `Solna kommun …`.

    Nothing is taken when no further word follows: `Mora 5:3` names a tract, not a place in it.
    """
    words = text.split(" ")
    for count in (2, 1):
        name = MUNICIPALITIES.get(fold(" ".join(words[:count])))
        rest = words[count:]
        if name and rest and fold(rest[0]) == "kommun":
            rest = rest[1:]
        if name and rest and rest[0][:1].isalpha() and ":" not in rest[0] and rest[0] != "nr":
            return name, " ".join(rest)
    return "", text
