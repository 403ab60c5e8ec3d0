/* Stand-in libnvidia-ml.so.1: initialisation, versions, the list of GPUs.
 *
 * A symbol is left out with -DWITHOUT_<name>, so that loading it fails as with a driver that is too old to have it.
 */
#include "nvml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct scenario scenario;
static int started;

int nvml_told(handle gpu, const char *function)
{
    char key[TEXT];
    const char *answer;

    if (!started)
        return UNINITIALIZED;
    snprintf(key, sizeof key, "fail:%s", function);
    answer = gpu ? scenario_get(gpu, key) : NULL;
    if (!answer)
        answer = scenario_get(&scenario.machine, key);
    return answer ? scenario_behave(answer) : SUCCESS;
}

int nvml_number(handle gpu, const char *function, const char *key, void *into, size_t size)
{
    int failed = nvml_told(gpu, function);
    const char *value = scenario_get(gpu, key);

    if (failed)
        return failed;
    if (!value)
        return NOT_SUPPORTED;
    if (size == sizeof(unsigned long long))
        *(unsigned long long *)into = strtoull(value, NULL, 0);
    else
        *(unsigned *)into = (unsigned)strtoul(value, NULL, 0);
    return SUCCESS;
}

int nvml_text(const char *value, char *into, unsigned size)
{
    if (!value)
        return NOT_SUPPORTED;
    if (strlen(value) >= size)
        return INSUFFICIENT_SIZE;
    strcpy(into, value);
    return SUCCESS;
}

static int start(void)
{
    const char *answer;
    int failed;

    scenario_load(&scenario);
    answer = scenario_get(&scenario.machine, "init");
    failed = answer ? scenario_behave(answer) : SUCCESS;
    started = !failed;
    return failed;
}

int nvmlInit_v2(void) { return start(); }
#ifndef WITHOUT_nvmlInitWithFlags
int nvmlInitWithFlags(unsigned flags) { (void)flags; return start(); }
#endif
int nvmlShutdown(void) { started = 0; return SUCCESS; }

const char *nvmlErrorString(int code)
{
    switch (code) {
    case 1: return "Uninitialized";
    case 2: return "Invalid Argument";
    case 3: return "Not Supported";
    case 4: return "Insufficient Permissions";
    case 6: return "Not Found";
    case 9: return "Driver Not Loaded";
    case 10: return "Timeout";
    case 12: return "NVML Shared Library Not Found";
    case 15: return "GPU is lost";
    case 16: return "GPU requires reset";
    case 17: return "GPU access blocked by the operating system";
    case 18: return "Driver/library version mismatch";
    case 20: return "Insufficient Memory";
    default: return "Unknown Error";
    }
}

int nvmlSystemGetDriverVersion(char *into, unsigned size)
{
    int failed = nvml_told(NULL, "nvmlSystemGetDriverVersion");
    return failed ? failed : nvml_text(scenario_get(&scenario.machine, "driver"), into, size);
}

int nvmlSystemGetNVMLVersion(char *into, unsigned size)
{
    struct scenario own;  /* answers without initialisation, as the real one does */
    scenario_load(&own);
    return nvml_text(scenario_get(&own.machine, "nvml"), into, size);
}

static int cuda_version(const char *function, int *into)
{
    int major, minor, failed = nvml_told(NULL, function);
    const char *value = scenario_get(&scenario.machine, "cuda");

    if (failed)
        return failed;
    if (!value || sscanf(value, "%d.%d", &major, &minor) != 2)
        return LIBRARY_NOT_FOUND;
    *into = major * 1000 + minor * 10;
    return SUCCESS;
}

#ifndef WITHOUT_nvmlSystemGetCudaDriverVersion
int nvmlSystemGetCudaDriverVersion(int *into) { return cuda_version("nvmlSystemGetCudaDriverVersion", into); }
#endif
#ifndef WITHOUT_nvmlSystemGetCudaDriverVersion_v2
/* This one asks the installed libcuda. */
int nvmlSystemGetCudaDriverVersion_v2(int *into)
{
    const char *absent = scenario_get(&scenario.machine, "no");

    if (started && absent && !strcmp(absent, "libcuda"))
        return LIBRARY_NOT_FOUND;
    return cuda_version("nvmlSystemGetCudaDriverVersion_v2", into);
}
#endif

int nvmlDeviceGetCount_v2(unsigned *into)
{
    *into = (unsigned)scenario.gpu_count;
    return nvml_told(NULL, "nvmlDeviceGetCount_v2");
}

int nvmlDeviceGetHandleByIndex_v2(unsigned index, handle *into)
{
    if (index >= (unsigned)scenario.gpu_count)
        return INVALID_ARGUMENT;
    *into = &scenario.gpus[index];
    return nvml_told(*into, "nvmlDeviceGetHandleByIndex_v2");
}
