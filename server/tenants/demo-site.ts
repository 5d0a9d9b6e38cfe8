// The public site of the invented co-operative: its menu and footer, and the pages for its people.
// "Sign in" is not among them: the frame adds it.
import { legalPages } from './demo-legal-pages.ts';
import type { Site, SitePage } from './site.ts';

const documents: SitePage = {
  slug: 'documents',
  title: { en_US: 'Documents', fr_BE: 'Documents', nl_BE: 'Documenten', de_DE: 'Dokumente' },
  body: {
    en_US: `<h2>For everyone</h2>
<ul>
<li><a href="https://www.samentier.example/statutes.pdf">Our statutes</a> (in French and Dutch)</li>
<li><a href="https://www.samentier.example/charter.pdf">The charter of volunteers</a></li>
<li><a href="https://www.samentier.example/report.pdf">The annual report, with the accounts</a></li>
</ul>
<h2>For members</h2>
<p>Minutes of the general meeting and of the working groups are in your own space: sign in first.</p>`,
    fr_BE: `<h2>Pour tout le monde</h2>
<ul>
<li><a href="https://www.samentier.example/statuts.pdf">Nos statuts</a> (en français et en néerlandais)</li>
<li><a href="https://www.samentier.example/charte.pdf">La charte des bénévoles</a></li>
<li><a href="https://www.samentier.example/rapport.pdf">Le rapport annuel, avec les comptes</a></li>
</ul>
<h2>Pour les coopérateurs</h2>
<p>Les procès-verbaux de l’assemblée générale et des groupes de travail se trouvent dans votre espace : connectez-vous d’abord.</p>`,
    nl_BE: `<h2>Voor iedereen</h2>
<ul>
<li><a href="https://www.samentier.example/statuten.pdf">Onze statuten</a> (in het Frans en het Nederlands)</li>
<li><a href="https://www.samentier.example/charter.pdf">Het charter van de vrijwilligers</a></li>
<li><a href="https://www.samentier.example/verslag.pdf">Het jaarverslag, met de rekeningen</a></li>
</ul>
<h2>Voor vennoten</h2>
<p>De verslagen van de algemene vergadering en van de werkgroepen vind je in je eigen ruimte: meld je eerst aan.</p>`,
    de_DE: `<h2>Für alle</h2>
<ul>
<li><a href="https://www.samentier.example/satzung.pdf">Unsere Satzung</a> (auf Französisch und Niederländisch)</li>
<li><a href="https://www.samentier.example/charta.pdf">Die Charta der Freiwilligen</a></li>
<li><a href="https://www.samentier.example/bericht.pdf">Der Jahresbericht mit der Jahresrechnung</a></li>
</ul>
<h2>Für Mitglieder</h2>
<p>Die Protokolle der Generalversammlung und der Arbeitsgruppen finden Sie in Ihrem eigenen Bereich: Melden Sie sich zuerst an.</p>`,
  },
};

const joining: SitePage = {
  slug: 'devenir-cooperateur',
  title: {
    en_US: 'Become a member (natural person)',
    fr_BE: 'Devenir coopérateur (personne physique)',
    nl_BE: 'Vennoot worden (natuurlijke persoon)',
    de_DE: 'Mitglied werden (natürliche Person)',
  },
  body: {
    en_US: `<p>The co-operative belongs to the people who buy, live and work in it. One share costs 50 euros; one person has one vote, however many shares they hold.</p>
<h2>In three steps</h2>
<ul>
<li>Come to an information evening, on the first Tuesday of the month at 7 pm.</li>
<li>Fill in the form that you receive there and transfer the price of your share.</li>
<li>You get a link to your own space. From then on you may order and vote.</li>
</ul>
<p>Do you hesitate? Write to <a href="mailto:membres@samentier.example">membres@samentier.example</a>.</p>`,
    fr_BE: `<p>La coopérative appartient à celles et ceux qui y achètent, y habitent et y travaillent. Une part coûte 50 euros ; une personne a une voix, quel que soit le nombre de ses parts.</p>
<h2>En trois étapes</h2>
<ul>
<li>Venez à une soirée d’information, le premier mardi du mois à 19 heures.</li>
<li>Remplissez le formulaire que vous y recevrez et versez le prix de votre part.</li>
<li>Vous recevez un lien vers votre espace. Dès ce moment, vous pouvez commander et voter.</li>
</ul>
<p>Vous hésitez ? Écrivez à <a href="mailto:membres@samentier.example">membres@samentier.example</a>.</p>`,
    nl_BE: `<p>De coöperatie is van de mensen die er kopen, wonen en werken. Een aandeel kost 50 euro; één mens heeft één stem, hoeveel aandelen die ook heeft.</p>
<h2>In drie stappen</h2>
<ul>
<li>Kom naar een infoavond, op de eerste dinsdag van de maand om 19 uur.</li>
<li>Vul het formulier in dat je daar krijgt en stort de prijs van je aandeel.</li>
<li>Je krijgt een link naar je eigen ruimte. Vanaf dan kun je bestellen en stemmen.</li>
</ul>
<p>Twijfel je nog? Schrijf naar <a href="mailto:membres@samentier.example">membres@samentier.example</a>.</p>`,
    de_DE: `<p>Die Genossenschaft gehört den Menschen, die hier einkaufen, wohnen und arbeiten. Ein Anteil kostet 50 Euro; jede Person hat eine Stimme, wie viele Anteile sie auch hält.</p>
<h2>In drei Schritten</h2>
<ul>
<li>Kommen Sie zu einem Infoabend, am ersten Dienstag des Monats um 19 Uhr.</li>
<li>Füllen Sie das Formular aus, das Sie dort erhalten, und überweisen Sie den Preis Ihres Anteils.</li>
<li>Sie erhalten einen Link zu Ihrem eigenen Bereich. Von da an können Sie bestellen und abstimmen.</li>
</ul>
<p>Sie zögern noch? Schreiben Sie an <a href="mailto:membres@samentier.example">membres@samentier.example</a>.</p>`,
  },
};

const pickUp: SitePage = {
  slug: 'points-de-retrait',
  title: {
    en_US: 'Where to collect your basket',
    fr_BE: 'Où retirer votre panier',
    nl_BE: 'Waar je je pakket afhaalt',
    de_DE: 'Wo Sie Ihren Korb abholen',
  },
  body: {
    en_US: `<p>Order before Tuesday noon; your basket waits for you from Thursday, 4 pm.</p>
<ul>
<li>Brussels, at the shop: Thursday and Friday, 4 pm to 7 pm</li>
<li>Ghent, in the community hall: Thursday, 5 pm to 7 pm</li>
<li>Eupen, at the bicycle workshop: Friday, 3 pm to 6 pm</li>
</ul>
<p>Bring the bags and jars of last week: we use them again.</p>`,
    fr_BE: `<p>Commandez avant mardi midi ; votre panier vous attend à partir du jeudi à 16 heures.</p>
<ul>
<li>Bruxelles, au magasin : jeudi et vendredi de 16 à 19 heures</li>
<li>Gand, à la maison de quartier : jeudi de 17 à 19 heures</li>
<li>Eupen, à l’atelier vélo : vendredi de 15 à 18 heures</li>
</ul>
<p>Rapportez les sacs et les bocaux de la semaine dernière : ils resserviront.</p>`,
    nl_BE: `<p>Bestel vóór dinsdagmiddag; vanaf donderdag 16 uur staat je pakket klaar.</p>
<ul>
<li>Brussel, in de winkel: donderdag en vrijdag van 16 tot 19 uur</li>
<li>Gent, in het buurthuis: donderdag van 17 tot 19 uur</li>
<li>Eupen, in het fietsatelier: vrijdag van 15 tot 18 uur</li>
</ul>
<p>Breng de zakken en bokalen van vorige week mee: we gebruiken ze opnieuw.</p>`,
    de_DE: `<p>Bestellen Sie bis Dienstagmittag; ab Donnerstag, 16 Uhr, steht Ihr Korb bereit.</p>
<ul>
<li>Brüssel, im Laden: Donnerstag und Freitag von 16 bis 19 Uhr</li>
<li>Gent, im Nachbarschaftshaus: Donnerstag von 17 bis 19 Uhr</li>
<li>Eupen, in der Fahrradwerkstatt: Freitag von 15 bis 18 Uhr</li>
</ul>
<p>Bringen Sie die Taschen und Gläser der letzten Woche mit: Wir verwenden sie wieder.</p>`,
  },
};

const repairs: SitePage = {
  slug: 'signaler-un-probleme',
  title: {
    en_US: 'Tenants: report a problem',
    fr_BE: 'Locataires : signaler un problème',
    nl_BE: 'Huurders: een probleem melden',
    de_DE: 'Mieter: ein Problem melden',
  },
  body: {
    en_US: `<p>A leak, no heating, a broken door? Call <a href="tel:+3220001000">+32 2 000 10 00</a>: somebody of the repair team answers, in the evening and at weekends too.</p>
<p>For anything that can wait, write to <a href="mailto:logement@samentier.example">logement@samentier.example</a> and add a picture. You get an answer within three working days.</p>`,
    fr_BE: `<p>Une fuite, plus de chauffage, une porte cassée ? Appelez le <a href="tel:+3220001000">+32 2 000 10 00</a> : quelqu’un de l’équipe technique répond, aussi le soir et le week-end.</p>
<p>Pour ce qui peut attendre, écrivez à <a href="mailto:logement@samentier.example">logement@samentier.example</a> et joignez une photo. Vous recevez une réponse dans les trois jours ouvrables.</p>`,
    nl_BE: `<p>Een lek, geen verwarming, een kapotte deur? Bel <a href="tel:+3220001000">+32 2 000 10 00</a>: iemand van het klusteam neemt op, ook ’s avonds en in het weekend.</p>
<p>Voor wat kan wachten, schrijf je naar <a href="mailto:logement@samentier.example">logement@samentier.example</a> en voeg je een foto toe. Je krijgt antwoord binnen drie werkdagen.</p>`,
    de_DE: `<p>Ein Leck, keine Heizung, eine kaputte Tür? Rufen Sie <a href="tel:+3220001000">+32 2 000 10 00</a> an: Jemand vom Reparaturteam hebt ab, auch abends und am Wochenende.</p>
<p>Was warten kann, schreiben Sie an <a href="mailto:logement@samentier.example">logement@samentier.example</a>, am besten mit einem Foto. Sie erhalten innerhalb von drei Werktagen eine Antwort.</p>`,
  },
};

/** Menu, footer and pages; the way home is there already. */
export const demoSite: Site = {
  pages: [documents, joining, pickUp, repairs, ...legalPages],
  entries: [
    {
      place: 'header',
      label: { en_US: 'Website', fr_BE: 'Site web', nl_BE: 'Website', de_DE: 'Website' },
      url: 'https://www.samentier.example/',
    },
    {
      place: 'header',
      label: { en_US: 'Shop', fr_BE: 'Boutique', nl_BE: 'Winkel', de_DE: 'Laden' },
      url: 'https://boutique.samentier.example/',
    },
    {
      place: 'header',
      label: {
        en_US: 'For our customers',
        fr_BE: 'Accès pour notre clientèle',
        nl_BE: 'Voor onze klanten',
        de_DE: 'Für unsere Kundschaft',
      },
      children: [
        {
          label: {
            en_US: 'Order a basket',
            fr_BE: 'Commander un panier',
            nl_BE: 'Een pakket bestellen',
            de_DE: 'Einen Korb bestellen',
          },
          url: 'https://boutique.samentier.example/paniers',
        },
        { label: pickUp.title, page: pickUp.slug },
        { label: repairs.title, page: repairs.slug },
      ],
    },
    { place: 'header', label: documents.title, page: documents.slug },
    { place: 'header', label: joining.title, page: joining.slug },
    ...legalPages.map(({ title, slug }) => ({
      place: 'footer' as const,
      label: title,
      page: slug,
    })),
  ],
};
