"""What winget says."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "installer hash does not match": (
        "Der Hash-Wert des Installers stimmt nicht überein | "
        "Der Hash des Installationsprogramms stimmt nicht überein | Der Installer-Hash stimmt nicht überein | "
        "安装程序哈希不匹配 | 安裝程式雜湊不相符 | Le code de hachage du programme d'installation ne correspond pas | "
        "Le hachage de l'installateur ne correspond pas | Le code de hachage de l'installation ne correspond pas | "
        "El hash del instalador no coincide | インストーラーのハッシュが一致しません | Хэш установщика не совпадает | "
        "Хэш-код установщика не совпадает | O hash do instalador não corresponde | "
        "L'hash del programma di installazione non corrisponde | Hash di installazione non corrispondente | "
        "설치 관리자 해시가 일치하지 않습니다 | 설치 프로그램 해시가 일치하지 않습니다"
    ),
    "installer failed with exit code": (
        "Installation fehlgeschlagen mit Exitcode | Installationsprogramm fehlgeschlagen mit Exitcode | "
        "Das Installationsprogramm ist mit dem Exitcode | 安装程序失败，退出代码为 | 安裝程式失敗，結束代碼為 | "
        "Échec du programme d'installation avec le code de sortie | Error del instalador con el código de salida | "
        "インストーラーが終了コードで失敗しました | Сбой установки с кодом выхода | "
        "O instalador falhou com o código de saída | Programma di installazione non riuscito con codice di uscita | "
        "설치 관리자가 종료 코드로 인해 실패함"
    ),
    "no package found matching input criteria": (
        "kein Paket gefunden, das den Eingabe | 找不到与输入条件匹配 | 未找到符合輸入條件的套件 | "
        "Aucun package ne correspond aux critères | No se encontró ningún paquete coincidente | "
        "No se encontró ningún paquete que coincida | 入力条件に一致するパッケージが見つかりませんでした | "
        "Не найдены пакеты, совпадающие с введенными | Nenhum pacote encontrou os critérios | "
        "Nessun pacchetto trovato con criteri | 입력 조건과 일치하는 패키지를 찾을 수 없습니다"
    ),
    "no applicable installer": (
        "kein anwendbarer Installer gefunden | 找不到适用的安装程序 | 找不到適用的安裝程式 | "
        "Aucun programme d'installation applicable | ningún instalador aplicable | "
        "該当するインストーラーが見つかりません | "
        "Применимый установщик не найден | Nenhum instalador aplicável | "
        "Nessun programma di installazione applicabile | 적용 가능한 설치 관리자를 찾을 수 없습니다"
    ),
    "multiple packages found matching": (
        "Mehrere Pakete mit übereinstimmenden Eingabekriterien | 找到多个与输入条件匹配的程序包 | "
        "找到多個符合輸入條件的套件 | Plusieurs packages correspondent à vos critères | "
        "Se encontraron varios paquetes coincidentes | 複数のパッケージが入力条件に一致しました | "
        "Обнаружено несколько пакетов, совпадающих"
    ),
    "failed when searching source": (
        "Fehler beim Durchsuchen der Quelle | 搜索源时失败 | 搜尋來源時失敗 | "
        "Échec lors de la recherche de la source | Erreur lors de la recherche de la source | "
        "Error al buscar en el origen | No se pudo buscar el origen | ソースの検索中に失敗しました | "
        "Сбой при поиске в источнике | Falha na pesquisa da origem | Errore durante la ricerca nell'origine | "
        "원본을 검색하는 동안 실패함"
    ),
    "failed when opening source": (
        "Fehler beim Öffnen der Quelle | 打开源时失败 | 無法開啟來源 | "
        "Échec lors de l'ouverture de la ou des sources | "
        "Error al abrir los orígenes | ソースを開くときに失敗しました | Сбой при открытии источников | "
        "Falha ao abrir a origem(s) | Errore durante l'apertura della/e origine | 소스를 열 때 실패했습니다"
    ),
    "failed to open the predefined source": (
        "Fehler beim Öffnen der vordefinierten Quelle | 无法打开预定义源 | 無法開啟預先定義的來源 | "
        "Échec de l'ouverture de la source prédéfinie | No se pudo abrir el origen predefinido | "
        "定義済みのソースを開けませんでした | Не удалось открыть заданный источник | "
        "Falha ao abrir a fonte predefinida | "
        "Apertura dell'origine predefinita non riuscita | 미리 정의된 소스를 열지 못했습니다"
    ),
}
