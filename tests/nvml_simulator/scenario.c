#include "scenario.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
/* of kernel32; windows.h has a TEXT of its own */
__declspec(dllimport) void __stdcall Sleep(unsigned long milliseconds);
__declspec(dllimport) void __stdcall RaiseException(unsigned long code, unsigned long, unsigned long, const void *);
#define wait_for_ever() Sleep(~0ul)
#define fault() RaiseException(0xC0000005, 1, 0, NULL) /* an access violation */
#else
#include <unistd.h>
#define wait_for_ever() pause()
#define fault() raise(SIGSEGV)
#endif

static void add(struct section *section, const char *line)
{
    if (section->count == MAX_KEYS)
        return;
    struct entry *entry = &section->entries[section->count++];
    if (sscanf(line, " %127s %127[^\n]", entry->key, entry->value) < 2)
        entry->value[0] = '\0';
}

void scenario_load(struct scenario *into)
{
    char line[2 * TEXT];
    const char *path = getenv("NVML_SCENARIO");
    FILE *file = path ? fopen(path, "r") : NULL;
    struct section *section = &into->machine;

    memset(into, 0, sizeof *into);
    if (!file) {
        fprintf(stderr, "simulator: no scenario file in NVML_SCENARIO\n");
        abort();
    }
    while (fgets(line, sizeof line, file)) {
        if (line[0] == '#' || line[strspn(line, " \t\r\n")] == '\0')
            continue;
        if (!strncmp(line, "gpu ", 4) && into->gpu_count < MAX_GPUS)
            section = &into->gpus[into->gpu_count++];
        add(section, line);
    }
    fclose(file);
}

const char *scenario_get(const struct section *section, const char *key)
{
    for (int i = 0; i < section->count; i++)
        if (!strcmp(section->entries[i].key, key))
            return section->entries[i].value;
    return NULL;
}

long long scenario_number(const struct section *section, const char *key, long long otherwise)
{
    const char *value = scenario_get(section, key);
    return value ? strtoll(value, NULL, 0) : otherwise;
}

int scenario_behave(const char *value)
{
    if (!strcmp(value, "hang"))
        for (;;)
            wait_for_ever();
    if (!strcmp(value, "abort"))
        abort();
    if (!strcmp(value, "segv"))
        fault();
    return (int)strtol(value, NULL, 0);
}
