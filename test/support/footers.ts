// What phones and mail programs put below a text, in many languages.
export const footers: readonly string[] = String.raw`
  Sent from my iPad | Sent from my Galaxy S24 | Sent from my Samsung Galaxy smartphone. | Sent from my Pixel 8 | Sent from Mail for Windows | Sent from Mail for Windows 10 | Get Outlook for iOS | Get Outlook for Android | Sent from Outlook for iOS | Sent from Proton Mail for iOS | Sent with Proton Mail secure email. | Sent from Proton Mail Android | Sent with Spark | Sent via Superhuman | Sent from HEY | Sent from Mailbird | Sent from BlueMail for Android | Secured with Tuta Mail | Sent from Yahoo Mail. Get the app | Yahoo Mail: Search, Organize, Conquer | Sent with Airmail | Sent from TypeApp | Sent from AOL on Android | Sent from my Huawei phone | Sent from my Xiaomi device | Sent from Samsung tablet. | Sent from Canary | Sent from Edison Mail
  Von meinem iPad gesendet | Von meinem Samsung Galaxy Smartphone gesendet. | Gesendet von meinem Galaxy | Gesendet von Outlook für iOS | Outlook für Android beziehen | Gesendet mit Spark | Gesendet von Mail für Windows | Von meiner Yahoo Mail App gesendet | Diese Nachricht wurde von meinem Android-Gerät mit WEB.DE Mail gesendet. | Gesendet mit der WEB.DE Mail App | Holen Sie sich Outlook für iOS | Von meinem Mobiltelefon gesendet | Gesendet von meinem Handy | Mit Proton Mail sicher gesendet. | Von iPhone gesendet
  Envoyé de mon iPad | Envoyé depuis mon téléphone Android | Envoyé à partir d'Outlook pour Android | Télécharger Outlook pour iOS | Envoyé depuis mon appareil mobile Samsung | Provenance : Courrier pour Windows | Envoyé avec Proton Mail. | Envoyé depuis l'application Mail Orange | Envoyé de mon Galaxy
  Enviado desde mi Samsung Galaxy | Obtener Outlook para iOS | Enviado desde Correo para Windows | Enviado desde Yahoo Mail para iPhone | Enviado desde mi dispositivo Huawei | Enviado con Proton Mail.
  Enviado do meu Samsung | Obter o Outlook para Android | Enviado do Email para Windows | Enviado do meu telefone
  Inviato da Outlook per iOS | Ottieni Outlook per Android | Inviato dal mio iPhone | Inviato da smartphone Samsung Galaxy | Inviato da Libero Mail per Android | Inviato da Posta per Windows
  Verzonden vanaf mijn Galaxy | Outlook voor iOS downloaden | Verzonden vanuit Mail voor Windows | Verstuurd vanaf mijn iPad
  Skickat från min Galaxy | Hämta Outlook för iOS | Skickat från E-post för Windows | Skickat från min iPad
  Sendt fra min Galaxy | Hent Outlook til iOS | Få Outlook for iOS | Sendt fra Mail til Windows | Sendt fra Outlook for Android
  Hanki Outlook for iOS | Lähetetty puhelimestani | Lähetetty Samsung Galaxy -laitteesta
  Wysłane z mojego Galaxy | Wysłano z urządzenia Samsung Galaxy. | Pobierz aplikację Outlook dla systemu iOS | Wysłano z programu Outlook dla systemu Android
  Odesláno z mého telefonu Galaxy | Získejte Outlook pro iOS | Odoslané z iPhonu | Získat Outlook pro Android
  iPhone-omról küldve | Küldve az iPhone-omról | Az Outlook letöltése iOS-re | Elküldve a Galaxy készülékemről
  Trimis de pe iPhone-ul meu | Obțineți Outlook pentru iOS | Trimis de pe dispozitivul meu Samsung
  Отправлено с моего Galaxy | Отправлено из мобильной Почты Mail.ru | Отправлено из Mail.ru для Android | Отправлено с iPad | Скачать Outlook для iOS | Получить Outlook для Android | Отправлено из мобильного приложения Яндекс Почты
  Надіслано з мого iPhone | Відправлено з iPhone | Изпратено от моя iPhone
  Galaxy cihazımdan gönderildi | iOS için Outlook'u edinin | iPadimden gönderildi | Windows için Posta ile gönderildi
  Στάλθηκε από το iPhone μου | Αποκτήστε το Outlook για iOS | Εστάλη από το iPhone μου
  Poslano z mojega iPhona | Poslano s iPhonea | Poslato sa mog iPhone-a | Послато са иПхоне-а
  Saadetud minu iPhone’ist | Nosūtīts no mana iPhone | Išsiųsta iš mano „iPhone“ | Išsiųsta iš iPhone
  Đã gửi từ iPhone của tôi | Dikirim dari iPhone saya | Dihantar dari iPhone saya | Enviat des del meu iPhone | Enviado dende o meu iPhone
  发自我的手机 | 发自我的iPad | 从我的手机发送 | 发自我的小米手机 | 获取 Outlook for iOS | 来自 Outlook | 從我的 iPhone 傳送 | 從我的 iPad 傳送 | 通过邮箱大师发送 | 发自我的华为手机
  iPadから送信 | 私のiPhoneから送信 | Androidのスマートフォンから送信 | Outlook for iOS を入手 | Windows 版のメールから送信 | Galaxyから送信
  내 iPhone에서 보냄 | 내 Galaxy에서 보냄 | iOS용 Outlook 다운로드 | 나의 iPad에서 보냄 | Galaxy에서 보냄
  נשלח מ-iPhone שלי | נשלח מה-Galaxy שלי | أُرسلت من الـ iPhone | تم الإرسال من iPhone | مرسل من هاتفي Samsung | ส่งจาก iPhone ของฉัน | فرستاده شده از iPhone من
`
  .trim()
  .split(/\s*\n\s*|\s\|\s/)
