"""What Windows itself and its command prompt say."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "access is denied": (
        "Zugriff verweigert | 拒绝访问 | 访问被拒绝 | 存取被拒 | Accès refusé | Acceso denegado | "
        "アクセスが拒否されました | Отказано в доступе | Acesso negado | Accesso negato | 액세스가 거부되었습니다 | "
        "Toegang geweigerd | Odmowa dostępu"
    ),
    "the system cannot find the path specified": (
        "Das System kann den angegebenen Pfad nicht finden | 系统找不到指定的路径 | 系統找不到指定的路徑 | "
        "Le chemin d'accès spécifié est introuvable | El sistema no puede encontrar la ruta especificada | "
        "指定されたパスが見つかりません | Системе не удается найти указанный путь | "
        "O sistema não pode encontrar o caminho especificado | Impossibile trovare il percorso specificato | "
        "지정된 경로를 찾을 수 없습니다"
    ),
    "the system cannot find the file specified": (
        "Das System kann die angegebene Datei nicht finden | 系统找不到指定的文件 | 系統找不到指定的檔案 | "
        "Le fichier spécifié est introuvable | El sistema no puede encontrar el archivo especificado | "
        "指定されたファイルが見つかりません | Не удается найти указанный файл | "
        "O sistema não pode encontrar o arquivo especificado | Impossibile trovare il file specificato | "
        "지정된 파일을 찾을 수 없습니다"
    ),
    "there is not enough space on the disk": (
        "nicht genug Speicherplatz auf dem Datenträger | nicht genügend Speicherplatz | 磁盘空间不足 | "
        "磁碟空間不足 | Espace insuffisant sur le disque | Espacio en disco insuficiente | "
        "ディスクに十分な空き領域がありません | 空き領域が不足 | Недостаточно места на диске | "
        "Espaço insuficiente no disco | Spazio su disco insufficiente | 디스크 공간이 부족합니다"
    ),
    "being used by another process": (
        "von einem anderen Prozess verwendet | 另一个程序正在使用此文件 | 另一個程序正在使用 | "
        "另一個處理序正在使用 | utilisé par un autre processus | utilizado por otro proceso | 別のプロセスが使用中 | "
        "別のプロセスで使用 | используется другим процессом | sendo usado por outro processo | "
        "utilizzato da un altro processo | 다른 프로세스가 파일을 사용 중"
    ),
    "the file or directory is corrupted and unreadable": (
        "Die Datei oder das Verzeichnis ist beschädigt und nicht lesbar | 文件或目录损坏且无法读取 | "
        "檔案或目錄毀損而且無法讀取 | Le fichier ou le répertoire est endommagé et illisible | "
        "El archivo o directorio está dañado o es ilegible | "
        "ファイルまたはディレクトリが壊れているため、読み取ることができません | "
        "Файл или папка повреждены. Чтение невозможно"
    ),
    "network name is no longer available": (
        "Der angegebene Netzwerkname ist nicht mehr verfügbar | 指定的网络名不再可用 | 指定的網路名稱無法使用 | "
        "Le nom réseau spécifié n'est plus disponible | El nombre de red especificado ya no está disponible | "
        "指定されたネットワーク名は利用できません"
    ),
    "network path was not found": (
        "Der Netzwerkpfad wurde nicht gefunden | 找不到网络路径 | 找不到網路路徑 | "
        "Le chemin réseau n'a pas été trouvé | No se ha encontrado la ruta de acceso de la red | "
        "ネットワーク パスが見つかりません"
    ),
    "directory name, or volume label syntax is incorrect": (
        "Verzeichnisnamen oder die Datenträgerbezeichnung ist falsch | 文件名、目录名或卷标语法不正确 | "
        "檔案名稱、目錄名稱或磁碟區標籤語法錯誤 | "
        "La syntaxe du nom de fichier, de répertoire ou de volume est incorrecte | "
        "sintaxis de la etiqueta del volumen no son correctos | ボリューム ラベルの構文が間違っています | "
        "имени файла, имени папки или метке тома"
    ),
    "the filename or extension is too long": (
        "Der Dateiname oder die Erweiterung ist zu lang | 文件名或扩展名太长 | 檔案名稱或副檔名太長 | "
        "Nom de fichier ou extension trop long | El nombre del archivo o la extensión es demasiado largo | "
        "ファイル名または拡張子が長すぎます | Имя файла или его расширение имеет слишком большую длину"
    ),
    "the paging file is too small": (
        "Die Auslagerungsdatei ist zu klein | 页面文件太小 | Le fichier de pagination est insuffisant | "
        "El archivo de paginación es demasiado pequeño | ページング ファイルが小さすぎる | "
        "Файл подкачки слишком мал | O arquivo de paginação é muito pequeno"
    ),
    "the requested operation requires elevation": (
        "erfordert erhöhte Rechte | 请求的操作需要提升 | 所要求的操作需要提高的權限 | "
        "L'opération demandée nécessite une élévation | La operación solicitada requiere elevación | "
        "要求された操作には管理者特権が必要です | Запрошенная операция требует повышения"
    ),
    "requested registry access is not allowed": (
        "不允许所请求的注册表访问权 | 不允許要求的登錄存取 | Der angeforderte Registrierungszugriff ist unzulässig | "
        "L'accès demandé au Registre n'est pas autorisé | No se permite el acceso al Registro solicitado"
    ),
    "the operation was canceled by the user": (
        "Der Vorgang wurde durch den Benutzer abgebrochen | 操作已被用户取消 | 作業已被使用者取消 | "
        "L'opération a été annulée par l'utilisateur | El usuario canceló la operación | "
        "操作はユーザーによって取り消されました"
    ),
    "contains a virus": (
        "einen Virus oder | enthält einen Virus | 包含病毒 | 包含有病毒 | contient un virus | contiene un virus | "
        "ウイルスまたは"
    ),
    "application control policy": (
        "Anwendungssteuerungsrichtlinie | 应用程序控制策略 | 應用程式控制原則 | "
        "stratégie de contrôle d'application | directiva de Control de aplicaciones | "
        "directiva de control de aplicaciones | アプリケーション制御ポリシー | Политика управления приложениями"
    ),
    "blocked by group policy": (
        "durch eine Gruppenrichtlinie | 组策略阻止 | 群組原則封鎖 | bloqué par une stratégie de groupe | "
        "bloqueado por una directiva de grupo | グループ ポリシーによってブロック"
    ),
    "windows cannot access the specified device": (
        "Windows 无法访问指定设备 | "
        "Auf das angegebene Gerät bzw. den Pfad oder die Datei kann nicht zugegriffen werden | "
        "Windows ne parvient pas à accéder au périphérique | Windows no tiene acceso al dispositivo"
    ),
    "not a valid win32 application": (
        "ist keine zulässige Win32-Anwendung | 不是有效的 Win32 应用程序 | n'est pas une application Win32 valide | "
        "no es una aplicación Win32 válida | 有効な Win32 アプリケーションではありません"
    ),
    "cannot execute the specified program": (
        "无法执行指定的程序 | Das System kann das angegebene Programm nicht ausführen | "
        "Le système ne peut pas exécuter le programme spécifié | "
        "El sistema no puede ejecutar el programa especificado"
    ),
    "dll load failed: the specified procedure could not be found": (
        "DLL load failed: 找不到指定的程序 | DLL load failed: Die angegebene Prozedur wurde nicht gefunden | "
        "DLL load failed: La procédure spécifiée est introuvable | "
        "DLL load failed: No se encontró el proceso especificado | "
        "DLL load failed: 指定されたプロシージャが見つかりません"
    ),
    "dll load failed while importing {}: the specified procedure could not be found": (
        "DLL load failed while importing {}: Die angegebene Prozedur wurde nicht gefunden | "
        "DLL load failed while importing {}: 找不到指定的程序"
    ),
    "dll load failed: the specified module could not be found": "DLL load failed: 找不到指定的模块",
    "initialization routine failed": (
        "初始化例程失败 | 初始化常式失敗 | DLL-Initialisierungsroutine ist fehlgeschlagen | "
        "DLL-Initialisierungsroutine fehlgeschlagen | "
        "routine d'initialisation d'une bibliothèque de liens dynamiques | "
        "rutina de inicialización de biblioteca de vínculos dinámicos | 初期化ルーチンの実行に失敗しました"
    ),
    "the operating system cannot run %1": (
        "操作系统无法运行 %1 | Das Betriebssystem kann %1 nicht ausführen | "
        "Le système d'exploitation ne peut pas exécuter %1 | El sistema operativo no puede ejecutar %1 | "
        "オペレーティング システムは %1 を実行できません"
    ),
    "the input line is too long": "输入行太长 | Die Eingabezeile ist zu lang | La ligne entrée est trop longue",
    "'{}' is not recognized as an internal or external command": (
        "Der Befehl '{}' ist entweder falsch geschrieben oder | '{}' 不是内部或外部命令 | '{}' 不是內部或外部命令 | "
        "'{}' n'est pas reconnu en tant que commande interne | '{}' no se reconoce como un comando interno | "
        "'{}' は、内部コマンドまたは外部コマンド | '{}' не является внутренней или внешней | "
        "'{}' não é reconhecido como um comando interno | '{}' non è riconosciuto come comando interno | "
        "'{}'은(는) 내부 또는 외부 명령 | '{}' wordt niet herkend als een interne | "
        "'{}' nie jest rozpoznawana jako polecenie wewnętrzne | '{}' iç ya da dış komut"
    ),
    "was unexpected at this time": (
        "syntaktisch an dieser Stelle nicht | 此时不应有 | était inattendu | no se esperaba en este momento | "
        "の使い方が誤っています"
    ),
    "python was not found; run without arguments": (
        "Python wurde nicht gefunden; ohne Argumente | 未找到 Python | Python est introuvable | "
        "no se encontró Python | Python が見つかりませんでした | Python не найден | Python não foi encontrado | "
        "Python non è stato trovato | Python을(를) 찾을 수 없습니다"
    ),
    "{}.dll was not found": (
        "找不到 {}.dll | 计算机中丢失 {}.dll | da {}.dll auf dem Computer fehlt | "
        "{}.dll wurde nicht gefunden | {}.dll est introuvable | no se encontró {}.dll | "
        "{}.dll が見つからない"
    ),
    "no such host is known": (
        "Host ist unbekannt | 不知道这样的主机 | Hôte inconnu | Host desconocido | そのようなホストは不明です | "
        "Этот хост неизвестен | Este host não é conhecido | Host sconosciuto | 알려진 호스트가 없습니다"
    ),
    "the target machine actively refused it": (
        "der Zielcomputer die Verbindung verweigert | 目标计算机积极拒绝 | 目標電腦拒絕連線 | "
        "l'ordinateur cible l'a expressément refusée | denegó expresamente dicha conexión | "
        "対象のコンピューターによって拒否された | конечный компьютер отверг запрос на подключение | "
        "a máquina de destino as recusou ativamente | rifiuto persistente del computer di destinazione | "
        "대상 컴퓨터에서 연결을 거부했으므로"
    ),
    "did not properly respond": (
        "nach einer bestimmten Zeitspanne nicht richtig reagiert | 连接方在一段时间后没有正确答复 | "
        "連線對象有一段時間並未正確回應 | le parti connecté n'a pas répondu convenablement | "
        "la parte conectada no respondió adecuadamente | "
        "接続済みの呼び出し先が一定の時間を過ぎても正しく応答しなかった | "
        "от другого компьютера за требуемое время не получен нужный отклик"
    ),
    "forcibly closed": (
        "Eine vorhandene Verbindung wurde vom Remotehost | 强迫关闭了一个现有的连接 | "
        "遠端主機已強制關閉一個現存的連線 | Une connexion existante a dû être fermée par l'hôte distant | "
        "Se ha forzado la interrupción de una conexión existente | "
        "既存の接続はリモート ホストに強制的に切断されました | Удаленный хост принудительно разорвал"
    ),
    "connection aborted": (
        "Eine bestehende Verbindung wurde softwaregesteuert | 主机中的软件中止了一个已建立的连接 | "
        "Une connexion établie a été abandonnée | Se ha anulado una conexión establecida"
    ),
    "socket in a way forbidden": (
        "Zugriff auf einen Socket war aufgrund der Zugriffsrechte | 以一种访问权限不允许的方式 | "
        "d'accéder à un socket de manière interdite | acceso a un socket no permitido"
    ),
    "not compatible with the version of windows you are running": (
        "与你运行的 Windows 版本不兼容 | 与您运行的 Windows 版本不兼容"
    ),
    "app can't run on your pc": (
        "此应用无法在你的电脑上运行 | App kann auf dem PC nicht ausgeführt werden | "
        "App kann auf diesem PC nicht ausgeführt"
    ),
    "cloud file": "云文件 | Clouddatei | fichier cloud | archivo en la nube",
}
