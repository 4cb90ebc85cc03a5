// Deutsche Wörter der Sicherungen, die der Desk von selbst macht.
import type { en } from '../en/backups.ts'

export const de: Record<keyof typeof en, string> = {
  'admin.backups': 'Sicherungen',
  'also.admin.backups': 'backup wiederherstellen zeitplan s3 datensicherung kopie',
  'right.backups.write': 'Festlegen, wann und wohin gesichert wird: Alle Daten gehen dorthin',
  'backups.about':
    'Alle Daten werden samt Dateien in einen Ordner oder Bucket geschrieben, während weitergearbeitet wird. Zurück holt sie ein Befehl auf dem Server: ./docket restore.',
  'backups.never': 'Es gibt noch keine gute Sicherung.',
  'backups.off': 'Kein Zeitplan ist an.',
  'backups.good': 'Die letzte gute Sicherung ist vom {when}.',
  'backups.late': 'Seit einer Woche gab es keine gute Sicherung. Warum, steht bei den Läufen unten.',
  'backups.next': 'Die nächste: {when}.',
  'backups.plan': 'Zeitplan',
  'backups.isOn': 'Von selbst sichern',
  'backups.day': 'Wann',
  'backups.daily': 'Jeden Tag',
  'backups.weekly': 'Jeden {day}',
  'backups.hour': 'Stunde',
  'backups.hourHelp': 'Nach der Uhr des Desks, {zone}.',
  'backups.place': 'Wohin',
  'backups.placeHelp':
    'Ein Ordner wie /mnt/backup/docket auf einem anderen Laufwerk als der Desk, oder s3://bucket/prefix. Die Schlüssel eines Buckets stehen in der Umgebung des Servers. Der Ort wird beim Speichern geprüft.',
  'backups.isNewDisk': 'Es ist ein neues Laufwerk: dort beginnen',
  'backups.isNewDiskHelp':
    'Nur, wenn Sie ein leeres an seine Stelle gesetzt haben. Sonst gingen Sicherungen auf das Laufwerk unter dem Ordner, an dem es sein sollte.',
  'backups.keep': 'Wie viele bleiben',
  'backups.keepHelp': 'Sie teilen sich ihre Dateien. Die älteste geht, wenn eine neue vollständig ist.',
  'backups.checks': 'Jede zurücklesen, bevor eine ältere geht',
  'backups.checksHelp':
    'Jeder Teil wird mit seiner Prüfsumme verglichen. Dass sie auch eine Datenbank füllt, zeigt ./docket restore … --check, möglichst auf einer anderen Maschine.',
  'backups.saved': 'Der Zeitplan ist gespeichert; der Ort nimmt Sicherungen an.',
  'backups.savedOff': 'Gespeichert. Es wird nicht von selbst gesichert.',
  'backups.now': 'Jetzt sichern',
  'backups.asked': 'Eine Sicherung beginnt',
  'backups.runs': 'Läufe',
  'backups.empty': 'Noch kein Lauf',
  'backups.began': 'Begonnen',
  'backups.outcome': 'Ergebnis',
  'backups.took': 'Dauer',
  'backups.size': 'Geschrieben',
  'backups.by': 'Verlangt von',
  'backups.schedule': 'Zeitplan',
  'backups.seconds': '{seconds} s',
  'backups.minutes': '{minutes} min',
  'backups.step': '{step}: {done} von {total}',
  'backups.files': '{files, plural, one {# Datei} other {# Dateien}}, davon {copied} neu',
  'backups.lost':
    '{count, plural, one {# Datei des Desks ist beschädigt und ist in keiner Sicherung} other {# Dateien des Desks sind beschädigt und sind in keiner Sicherung}}: ./docket backup nennt sie.',
  'backups.checked': 'Zurückgelesen und vollständig',
  'backups.unchecked': 'Nicht zurückgelesen',
  'backupOutcome.running': 'Läuft',
  'backupOutcome.done': 'Gut',
  'backupOutcome.failed': 'Fehlgeschlagen',
  'backupOutcome.interrupted': 'Unterbrochen',
  'backups.interrupted':
    'Ihr Prozess endete mittendrin. Frühere Sicherungen sind vollständig; sie wird neu gemacht.',
  'backupFailure.denied':
    'Docket darf dort nicht schreiben. Geben Sie den Ordner dem Benutzer, unter dem es läuft.',
  'backupFailure.full':
    'Es ist kein Platz mehr. Schaffen Sie Platz, oder bewahren Sie weniger Sicherungen auf.',
  'backupFailure.gone':
    'Der Ort ist nicht der eingerichtete. Prüfen Sie, ob sein Laufwerk auf der Maschine da ist, die sichert; ist es ein neues, geben Sie das beim Speichern des Zeitplans an.',
  'backupFailure.store':
    'Der Bucket nimmt sie nicht an. Prüfen Sie seine Schlüssel und ob er erreichbar ist.',
  'backupFailure.damaged':
    'Was gelesen wurde, ist nicht, was geschrieben wurde. Frühere Sicherungen bleiben. Prüfen Sie das Laufwerk, oder wählen Sie einen anderen Ort.',
  'backupFailure.lost':
    'Alles andere ist gesichert, aber Dateien des Desks sind nirgends: weder wo er sie aufbewahrt noch in einer früheren Sicherung. Prüfen Sie, ob jenes Laufwerk da ist; ./docket backup nennt alle. Bis dahin wird keine ältere Sicherung entfernt.',
  'backupFailure.other': 'Etwas ging schief.',
}
