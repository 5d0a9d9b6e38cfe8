// Whom the invented co-operative deals with: organisations and the people to ask for there. None exists;
// addresses end in `.example` (RFC 2606), numbers were never given out, streets are in no atlas.
import { LANDLINE } from './demo-rows.ts';

/** A label that partners are sorted by. */
export interface DemoLabel {
  key: string;
  name: Record<string, string>;
  color: number;
}

export interface DemoPartner {
  name: string;
  labels: string[];
  email: string;
  phone: string;
  street: string;
  zip: string;
  city: string;
  /** ISO 3166 code. */
  country: string;
  language: string;
  /** Who to ask for there, and as what. */
  contact: { name: string; jobTitle: string; email: string };
}

export const demoLabels: readonly DemoLabel[] = [
  {
    key: 'supplier',
    name: { en_US: 'Supplier', fr_FR: 'Fournisseur', nl_NL: 'Leverancier', de_DE: 'Lieferant' },
    color: 4,
  },
  {
    key: 'organic',
    name: { en_US: 'Organic', fr_FR: 'Bio', nl_NL: 'Biologisch', de_DE: 'Bio' },
    color: 10,
  },
  {
    key: 'co-operative',
    name: {
      en_US: 'Co-operative',
      fr_FR: 'Coopérative',
      nl_NL: 'Coöperatie',
      de_DE: 'Genossenschaft',
    },
    color: 2,
  },
  {
    key: 'authority',
    name: {
      en_US: 'Public authority',
      fr_FR: 'Autorité publique',
      nl_NL: 'Overheid',
      de_DE: 'Behörde',
    },
    color: 8,
  },
];

// name | labels | domain | street | postcode and town | country | language | contact | what they do there
const written = `
La Ferme du Bois Moussu | supplier organic | boismoussu.example | Chemin du Bois Moussu 7 | 1390 Grez-Doiceau | BE | fr_BE | Colin Wautelet | Maraîcher
Molen De Witte Mug | supplier organic | wittemug.example | Wittemugstraat 21 | 9700 Oudenaarde | BE | nl_BE | Hilde Vercauteren | Molenaar
Käserei Hohes Venn | supplier | kaeserei-venn.example | Käsereiweg 3 | 4700 Eupen | BE | de_DE | Elfriede Keutgen | Käsermeisterin
Brasserie des Trois Sabots | supplier co-operative | troissabots.example | Rue des Trois Sabots 44 | 6000 Charleroi | BE | fr_BE | Loïc Descamps | Brasseur
Habitat des Roseaux | co-operative | roseaux.example | Quai des Roseaux 5 | 59000 Lille | FR | fr_FR | Maud Carlier | Chargée de projets
De Rode Kar | co-operative supplier | rodekar.example | Rodekarpad 12 | 5611 Eindhoven | NL | nl_NL | Sjoerd Hoekstra | Coördinator
Commune de Valsonge | authority | valsonge.example | Place Valsonge 1 | 1457 Walhain | BE | fr_BE | Bernadette Pirotte | Service de la population
`;

function read(line: string, index: number): DemoPartner {
  const [name, labels, domain, street, town, country, language, contact, jobTitle] = line
    .split('|')
    .map((part) => part.trim()) as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const [zip = '', ...city] = town.split(' ');
  return {
    ...{ name, street, zip, country, language },
    city: city.join(' '),
    labels: labels.split(' '),
    email: `info@${domain}`,
    phone: `${LANDLINE} ${80 + index}`,
    contact: { name: contact, jobTitle, email: `contact@${domain}` },
  };
}

export const demoPartners: readonly DemoPartner[] = written.trim().split('\n').map(read);
