/* Stand-in libnvidia-ml.so.1: the calls the doctor makes through pynvml, answered from the scenario.
 *
 * Structures and codes follow the public NVML API reference. A symbol is left out with -DWITHOUT_<name>, so that
 * loading it fails as with a driver that is too old to have it. Handles are addresses of scenario sections.
 */
#include "scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SUCCESS = 0,
    UNINITIALIZED = 1,
    INVALID_ARGUMENT = 2,
    NOT_SUPPORTED = 3,
    NOT_FOUND = 6,
    INSUFFICIENT_SIZE = 7,
    LIBRARY_NOT_FOUND = 12,
};

typedef const struct section *handle;
struct memory { unsigned long long total, free, used; };
struct pci { char legacy[16]; unsigned domain, bus, device, id, subsystem; char bus_id[32]; };
struct fabric { unsigned char cluster[16]; unsigned status, clique, state; };

static struct scenario scenario;
static int started;
static struct section mig_instances[MAX_GPUS];

/* Every call may be told to fail by "fail:<function> <code|hang|abort|segv>" of the machine or of the GPU. */
static int told(handle gpu, const char *function)
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

static int number(handle gpu, const char *function, const char *key, void *into, size_t size)
{
    int failed = told(gpu, function);
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

static int text(const char *value, char *into, unsigned size)
{
    if (!value)
        return NOT_SUPPORTED;
    if (strlen(value) >= size)
        return INSUFFICIENT_SIZE;
    strcpy(into, value);
    return SUCCESS;
}

#define NUMBER(function, key, type)                                   \
    int function(handle gpu, type *into)                              \
    {                                                                 \
        return number(gpu, #function, key, into, sizeof *into);       \
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
    case 17: return "The operating system has blocked the request";
    case 18: return "Driver/library version mismatch";
    case 20: return "Insufficient Memory";
    default: return "Unknown Error";
    }
}

int nvmlSystemGetDriverVersion(char *into, unsigned size)
{
    int failed = told(NULL, "nvmlSystemGetDriverVersion");
    return failed ? failed : text(scenario_get(&scenario.machine, "driver"), into, size);
}

int nvmlSystemGetNVMLVersion(char *into, unsigned size)
{
    struct scenario own;  /* answers without initialisation, as the real one does */
    scenario_load(&own);
    return text(scenario_get(&own.machine, "nvml"), into, size);
}

static int cuda_version(const char *function, int *into)
{
    int major, minor, failed = told(NULL, function);
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
    return told(NULL, "nvmlDeviceGetCount_v2");
}

int nvmlDeviceGetHandleByIndex_v2(unsigned index, handle *into)
{
    if (index >= (unsigned)scenario.gpu_count)
        return INVALID_ARGUMENT;
    *into = &scenario.gpus[index];
    return told(*into, "nvmlDeviceGetHandleByIndex_v2");
}

int nvmlDeviceGetName(handle gpu, char *into, unsigned size)
{
    int failed = told(gpu, "nvmlDeviceGetName");
    return failed ? failed : text(scenario_get(gpu, "gpu"), into, size);
}

int nvmlDeviceGetCudaComputeCapability(handle gpu, int *major, int *minor)
{
    int failed = told(gpu, "nvmlDeviceGetCudaComputeCapability");
    const char *value = scenario_get(gpu, "cc");

    if (failed)
        return failed;
    return value && sscanf(value, "%d.%d", major, minor) == 2 ? SUCCESS : NOT_SUPPORTED;
}

int nvmlDeviceGetMemoryInfo(handle gpu, struct memory *into)
{
    int failed = told(gpu, "nvmlDeviceGetMemoryInfo");

    if (failed)
        return failed;
    if (!scenario_get(gpu, "memory"))
        return NOT_SUPPORTED;
    into->total = (unsigned long long)scenario_number(gpu, "memory", 0);
    into->free = (unsigned long long)scenario_number(gpu, "free", (long long)into->total);
    into->used = into->total - into->free;
    return SUCCESS;
}

/* NVML keeps the device in the upper half and the vendor in the lower; the serial-like bus id is there to be ignored */
int nvmlDeviceGetPciInfo_v3(handle gpu, struct pci *into)
{
    int failed = told(gpu, "nvmlDeviceGetPciInfo_v3");

    if (failed)
        return failed;
    if (!scenario_get(gpu, "pci"))
        return NOT_SUPPORTED;
    memset(into, 0, sizeof *into);
    into->id = (unsigned)scenario_number(gpu, "pci", 0) << 16 | 0x10de;
    strcpy(into->bus_id, "00000000:01:00.0");
    return SUCCESS;
}

NUMBER(nvmlDeviceGetCurrPcieLinkGeneration, "pcie_generation", unsigned)
NUMBER(nvmlDeviceGetMaxPcieLinkGeneration, "pcie_generation_max", unsigned)
NUMBER(nvmlDeviceGetCurrPcieLinkWidth, "pcie_width", unsigned)
NUMBER(nvmlDeviceGetMaxPcieLinkWidth, "pcie_width_max", unsigned)
NUMBER(nvmlDeviceGetComputeMode, "compute_mode", unsigned)
NUMBER(nvmlDeviceGetPersistenceMode, "persistence", unsigned)
NUMBER(nvmlDeviceGetVirtualizationMode, "virtualization", unsigned)
#ifndef WITHOUT_nvmlDeviceGetCurrentClocksEventReasons
NUMBER(nvmlDeviceGetCurrentClocksEventReasons, "throttle", unsigned long long)
#endif
#ifndef WITHOUT_nvmlDeviceGetCurrentClocksThrottleReasons
NUMBER(nvmlDeviceGetCurrentClocksThrottleReasons, "throttle", unsigned long long)
#endif

int nvmlDeviceGetTemperature(handle gpu, unsigned sensor, unsigned *into)
{
    (void)sensor;
    return number(gpu, "nvmlDeviceGetTemperature", "temperature", into, sizeof *into);
}

int nvmlDeviceGetEccMode(handle gpu, unsigned *current, unsigned *pending)
{
    int failed = number(gpu, "nvmlDeviceGetEccMode", "ecc", current, sizeof *current);
    *pending = *current;
    return failed;
}

int nvmlDeviceGetTotalEccErrors(handle gpu, unsigned kind, unsigned counter, unsigned long long *into)
{
    const char *key = kind == 1 && counter == 0 ? "ecc_errors" : "ecc_other_errors";
    return number(gpu, "nvmlDeviceGetTotalEccErrors", key, into, sizeof *into);
}

int nvmlDeviceGetRetiredPages(handle gpu, unsigned cause, unsigned *count, unsigned long long *into)
{
    unsigned pages, failed = number(gpu, "nvmlDeviceGetRetiredPages", cause ? "retired_double" : "retired_single", &pages,
                                    sizeof pages);
    if (failed)
        return failed;
    if (*count < pages) {
        *count = pages;
        return INSUFFICIENT_SIZE;
    }
    for (unsigned i = 0; i < pages; i++)
        into[i] = 4096ull * i;
    *count = pages;
    return SUCCESS;
}

#ifndef WITHOUT_nvmlDeviceGetRemappedRows
int nvmlDeviceGetRemappedRows(handle gpu, unsigned *corrected, unsigned *uncorrected, unsigned *pending, unsigned *failure)
{
    *corrected = *uncorrected = *pending = 0;
    return number(gpu, "nvmlDeviceGetRemappedRows", "remap_failure", failure, sizeof *failure);
}
#endif

#ifndef WITHOUT_nvmlDeviceGetMigMode
int nvmlDeviceGetMigMode(handle gpu, unsigned *current, unsigned *pending)
{
    int failed = number(gpu, "nvmlDeviceGetMigMode", "mig", current, sizeof *current);
    *pending = *current;
    return failed;
}

int nvmlDeviceGetMaxMigDeviceCount(handle gpu, unsigned *into)
{
    *into = 7;
    return told(gpu, "nvmlDeviceGetMaxMigDeviceCount");
}

/* "mig_instance3 NVIDIA A100-SXM4-40GB MIG 1g.5gb": the fourth slot holds an instance of that name */
int nvmlDeviceGetMigDeviceHandleByIndex(handle gpu, unsigned index, handle *into)
{
    char key[TEXT];
    const char *name;
    struct section *instance = &mig_instances[index % MAX_GPUS];

    snprintf(key, sizeof key, "mig_instance%u", index);
    name = scenario_get(gpu, key);
    if (!name)
        return NOT_FOUND;
    instance->count = 1;
    strcpy(instance->entries[0].key, "gpu");
    strcpy(instance->entries[0].value, name);
    *into = instance;
    return SUCCESS;
}
#endif

static int processes(handle gpu, const char *function, unsigned *count, const void *into)
{
    unsigned running, failed = number(gpu, function, "processes", &running, sizeof running);

    if (failed)
        return failed;
    *count = running;
    return running && !into ? INSUFFICIENT_SIZE : SUCCESS;
}

int nvmlDeviceGetComputeRunningProcesses(handle gpu, unsigned *count, void *into)
{
    return processes(gpu, "nvmlDeviceGetComputeRunningProcesses", count, into);
}
#ifndef WITHOUT_nvmlDeviceGetComputeRunningProcesses_v2
int nvmlDeviceGetComputeRunningProcesses_v2(handle gpu, unsigned *count, void *into)
{
    return processes(gpu, "nvmlDeviceGetComputeRunningProcesses_v2", count, into);
}
#endif
#ifndef WITHOUT_nvmlDeviceGetComputeRunningProcesses_v3
int nvmlDeviceGetComputeRunningProcesses_v3(handle gpu, unsigned *count, void *into)
{
    return processes(gpu, "nvmlDeviceGetComputeRunningProcesses_v3", count, into);
}
#endif

int nvmlDeviceGetNvLinkState(handle gpu, unsigned link, unsigned *active)
{
    int failed = told(gpu, "nvmlDeviceGetNvLinkState");

    if (failed)
        return failed;
    if (!scenario_get(gpu, "nvlinks"))
        return NOT_SUPPORTED;
    if (link >= scenario_number(gpu, "nvlinks", 0))
        return INVALID_ARGUMENT;
    *active = link < scenario_number(gpu, "nvlinks_active", scenario_number(gpu, "nvlinks", 0));
    return SUCCESS;
}

#ifndef WITHOUT_nvmlDeviceGetGpuFabricInfo
int nvmlDeviceGetGpuFabricInfo(handle gpu, struct fabric *into)
{
    memset(into, 0, sizeof *into);
    return number(gpu, "nvmlDeviceGetGpuFabricInfo", "fabric", &into->state, sizeof into->state);
}
#endif
