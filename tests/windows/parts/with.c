/* with.exe PROGRAM ARGUMENTS: starts it with the variables of WINE_SET (NAME=VALUE, one a line), which Wine itself would
   not hand on for names that it sets, and ends it when it is ended itself */
#include <windows.h>
#include <wchar.h>

static void set_variables(void)
{
    static wchar_t text[32768];
    wchar_t *line;
    if (!GetEnvironmentVariableW(L"WINE_SET", text, 32768)) text[0] = 0;
    for (line = wcstok(text, L"\n"); line; line = wcstok(NULL, L"\n")) {
        wchar_t *value = wcschr(line, L'=');
        if (!value) continue;
        *value++ = 0;
        SetEnvironmentVariableW(line, *value ? value : NULL);
    }
    SetEnvironmentVariableW(L"WINE_SET", NULL);
}

static wchar_t *program_and_arguments(void)
{
    wchar_t *rest = GetCommandLineW(), end = *rest == L'"' ? *rest++ : L' ';
    while (*rest && *rest != end) rest++;
    if (*rest) rest++;
    while (*rest == L' ') rest++;
    return rest;
}

int wmain(void)
{
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE};
    STARTUPINFOW how = {.cb = sizeof how, .dwFlags = STARTF_USESTDHANDLES, .hStdInput = GetStdHandle(STD_INPUT_HANDLE),
                        .hStdOutput = GetStdHandle(STD_OUTPUT_HANDLE), .hStdError = GetStdHandle(STD_ERROR_HANDLE)};
    PROCESS_INFORMATION child;
    HANDLE job = CreateJobObjectW(NULL, NULL);
    DWORD code = 1;

    SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits);
    set_variables();
    if (!CreateProcessW(NULL, program_and_arguments(), NULL, NULL, TRUE, 0, NULL, NULL, &how, &child)) return 9009;
    AssignProcessToJobObject(job, child.hProcess);
    WaitForSingleObject(child.hProcess, INFINITE);
    GetExitCodeProcess(child.hProcess, &code);
    return (int)code;
}
