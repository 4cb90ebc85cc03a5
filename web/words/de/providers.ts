// Words of signing in by the company's provider, and of its groups and directory.
import type { en } from '../en/providers.ts'

export const de = {
  'admin.providers': 'Firmen-Login',
  'directory.authority': 'Zertifikate, denen vertraut wird',
  'directory.authorityHelp':
    'Wenn die Firma eine eigene Zertifizierungsstelle hat: deren Zertifikate als Text (PEM). Leer: die öffentlichen.',
  'directory.baseDn': 'Wo Personen und Gruppen stehen',
  'directory.baseDnHelp': 'Der Eintrag, unter dem beide gesucht werden.',
  'directory.bindDn': 'Name, mit dem der Helpdesk sucht',
  'directory.bindDnHelp':
    'Ein Konto, das Personen und Gruppen lesen darf und sonst nichts. Leer: Das Verzeichnis lässt jeden suchen.',
  'directory.every': '{hours, plural, one {Jede Stunde} other {Alle # Stunden}}',
  'directory.filter': 'Wer wer ist',
  'directory.filterHelp':
    "'{login}' ist, was jemand eingibt. Für Active Directory: (&(objectClass=user)(userPrincipalName='{login}')(!(userAccountControl:1.2.840.113556.1.4.803:=2)))",
  'directory.login': 'Name oder Adresse, wie beim Anmelden',
  'directory.nameHelp': 'Wie Sie es nennen: Sein Passwort wird dort eingegeben, wo man sich anmeldet.',
  'directory.nestedGroups': 'Gruppen in Gruppen zählen auch',
  'directory.nestedGroupsHelp': 'Nach der Regel von Active Directory; andere Verzeichnisse kennen sie nicht.',
  'directory.never': 'Nie',
  'directory.password': 'Sein Passwort',
  'directory.passwordNone': 'Noch keines.',
  'directory.sync': 'Abgleich mit denen, die hier sind',
  'directory.syncHelp':
    'Wer dort nicht mehr ist, kommt hier nicht mehr herein, und seine offenen Tickets werden frei; Gruppen zählen neu.',
  'directory.syncProblem': 'Der letzte Abgleich fand nicht statt: {said}',
  'directory.syncedAt': 'Zuletzt ganz abgeglichen {when}',
  'directory.trialHelp':
    'Geben Sie ein, was jemand zum Anmelden eingibt; nichts davon wird behalten. Einschalten lässt sich das Verzeichnis, wenn jeder Schritt stimmt.',
  'directory.try': 'Erproben',
  'directory.url': 'Adresse des Verzeichnisses',
  'directory.urlHelp':
    'ldaps://HOST. Unverschlüsselt wird nur ein Verzeichnis auf dem Rechner des Helpdesks gefragt: ldap://localhost.',
  'groups.about':
    'Was Mitglieder einer Gruppe bekommen, wenn sie sich anmelden, und sofort, wenn das Verzeichnis es sagt. Von mehreren Rollen zählt die mächtigste. In Teams, die keine Zeile nennt, bleibt jeder, wie er ist.',
  'groups.add': 'Gruppe hinzufügen',
  'groups.drop': '{name} entfernen',
  'groups.everybody': 'Alle, die von dort kommen',
  'groups.group': 'Gruppe',
  'groups.new': 'Neue Gruppe',
  'groups.noAccess': 'Kein Zugang',
  'groups.noRole': 'Keine Rolle',
  'groups.noTeam': 'Kein Team',
  'groups.remove': 'Entfernen',
  'groups.saved': 'Gruppen gesichert',
  'groups.team': 'Team',
  'groups.title': 'Gruppen',
  'providers.about':
    'Agenten melden sich mit ihrem Firmenkonto an (OpenID Connect, SAML oder das Passwort eines Verzeichnisses). Die Gruppen der Firma entscheiden über Rollen und Teams, ihr Verzeichnis (SCIM) darüber, wer hier ist.',
  'providers.aboutOne':
    'Was Anbieter und Helpdesk voneinander wissen müssen, und wofür eine Anmeldung dort zählt.',
  'providers.add': 'Anbieter hinzufügen',
  'providers.atProvider': 'Beim Anbieter einzutragen',
  'providers.certificate': '{subject}, bis {when}',
  'providers.certificates': 'Zertifikate',
  'providers.certificatesEnd':
    'Das letzte davon endet in dreißig Tagen oder früher. Lesen Sie die Metadaten neu, sobald der Anbieter das nächste nennt; bis dahin gelten beide.',
  'providers.clientId': 'Client-ID',
  'providers.clientSecret': 'Client-Geheimnis',
  'providers.consumerUrl': 'Wohin Antworten gehen (Assertion Consumer Service, Antwort-URL)',
  'providers.directory': 'Verzeichnis (SCIM)',
  'providers.directoryHelp':
    'Geben Sie Ihrem Verzeichnis diese Adresse und ein API-Token mit dem Recht „scim“. Wen es deaktiviert, der ist in Sekunden abgemeldet, und seine offenen Tickets werden frei.',
  'providers.directoryToken': 'API-Token anlegen',
  'providers.domains': 'Domains',
  'providers.domainsHelp':
    'Wer eine bestätigte Adresse unter einer davon hat (eine je Zeile), bekommt bei der ersten Anmeldung ein Konto; bestätigten Adressen anderer Domains wird dann nicht geglaubt.',
  'providers.domainsHelpSaml':
    'Eine je Zeile. Wer dort eine Adresse unter einer davon hat, wird bei der ersten Anmeldung an ihr erkannt oder bekommt ein Konto; ob Adressen bestätigt sind, sagt dort niemand, darum wird anderen nicht geglaubt.',
  'providers.entityId': 'Entity-ID',
  'providers.firstKey': 'Schlüssel erzeugen',
  'providers.groupsAttribute': 'Attribut mit den Gruppen',
  'providers.groupsClaim': 'Claim mit den Gruppen',
  'providers.groupsClaimHelp': 'Unter welchem Namen der Anbieter die Gruppen nennt, etwa groups oder roles.',
  'providers.groupsFound': 'Gruppen: {groups}',
  'providers.isOff': 'Aus',
  'providers.isOn': 'An',
  'providers.issuer': 'Issuer',
  'providers.issuerHelp':
    'Die Adresse, unter der man den Anbieter kennt. Darunter liegt /.well-known/openid-configuration.',
  'providers.kind': 'Wie man mit ihm spricht',
  'providers.kind.ldap': 'Verzeichnis (LDAP, Active Directory)',
  'providers.kind.oidc': 'OpenID Connect',
  'providers.kind.saml': 'SAML 2.0',
  'providers.logoutUri': 'Back-Channel-Logout: Wer sich dort abmeldet, ist es auch hier.',
  'providers.metadataFile': 'Oder aus einer Datei',
  'providers.metadataText': 'Oder ihr Text',
  'providers.metadataUri':
    'Metadaten des Helpdesks; ihre Adresse ist zugleich die Entity-ID (Audience, Bezeichner)',
  'providers.metadataUrl': 'Adresse der Metadaten des Anbieters',
  'providers.metadataUrlHelp':
    'Sie beginnt mit https:// und führt zu einer XML-Datei. Der Helpdesk liest sie jetzt, und immer, wenn Sie es sagen.',
  'providers.nameHelp': 'Steht auf dem Knopf: „Mit … anmelden“.',
  'providers.newKey': 'Neuen Schlüssel erzeugen',
  'providers.newKeyHelp':
    'Der alte ist sofort weg. Bis der Anbieter die Metadaten des Helpdesks neu gelesen hat, weist er signierte Anfragen möglicherweise ab und verschlüsselt Antworten so, dass der Helpdesk sie nicht öffnen kann: Dann meldet sich niemand über ihn an.',
  'providers.newKeyMade':
    'Ein Schlüssel wurde erzeugt. Lassen Sie den Anbieter die Metadaten des Helpdesks lesen',
  'providers.none': 'Noch kein Anbieter',
  'providers.noneHelp':
    'Fügen Sie Ihren hinzu, damit sich Agenten mit dem Konto anmelden, das sie schon haben. Er wird erprobt, bevor ihn jemand sieht.',
  'providers.ownKey': 'Schlüssel des Helpdesks',
  'providers.ownKeyNone': 'Noch keiner: Verschlüsselte Antworten lassen sich nicht öffnen.',
  'providers.ownKeyUntil': 'Bis {when}. Der Anbieter findet das Zertifikat in den Metadaten des Helpdesks.',
  'providers.people':
    '{count, plural, =0 {niemand verbunden} one {# Agent verbunden} other {# Agenten verbunden}}',
  'providers.readAnew': 'Metadaten neu lesen',
  'providers.redirectUri': 'Redirect-URI',
  'providers.remove': 'Wegnehmen',
  'providers.removeHelp':
    '{count, plural, =0 {Niemand meldet sich über {name} an.} one {# Agent, der sich über {name} anmeldet, braucht einen anderen Weg.} other {# Agenten, die sich über {name} anmelden, brauchen einen anderen Weg.}} Sitzungen, die so begannen, enden.',
  'providers.removed': '{name} ist weggenommen',
  'providers.replaces': 'Keine Passwörter daneben',
  'providers.replacesHelp':
    'Wer mit diesem Anbieter verbunden ist, meldet sich nur noch so an. Administratoren behalten ihr Passwort, als Weg zurück.',
  'providers.scopes': 'Scopes',
  'providers.scopesHelp': 'Manche Anbieter nennen Gruppen nur auf Wunsch, etwa mit groups.',
  'providers.secretKept':
    'Eines ist hinterlegt. Lassen Sie das Feld leer, um es zu behalten; mit anderer Adresse, anderem Issuer oder Namen wird es vergessen.',
  'providers.secretNone': 'Noch keines. Öffentliche Clients haben keines.',
  'providers.signInUrl': 'Anmeldeadresse',
  'providers.signsRequests': 'Anfragen signieren',
  'providers.signsRequestsHelp':
    'Für Anbieter, die das verlangen. Lassen Sie den Anbieter zuerst die Metadaten des Helpdesks lesen: Er muss das Zertifikat kennen. Verschlüsselte Antworten werden in jedem Fall geöffnet.',
  'providers.switchOff': 'Ausschalten',
  'providers.switchOn': 'Einschalten',
  'providers.takesUnasked': 'Darf beim Anbieter beginnen',
  'providers.takesUnaskedHelp':
    'Für eine Kachel auf der Seite des Anbieters. Lassen Sie es aus, wo es geht: Wer dort ein Konto hat, könnte den Browser eines Kollegen unter dem eigenen Namen anmelden und lesen, was dann geschrieben wird.',
  'providers.trial': 'Probe',
  'providers.trialHelp':
    'Sie melden sich dort einmal an, als Sie selbst; nichts davon wird behalten. Einschalten lässt er sich, wenn jeder Schritt stimmt.',
  'providers.triedAt': 'Erprobt {when}',
  'providers.tryAnew':
    'Was jetzt eingerichtet ist, wurde noch nicht erprobt. Erproben Sie es: Man meldet sich schon damit an.',
  'providers.tryIt': 'Sichern und erproben',
  'providers.vouches': 'Zählt als zweiter Faktor',
  'providers.vouchesHelp':
    'Schalten Sie das aus, wenn der Anbieter nur ein Passwort verlangt: Dann fragt der Helpdesk nach seinem eigenen Faktor.',
  'trial.account': 'Das Konto hier finden',
  'trial.answer': 'Dort anmelden',
  'trial.assertion': 'Die signierte Antwort prüfen',
  'trial.byHand':
    'An der Adresse wird niemand erkannt: Jeder verbindet beide einmal unter Einstellungen, mit seinem Passwort angemeldet.',
  'trial.claims': 'Lesen, wer es ist',
  'trial.connect': 'Das Verzeichnis erreichen',
  'trial.discovery': 'Den Anbieter fragen, was er bietet',
  'trial.find': 'Die Person finden',
  'trial.token': 'Den Code tauschen und das Token prüfen',
  'trialSide.desk': 'Hier zu ändern',
  'trialSide.network': 'Zwischen beiden',
  'trialSide.person': 'Von Ihnen dort gesagt',
  'trialSide.provider': 'Beim Anbieter zu ändern',
} satisfies Record<keyof typeof en, string>
