"""What PowerShell says since it speaks other languages anew (7.6): other sentences than those of Windows PowerShell."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "the term '{}' is not recognized as": (
        "术语 '{}' 不会被识别为 | 無法將 '{}' 字詞辨識為 | Il termine '{}' non è riconosciuto | "
        "'{}' 용어는 cmdlet | Термин '{}' не распознается | '{}' terimi bir cmdlet"
    ),
    "module '{}' was not loaded because no valid module file was found": (
        "未加载指定的模块 '{}'，因为在所有模块目录中都未找到有效的模块文件 | "
        "未載入指定的模組 '{}'，因為在任何模組目錄中都找不到有效的模組檔案 | "
        "Le module spécifié '{}' n’a pas été chargé, car aucun fichier de module valide | "
        "No se cargó el módulo especificado '{}' porque no se encontró ningún archivo | "
        "指定されたモジュール '{}' は、モジュール ディレクトリに有効なモジュール ファイルが"
    ),
    "cannot find path '{}'": (
        "Der Pfad '{}' wurde nicht gefunden, da er nicht | パス '{}' は存在しないため | "
        "Non è possibile trovare il percorso '{}' | Não é possível localizar o caminho '{}' | "
        "Nie można odnaleźć ścieżki '{}'"
    ),
    "program '{}' failed to run": (
        "Das Programm '{}' konnte nicht ausgeführt werden: | 程序'{}'运行失败 | 程式 '{}' 無法執行: | "
        "Le programme '{}' n’a pas pu s’exécuter | No se pudo ejecutar el programa '{}' | "
        "プログラム '{}' を実行できませんでした"
    ),
    "malicious content": "惡意內容 | 悪意あるコンテンツ | contenuto dannoso | 악성 콘텐츠 | вредоносное содержимое",
    "supported in this language mode": (
        "此語言模式 | In questa modalità linguaggio | 이 언어 모드에서는 | В этом языковом режиме"
    ),
    "unexpected token '{}' in expression or statement": (
        "Unerwartetes Token '{}' im | 表达式或语句中存在意外的标记'{}' | "
        "運算式或陳述式中有未預期的語彙基元 '{}' | Token inesperado '{}' en | "
        "式またはステートメント内に予期しないトークン '{}' | Token imprevisto '{}' in | "
        "Непредвиденный токен '{}' в | Nieoczekiwany token '{}' w"
    ),
    "string is missing the terminator": (
        "In der Zeichenfolge fehlt das Abschlusszeichen | 字串缺少結尾字元 | "
        "La chaîne ne comporte pas le terminateur | Falta el terminador en la cadena | "
        "Nella stringa manca il carattere di terminazione"
    ),
    "missing closing '}'": (
        "Es fehlt eine schließende '}' | 缺少右大括号 '}' | 缺少結尾 '}' | Accolade fermante '}' manquante | "
        "Falta el cierre \"}\" | 末尾の '}' がありません | Отсутствует закрывающая фигурная скобка"
    ),
    "missing closing ')'": (
        "Schließende ')' fehlt | 缺少右括号')' | 缺少結尾 ')' | Falta el cierre ')' | 末尾の ')' がありません | "
        "Отсутствует закрывающая скобка"
    ),
    "missing argument in parameter list": (
        "Fehlendes Argument in Parameterliste | 參數清單中缺少引數 | Falta el argumento en la lista de parámetros | "
        "パラメーター リストに引数がありません"
    ),
    "missing its catch or finally": (
        "fehlen der Catch- oder der Finally-Block | Try 语句缺少 Catch 或 Finally 块 | Try 陳述式缺少 Catch | "
        "Le bloc Catch ou Finally est manquant | Falta el bloque Catch o Finally"
    ),
    "missing type name after '['": (
        "Fehlender Typname nach '[' | '[' 后缺少类型名称 | '[' 後缺少類型名稱 | Falta el nombre de tipo después de '['"
    ),
    "missing expression after unary operator '{}'": (
        "Fehlender Ausdruck nach unärem Operator '{}' | Fehlender Ausdruck nach dem unären Operator '{}' | "
        "一元运算符 '{}' 后缺少表达式 | 一元运算符'{}'后面缺少表达式 | 一元運算子 '{}' 後面缺少運算式 | "
        "Expression manquante après l’opérateur unaire '{}' | Falta la expresión después del operador unario '{}'"
    ),
    "first element of a pipeline.": (
        "nur als erstes Element einer Pipeline zulässig. | 只能作为管道的第一个元素 | 只允許作為管線的第一個元素 | "
        "premier élément d’un pipeline. | primer elemento de una canalización."
    ),
    "call a method on a null-valued expression": (
        "keinen Methodenaufruf für einen Ausdruck mit Nullwert | 不能对值为 Null 的表达式调用方法 | "
        "無法在 null 值運算式上呼叫方法 | appeler de méthode sur une expression dont la valeur est nulle"
    ),
    "cannot index into a null array": (
        "In einem NULL-Array kann kein Index | 不能为空数组建立索引 | 無法為 null 陣列編製索引"
    ),
    "an expression was expected after": "wurde ein Ausdruck erwartet | 后应为表达式 | 後必須是運算式",
}
