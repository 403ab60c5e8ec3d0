/* Stand-in libcuda.so.1: cuDriverGetVersion, cuInit and the list of devices, as the scenario wants them. */
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

/* Without a "cuinit" line: what the real one answers where NVML answers as "init" says. */
static int beside_nvml(const char *init)
{
    if (!strcmp(init, "hang"))
        return scenario_behave(init);
    if (!strcmp(init, "9") || !strcmp(init, "4") || !strcmp(init, "17"))
        return 100;
    if (!strcmp(init, "18"))
        return 803;
    return scenario.gpu_count ? 0 : 100;
}

int cuInit(unsigned flags)
{
    const char *answer = scenario_get(machine(), "cuinit"), *init = scenario_get(machine(), "init");
    (void)flags;
    return answer ? scenario_behave(answer) : beside_nvml(init ? init : "");
}

int cuDeviceGetCount(int *count)
{
    *count = scenario.gpu_count;
    return 0;
}

int cuDeviceGet(int *device, int index)
{
    *device = index;
    return index < scenario.gpu_count ? 0 : 101;
}

int cuDeviceGetName(char *into, int size, int device)
{
    snprintf(into, (size_t)size, "%s", scenario_get(&scenario.gpus[device], "gpu"));
    return 0;
}

int cuDeviceTotalMem_v2(size_t *into, int device)
{
    *into = (size_t)scenario_number(&scenario.gpus[device], "memory", 0);
    return 0;
}

int cuDeviceGetAttribute(int *into, int attribute, int device)
{
    int major, minor;
    const char *capability = scenario_get(&scenario.gpus[device], "cc");

    if (!capability || sscanf(capability, "%d.%d", &major, &minor) != 2)
        return 1;
    *into = attribute == 75 ? major : minor;
    return 0;
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
