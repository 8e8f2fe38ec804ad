"""The words for who somebody is, German and English: each role's, and what compounds end with."""

from __future__ import annotations

ROLE_WORDS: dict[str, str] = {
    "partner": (
        "Mann, Frau, Ehemann, Ehefrau, Gatte, Gattin, Göttergatte, Göttergattin, Lebensgefährte, "
        "Lebensgefährtin, Lebenspartner, Lebenspartnerin, Partner, Partnerin, LAG, Verlobter, "
        "Verlobte, fester Freund, feste Freundin, mein Freund, Männe, Herzblatt, Liebster, "
        "Liebste, Schatz, Göga, husband, wife, spouse, hubby, boyfriend, girlfriend, fiancé, "
        "fiancée, other half, better half, significant other, life partner, partner, bessere "
        "Hälfte"
    ),
    "coparent": (
        "Ex, Exfrau, Exmann, Expartner, Expartnerin, Exfreund, Exfreundin, Kindsvater, "
        "Kindsmutter, Kindesvater, Kindesmutter, KV, KM, Co-Elternteil, Co-Mama, Co-Papa, "
        "Coparent, co-parent, coparent, ex husband, ex wife, ex boyfriend, ex girlfriend, ex "
        "partner, baby daddy, Vater meiner Kinder, Mutter meiner Kinder, Papa der Kinder, Mama "
        "der Kinder, Vater der Kinder, Mutter der Kinder, the kids dad, the kids mum, the kids "
        "mom, kids dad, kids mum, kids mom, father of my child, mother of my child, father of my "
        "children, mother of my children, anderer Elternteil, anderes Elternteil, former husband, "
        "former wife, Geschiedener, Vater des Kindes, Mutter des Kindes, leiblicher Vater, "
        "leibliche Mutter, other parent"
    ),
    "grandparent": (
        "Oma, Opa, Omi, Opi, Omas, Opas, Omama, Opapa, Großmutter, Großvater, Großeltern, "
        "Großmama, Großpapa, Grosspapa, Oma und Opa, Uroma, Uropa, Urgroßmutter, Urgroßvater, "
        "Urgroßeltern, Urgroßoma, Mama, Mami, Mutti, Mutter, Muttern, Papa, Papi, Vati, Vater, "
        "Paps, Eltern, Schwiegermutter, Schwiegervater, Schwiegereltern, Schwiegermama, "
        "Schwiegerpapa, Schwiegermutti, Schwiegervati, Schwiemu, Stiefmutter, Stiefvater, "
        "Stiefmama, Stiefpapa, Pflegemutter, Pflegevater, Adoptivmutter, Adoptivvater, Babuschka, "
        "Deduschka, Nonna, Nonno, Anneanne, Babaanne, Dede, Büyükanne, Abuela, Abuelo, Babcia, "
        "Baba, Teta, Yaya, Ömchen, Großmütterchen, Omma, Oppa, Opili, Omili, grandma, grandpa, "
        "granny, gran, nan, nana, nanna, nanny and grandad, grandmother, grandfather, "
        "grandparent, grandparents, grandad, granddad, grandmum, gramps, grandpas, grandmas, "
        "grammy, pop, great grandma, great grandmother, great grandpa, great grandfather, great "
        "granny, great grandad, mother, father, mum, mom, mummy, mommy, mam, dad, daddy, parents, "
        "parent, mother in law, father in law, parents in law, in laws, MIL, FIL, step mother, "
        "step father, stepmum, stepmom, stepdad, stepmother, stepfather, foster mother, foster "
        "father, ma, pa"
    ),
    "relative": (
        "Bruder, Schwester, Halbbruder, Halbschwester, Stiefbruder, Stiefschwester, Geschwister, "
        "Brüder, Schwestern, Zwillingsbruder, Zwillingsschwester, Schwager, Schwägerin, Tante, "
        "Onkel, Tantchen, Großtante, Großonkel, Urgroßtante, Cousin, Cousine, Kusine, Cousins, "
        "Cousinen, Base, Vetter, Großcousin, Großcousine, Nichte, Neffe, Verwandte, Verwandter, "
        "Verwandtschaft, Familie, Familienmitglied, entfernte Verwandte, Schwippschwager, "
        "Schwiegertochter, Schwiegersohn, Enkel, Enkelin, Verwandten, angeheiratet, brother, "
        "sister, sis, bro, half brother, half sister, stepbrother, stepsister, sibling, siblings, "
        "twin brother, twin sister, brother in law, sister in law, aunt, aunty, auntie, uncle, "
        "cousin, cousins, niece, nephew, great aunt, great uncle, relative, relatives, relation, "
        "family, family member, kin, daughter in law, son in law"
    ),
    "godparent": (
        "Patin, Pate, Paten, Patentante, Patenonkel, Taufpatin, Taufpate, Gote, Göte, Gotte, "
        "Götti, Godi, Gotti, Firmpatin, Firmpate, godmother, godfather, godparent, godparents, "
        "godmum, godmom, godmama, goddad, fairy godmother"
    ),
    "friend": (
        "Freund, Freundin, Freunde, Freundinnen, bester Freund, beste Freundin, Schulfreund, "
        "Schulfreundin, Studienfreund, Studienfreundin, Jugendfreund, Jugendfreundin, "
        "Busenfreund, Busenfreundin, Kindheitsfreund, Kindheitsfreundin, Freundeskreis, Kumpel, "
        "Kumpeline, Kameradin, Kamerad, Klassenkameradin, Klassenkamerad, Schulkameradin, "
        "Schulkamerad, Mitbewohner, Mitbewohnerin, WG-Mitbewohner, WG-Mitbewohnerin, "
        "Brieffreundin, Brieffreund, Vertraute, Vertrauter, Internetfreundin, Internetfreund, "
        "Online-Freundin, Spezl, Kommilitone, Kommilitonin, friend, friends, best friend, bff, "
        "bestie, old friend, school friend, close friend, childhood friend, uni friend, college "
        "friend, pal, pen pal, buddy, mate, chum, girl friend, boy friend, flatmate, roommate, "
        "housemate, family friend, internet friend"
    ),
    "colleague": (
        "Kollege, Kollegin, Kollegen, Kolleginnen, Arbeitskollege, Arbeitskollegin, Chef, Chefin, "
        "Vorgesetzte, Vorgesetzter, Geschäftspartner, Geschäftspartnerin, Exkollegin, Exkollege, "
        "Boss, Mitarbeiter, Mitarbeiterin, Teamleiterin, Teamleiter, Mitarbeitende, colleague, "
        "colleagues, coworker, co-worker, workmate, boss, manager, business partner, work friend, "
        "ex colleague, former colleague, supervisor, Arbeitgeber, Arbeitgeberin, employer"
    ),
    "parent_friend": (
        "Mama-Freundin, Mamafreundin, Papa-Freund, Papafreund, Elternfreund, Elternfreundin, "
        "Mama-Freund:in, Papa-Freund:in, Mitmama, Mitpapa, Mutterfreundin, Elternsprecherin, "
        "Elternsprecher, Elternvertreter, Elternvertreterin, befreundete Mama, befreundete "
        "Mutter, befreundete Eltern, befreundete Familie, Mama-Bekannte, Spielkameradin, parent "
        "friend, mum friend, mom friend, dad friend, NCT friend, parent rep, class rep, playdate "
        "mum, playdate mom, fellow mum, fellow mom, fellow dad, fellow parent, school gate "
        "friend, antenatal friend"
    ),
    "acquaintance": (
        "Bekannte, Bekannter, Bekannten, Bekanntschaft, neue Bekannte, neuer Bekannter, neue "
        "Bekanntschaft, gerade kennengelernt, neu kennengelernt, kennengelernt, "
        "Zufallsbekanntschaft, Spielplatzbekanntschaft, Spielplatzmama, Spielplatzpapa, "
        "Spielplatzmutter, Spielplatzvater, Spielplatzeltern, vom Spielplatz, flüchtige Bekannte, "
        "acquaintance, new acquaintance, just met, met recently, from the playground, playground "
        "mum, playground mom, playground dad, someone new"
    ),
    "course_group": (
        "Kurs, Kursgruppe, Eltern-Kind-Gruppe, Krabbelgruppe, Spielgruppe, PEKiP, PEKiP-Gruppe, "
        "Babyschwimmen, Rückbildung, Rückbildungskurs, Geburtsvorbereitung, Babymassage, Kanga, "
        "Kangatraining, Stillgruppe, Stilltreff, Babytreff, Babycafé, Elterncafé, Musikgarten, "
        "Kinderturnen, Mutter-Kind-Turnen, Eltern-Kind-Turnen, LAUFMAMALAUF, Yogakurs, Chor, "
        "Verein, Sportverein, Turnverein, Nähkreis, Kirchengemeinde, Gemeinde, Elternbeirat, "
        "Förderverein, Familienzentrum, Mütterzentrum, Schwangerschaftsyoga, Delfi, Fabel, "
        "Babyyoga, Muki, Mukiturnen, Stammtisch, Elternstammtisch, Lauftreff, "
        "Hausgemeinschaftstreff, Gruppe, Mutter-Kind-Gruppe, Vater-Kind-Gruppe, Kindertanz, "
        "Musikschule, course, class, playgroup, baby group, toddler group, mums group, moms "
        "group, parents group, mother and baby yoga, baby swimming, baby massage, music class, "
        "book club, choir, parish, church, club, sports club, running club, parent teacher "
        "association, PTA, antenatal class, postnatal class, stay and play, mother and toddler "
        "group, knitting circle, group"
    ),
    "neighbour": (
        "Nachbar, Nachbarin, Nachbarn, Nachbarinnen, Nachbarsfamilie, Nachbarskind, Nachbarsfrau, "
        "Nachbarsjunge, Nachbarsmädchen, Nachbarschaft, Hausgemeinschaft, von nebenan, nebenan, "
        "von gegenüber, gegenüber, aus dem Haus, neighbour, neighbor, neighbours, neighbors, next "
        "door neighbour, next door neighbor, next door, from next door, neighbourhood, across the "
        "street, from across the street, downstairs neighbour, upstairs neighbour"
    ),
    "educator": (
        "Erzieher, Erzieherin, Bezugserzieherin, Bezugserzieher, Erzieherinnen, Kindergarten, "
        "Kita, Kiga, Krippe, Kinderkrippe, Hort, Schule, Grundschule, Vorschule, Kinderladen, "
        "Lehrer, Lehrerin, Klassenlehrer, Klassenlehrerin, Lehrkraft, Tagesmutter, Tagesvater, "
        "Tagesmama, Tagespapa, Tagespflege, Tagespflegeperson, Kindertagespflege, "
        "Schulbegleitung, Schulbegleiter, Schulbegleiterin, Integrationskraft, Kitaleitung, "
        "Kita-Leitung, Kindergärtnerin, Kindergärtner, Rektorin, Rektor, Schulleiterin, "
        "Schulleiter, Trainer, Trainerin, Coach, Schwimmlehrerin, Musiklehrerin, Pädagogin, "
        "Pädagoge, Sozialpädagogin, Sozialpädagoge, Betreuerin, Betreuer, teacher, nursery "
        "teacher, kindergarten teacher, preschool teacher, class teacher, form tutor, tutor, "
        "childminder, child minder, nursery, daycare, day care, kindergarten, school, preschool, "
        "coach, trainer, headteacher, head teacher, key worker, teaching assistant, day nanny, "
        "educator, after school club"
    ),
    "babysitter": (
        "Babysitter, Babysitterin, Sitter, Nanny, Au-pair, Aupair, Au-Pair-Mädchen, Kinderfrau, "
        "Kindermädchen, Kinderbetreuung, Notfallbabysitter, babysitter, sitter, nanny, au pair, "
        "mothers help, teen next door who babysits, baby sitter, emergency sitter"
    ),
    "rental_grandparent": (
        "Leih-Oma, Leih-Opa, Leihoma, Leihopa, Leihgroßeltern, Leihgroßmutter, Leihgroßvater, "
        "Wunschoma, Wunschopa, Wunschgroßeltern, Ersatzoma, Ersatzopa, Nenn-Oma, Nennoma, "
        "Nenn-Opa, Nennopa, Wahloma, Wahlopa, rental grandma, rental grandpa, rental grandparent, "
        "rental granny, surrogate grandma, surrogate grandpa, surrogate granny, surrogate "
        "grandparent, adopted granny"
    ),
    "household_help": (
        "Haushaltshilfe, Reinigungskraft, Putzhilfe, Putzfrau, Putzmann, Putzkraft, Putzfee, "
        "Perle, Raumpflegerin, Raumpfleger, Bügelhilfe, Haushälterin, Zugehfrau, Fensterputzer, "
        "Alltagshilfe, cleaner, cleaning lady, cleaning help, housekeeper, home help, maid, "
        "household help"
    ),
    "volunteer": (
        "Ehrenamtliche, Ehrenamtlicher, Ehrenamt, wellcome, wellcome-Engel, Familienpatin, "
        "Familienpate, Familienpaten, Stadtteilmutter, Stadtteilmütter, Nachbarschaftshilfe, "
        "Besuchsdienst, Freiwillige, Freiwilliger, Lesepatin, Lesepate, Familienlotsin, "
        "Alltagsbegleiterin, Bufdi, FSJlerin, volunteer, home start, home-start volunteer, "
        "befriender"
    ),
    "professional": (
        "Fachkraft, Beratung, Beratungsstelle, Familienberatung, Erziehungsberatung, Hebamme, "
        "Nachsorgehebamme, Mütterpflegerin, Doula, Kinderarzt, Kinderärztin, Hausarzt, "
        "Hausärztin, Frauenarzt, Frauenärztin, Arzt, Ärztin, Ärzte, Doktor, Therapeut, "
        "Therapeutin, Psychologe, Psychologin, Psychiater, Psychiaterin, Logopädin, Logopäde, "
        "Ergotherapeut, Ergotherapeutin, Physiotherapeut, Physiotherapeutin, Osteopath, "
        "Osteopathin, Heilpraktiker, Heilpraktikerin, Stillberaterin, Trageberaterin, "
        "Schlafberaterin, Familienhelferin, Familienhelfer, Familienhebamme, Jugendamt, "
        "Sozialarbeiter, Sozialarbeiterin, Krankenschwester, Kinderkrankenschwester, "
        "Krankenpfleger, Kinderkrankenpfleger, Pflegerin, Tagesklinik, Klinik, Krankenhaus, "
        "Pfarrer, Pfarrerin, Pastor, Pastorin, Seelsorger, Seelsorgerin, Imam, Rabbiner, Anwalt, "
        "Anwältin, Rechtsanwalt, Rechtsanwältin, Mediatorin, Mediator, Verfahrensbeistand, "
        "Frühförderung, Zahnarzt, Zahnärztin, Praxis, Gynäkologin, Gynäkologe, Pro Familia, "
        "Caritas, Diakonie, Frauenhaus, Vormund, midwife, doula, doctor, GP, pediatrician, "
        "paediatrician, family doctor, dentist, therapist, psychologist, counsellor, counselor, "
        "counselling, social worker, health visitor, nurse, physio, physiotherapist, speech "
        "therapist, occupational therapist, lactation consultant, lawyer, solicitor, pastor, "
        "priest, vicar, rabbi, imam, gynaecologist, gynecologist, clinic, hospital, professional, "
        "youth welfare office, mediator, family support worker"
    ),
    "self_help_group": (
        "Selbsthilfegruppe, Selbsthilfe, VAMV, Alleinerziehendentreff, Alleinerziehendengruppe, "
        "Treff für Alleinerziehende, Trauergruppe, Frühchengruppe, Zwillingsgruppe, "
        "Zwillingstreff, Mehrlingsverein, Zwillingsverein, Angehörigengruppe, anonyme "
        "Alkoholiker, self help group, self-help, support group, single parents group, single "
        "mums group, single moms group, grief group, bereavement group, twins club, multiples "
        "club, Gingerbread"
    ),
    "online_community": (
        "Online-Community, Online-Gruppe, Online, Forum, Chat, Chatgruppe, Gruppenchat, "
        "WhatsApp-Gruppe, Whatsappgruppe, WhatsApp, Facebook-Gruppe, Facebookgruppe, Facebook, "
        "Telegram-Gruppe, Signal-Gruppe, Discord, Reddit, Instagram, Internetforum, online "
        "community, online group, group chat, chat group, forum, subreddit, facebook group, "
        "whatsapp group, mumsnet, slack, message board"
    ),
    "other": (
        "Sonstige, Sonstiger, Sonstiges, Andere, Anderer, sonstwer, sonst jemand, irgendwer, "
        "Vermieter, Vermieterin, Mieter, Mieterin, Untermieter, Untermieterin, Hausmeister, "
        "Hausmeisterin, Friseur, Friseurin, Frisör, Frisörin, Handwerker, Handwerkerin, Gärtner, "
        "Gärtnerin, Bäcker, Bäckerin, Klempner, Elektriker, Tierarzt, Tierärztin, Steuerberater, "
        "Steuerberaterin, Postbote, Postbotin, Kundin, Kunde, Fahrschullehrer, Verkäuferin, "
        "Freundin vom Sohn, Freund der Tochter, other, someone else, landlord, landlady, tenant, "
        "lodger, caretaker, hairdresser, plumber, electrician, gardener, handyman, baker, vet, "
        "postman, accountant, tax adviser, janitor"
    ),
}
"""What people say for a role."""

ENDINGS: tuple[tuple[str, str], ...] = (
    (
        "online_community",
        (
            "chat chatgruppe whatsappgruppe facebookgruppe telegramgruppe signalgruppe forum "
            "community onlinegruppe"
        ),
    ),
    (
        "self_help_group",
        "selbsthilfegruppe selbsthilfe trauergruppe",
    ),
    (
        "rental_grandparent",
        "leihoma leihopa",
    ),
    (
        "professional",
        (
            "arzt ärztin therapeut therapeutin berater beraterin beratung beratungsstelle hebamme "
            "krankenschwester psychologe psychologin klinik anwalt anwältin pfleger pflegerin pädin"
        ),
    ),
    (
        "educator",
        (
            "erzieher erzieherin lehrer lehrerin trainer trainerin tagesmutter tagesvater teacher "
            "coach leitung"
        ),
    ),
    (
        "babysitter",
        "babysitter babysitterin nanny sitter",
    ),
    (
        "household_help",
        "putzfrau putzhilfe haushaltshilfe",
    ),
    (
        "volunteer",
        "familienpatin familienpate lesepatin lesepate",
    ),
    (
        "course_group",
        (
            "gruppe kurs treff kreis verein chor club turnen schwimmen yoga training stammtisch "
            "group "
            "class course café"
        ),
    ),
    (
        "parent_friend",
        (
            "mama papa mutter vater mutti vati mami papi eltern mum mom dad mummy mums moms dads "
            "parents"
        ),
    ),
    (
        "colleague",
        "kollege kollegin kollegen chef chefin colleague",
    ),
    (
        "neighbour",
        "nachbar nachbarin nachbarn neighbour neighbor",
    ),
    (
        "godparent",
        "patin pate patentante patenonkel",
    ),
    (
        "grandparent",
        "oma opa omi opi großmutter großvater großeltern",
    ),
    (
        "relative",
        "tante onkel cousin cousine bruder schwester schwager schwägerin nichte neffe",
    ),
    (
        "friend",
        (
            "freund freundin freunde freundinnen kumpel kamerad kameradin mitbewohner "
            "mitbewohnerin "
            "friend"
        ),
    ),
)
"""By the last part of a compound or the last word of a phrase: what somebody is."""

BURDENS = (
    "alleinerziehend trauer frühchen zwilling mehrling krebs depression sucht adhs autismus "
    "diabetes pflege angehörig behinder sternenkind single grief bereave twin preemie cancer "
    "autism addiction"
)
"""What the people of a self-help group share; of any other group they share a hobby."""

NOBODY = (
    "ich, mich, me, myself, niemand, keiner, keine, nobody, none, weiß nicht, keine Ahnung, don't "
    "know, Hund, Katze, dog, cat, Sohn, Tochter, Kind, Kinder, son, daughter, child, Stiefsohn, "
    "Stieftochter, stepson, stepdaughter, Patenkind, godchild, Bank, the bank, Taxi, ADAC, "
    "Apotheke, pharmacy, Pizzeria, Mailbox, Spielplatz, playground, Finanzamt, Krankenkasse, "
    "Supermarkt, Restaurant, Tante-Emma-Laden, Park, Zuhause, home, Arbeit, work, Bürgeramt, "
    "Rathaus, Polizei, Feuerwehr, police, Vogel, Kaninchen, Haustier, pet, baby, Baby"
)
"""Words that name nobody of a village: offices, places, own children, pets."""

SURNAMES = "mann frau vetter freund friend bruder koch pfarrer may ben wirt schäfer müller"
"""Words for a role that are surnames at the end of a name."""

PARENT_WORDS = (
    "mama mami mutti mutter papa papi vati vater eltern mum mom mummy mommy mam dad daddy mother "
    "father parents schwiegermutter schwiegervater schwiegereltern schwiegermama schwiegerpapa "
    "stiefmutter stiefvater"
)
"""The parent's own parents, who are the grandparents of the children."""
