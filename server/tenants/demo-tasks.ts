// To-dos of the invented people, in the language of whoever has them.
import type { Translated } from '../site/frame.ts';

export interface DemoTask {
  title: Translated;
  /** Days from now until it is due; below zero it is late, null it has no date. */
  due: number | null;
  /** Days since it was done; left out while it is open. */
  done?: number;
}

const assembly: DemoTask = {
  title: {
    en_US: 'Prepare the general meeting',
    fr_BE: 'Préparer l’assemblée générale',
    nl_BE: 'De algemene vergadering voorbereiden',
    de_DE: 'Die Generalversammlung vorbereiten',
  },
  due: 21,
};
const newcomers: DemoTask = {
  title: {
    en_US: 'Welcome this month’s new members',
    fr_BE: 'Accueillir les nouveaux membres du mois',
    nl_BE: 'De nieuwe leden van deze maand verwelkomen',
    de_DE: 'Die neuen Mitglieder dieses Monats begrüßen',
  },
  due: 7,
};
const rights: DemoTask = {
  title: {
    en_US: 'Check who is still an administrator',
    fr_BE: 'Vérifier qui est encore administrateur',
    nl_BE: 'Nakijken wie nog beheerder is',
    de_DE: 'Prüfen, wer noch Administrator ist',
  },
  due: null,
};
const vegetables: DemoTask = {
  title: {
    en_US: 'Order this week’s fruit and vegetables',
    fr_BE: 'Commander les fruits et légumes de la semaine',
    nl_BE: 'Groenten en fruit van de week bestellen',
    de_DE: 'Obst und Gemüse der Woche bestellen',
  },
  due: 1,
};
const heating: DemoTask = {
  title: {
    en_US: 'Call the heating engineer again',
    fr_BE: 'Rappeler le chauffagiste',
    nl_BE: 'De verwarmingsinstallateur terugbellen',
    de_DE: 'Den Heizungsbauer noch einmal anrufen',
  },
  due: -2,
};
const till: DemoTask = {
  title: {
    en_US: 'Close Saturday’s till',
    fr_BE: 'Clôturer la caisse de samedi',
    nl_BE: 'De kassa van zaterdag afsluiten',
    de_DE: 'Die Kasse von Samstag abschließen',
  },
  due: -3,
  done: 2,
};

/** What administrators have to do. */
export const administratorTasks: readonly DemoTask[] = [newcomers, assembly, rights];
/** What employees have to do: each takes two, in turn. */
export const employeeTasks: readonly DemoTask[] = [vegetables, heating, assembly, till];
/** What every fourth volunteer has to do. */
export const volunteerTasks: readonly DemoTask[] = [newcomers, till];
