"""What apt, dpkg, git and wget say."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "unmet dependencies": (
        "unerfüllte Abhängigkeiten | nicht-erfüllte Abhängigkeiten | nicht erfüllte Abhängigkeiten | "
        "有未满足的依赖关系 | 有未能满足的依赖关系 | 有未滿足的相依關係 | dépendances non satisfaites | "
        "dependencias incumplidas | 満たせない依存関係があります | 未解決の依存関係です | "
        "неудовлетворённые зависимости | dependências desencontradas | dipendenze non soddisfatte | "
        "의존성이 맞지 않습니다"
    ),
    "held broken packages": (
        "Sie haben zurückgehaltene defekte Pakete | 因为您要求某些软件包保持现状 | 您保留 (hold) 了損毀的套件 | "
        "des paquets défectueux sont en mode 'garder en l'état' | usted ha retenido paquetes rotos | "
        "壊れた変更禁止パッケージがあります | у вас зафиксированы сломанные пакеты"
    ),
    "trying to overwrite '{}', which is also in package": (
        "Versuch, »{}« zu überschreiben, welches auch in Paket | 正试图覆盖 {}，它同时被包含于软件包 | "
        "tentative de remplacement de « {} », qui appartient aussi au paquet"
    ),
    "dependency problems": (
        "Abhängigkeitsprobleme | 依赖关系问题 | problèmes de dépendances | problemas de dependencias | "
        "依存関係の問題 | зависимости пакетов не позволяют"
    ),
    "errors were encountered while processing": (
        "Fehler traten auf beim Bearbeiten von | 在处理时有错误发生 | 在處理時有錯誤發生 | "
        "Des erreurs ont été rencontrées pendant l'exécution | Se encontraron errores al procesar | "
        "処理中にエラーが発生しました | При обработке следующих пакетов произошли ошибки"
    ),
    "sub-process /usr/bin/dpkg returned an error code": (
        "Unterprozess /usr/bin/dpkg hat Fehlercode zurückgegeben | 子进程 /usr/bin/dpkg 返回了一个错误号 | "
        "子程序 /usr/bin/dpkg 傳回錯誤碼 | Le sous-processus /usr/bin/dpkg a renvoyé un code d'erreur | "
        "El subproceso /usr/bin/dpkg devolvió un código de error | 子プロセス /usr/bin/dpkg がエラーコード | "
        "Порождённый процесс /usr/bin/dpkg вернул код ошибки"
    ),
    "unable to locate package": (
        "Paket {} kann nicht gefunden werden | 无法定位软件包 | 找不到套件 | Impossible de trouver le paquet | "
        "No se ha podido localizar el paquete | パッケージ {} が見つかりません | Невозможно найти пакет | "
        "Impossível encontrar o pacote | Impossibile trovare il pacchetto | 패키지를 찾을 수 없습니다"
    ),
    "no installation candidate": (
        "existiert kein Installationskandidat | 没有可安装候选 | 沒有可安裝的候選版本 | "
        "n'a pas de version susceptible d'être installée | no tiene un candidato para la instalación | "
        "にはインストール候補がありません | не найден кандидат на установку"
    ),
    "could not get lock {}": (
        "Sperre {} konnte nicht erlangt werden | Sperre {} konnte nicht geholt werden | Sperre {} nicht möglich | "
        "Sperre {} konnte nicht gesetzt werden | "
        "无法获得锁 {} | Impossible d'obtenir le verrou {} | No se pudo bloquear {} | "
        "ロック {} が取得できませんでした"
    ),
    "is another process using it": (
        "wird es von einem anderen Prozess verwendet | 是否有其他进程正占用它 | "
        "Il est possible qu'un autre processus l'utilise | quizás haya algún otro proceso utilizándolo | "
        "これを使う別のプロセスが動いていませんか"
    ),
    "are you root?": (
        "sind Sie root? | 请查看您是否正以 root 用户运行 | 您是 root 用户吗 | "
        "Avez-vous les droits du superutilisateur | está como superusuario | root 権限で実行していますか"
    ),
    "requires superuser": (
        "benötigt Superuser-Rechte | 需要超级用户权限 | requiert les privilèges du superutilisateur | "
        "precisa privilegios de superusuario | スーパーユーザの権限が必要です"
    ),
    "temporary failure resolving '{}'": (
        "Temporärer Fehlschlag beim Auflösen von '{}' | 暂时不能解析域名'{}' | 暫時無法解析 '{}' | "
        "Erreur temporaire de résolution de '{}' | Fallo temporal al resolver '{}' | '{}' が一時的に解決できません | "
        "Временная ошибка при разрешении '{}'"
    ),
    "could not resolve '{}'": (
        "'{}' konnte nicht aufgelöst werden | 无法解析域名'{}' | Ne parvient pas à résoudre '{}' | "
        "No se pudo resolver '{}' | '{}' を解決できませんでした | Не удалось разрешить '{}'"
    ),
    "hash sum mismatch": (
        "Hash-Summe stimmt nicht überein | Hash 校验和不符 | Hash Sum 不符 | "
        "Somme de contrôle de hachage incohérente | La suma hash difiere | ハッシュサムが適合しません"
    ),
    "the repository '{}' is not signed": (
        "Das Depot '{}' ist nicht signiert | 仓库 '{}' 没有数字签名 | Le dépôt '{}' n'est pas signé | "
        "El repositorio '{}' no está firmado"
    ),
    "the repository '{}' does not have a release file": (
        "Das Depot '{}' enthält keine Release-Datei | 仓库 '{}' 没有 Release 文件 | "
        "Le dépôt '{}' n'a pas de fichier Release | El repositorio '{}' no tiene un fichero de Publicación"
    ),
    "the repository '{}' no longer has a release file": (
        "Das Depot '{}' enthält keine Release-Datei mehr | 仓库 '{}' 不再含有 Release 文件 | "
        "Le dépôt '{}' ne contient plus de fichier Release | Репозиторий '{}' больше не содержит файла Release"
    ),
    "release file for {} is not valid yet": (
        "Release-Datei für {} ist noch nicht gültig | Le fichier 'Release' pour {} n'est pas encore valable | "
        "Файл Release для {} пока не действителен"
    ),
    "release file is not valid yet": "Release 文件尚未生效 | Release 文件已经过期(已经过期了",
    "failed to fetch": "Fehlschlag beim Holen von | 无法下载 | Impossible de récupérer | Fallo al obtener",
    "could not read from remote repository": (
        "Konnte nicht vom Remote-Repository lesen | 无法读取远程仓库 | 無法讀取遠端版本庫 | "
        "Impossible de lire le dépôt distant | No se pudo leer del repositorio remoto | "
        "Не удалось прочитать из внешнего репозитория"
    ),
    "repository '{}' not found": (
        "Repository '{}' nicht gefunden | 仓库 '{}' 未找到 | 版本庫 '{}' 未找到 | dépôt '{}' non trouvé | "
        "repositorio '{}' no encontrado"
    ),
    "authentication failed for '{}'": (
        "Authentifizierung fehlgeschlagen für '{}' | '{}' 鉴权失败 | '{}' 身份验证失败 | "
        "Échec d'authentification pour '{}' | Autenticación falló para '{}'"
    ),
    "the remote end hung up unexpectedly": (
        "Die Gegenseite hat unerwartet abgebrochen | 远端意外挂断了 | "
        "l'hôte distant a fermé la connexion de manière inattendue | el remoto se colgó de manera inesperada"
    ),
    "already exists and is not an empty directory": (
        "existiert bereits und ist kein leeres Verzeichnis | 已经存在，并且不是一个空目录 | "
        "existe déjà et n'est pas un répertoire vide | ya existe y no es un directorio vacío"
    ),
    "unable to resolve host address": (
        "Host-Adresse '{}' kann nicht aufgelöst werden | 无法解析主机地址 | "
        "impossible de résoudre l'adresse de l'hôte | no se pudo resolver la dirección del equipo | "
        "ホストアドレス '{}' を解決できませんでした"
    ),
    "cannot verify {}'s certificate": "Kann das Zertifikat von '{}' nicht prüfen | 无法验证 {} 的由",
    "unable to establish ssl connection": (
        "nicht möglich, eine SSL-Verbindung herzustellen | 无法建立 SSL 连接 | "
        "Incapable d'établir une connexion SSL | No se pudo establecer la conexión SSL | "
        "SSL による接続が確立できません"
    ),
}
