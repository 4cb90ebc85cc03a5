// What servers and providers say in languages other than English when nobody has the address or a mailbox is full.
import { anyOf } from '#mail/phrases.ts'

/** Nobody has this address. */
export const nobodyThere = anyOf(String.raw`
  (?:empfänger|adresse|benutzer|nutzer|postfach|konto)\p{L}{0,3}\b.{0,40}(?:unbekannt|existiert nicht|nicht gefunden|nicht vorhanden)
  unbekannte[rn]? (?:empfänger|benutzer|nutzer|adresse)
  (?:utilisateur|destinataire|adresse|boîte)\b.{0,40}(?:inconnue?|introuvable|n['’]existe (?:pas|plus)) | adresse d.au moins un destinataire
  (?:usuario|destinatario|direcci[oó]n|buz[oó]n|cuenta)\b.{0,40}(?:no existe|desconocid|inexistente|no (?:fue |se )?(?:ha )?encontr)
  (?:usu[aá]rio|destinat[aá]rio|endere[cç]o|caixa|conta)\b.{0,40}(?:n[aã]o existe|inexistente|desconhecid|n[aã]o (?:foi )?encontrad)
  (?:utente|destinatario|indirizzo|casella)\b.{0,40}(?:sconosciut|inesistente|non esiste|non (?:è stato )?trovat)
  onbekende (?:gebruiker|ontvanger) | (?:gebruiker|adres|ontvanger|postvak)\b.{0,40}(?:onbekend|bestaat niet|niet gevonden)
  okänd (?:användare|mottagare) | (?:adressen|mottagaren|användaren|brevlådan) .{0,20}(?:finns inte|hittades inte|är okänd)
  uk(?:jent|endt) (?:bruger|bruker|modtager|mottaker) | (?:adressen|brugeren|brukeren|modtageren|mottakeren) .{0,20}(?:findes|finnes|eksisterer) ikke
  tuntematon (?:käyttäjä|vastaanottaja) | (?:käyttäjää|osoitetta|vastaanottajaa) ei (?:löydy|ole)
  nieznany (?:użytkownik|odbiorca|adres) | (?:użytkownik|odbiorca|adres|skrzynka)\b.{0,40}nie istnieje
  neznám[ýa] (?:uživatel|adresát|příjemce|príjemca) | (?:uživatel|užívateľ|adresát|adresa|schránka)\b.{0,40}(?:neexistuje|nenalezen|neznám)
  ismeretlen (?:felhasználó|címzett) | (?:felhasználó|címzett|cím) nem (?:létezik|található)
  (?:utilizator|destinatar|adres[aă])\p{L}{0,3} .{0,20}(?:necunoscut|nu exist[aă]|inexistent)
  (?:kullanıcı|alıcı|adres|posta kutusu)\p{L}{0,3} .{0,30}(?:bulunamadı|mevcut değil|geçersiz)
  (?:пользовател|получател|адресат|адрес|ящик)\p{L}{0,3} .{0,40}не (?:найден|существует|зарегистрирован|обнаружен)
  неизвестн\p{L}{2,3} (?:пользовател|получател|адрес) | нет такого (?:пользователя|ящика|адреса)
  (?:користувач|одержувач|адрес|скриньк)\p{L}{0,3} .{0,40}не (?:знайден|існує)
  (?:宛先|アドレス|ユーザー?|受信者).{0,12}(?:存在しま|見つかりません|不明) | 宛先不明
  (?:收件人|邮箱|用户|地址|帐号|账号|帳號|信箱|收件者|使用者).{0,60}(?:不存在|找不到|未找到|無效|无效)
  존재하지 않는 | 존재하지 않습니다 | (?:사용자|수신자|주소)를? 찾을 수 없
`)

/** The mailbox takes no more. */
export const mailboxFull = anyOf(String.raw`
  (?:postfach|mailbox|speicher)\p{L}{0,3}\b.{0,30}\bvoll\b | (?:kontingent|speicherplatz)\b.{0,30}(?:überschritten|erschöpft)
  bo[iî]te\b.{0,40}pleine | quota (?:dépassé|atteint|superato|superada|excedid) | buz[oó]n\b.{0,30}llen[oa] | caixa\b.{0,40}cheia
  casella\b.{0,40}piena | postvak\b.{0,20}\bvol\b | brevlåda\p{L}{0,2} .{0,10}full | postkass\p{L}{0,2} .{0,10}full
  skrzynka\b.{0,30}(?:pełna|przepełniona) | schránka\b.{0,30}pln[áa] | postaláda .{0,20}megtelt | kutusu .{0,12}dolu
  (?:ящик|скринька)\p{L}{0,2} .{0,40}(?:переполнен|заполнен|переповнен) | превышен[ао]? .{0,20}квот
  (?:邮箱|信箱|郵箱).{0,12}(?:已满|已滿|空间不足) | (?:メールボックス|受信箱|容量).{0,20}(?:いっぱい|一杯|満杯|超え|超過|オーバー)
  (?:메일함|사서함|용량).{0,20}(?:가득|초과)
`)
