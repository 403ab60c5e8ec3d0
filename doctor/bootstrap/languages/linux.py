"""What Linux and its shells say."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "no such file or directory": (
        "Datei oder Verzeichnis nicht gefunden | 没有那个文件或目录 | 沒有此一檔案或目錄 | "
        "Aucun fichier ou dossier de ce type | Aucun fichier ou dossier de ce nom | "
        "No existe el fichero o el directorio | No existe el archivo o el directorio | "
        "そのようなファイルやディレクトリはありません | Нет такого файла или каталога | "
        "Arquivo ou diretório inexistente | File o directory non esistente | 그런 파일이나 디렉터리가 없습니다"
    ),
    "permission denied": (
        "Keine Berechtigung | 权限不够 | 拒絕不符權限的操作 | Permission non accordée | Permiso denegado | "
        "許可がありません | Permissão negada | Permesso negato | 허가 거부"
    ),
    "no space left on device": (
        "Auf dem Gerät ist kein Speicherplatz mehr verfügbar | 设备上没有空间 | 裝置上已無多餘空間 | "
        "Aucun espace disponible sur le périphérique | No queda espacio en el dispositivo | "
        "デバイスに空き領域がありません | На устройстве не осталось свободного места | "
        "Não há espaço disponível no dispositivo | Spazio esaurito sul device | 장치에 남은 공간이 없음"
    ),
    "disk quota exceeded": (
        "Der zugewiesene Plattenplatz (Quota) ist überschritten | 超出磁盘限额 | 磁碟配額已滿 | "
        "Débordement du quota d'espace disque | Se ha excedido la cuota de disco | "
        "ディスク使用量制限を超過しました | Превышена дисковая квота"
    ),
    "read-only file system": (
        "Das Dateisystem ist nur lesbar | 只读文件系统 | 唯讀的檔案系統 | "
        "Système de fichiers accessible en lecture seulement | Sistema de ficheros de sólo lectura | "
        "Sistema de archivos de solo lectura | 読み込み専用ファイルシステムです | "
        "Файловая система доступна только для чтения | Sistema de arquivos somente para leitura | "
        "File system in sola lettura | 읽기전용 파일 시스템"
    ),
    "operation not permitted": (
        "Die Operation ist nicht erlaubt | 不允许的操作 | 此項操作並不被允許 | Opération non permise | "
        "Operación no permitida | 許可されていない操作です | Операция не позволена | Operação não permitida | "
        "Operazione non permessa"
    ),
    "device or resource busy": (
        "Das Gerät oder die Ressource ist belegt | 设备或资源忙 | Périphérique ou ressource occupé | "
        "Dispositivo o recurso ocupado | デバイスもしくはリソースがビジー状態です | Устройство или ресурс занято"
    ),
    "directory not empty": (
        "Das Verzeichnis ist nicht leer | 目录非空 | 目錄不是空的 | Le dossier n'est pas vide | "
        "El directorio no está vacío | ディレクトリは空ではありません | Каталог не пуст"
    ),
    "input/output error": (
        "Eingabe-/Ausgabefehler | 输入/输出错误 | 輸入/輸出錯誤 | Erreur d'entrée/sortie | Error de entrada/salida | "
        "入力/出力エラーです | Ошибка ввода/вывода"
    ),
    "too many open files": (
        "Zu viele offene Dateien | 打开的文件过多 | 開啟太多檔案 | Trop de fichiers ouverts | "
        "Demasiados ficheros abiertos | ファイルを開きすぎです | Слишком много открытых файлов"
    ),
    "cannot allocate memory": (
        "Nicht genügend Hauptspeicher verfügbar | 无法分配内存 | 無法配置記憶體 | Ne peut allouer de la mémoire | "
        "No se pudo asignar memoria | メモリを確保できません | Невозможно выделить память"
    ),
    "exec format error": (
        "Fehler im Format der Programmdatei | 可执行文件格式错误 | 可執行檔格式錯誤 | Erreur de format pour exec() | "
        "Formato de ejecutable incorrecto | 実行形式エラー | Ошибка формата выполняемого файла"
    ),
    "file name too long": (
        "Der Dateiname ist zu lang | 文件名过长 | 檔名太長 | Nom de fichier trop long | "
        "Nombre de fichero demasiado largo | ファイル名が長すぎます | Слишком длинное имя файла"
    ),
    "connection refused": (
        "Verbindungsaufbau abgelehnt | 拒绝连接 | 连接被拒绝 | 連線被拒絕 | Connexion refusée | Conexión rehusada | "
        "接続を拒否されました | В соединении отказано | Conexão recusada | Connessione rifiutata | 연결이 거부됨"
    ),
    "connection timed out": (
        "Die Wartezeit für die Verbindung ist abgelaufen | Zeitüberschreitung bei Verbindung | "
        "Zeitüberschreitung aufgetreten | 连接超时 | 連線超過時間 | 連線逾時 | "
        "Connexion terminée par expiration du délai d'attente | délai de connexion dépassé | "
        "Expiró el tiempo de conexión | caducó el tiempo para conexión | 接続がタイムアウトしました | "
        "Время ожидания соединения истекло | Tempo esgotado para conexão | 연결 시간 초과"
    ),
    "connection reset by peer": (
        "Die Verbindung wurde vom Kommunikationspartner zurückgesetzt | 连接被对方重设 | 連線被對方重設 | "
        "Connexion ré-initialisée par le correspondant | Conexión reinicializada por la máquina remota | "
        "接続が相手からリセットされました | Соединение разорвано другой стороной"
    ),
    "network is unreachable": (
        "Das Netzwerk ist nicht erreichbar | 网络不可达 | 無法接觸網路 | Le réseau n'est pas accessible | "
        "La red es inaccesible | ネットワークに届きません | Сеть недоступна"
    ),
    "no route to host": (
        "Keine Route zum Zielrechner | 没有到主机的路由 | Aucun chemin d'accès pour atteindre l'hôte cible | "
        "ホストへの経路がありません | Нет маршрута до узла"
    ),
    "name or service not known": (
        "Der Name oder der Dienst ist nicht bekannt | 未知的名称或服务 | 名稱或服務未知 | Nom ou service inconnu | "
        "Nombre o servicio desconocido | 名前またはサービスが不明です | Неизвестное имя или служба | "
        "Nome ou serviço desconhecido | Nome o servizio sconosciuto"
    ),
    "temporary failure in name resolution": (
        "Temporärer Fehler bei der Namensauflösung | 域名解析暂时失败 | 解析名稱時發生暫時性錯誤 | "
        "Échec temporaire dans la résolution du nom | Fallo temporal en la resolución del nombre | "
        "名前解決に一時的に失敗しました | Временный сбой в разрешении имен | "
        "Errore temporaneo nella risoluzione del nome"
    ),
    "command not found": (
        "Kommando nicht gefunden | Befehl nicht gefunden | 未找到命令 | 找不到指令 | commande introuvable | "
        "orden no encontrada | no se encontró la orden | コマンドが見つかりません | команда не найдена | "
        "comando não encontrado | comando non trovato | 명령어를 찾을 수 없음 | 명령을 찾을 수 없음"
    ),
    "source: not found": "source: 未找到",
    "bad interpreter": (
        "Defekter Interpreter | 错误的解释器 | 解释器错误 | 不當的直譯器 | mauvais interpréteur | "
        "intérprete erróneo | 誤ったインタプリタです | неверный интерпретатор"
    ),
    "cannot execute: required file not found": (
        "无法执行: 找不到需要的文件 | 無法執行: 找不到必須檔案 | "
        "ne peut exécuter: le fichier requis n'a pas été trouvé | "
        "no se puede ejecutar: no se ha encontrado el fichero requerido | 実行できません: 必要なファイルがありません"
    ),
    "cannot execute binary file": (
        "Kann die Binärdatei nicht ausführen | 无法执行二进制文件 | impossible d'exécuter le fichier binaire | "
        "no se puede ejecutar fichero binario | バイナリファイルを実行できません"
    ),
}
