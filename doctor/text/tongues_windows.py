"""What Windows says in the language of a system, as it says it in English: its numbered errors, without the number.

A sentence may go on behind what is written here; it stands here as it is after typographic signs were made plain.
"""

from __future__ import annotations

SAID = {
    " is not recognized as an internal or external command": (  # cmd, behind the name
        " ist entweder falsch geschrieben oder|不是内部或外部命令| 不是内部或外部命令|不是內部或外部命令"
        "| 不是內部或外部命令| no se reconoce como un comando interno| no se reconoce como comando"
        "|は、内部コマンドまたは外部コマンド| は、内部コマンドまたは外部コマンド|은(는) 내부 또는 외부 명령"
        "| 은(는) 내부 또는 외부 명령| n'est pas reconnu en tant que commande interne"
        "| não é reconhecido como um comando interno| não é reconhecido como comando interno"
        "| не является внутренней или внешней| не є внутрішньою або зовнішньою"
        "| non è riconosciuto come comando interno| nie jest rozpoznawana jako polecenie wewnętrzne"
        "| nie jest rozpoznawany jako polecenie wewnętrzne| iç ya da dış komut| iç veya dış komut"
        "| wordt niet herkend als een interne| není názvem vnitřního ani vnějšího příkazu"
        "| nem belső vagy külső parancs| känns inte igen som ett internt kommando"
    ),
    " is not recognized as the name of a cmdlet": (  # PowerShell
        " wurde nicht als Name eines Cmdlet| wird nicht als Name eines Cmdlet|项识别为 cmdlet| 项识别为 cmdlet"
        "|项识别为cmdlet|詞彙是否為 Cmdlet| 詞彙是否為 Cmdlet| no se reconoce como nombre de un cmdlet"
        "|は、コマンドレット| は、コマンドレット|용어가 cmdlet| 용어가 cmdlet| n'est pas reconnu comme nom d'applet"
        "| n'est pas reconnu comme nom d'une applet| n'est pas reconnu comme nom de cmdlet"
        "| não é reconhecido como nome de cmdlet| não é reconhecido como o nome de um cmdlet"
        "| не распознано как имя командлета| non riconosciuto come nome di cmdlet"
        "| non è riconosciuto come nome di cmdlet| nie jest rozpoznawany jako nazwa polecenia cmdlet"
        "| nie został rozpoznany jako nazwa polecenia cmdlet| terimi, cmdlet| terimi, cmdlet, işlev| terimi cmdlet"
        "| wordt niet herkend als de naam van een cmdlet"
    ),
    "The system cannot find the file specified": (  # 2
        "Das System kann die angegebene Datei nicht finden|Le fichier spécifié est introuvable"
        "|El sistema no puede encontrar el archivo especificado|Impossibile trovare il file specificato"
        "|O sistema não pode encontrar o arquivo especificado"
        "|O sistema não conseguiu localizar o ficheiro especificado|Не удается найти указанный файл"
        "|Не удаётся найти указанный файл|指定されたファイルが見つかりません|지정된 파일을 찾을 수 없습니다"
        "|系统找不到指定的文件|系統找不到指定的檔案|Nie można odnaleźć określonego pliku"
        "|Sistem belirtilen dosyayı bulamıyor|Het systeem kan het opgegeven bestand niet vinden"
        "|Systém nemůže nalézt uvedený soubor|Не вдається знайти вказаний файл"
        "|A rendszer nem találja a megadott fájlt"
    ),
    "The system cannot find the path specified": (  # 3
        "Das System kann den angegebenen Pfad nicht finden|Le chemin d'accès spécifié est introuvable"
        "|El sistema no puede encontrar la ruta especificada|Impossibile trovare il percorso specificato"
        "|O sistema não pode encontrar o caminho especificado"
        "|O sistema não conseguiu localizar o caminho especificado|Системе не удается найти указанный путь"
        "|Системе не удаётся найти указанный путь|指定されたパスが見つかりません|지정된 경로를 찾을 수 없습니다"
        "|系统找不到指定的路径|系統找不到指定的路徑|System nie może odnaleźć określonej ścieżki"
        "|Sistem belirtilen yolu bulamıyor|Het systeem kan het opgegeven pad niet vinden"
        "|Systém nemůže nalézt uvedenou cestu|Системі не вдається знайти вказаний шлях"
        "|A rendszer nem találja a megadott elérési utat"
    ),
    "Access is denied": (  # 5
        "Zugriff verweigert|Accès refusé|Acceso denegado|Accesso negato|Acesso negado|Отказано в доступе"
        "|アクセスが拒否されました|액세스가 거부되었습니다|拒绝访问|存取被拒|Odmowa dostępu|Erişim engellendi"
        "|Toegang geweigerd|Přístup byl odepřen|Відмовлено в доступі|A hozzáférés megtagadva|Åtkomst nekad"
    ),
    "because it is being used by another process": (  # 32
        "da sie von einem anderen Prozess verwendet wird|car ce fichier est utilisé par un autre processus"
        "|car il est en cours d'utilisation par un autre processus|porque está siendo utilizado por otro proceso"
        "|porque lo está utilizando otro proceso|perché è in uso da un altro processo"
        "|perché è utilizzato da un altro processo|porque este está a ser utilizado por outro processo"
        "|porque ele está sendo usado por outro processo|так как этот файл занят другим процессом"
        "|поскольку он используется другим процессом|используется другим процессом|由于另一个进程正在使用"
        "|因为它正由另一进程使用|ponieważ jest on używany przez inny proces|ponieważ jest używany przez inny proces"
        "|başka bir işlem tarafından kullanıldığından|omdat het door een ander proces wordt gebruikt"
        "|neboť jej právě využívá jiný proces"
    ),
    "The process cannot access the file because it is being used by another process": (
        "Impossibile accedere al file. Il file è utilizzato da un altro processo"
        "|O arquivo já está sendo usado por outro processo"
        "|プロセスはファイルにアクセスできません.別のプロセスが使用中です"
        "|다른 프로세스가 파일을 사용 중이기 때문에 프로세스가 액세스 할 수 없습니다"
        "|另一个程序正在使用此文件,进程无法访问|程序無法存取檔案,因為檔案正由另一個程序使用"
        "|由於另一個處理序正在使用檔案"
    ),
    "There is not enough space on the disk": (  # 112
        "Es steht nicht genug Speicherplatz auf dem Datenträger zur Verfügung|Espace insuffisant sur le disque"
        "|Espacio en disco insuficiente|Spazio su disco insufficiente|Espaço insuficiente no disco"
        "|Espaço em disco insuficiente|Não há espaço suficiente no disco|Недостаточно места на диске"
        "|ディスクに十分な空き領域がありません|디스크 공간이 부족합니다|磁盘空间不足|磁碟空間不足"
        "|Za mało miejsca na dysku|Diskte yeterli yer yok|Er is onvoldoende schijfruimte|Na disku není dost místa"
    ),
    "The filename, directory name, or volume label syntax is incorrect": (  # 123
        "Die Syntax für den Dateinamen, Verzeichnisnamen oder die Datenträgerbezeichnung ist falsch"
        "|La syntaxe du nom de fichier, de répertoire ou de volume est incorrecte"
        "|El nombre de archivo, el nombre de directorio o la sintaxis de la etiqueta del volumen no son correctos"
        "|La sintassi del nome del file, della directory o del volume non è corretta"
        "|A sintaxe do nome do arquivo, do nome do diretório ou do rótulo do volume está incorreta"
        "|Синтаксическая ошибка в имени файла, имени папки или метке тома"
        "|ファイル名、ディレクトリ名、またはボリューム ラベルの構文が間違っています"
        "|파일 이름, 디렉터리 이름 또는 볼륨 레이블 구문이 잘못되었습니다|文件名、目录名或卷标语法不正确"
        "|檔案名稱、目錄名稱或磁碟區標籤語法錯誤"
        "|Nazwa pliku, nazwa katalogu lub składnia etykiety woluminu jest niepoprawna"
        "|Dosya adı, dizin adı veya birim etiketi sözdizimi hatalı"
        "|De syntaxis van de bestandsnaam, mapnaam of volumenaam is onjuist"
    ),
    "The specified module could not be found": (  # 126
        "Das angegebene Modul wurde nicht gefunden|Le module spécifié est introuvable"
        "|No se puede encontrar el módulo especificado|No se encontró el módulo especificado"
        "|No se ha encontrado el módulo especificado|No se pudo encontrar el módulo especificado"
        "|Impossibile trovare il modulo specificato|Não foi possível encontrar o módulo especificado"
        "|Não foi possível localizar o módulo especificado|Не найден указанный модуль"
        "|指定されたモジュールが見つかりません|지정된 모듈을 찾을 수 없습니다|找不到指定的模块|找不到指定的模組"
        "|Nie można odnaleźć określonego modułu|Belirtilen modül bulunamadı|Kan opgegeven module niet vinden"
        "|De opgegeven module kan niet worden gevonden|Uvedený modul nebyl nalezen|Не вдалося знайти вказаний модуль"
        "|Не знайдено вказаний модуль|A megadott modul nem található|Det går inte att hitta den angivna modulen"
    ),
    "The specified procedure could not be found": (  # 127
        "Die angegebene Prozedur wurde nicht gefunden|La procédure spécifiée est introuvable"
        "|No se encontró el proceso especificado|No se puede encontrar el procedimiento especificado"
        "|No se encontró el procedimiento especificado|Impossibile trovare la procedura specificata"
        "|Não foi possível encontrar o procedimento especificado|Не найдена указанная процедура"
        "|指定されたプロシージャが見つかりません|지정된 프로시저를 찾을 수 없습니다|找不到指定的程序"
        "|Nie można odnaleźć określonej procedury|Belirtilen yordam bulunamadı|Kan opgegeven procedure niet vinden"
        "|De opgegeven procedure kan niet worden gevonden|Uvedená procedura nebyla nalezena"
    ),
    "The operating system cannot run %1": (  # 182
        "Das Betriebssystem kann %1 nicht ausführen|Le système d'exploitation ne peut pas exécuter %1"
        "|El sistema operativo no puede ejecutar %1|Il sistema operativo non può eseguire %1"
        "|O sistema operacional não pode executar %1|Операционная система не может запустить %1"
        "|オペレーティング システムは %1 を実行できません|操作系统无法运行 %1|作業系統無法執行 %1"
    ),
    " is not a valid Win32 application": (  # 193
        " ist keine zulässige Win32-Anwendung| n'est pas une application Win32 valide"
        "| no es una aplicación Win32 válida| non è un'applicazione di Win32 valida"
        "| non è un'applicazione Win32 valida| não é um aplicativo Win32 válido| não é uma aplicação de Win32 válida"
        "| не является приложением Win32| は有効な Win32 アプリケーションではありません"
        "|은(는) 올바른 Win32 응용 프로그램이 아닙니다| 不是有效的 Win32 应用程序| 不是正確的 Win32 應用程式"
        "| nie jest prawidłową aplikacją systemu Win32| geçerli bir Win32 uygulaması değil"
        "| is geen geldige Win32-toepassing| není platná aplikace typu Win32| není platnou aplikací typu Win32"
    ),
    "The filename or extension is too long": (  # 206
        "Der Dateiname oder die Erweiterung ist zu lang|Nom de fichier ou extension trop long"
        "|El nombre del archivo o la extensión es demasiado largo|Nome di file o estensione troppo lunga"
        "|O nome do arquivo ou a extensão é muito grande|Имя файла или его расширение имеет слишком большую длину"
        "|ファイル名または拡張子が長すぎます|파일 이름이나 확장명이 너무 깁니다|文件名或扩展名太长"
        "|檔案名稱或副檔名太長|Nazwa pliku lub jej rozszerzenie jest za długie|Dosya adı veya uzantısı çok uzun"
        "|De bestandsnaam of -extensie is te lang|Název souboru nebo přípona je příliš dlouhá"
    ),
    "the file contains a virus or potentially unwanted software": (  # 225
        "die Datei einen Virus oder möglicherweise unerwünschte Software enthält"
        "|le fichier contient un virus ou un logiciel potentiellement indésirable"
        "|el archivo contiene un virus o software potencialmente no deseado"
        "|Il file contiene un virus o software potenzialmente indesiderato"
        "|o arquivo contém um vírus ou software potencialmente indesejado"
        "|файл содержит вирус или потенциально нежелательную программу"
        "|файл содержит вирус или потенциально нежелательное программное обеспечение"
        "|ファイルにウイルスまたは望ましくない可能性のあるソフトウェアが含まれている"
        "|파일에 바이러스 또는 사용자 동의 없이 설치된 소프트웨어가|文件包含病毒或潜在的垃圾软件"
        "|檔案包含病毒或潜在的垃圾軟體|檔案包含病毒或可能不必要的軟體"
        "|plik zawiera wirusa lub potencjalnie niechciane oprogramowanie"
        "|Dosya bir virüs veya istenmeyebilecek bir yazılım içerdiğinden"
    ),
    "The requested operation requires elevation": (  # 740
        "Der angeforderte Vorgang erfordert erhöhte Rechte|L'opération demandée nécessite une élévation"
        "|La operación solicitada requiere elevación"
        "|L'operazione richiesta richiede l'esecuzione con privilegi più elevati"
        "|A operação solicitada requer elevação|Запрошенная операция требует повышения"
        "|要求された操作には管理者特権が必要です|요청한 작업을 수행하려면 권한 상승이 필요합니다|请求的操作需要提升"
        "|要求的操作需要提高的權限|Żądana operacja wymaga podniesienia uprawnień|İstenen işlem yükseltme gerektirir"
    ),
    "Invalid access to memory location": (  # 998
        "Ungültiger Zugriff auf einen Speicherbereich|L'accès à cet emplacement de la mémoire n'est pas valide"
        "|Acceso no válido a la ubicación de memoria|Accesso non valido alla posizione di memoria"
        "|Acesso inválido ao local da memória|Неверная попытка доступа к адресу памяти"
        "|メモリ ロケーションへのアクセスが無効です|메모리 위치를 잘못 액세스했습니다|内存位置访问无效"
        "|内存分配访问无效|記憶體位置的存取無效"
    ),
    "A dynamic link library (DLL) initialization routine failed": (  # 1114
        "Eine DLL-Initialisierungsroutine ist fehlgeschlagen"
        "|Une routine d'initialisation d'une bibliothèque de liens dynamiques (DLL) a échoué"
        "|Error en una rutina de inicialización de biblioteca de vínculos dinámicos (DLL)"
        "|Una routine di inizializzazione della libreria di collegamento dinamico (DLL) non è riuscita"
        "|Routine di inizializzazione della libreria di collegamento dinamico (DLL) non riuscita"
        "|Uma rotina de inicialização da biblioteca de vínculo dinâmico (DLL) falhou"
        "|Произошел сбой в программе инициализации библиотеки динамической компоновки (DLL)"
        "|ダイナミック リンク ライブラリ (DLL) 初期化ルーチンの実行に失敗しました"
        "|DLL 초기화 루틴을 실행할 수 없습니다|DLL 초기화 루틴을 찾을 수 없습니다|动态链接库(DLL)初始化例程失败"
        "|动态链接库 (DLL) 初始化例程失败|動態連結程式庫 (DLL) 初始化例行程序失敗"
        "|動態連結程式庫(DLL)初始化例行程序失敗"
        "|Wykonanie procedury inicjowania biblioteki dołączanej dynamicznie (DLL) nie powiodło się"
        "|Devingen bağlantı kitaplığı (DLL) başlatma işlemi başarısız"
        "|Een initialisatieroutine van een DLL-bestand (Dynamic Link Library) is mislukt"
        "|Inicializační rutina dynamické knihovny (DLL) se nezdařila"
    ),
    "This program is blocked by group policy": (  # 1260
        "Dieses Programm wurde durch eine Gruppenrichtlinie geblockt"
        "|Dieses Programm wurde durch eine Gruppenrichtlinie blockiert"
        "|Ce programme est bloqué par une stratégie de groupe|Este programa está bloqueado por una directiva de grupo"
        "|Il programma è bloccato da Criteri di gruppo|Este programa está bloqueado pela política de grupo"
        "|Эта программа заблокирована групповой политикой"
        "|このプログラムはグループ ポリシーによってブロックされています|이 프로그램은 그룹 정책에 의해 차단되어"
        "|此程序被组策略阻止|此程式已遭群組原則封鎖|Ten program jest zablokowany przez zasady grupy"
        "|Bu program grup ilkesi tarafından engellendi"
    ),
    "A required privilege is not held by the client": (  # 1314
        "Dem Client fehlt ein erforderliches Recht|Le client ne dispose pas d'un privilège nécessaire"
        "|El cliente no dispone de un privilegio requerido|Il privilegio richiesto non appartiene al client"
        "|O cliente não tem o privilégio necessário|Клиент не обладает требуемыми правами"
        "|クライアントは要求された特権を保有していません|클라이언트가 필요한 권한을 가지고 있지 않습니다"
        "|客户端没有所需的特权|用戶端沒有這項特殊權限|Klient nie ma wymaganych uprawnień"
        "|İstemci gereken bir ayrıcalığa sahip değil|Een vereiste bevoegdheid is niet aanwezig bij de client"
    ),
    "The paging file is too small for this operation to complete": (  # 1455
        "Die Auslagerungsdatei ist zu klein, um diesen Vorgang durchzuführen"
        "|Le fichier de pagination est insuffisant pour terminer cette opération"
        "|El archivo de paginación es demasiado pequeño para completar la operación"
        "|El archivo de paginación es demasiado pequeño para completar esta operación"
        "|File di paging troppo piccolo per completare l'operazione"
        "|O arquivo de paginação é muito pequeno para que esta operação seja concluída"
        "|O ficheiro de paginação é demasiado pequeno para concluir esta operação"
        "|Файл подкачки слишком мал для завершения операции|ページング ファイルが小さすぎるため|페이징 파일이 너무 작"
        "|페이지 파일이 너무 작|页面文件太小,无法完成操作|分頁檔太小|頁面檔案太小|Plik stronicowania jest za mały"
        "|disk belleği dosyası çok küçük|Het wisselbestand is te klein|Stránkovací soubor je příliš malý"
    ),
    "The file cannot be accessed by the system": (  # 1920
        "Auf die Datei kann vom System nicht zugegriffen werden|Le système ne peut pas accéder au fichier"
        "|El sistema no tiene acceso al archivo|Impossibile accedere al file dal sistema"
        "|O sistema não pode acessar o arquivo|Файл недоступен для системы"
        "|Не удается получить доступ к файлу из системы|システムはファイルにアクセスできません|系统无法访问此文件"
        "|系統無法存取該檔案|System nie może uzyskać dostępu do pliku|Dosyaya sistem tarafından erişilemiyor"
    ),
    "An Application Control policy has blocked this file": (  # 4551
        "Eine Anwendungssteuerungsrichtlinie hat diese Datei blockiert"
        "|Une stratégie de contrôle d'application a bloqué ce fichier"
        "|Une stratégie de contrôle d'applications a bloqué ce fichier"
        "|Una directiva de Control de aplicaciones bloqueó este archivo"
        "|Una directiva de control de aplicaciones bloqueó este archivo"
        "|Una directiva de Control de aplicaciones ha bloqueado este archivo"
        "|Un criterio di controllo delle applicazioni ha bloccato"
        "|Un criterio di controllo dell'applicazione ha bloccato"
        "|Uma política de Controle de Aplicativo bloqueou este arquivo"
        "|Uma política de controlo de aplicações bloqueou este ficheiro"
        "|Политика управления приложениями заблокировала этот файл"
        "|アプリケーション制御ポリシーによってこのファイルがブロックされました"
        "|애플리케이션 제어 정책이 이 파일을 차단했습니다|애플리케이션 제어 정책에서 이 파일을 차단했습니다"
        "|应用程序控制策略已阻止此文件|應用程式控制原則已封鎖此檔案|Zasady kontroli aplikacji zablokowały ten plik"
        "|Zasady sterowania aplikacjami zablokowały ten plik|Bir Uygulama Denetimi ilkesi bu dosyayı engelledi"
        "|Een beleid voor toepassingsbeheer heeft dit bestand geblokkeerd"
    ),
}
