// The people of the invented co-operative: nobody in here exists. Their addresses end in `.example`,
// which no mail server answers (RFC 2606).

/** How a person takes part; the first two are paid, a member is a portal user. */
type Role = 'administrator' | 'employee' | 'volunteer' | 'member';

export interface DemoPerson {
  role: Role;
  name: string;
  login: string;
  email: string | null;
  language: string | null;
  timeZone: string | null;
  jobTitle: string | null;
  /** Days since they were added. */
  joined: number;
  /** Days since they last signed in; null for those who never did. */
  seen: number | null;
  archived: boolean;
}

// name | login | language | days since added, since seen (- never) | job, time zone or "archived"
const STAFF = 'samentier.example';

const administrators = `
Bert Verhaegen | bert.verhaegen | nl_BE | 1120 0 | IT en systemen
`;

const employees = `
Aïcha El Amrani | aicha.elamrani | fr_BE | 1096 0 | Coordinatrice générale
Jean-François Delacroix-Lemmens | jf.delacroix | fr_BE | 1090 1 | Responsable logement
Lieve Van den Bossche | lieve.vandenbossche | nl_BE | 1088 0 | Verantwoordelijke winkel
Käthe Müller-Großmann | kaethe.mueller | de_DE | 730 3 | Ansprechpartnerin Ostbelgien
Noémie Lefèbvre | noemie.lefebvre | fr_BE | 701 1 | Comptable
Wout ’t Hooft | wout.thooft | nl_BE | 655 2 | Logistiek medewerker
Mamadou Diallo | mamadou.diallo | fr_BE | 512 0 | Acheteur produits frais
Annelies D’Hondt | annelies.dhondt | nl_BE | 420 4 | Ledenwerking
Benoît de la Haye | benoit.delahaye | fr_BE | 260 1 | Chargé de communication | Europe/Paris
Jürgen Schröder | juergen.schroeder | - | 6 - | Hausverwaltung
`;

const volunteers = `
Marie-Ange Nkulu | marieange.nkulu | fr_BE | 1010 2 | Bénévole, caisse
Joris De Keyser | joris.dekeyser | nl_BE | 1004 5 | Vrijwilliger, kassa
Françoise Lambert | francoise.lambert | fr_BE | 980 1 | Bénévole, accueil
Thijs Vandevelde | thijs.vandevelde | nl_BE | 961 8 | Vrijwilliger, afhaalpunt
Chloé Vanderstraeten | chloe.vanderstraeten | fr_BE | 930 3 | Bénévole, comité logement
Élodie Ngoma | elodie.ngoma | fr_BE | 890 12 | Bénévole, caisse
Pieter-Jan Claeys | pieterjan.claeys | nl_BE | 861 0 | Vrijwilliger, klusteam
Hannelore Schmitz | hannelore.schmitz | de_DE | 850 6 | Freiwillige, Abholstelle Eupen
Tashi | tashi | en_US | 803 15 | Volunteer, kitchen
Gérard Hainaut | gerard.hainaut | fr_BE | 795 2 | Bénévole, potager
Özlem Yıldız | oezlem.yildiz | nl_BE | 760 4 | Vrijwilliger, onthaal
Saïd Benhaddou | said.benhaddou | fr_BE | 744 9 | Bénévole, livraisons
Griet Van Hoecke | griet.vanhoecke | nl_BE | 690 1 | Vrijwilliger, moestuin
Zoë Maes | zoe.maes | nl_BE | 611 30 | Vrijwilliger, nieuwsbrief
Rémy Dufrasne | remy.dufrasne | fr_BE | 580 7 | Bénévole, bricolage
Inès Garcia y Vega | ines.garcia | fr_BE | 544 18 | Bénévole, traductions
Koenraad van der Elst | koenraad.vanderelst | nl_BE | 502 3 | Vrijwilliger, raad van bestuur
Wolfgang von der Heyden | wolfgang.vonderheyden | de_DE | 466 22 | Freiwilliger, Hausrat
Anne-Sophie Goffin | annesophie.goffin | fr_BE | 431 5 | Bénévole, conseil d’administration
Łukasz Wójcik | lukasz.wojcik | en_US | 390 11 | Volunteer, deliveries
Lotte Peeters | lotte.peeters | nl_BE | 333 2 | Vrijwilliger, kassa
Océane Thiry | oceane.thiry | fr_BE | 280 40 | Bénévole, caisse
Mathéo Jadot | matheo.jadot | fr_BE | 905 410 | Bénévole, livraisons | archived
Ria Goossens | ria.goossens | nl_BE | 1050 300 | Vrijwilliger, onthaal | archived
Émile Vanhove | emile.vanhove | fr_BE | 9 - | Bénévole, potager
Dirk Coppens | dirk.coppens | - | 4 - | Vrijwilliger, klusteam
`;

// Members sign in with an address of their own, or a name where they have no address.
const members = `
Josette Bodart | josette.bodart | fr_BE | 990 60
Luc Vercammen | luc.vercammen@brief.example | nl_BE | 985 14
Geneviève Delvaux | g.delvaux@courriel.example | fr_BE | 940 3
Nguyễn Thị Hoa | hoa.nguyen@courriel.example | fr_BE | 902 21
Karl-Heinz Kötter | kh.koetter@post.example | de_DE | 870 33
Fatoumata Sylla | fsylla@courriel.example | fr_BE | 821 8
Marleen De Smet | marleen.desmet@brief.example | nl_BE | 777 2
Stéphane Quoilin | squoilin@courriel.example | fr_BE | 733 90
Ulrike Heeren | ulrike@heeren.example | de_DE | 688 26 | Europe/Berlin
Xavier d’Hautefeuille | xavier.dhautefeuille@courriel.example | fr_BE | 640 120
Bieke Segers | bieke@segers.example | nl_BE | 599 1
Nimol | nimol@courriel.example | fr_BE | 533 45
Jan Jacobs | jan.jacobs@brief.example | nl_BE | 487 70 | Europe/Amsterdam
Fabrice Mbuyi | f.mbuyi@courriel.example | fr_BE | 410 5 | Africa/Kinshasa
Sophie-Charlotte Lejeune-Brecht | sc.lejeune@post.example | de_DE | 1001 500 | archived
Ward Bogaerts | ward.bogaerts@brief.example | nl_BE | 860 365 | archived
Béatrice Colson | bcolson@courriel.example | fr_BE | 700 - | archived
Colette Simonis | colette.simonis@courriel.example | fr_BE | 120 -
Roger Wauters | roger.wauters | - | 64 -
Yvonne Maréchal | yvonne.marechal@courriel.example | fr_BE | 40 -
Tom Aerts | tom.aerts@brief.example | - | 18 -
Annette Radermacher | annette.radermacher@post.example | de_DE | 2 -
`;

function given(text: string | undefined): string | null {
  return text === undefined || text === '-' ? null : text;
}

function read(role: Role, line: string): DemoPerson {
  const [name = '', local = '', language, days = '', ...more] = line
    .split('|')
    .map((c) => c.trim());
  const [joined, seen] = days.split(' ').map(given);
  const login = role === 'member' ? local : `${local}@${STAFF}`;
  const timeZone = more.find((word) => /^[A-Z]\w+\/\w+$/.test(word)) ?? 'Europe/Brussels';
  return {
    role,
    name,
    login,
    email: login.includes('@') ? login : null,
    language: given(language),
    timeZone: seen === null ? null : timeZone,
    jobTitle: role === 'member' ? null : more[0]!,
    joined: Number(joined),
    seen: seen === null ? null : Number(seen),
    archived: more.includes('archived'),
  };
}

function readAll(role: Role, table: string): DemoPerson[] {
  return table
    .trim()
    .split('\n')
    .map((line) => read(role, line));
}

/** All of them but the first administrator, whom the operator names. */
export const demoPeople: readonly DemoPerson[] = [
  ...readAll('administrator', administrators),
  ...readAll('employee', employees),
  ...readAll('volunteer', volunteers),
  ...readAll('member', members),
];
