"""Who an institution speaks for is judged from its name."""

from __future__ import annotations

import pytest

from domain.speakers import speaks_for


@pytest.mark.parametrize(
    ("institution", "country"),
    [
        ("Ministry of Foreign Affairs of Japan", "JP"),
        ("Federal Foreign Office (Germany)", "DE"),
        ("Auswärtiges Amt", "DE"),
        ("Bundesregierung", "DE"),
        ("Global Affairs Canada", "CA"),
        ("Foreign, Commonwealth & Development Office", "GB"),
        ("10 Downing Street", "GB"),
        ("The White House", "US"),
        ("U.S. Department of State", "US"),
        ("Ministère de l’Europe et des Affaires étrangères", "FR"),
        ("Ministerio de Asuntos Exteriores", "ES"),
        ("Ministerstwo Spraw Zagranicznych", "PL"),
        ("Ministerstvo zahraničních věcí ČR", "CZ"),
        ("Utenriksdepartementet", "NO"),
        ("Ulkoministeriö", "FI"),
        ("Külgazdasági és Külügyminisztérium", "HU"),
        ("Türkiye Cumhuriyeti Dışişleri Bakanlığı", "TR"),
        ("Міністерство закордонних справ України", "UA"),
        ("МИД России", "RU"),
        ("Министерство на външните работи", "BG"),
        ("Υπουργείο Εξωτερικών", "GR"),
        ("وزارة الخارجية المصرية", "EG"),
        ("وزارت امور خارجه ایران", "IR"),
        ("משרד החוץ", "IL"),
        ("外務省", "JP"),
        ("中华人民共和国外交部", "CN"),
        ("외교부", "KR"),
        ("กระทรวงการต่างประเทศ", "TH"),
        ("Bộ Ngoại giao", "VN"),
        ("საგარეო საქმეთა სამინისტრო", "GE"),
        ("Ambasciata d'Italia Dar es Salaam", "IT"),
        ("Permanent Mission of Poland to the United Nations", "PL"),
        ("Ständige Vertretung bei den Vereinten Nationen", "AT"),
        ("Presidential Press Service", "UA"),
        ("Ministry of Foreign Affairs of the Russian Federation", "RU"),
        ("Senat Rzeczypospolitej Polskiej", "PL"),
        ("Kiesraad", "NL"),
    ],
)
def test_an_office_of_state_speaks_for_its_state(institution, country):
    assert speaks_for(institution, country=country) == country


@pytest.mark.parametrize(
    ("institution", "country"),
    [
        ("University of Warsaw", "PL"),
        ("Institut für Auswärtige Politik", "DE"),
        ("Partei der Regierung", "DE"),
        ("Council on Foreign Relations", "US"),
        ("Norwegian Refugee Council", "NO"),
        ("State Administration Company", "CN"),
        ("Stefan Batory Foundation", "PL"),
        ("Democrats Abroad", "US"),
        ("", "PL"),
    ],
)
def test_a_private_voice_is_nobodys(institution, country):
    assert speaks_for(institution, country=country) is None


@pytest.mark.parametrize("institution", ["Office for Democratic Institutions", "Any name", ""])
def test_where_the_country_is_a_body_it_is_that_body(institution):
    assert speaks_for(institution, country="OSCE") == "OSCE"


@pytest.mark.parametrize(
    ("institution", "body"),
    [("União Africana", "AFU"), ("The United Nations", "UN"), ("European Commission", "EU")],
)
def test_a_bodys_own_name_is_that_body_whatever_the_country(institution, body):
    assert speaks_for(institution, country="AU") == body


@pytest.mark.parametrize("country", ["GB-SCT", "", "ZZ", "INT"])
def test_an_office_of_no_state_that_we_know_is_nobodys(country):
    assert speaks_for("Government", country=country) is None
