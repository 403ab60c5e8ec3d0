/* Stand-in libcuda.so.1: cuDriverGetVersion and cuInit, as the scenario wants them. */
#include "scenario.h"

#include <stdio.h>
#include <string.h>

static struct scenario scenario;
static int loaded;

static const struct section *machine(void)
{
    if (!loaded++)
        scenario_load(&scenario);
    return &scenario.machine;
}

int cuDriverGetVersion(int *version)
{
    int major = 0, minor = 0;
    const char *text = scenario_get(machine(), "cuda");

    if (!text || sscanf(text, "%d.%d", &major, &minor) != 2)
        return 1;
    *version = major * 1000 + minor * 10;
    return 0;
}

int cuInit(unsigned flags)
{
    const char *answer = scenario_get(machine(), "cuinit");
    (void)flags;
    return answer ? scenario_behave(answer) : 0;
}

#ifndef WITHOUT_cuGetErrorName
int cuGetErrorName(int code, const char **name)
{
    static const struct { int code; const char *name; } names[] = {
        {100, "CUDA_ERROR_NO_DEVICE"},
        {101, "CUDA_ERROR_INVALID_DEVICE"},
        {802, "CUDA_ERROR_SYSTEM_NOT_READY"},
        {803, "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH"},
        {804, "CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE"},
        {999, "CUDA_ERROR_UNKNOWN"},
    };
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].code == code) {
            *name = names[i].name;
            return 0;
        }
    return 1;
}
#endif
