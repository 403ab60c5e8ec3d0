"""What PowerShell and the .NET that it runs on say."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "the term '{}' is not recognized as": (
        "Die Benennung '{}' wurde nicht als Name eines Cmdlet | Der Begriff '{}' wurde nicht als Name eines Cmdlet | "
        "Der Ausdruck '{}' wurde nicht als Name eines Cmdlet | '{}' wird nicht als Name eines Cmdlet | "
        "无法将'{}'项识别为 | 無法辨識 '{}' 詞彙是否為 | Le terme '{}' n'est pas reconnu | "
        "El término '{}' no se reconoce | 用語 '{}' は、コマンドレット | Имя '{}' не распознано | "
        "O termo '{}' não é reconhecido | Termine '{}' non riconosciuto | '{}' 용어가 cmdlet | "
        "Termin '{}' nie jest rozpoznawany"
    ),
    "running scripts is disabled": (
        "Ausführung von Skripts auf diesem System deaktiviert | "
        "Ausführung von Skripten auf diesem System deaktiviert | "
        "Ausführen von Skripts auf diesem System deaktiviert | 禁止运行脚本 | 已停用指令碼執行 | "
        "l'exécution de scripts est désactivée | la ejecución de scripts está deshabilitada | "
        "スクリプトの実行が無効 | выполнение сценариев отключено | a execução de scripts foi desabilitada | "
        "L'esecuzione di script è disabilitata | 스크립트를 실행할 수 없으므로"
    ),
    "is not digitally signed": (
        "nicht digital signiert | 未对文件 {} 进行数字签名 | n'est pas signé numériquement | "
        "no está firmado digitalmente | デジタル署名されていません"
    ),
    "supported in this language mode": (
        "in diesem Sprachmodus | 此语言模式 | dans ce mode de langage | en este modo de lenguaje | この言語モード"
    ),
    "malicious content": (
        "schädliche Daten | schädliche Inhalte | 恶意内容 | contenu malveillant | contenido malintencionado | "
        "悪意のあるコンテンツ"
    ),
    "module '{}' was not loaded because no valid module file was found": (
        "Das angegebene Modul '{}' wurde nicht geladen, da in keinem Modulverzeichnis eine gültige Moduldatei | "
        "未能加载指定的模块'{}'，因为在任何模块目录中都没有找到有效模块文件"
    ),
    "cannot find path '{}'": (
        "Der Pfad '{}' kann nicht gefunden werden | 找不到路径'{}' | 找不到路徑 '{}' | "
        "Impossible de trouver le chemin d'accès '{}' | No se encuentra la ruta de acceso '{}' | "
        "パス '{}' が存在しないため検出できません | Не удается найти путь '{}'"
    ),
    "access to the path '{}' is denied": (
        "Der Zugriff auf den Pfad '{}' wurde verweigert | 对路径'{}'的访问被拒绝 | 拒絕存取路徑 '{}' | "
        "L'accès au chemin d'accès '{}' est refusé | Acceso denegado a la ruta de acceso '{}' | "
        "パス '{}' へのアクセスが拒否されました"
    ),
    "illegal characters in path": (
        "Illegales Zeichen im Pfad | 路径中具有非法字符 | 路徑中有不合法的字元 | "
        "Caractères non conformes dans le chemin | Caracteres no válidos en la ruta | パスに無効な文字が含まれています"
    ),
    "the specified path, file name, or both are too long": (
        "Der angegebene Pfad und/oder Dateiname ist zu lang | "
        "Der angegebene Pfad oder der Dateiname oder beide sind zu lang | 指定的路径或文件名太长 | "
        "Le chemin d'accès et/ou le nom de fichier spécifiés sont trop longs"
    ),
    "could not find a part of the path": (
        "Ein Teil des Pfades | 未能找到路径 | Impossible de trouver une partie du chemin | "
        "No se puede encontrar una parte de la ruta | の一部が見つかりませんでした"
    ),
    "the remote name could not be resolved": (
        "Der Remotename konnte nicht aufgelöst werden | 未能解析此远程名称 | 無法解析遠端名稱 | "
        "Le nom distant n'a pas pu être résolu | No se puede resolver el nombre remoto | "
        "リモート名を解決できません | Невозможно разрешить удаленное имя | O nome remoto não pôde ser resolvido | "
        "Impossibile risolvere il nome remoto | 원격 이름을 확인할 수 없습니다"
    ),
    "unable to connect to the remote server": (
        "Die Verbindung mit dem Remoteserver kann nicht hergestellt werden | 无法连接到远程服务器 | "
        "無法連線到遠端伺服器 | 無法連接至遠端伺服器 | Impossible de se connecter au serveur distant | "
        "No es posible conectar con el servidor remoto | リモート サーバーに接続できません | "
        "Невозможно соединиться с удаленным сервером | Impossível conectar-se ao servidor remoto | "
        "Impossibile effettuare la connessione al server remoto | 원격 서버에 연결할 수 없습니다"
    ),
    "timed out": "超时 | Zeitlimit | Zeitüberschreitung | délai d'attente",
    "could not resolve host": "域名解析 | 解析域名 | 解析主机",
    "the operation has timed out": (
        "Timeout für Vorgang überschritten | Timeout für den Vorgang | Zeitlimit für den Vorgang | "
        "Zeitlimit für Vorgang | Zeitüberschreitung beim Vorgang | 操作超时 | 操作已超时 | 作業逾時 | "
        "Le délai d'attente de l'opération a expiré | Le délai imparti à l'opération est dépassé | "
        "Se excedió el tiempo de espera de la operación | Se agotó el tiempo de espera de la operación | "
        "操作がタイムアウトしました | Время ожидания операции истекло | O tempo limite da operação foi atingido"
    ),
    "the connection was closed unexpectedly": (
        "Die Verbindung wurde unerwartet | 连接被意外关闭 | La connexion a été fermée de manière inattendue | "
        "Se ha terminado la conexión inesperadamente | La conexión ha terminado de forma inesperada | "
        "接続が予期せずに閉じられました | 接続が予期せず閉じられました"
    ),
    "could not create ssl/tls secure channel": (
        "Es konnte kein geschützter SSL/TLS-Kanal | Es konnte kein sicherer SSL/TLS-Kanal | "
        "未能创建 SSL/TLS 安全通道 | 無法建立 SSL/TLS 的安全通道 | Impossible de créer un canal sécurisé SSL/TLS | "
        "No se puede crear un canal seguro SSL/TLS | SSL/TLS のセキュリティで保護されているチャネルを作成 | "
        "Не удалось создать защищенный канал SSL/TLS | Não foi possível criar um canal seguro para SSL/TLS | "
        "Impossibile creare un canale sicuro SSL/TLS | SSL/TLS 보안 채널을 만들 수 없습니다"
    ),
    "could not establish trust relationship": (
        "keine Vertrauensstellung | 建立信任关系 | 建立信任關係 | d'établir une relation de confiance | "
        "establecer una relación de confianza | 対する信頼関係を確立できませんでした | "
        "Не удалось установить доверительные отношения"
    ),
    "the remote certificate is invalid": (
        "Das Remotezertifikat ist | 证书无效 | Le certificat distant n'est pas valide | "
        "El certificado remoto no es válido | リモート証明書は無効です | Удаленный сертификат недействителен"
    ),
    "an unexpected error occurred on a send": (
        "Unerwarteter Fehler beim Senden | 发送时发生错误 | 傳送時發生未預期的錯誤 | "
        "Une erreur inattendue s'est produite lors de l'envoi | Error inesperado de envío | "
        "送信時に、予期しないエラーが発生しました | 送信時に予期しないエラーが発生しました"
    ),
    "an unexpected error occurred on a receive": (
        "Unerwarteter Fehler beim Empfangen | 接收时发生错误 | 接收時發生未預期的錯誤 | "
        "Une erreur inattendue s'est produite lors de la réception | Error inesperado de recepción | "
        "受信時に予期しないエラーが発生しました"
    ),
    "proxy authentication required": (
        "Proxyauthentifizierung | 代理身份验证 | 代理服务器身份验证 | Authentification proxy | "
        "Autenticación del proxy | プロキシ認証が必要"
    ),
    "end of central directory": (
        "Ende des zentralen Verzeichnisses | Ende des Datensatzes im zentralen Verzeichnis | "
        "中央目录结尾 | fin du répertoire central | final del directorio central"
    ),
    "internet explorer engine": (
        "Internet Explorer-Modul | Internet Explorer 引擎 | moteur Internet Explorer | moteur d'Internet Explorer | "
        "motor de Internet Explorer | motore di Internet Explorer | Internet Explorer エンジン"
    ),
    "the token '&&' is not a valid statement separator": (
        "Das Token '&&' ist in dieser Version kein | 标记'&&'不是此版本中的有效语句分隔符 | "
        "標記 '&&' 不是這個版本中的有效陳述式分隔符號 | Le jeton '&&' n'est pas un séparateur | "
        "El token '&&' no es un separador | トークン '&&' は、このバージョンでは | Лексема '&&' не является | "
        "O token '&&' não é um separador"
    ),
    "unexpected token '{}' in expression or statement": (
        "Unerwartetes Token '{}' in | 表达式或语句中包含意外的标记'{}' | 運算式或陳述式中有未預期的 '{}' 語彙基元 | "
        "Jeton inattendu '{}' dans | Token '{}' inesperado en | "
        "式またはステートメントのトークン '{}' を使用できません | Непредвиденная лексема '{}' в"
    ),
    "string is missing the terminator": (
        "Zeichenfolge hat kein Abschlusszeichen | 字符串缺少终止符 | 字串遺漏結尾字元 | "
        "Le terminateur {} est manquant dans la chaîne | Falta la cadena en el terminador | 文字列に終端記号 | "
        "В строке отсутствует завершающий символ"
    ),
    "missing closing '}'": (
        "Fehlende schließende '}' | 语句块中缺少右'}' | '}' fermante manquante | Falta la llave de cierre '}' | "
        "終わりの '}' が存在しません"
    ),
    "missing closing ')'": (
        "Fehlende schließende ')' | 表达式中缺少右')' | 終わりの ')' が存在しません | "
        "Parenthèse fermante ')' manquante | Falta el paréntesis de cierre ')'"
    ),
    "missing argument in parameter list": (
        "Fehlendes Argument in der Parameterliste | 参数列表中缺少 | Argument manquant dans la liste | "
        "Falta un argumento en la lista de parámetros | パラメーター一覧に引数が存在しません"
    ),
    "the ampersand (&) character is not": (
        "不允许使用与号(&) | 不允许使用 & 号 | Das kaufmännische Und-Zeichen (&) ist nicht | "
        "Das kaufmännische Und (&) ist nicht | Le caractère perluète (&) n'est pas | El carácter de Y comercial (&) no"
    ),
    "missing its catch or finally": "缺少自己的 Catch 或 Finally 块 | fehlt der zugehörige Catch- oder Finally-Block",
    "missing type name after '['": "Der Typname nach '[' fehlt | '[' 后面缺少类型名称 | Nom de type manquant après '['",
    "call a method on a null-valued expression": (
        "Es ist nicht möglich, eine Methode für einen Ausdruck aufzurufen, der den NULL hat | "
        "不能对 Null 值表达式调用方法 | 不能对用空值表达式调用方法 | "
        "Impossible d'appeler une méthode dans une expression Null | "
        "No se puede llamar a un método en una expresión con valor NULL | null 値の式ではメソッドを呼び出せません"
    ),
    "cannot index into a null array": (
        "einen Index auf ein NULL-Array anzuwenden | 无法对 Null 数组进行索引 | 無法編製 Null 陣列的索引 | "
        "Impossible d'indexer dans un tableau Null | No se puede indizar en una matriz nula"
    ),
    "cannot bind argument to parameter '{}' because it is null": (
        "Das Argument kann nicht an den Parameter '{}' gebunden werden, da es | 无法将参数绑定到参数'{}'，因为该参数 | "
        "Impossible de lier l'argument au paramètre '{}', car | "
        "No se puede enlazar el argumento al parámetro '{}' porque"
    ),
    "could not load file or assembly '{}'": (
        "Die Datei oder Assembly '{}' | 未能加载文件或程序集'{}' | "
        "Impossible de charger le fichier ou l'assembly '{}' | "
        "No se puede cargar el archivo o ensamblado '{}' | ファイルまたはアセンブリ '{}'"
    ),
    "invalid uri: the format of the uri": (
        "Ungültiger URI: Das URI-Format | 无效的 URI: 未能确定 URI 的格式 | "
        "URI non valide : impossible de déterminer le format | URI no válido: no se puede determinar el formato"
    ),
    "invalid json primitive": "无效的 JSON 基元 | Primitive JSON non valide | Primitivo JSON no válido",
    "subsystem for linux has no installed distributions": (
        "适用于 Linux 的 Windows 子系统没有已安装的分发 | "
        "Windows-Subsystem für Linux verfügt über keine installierten Distributionen"
    ),
    "does not load commands from the current location": "不会从当前位置加载命令",
    "blocked by your administrator": (
        "已被系统管理员阻止 | vom Administrator blockiert | bloquée par votre administrateur | "
        "bloqueada por el administrador"
    ),
    "the developer cannot be verified": (
        "无法验证开发者 | der Entwickler nicht verifiziert werden kann | le développeur ne peut pas être vérifié | "
        "no se puede verificar el desarrollador"
    ),
}
