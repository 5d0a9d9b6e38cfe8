-- Provinces and states of the countries our first users live in, named in the four languages we ship.
-- Numbers never change; what comes later is added at the end by a migration of its own.

create table country_states (
  id integer primary key,
  country_id integer not null references countries (id),
  code text not null,
  name jsonb not null,
  unique (country_id, code)
);
grant select on country_states to huis_server;

alter table partners add column state_id integer references country_states (id);

insert into country_states (id, country_id, code, name)
select s.id, c.id, s.code, jsonb_build_object('en_US', en, 'fr_FR', fr, 'nl_NL', nl, 'de_DE', de)
from (values
  (1, 'BE', 'VAN', 'Antwerp', 'Anvers', 'Antwerpen', 'Antwerpen'),
  (2, 'BE', 'WBR', 'Walloon Brabant', 'Brabant wallon', 'Waals-Brabant', 'Wallonisch-Brabant'),
  (3, 'BE', 'BRU', 'Brussels', 'Bruxelles', 'Brussel', 'Brüssel'),
  (4, 'BE', 'WHT', 'Hainaut', 'Hainaut', 'Henegouwen', 'Hennegau'),
  (5, 'BE', 'WLG', 'Liège', 'Liège', 'Luik', 'Lüttich'),
  (6, 'BE', 'VLI', 'Limburg', 'Limbourg', 'Limburg', 'Limburg'),
  (7, 'BE', 'WLX', 'Luxembourg', 'Luxembourg', 'Luxemburg', 'Luxemburg'),
  (8, 'BE', 'WNA', 'Namur', 'Namur', 'Namen', 'Namur'),
  (9, 'BE', 'VOV', 'East Flanders', 'Flandre-Orientale', 'Oost-Vlaanderen', 'Ostflandern'),
  (10, 'BE', 'VBR', 'Flemish Brabant', 'Brabant flamand', 'Vlaams-Brabant', 'Flämisch-Brabant'),
  (11, 'BE', 'VWV', 'West Flanders', 'Flandre-Occidentale', 'West-Vlaanderen', 'Westflandern'),
  (12, 'NL', 'DR', 'Drenthe', 'Drenthe', 'Drenthe', 'Drenthe'),
  (13, 'NL', 'FL', 'Flevoland', 'Flevoland', 'Flevoland', 'Flevoland'),
  (14, 'NL', 'FR', 'Friesland', 'Frise', 'Friesland', 'Friesland'),
  (15, 'NL', 'GE', 'Gelderland', 'Gueldre', 'Gelderland', 'Gelderland'),
  (16, 'NL', 'GR', 'Groningen', 'Groningue', 'Groningen', 'Groningen'),
  (17, 'NL', 'LI', 'Limburg', 'Limbourg', 'Limburg', 'Limburg'),
  (18, 'NL', 'NB', 'North Brabant', 'Brabant-Septentrional', 'Noord-Brabant', 'Nordbrabant'),
  (19, 'NL', 'NH', 'North Holland', 'Hollande-Septentrionale', 'Noord-Holland', 'Nordholland'),
  (20, 'NL', 'OV', 'Overijssel', 'Overijssel', 'Overijssel', 'Overijssel'),
  (21, 'NL', 'UT', 'Utrecht', 'Utrecht', 'Utrecht', 'Utrecht'),
  (22, 'NL', 'ZE', 'Zeeland', 'Zélande', 'Zeeland', 'Zeeland'),
  (23, 'NL', 'ZH', 'South Holland', 'Hollande-Méridionale', 'Zuid-Holland', 'Südholland'),
  (24, 'DE', 'BW', 'Baden-Württemberg', 'Bade-Wurtemberg', 'Baden-Württemberg', 'Baden-Württemberg'),
  (25, 'DE', 'BY', 'Bavaria', 'Bavière', 'Beieren', 'Bayern'),
  (26, 'DE', 'BE', 'Berlin', 'Berlin', 'Berlijn', 'Berlin'),
  (27, 'DE', 'BB', 'Brandenburg', 'Brandebourg', 'Brandenburg', 'Brandenburg'),
  (28, 'DE', 'HB', 'Bremen', 'Brême', 'Bremen', 'Bremen'),
  (29, 'DE', 'HH', 'Hamburg', 'Hambourg', 'Hamburg', 'Hamburg'),
  (30, 'DE', 'HE', 'Hesse', 'Hesse', 'Hessen', 'Hessen'),
  (31, 'DE', 'MV', 'Mecklenburg-Western Pomerania', 'Mecklembourg-Poméranie-Occidentale',
    'Mecklenburg-Voor-Pommeren', 'Mecklenburg-Vorpommern'),
  (32, 'DE', 'NI', 'Lower Saxony', 'Basse-Saxe', 'Nedersaksen', 'Niedersachsen'),
  (33, 'DE', 'NW', 'North Rhine-Westphalia', 'Rhénanie-du-Nord-Westphalie', 'Noordrijn-Westfalen',
    'Nordrhein-Westfalen'),
  (34, 'DE', 'RP', 'Rhineland-Palatinate', 'Rhénanie-Palatinat', 'Rijnland-Palts', 'Rheinland-Pfalz'),
  (35, 'DE', 'SL', 'Saarland', 'Sarre', 'Saarland', 'Saarland'),
  (36, 'DE', 'SN', 'Saxony', 'Saxe', 'Saksen', 'Sachsen'),
  (37, 'DE', 'ST', 'Saxony-Anhalt', 'Saxe-Anhalt', 'Saksen-Anhalt', 'Sachsen-Anhalt'),
  (38, 'DE', 'SH', 'Schleswig-Holstein', 'Schleswig-Holstein', 'Sleeswijk-Holstein',
    'Schleswig-Holstein'),
  (39, 'DE', 'TH', 'Thuringia', 'Thuringe', 'Thüringen', 'Thüringen')
) as s (id, country, code, en, fr, nl, de)
join countries c on c.code = s.country;
