// The pages that the footer of the invented co-operative leads to. `{title}` is the tenant's title.
import type { SitePage } from './site.ts';

const terms: SitePage = {
  slug: 'conditions-utilisation',
  title: {
    en_US: 'Terms of use',
    fr_BE: 'Conditions d’utilisation',
    nl_BE: 'Gebruiksvoorwaarden',
    de_DE: 'Nutzungsbedingungen',
  },
  body: {
    en_US: `<p>By signing in to the space of {title} you accept these terms.</p>
<h2>Your account</h2>
<p>Your account is yours alone. Keep your password to yourself; if you think that somebody knows it, change it at once and tell us.</p>
<h2>What we ask of you</h2>
<ul>
<li>Use the space for the life of the co-operative, not for advertising.</li>
<li>Do not pass on what you learn about other members.</li>
<li>Keep your address up to date, so that invitations reach you.</li>
</ul>
<h2>What you may expect of us</h2>
<p>We do our best to keep the space open day and night, without promising it. Planned works are announced two days ahead.</p>`,
    fr_BE: `<p>En vous connectant à l’espace de {title}, vous acceptez ces conditions.</p>
<h2>Votre compte</h2>
<p>Votre compte est personnel. Gardez votre mot de passe pour vous ; si vous pensez que quelqu’un le connaît, changez-le aussitôt et prévenez-nous.</p>
<h2>Ce que nous vous demandons</h2>
<ul>
<li>Utilisez l’espace pour la vie de la coopérative, pas pour de la publicité.</li>
<li>Ne transmettez pas ce que vous y apprenez sur les autres membres.</li>
<li>Gardez votre adresse à jour, pour que les invitations vous parviennent.</li>
</ul>
<h2>Ce que vous pouvez attendre de nous</h2>
<p>Nous faisons de notre mieux pour que l’espace soit ouvert jour et nuit, sans pouvoir le promettre. Les travaux prévus sont annoncés deux jours à l’avance.</p>`,
    nl_BE: `<p>Door je aan te melden in de ruimte van {title} aanvaard je deze voorwaarden.</p>
<h2>Je account</h2>
<p>Je account is van jou alleen. Hou je wachtwoord voor jezelf; denk je dat iemand het kent, verander het dan meteen en verwittig ons.</p>
<h2>Wat we van je vragen</h2>
<ul>
<li>Gebruik de ruimte voor het leven van de coöperatie, niet voor reclame.</li>
<li>Vertel niet verder wat je er over andere leden verneemt.</li>
<li>Hou je adres bij, zodat uitnodigingen je bereiken.</li>
</ul>
<h2>Wat je van ons mag verwachten</h2>
<p>We doen ons best om de ruimte dag en nacht open te houden, zonder het te kunnen beloven. Geplande werken kondigen we twee dagen vooraf aan.</p>`,
    de_DE: `<p>Mit der Anmeldung im Bereich von {title} nehmen Sie diese Bedingungen an.</p>
<h2>Ihr Konto</h2>
<p>Ihr Konto gehört nur Ihnen. Behalten Sie Ihr Passwort für sich; wenn Sie glauben, dass jemand es kennt, ändern Sie es sofort und sagen Sie uns Bescheid.</p>
<h2>Worum wir Sie bitten</h2>
<ul>
<li>Nutzen Sie den Bereich für das Leben der Genossenschaft, nicht für Werbung.</li>
<li>Geben Sie nicht weiter, was Sie dort über andere Mitglieder erfahren.</li>
<li>Halten Sie Ihre Adresse aktuell, damit Einladungen Sie erreichen.</li>
</ul>
<h2>Was Sie von uns erwarten dürfen</h2>
<p>Wir bemühen uns, den Bereich Tag und Nacht offen zu halten, können es aber nicht versprechen. Geplante Arbeiten kündigen wir zwei Tage vorher an.</p>`,
  },
};

const privacy: SitePage = {
  slug: 'vie-privee',
  title: {
    en_US: 'Privacy policy',
    fr_BE: 'Politique de protection de la vie privée',
    nl_BE: 'Privacybeleid',
    de_DE: 'Datenschutzerklärung',
  },
  body: {
    en_US: `<p>{title} keeps as little about you as it can, and never sells it.</p>
<h2>What we keep</h2>
<ul>
<li>Your name, address and telephone number, to run your membership.</li>
<li>When you signed in and from which device, to protect your account.</li>
<li>Your orders and payments, for as long as the law on accounting asks.</li>
</ul>
<h2>Cookies</h2>
<p>We use cookies that are needed to sign in and to remember your language. There are no others.</p>
<h2>Your rights</h2>
<p>You may see your data, correct them, take them along or have them erased: write to <a href="mailto:vieprivee@samentier.example">vieprivee@samentier.example</a>. If our answer does not satisfy you, you may turn to the <a href="https://www.dataprotectionauthority.be/">Data Protection Authority</a>.</p>`,
    fr_BE: `<p>{title} conserve aussi peu de données que possible sur vous, et ne les vend jamais.</p>
<h2>Ce que nous conservons</h2>
<ul>
<li>Votre nom, votre adresse et votre numéro de téléphone, pour gérer votre participation.</li>
<li>Le moment de vos connexions et l’appareil utilisé, pour protéger votre compte.</li>
<li>Vos commandes et vos paiements, aussi longtemps que la loi sur la comptabilité le demande.</li>
</ul>
<h2>Cookies</h2>
<p>Nous utilisons les cookies nécessaires pour vous connecter et pour retenir votre langue. Il n’y en a pas d’autres.</p>
<h2>Vos droits</h2>
<p>Vous pouvez consulter vos données, les corriger, les emporter ou les faire effacer : écrivez à <a href="mailto:vieprivee@samentier.example">vieprivee@samentier.example</a>. Si notre réponse ne vous satisfait pas, vous pouvez vous adresser à l’<a href="https://www.autoriteprotectiondonnees.be/">Autorité de protection des données</a>.</p>`,
    nl_BE: `<p>{title} bewaart zo weinig mogelijk gegevens over jou en verkoopt ze nooit.</p>
<h2>Wat we bewaren</h2>
<ul>
<li>Je naam, adres en telefoonnummer, om je lidmaatschap te beheren.</li>
<li>Wanneer je je aanmeldde en met welk toestel, om je account te beschermen.</li>
<li>Je bestellingen en betalingen, zolang de boekhoudwet dat vraagt.</li>
</ul>
<h2>Cookies</h2>
<p>We gebruiken cookies die nodig zijn om je aan te melden en om je taal te onthouden. Andere zijn er niet.</p>
<h2>Je rechten</h2>
<p>Je mag je gegevens inkijken, verbeteren, meenemen of laten wissen: schrijf naar <a href="mailto:vieprivee@samentier.example">vieprivee@samentier.example</a>. Ben je niet tevreden met ons antwoord, dan kun je terecht bij de <a href="https://www.gegevensbeschermingsautoriteit.be/">Gegevensbeschermingsautoriteit</a>.</p>`,
    de_DE: `<p>{title} bewahrt so wenige Daten wie möglich über Sie auf und verkauft sie nie.</p>
<h2>Was wir aufbewahren</h2>
<ul>
<li>Ihren Namen, Ihre Adresse und Telefonnummer, um Ihre Mitgliedschaft zu verwalten.</li>
<li>Wann und mit welchem Gerät Sie sich angemeldet haben, um Ihr Konto zu schützen.</li>
<li>Ihre Bestellungen und Zahlungen, solange das Buchhaltungsgesetz es verlangt.</li>
</ul>
<h2>Cookies</h2>
<p>Wir verwenden nur Cookies, die für die Anmeldung und für Ihre Sprache nötig sind.</p>
<h2>Ihre Rechte</h2>
<p>Sie dürfen Ihre Daten einsehen, berichtigen, mitnehmen oder löschen lassen: Schreiben Sie an <a href="mailto:vieprivee@samentier.example">vieprivee@samentier.example</a>. Sind Sie mit unserer Antwort nicht zufrieden, können Sie sich an die <a href="https://www.dataprotectionauthority.be/">Datenschutzbehörde</a> wenden.</p>`,
  },
};

const imprint: SitePage = {
  slug: 'mentions-legales',
  title: {
    en_US: 'Legal notice',
    fr_BE: 'Mentions légales',
    nl_BE: 'Wettelijke vermeldingen',
    de_DE: 'Impressum',
  },
  body: {
    en_US: `<p>{title} is an invented co-operative: this database shows how Huis looks in use.</p>
<h2>Registered office</h2>
<p>rue de l’Exemple 1, 1000 Brussels, Belgium. Company number BE 0000.000.097, register of legal persons of Brussels.</p>
<h2>Contact</h2>
<p><a href="mailto:bonjour@samentier.example">bonjour@samentier.example</a>, +32 2 000 10 00</p>
<h2>Who answers for this site</h2>
<p>The board of directors, at the address above.</p>`,
    fr_BE: `<p>{title} est une coopérative inventée : cette base de données montre Huis à l’usage.</p>
<h2>Siège social</h2>
<p>rue de l’Exemple 1, 1000 Bruxelles, Belgique. Numéro d’entreprise BE 0000.000.097, RPM Bruxelles.</p>
<h2>Contact</h2>
<p><a href="mailto:bonjour@samentier.example">bonjour@samentier.example</a>, +32 2 000 10 00</p>
<h2>Éditeur responsable</h2>
<p>Le conseil d’administration, à l’adresse ci-dessus.</p>`,
    nl_BE: `<p>{title} is een verzonnen coöperatie: deze database toont Huis in gebruik.</p>
<h2>Maatschappelijke zetel</h2>
<p>Voorbeeldstraat 1, 1000 Brussel, België. Ondernemingsnummer BE 0000.000.097, RPR Brussel.</p>
<h2>Contact</h2>
<p><a href="mailto:bonjour@samentier.example">bonjour@samentier.example</a>, +32 2 000 10 00</p>
<h2>Verantwoordelijke uitgever</h2>
<p>De raad van bestuur, op het adres hierboven.</p>`,
    de_DE: `<p>{title} ist eine erfundene Genossenschaft: Diese Datenbank zeigt Huis im Gebrauch.</p>
<h2>Gesellschaftssitz</h2>
<p>rue de l’Exemple 1, 1000 Brüssel, Belgien. Unternehmensnummer BE 0000.000.097, RJP Brüssel.</p>
<h2>Kontakt</h2>
<p><a href="mailto:bonjour@samentier.example">bonjour@samentier.example</a>, +32 2 000 10 00</p>
<h2>Verantwortlicher Herausgeber</h2>
<p>Der Verwaltungsrat, an der oben genannten Adresse.</p>`,
  },
};

/** In the order of the footer. */
export const legalPages: readonly SitePage[] = [terms, privacy, imprint];
