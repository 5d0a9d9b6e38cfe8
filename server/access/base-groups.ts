// The groups every database starts with and the applications they are sorted by. Names are Odoo's,
// so that clients and imports find them.
import { ACCESS_RIGHTS, INTERNAL, PORTAL, SETTINGS } from '../store/caller.ts';
import { EXPORT, MULTI_COMPANY, PARTNER_MANAGER, PUBLIC, TECHNICAL } from './names.ts';

type Names = Record<'en_US' | 'fr_FR' | 'nl_NL' | 'de_DE', string>;

interface BaseCategory {
  externalId: string;
  name: Names;
  sequence: number;
  visible: boolean;
  /** One group of it a person. */
  exclusive: boolean;
}

interface BaseGroup {
  externalId: string;
  name: Names;
  category: string;
  implies: readonly string[];
  /** For people from outside. */
  share: boolean;
  /** Longest life of an API key of its members, in days; 0 says nothing. */
  keyDays: number;
}

const USER_TYPE = 'base.module_category_user_type';
const ADMINISTRATION = 'base.module_category_administration_administration';
const EXTRA = 'base.module_category_usability';
const HIDDEN = 'base.module_category_hidden';

const names = (en_US: string, fr_FR: string, nl_NL: string, de_DE: string): Names => ({
  ...{ en_US, fr_FR, nl_NL, de_DE },
});

const category = (externalId: string, sequence: number, name: Names, more = {}): BaseCategory => ({
  ...{ externalId, sequence, name, visible: true, exclusive: false },
  ...more,
});

export const baseCategories: readonly BaseCategory[] = [
  category(
    USER_TYPE,
    1,
    names('User types', 'Types d’utilisateur', 'Gebruikerstypes', 'Benutzertypen'),
    {
      exclusive: true,
    },
  ),
  category(
    ADMINISTRATION,
    10,
    names('Administration', 'Administration', 'Administratie', 'Administration'),
  ),
  category(
    EXTRA,
    90,
    names('Extra Rights', 'Droits supplémentaires', 'Extra rechten', 'Zusätzliche Rechte'),
  ),
  category(HIDDEN, 99, names('Technical', 'Technique', 'Technisch', 'Technisch'), {
    visible: false,
  }),
];

const group = (externalId: string, inCategory: string, name: Names, more = {}): BaseGroup => ({
  ...{ externalId, category: inCategory, name, implies: [], share: false, keyDays: 0 },
  ...more,
});

export const baseGroups: readonly BaseGroup[] = [
  group(
    TECHNICAL,
    EXTRA,
    names(
      'Technical Features',
      'Fonctions techniques',
      'Technische functies',
      'Technische Funktionen',
    ),
  ),
  group(
    INTERNAL,
    USER_TYPE,
    names('Internal User', 'Utilisateur interne', 'Interne gebruiker', 'Interner Benutzer'),
    { implies: [TECHNICAL], keyDays: 90 },
  ),
  group(PORTAL, USER_TYPE, names('Portal', 'Portail', 'Portaal', 'Portal'), { share: true }),
  group(PUBLIC, USER_TYPE, names('Public', 'Public', 'Publiek', 'Öffentlich'), { share: true }),
  group(
    PARTNER_MANAGER,
    EXTRA,
    names('Contact Creation', 'Création de contacts', 'Contacten aanmaken', 'Kontakterstellung'),
  ),
  group(
    MULTI_COMPANY,
    EXTRA,
    names('Multi Companies', 'Multi-sociétés', 'Meerdere bedrijven', 'Mehrere Unternehmen'),
  ),
  group(
    EXPORT,
    HIDDEN,
    names(
      'Access to export feature',
      'Accès à l’exportation',
      'Toegang tot de exportfunctie',
      'Zugang zur Exportfunktion',
    ),
  ),
  group(
    ACCESS_RIGHTS,
    ADMINISTRATION,
    names('Access Rights', 'Droits d’accès', 'Toegangsrechten', 'Zugriffsrechte'),
    { implies: [INTERNAL] },
  ),
  group(
    SETTINGS,
    ADMINISTRATION,
    names('Settings', 'Paramètres', 'Instellingen', 'Einstellungen'),
    { implies: [ACCESS_RIGHTS, EXPORT, PARTNER_MANAGER] },
  ),
];
