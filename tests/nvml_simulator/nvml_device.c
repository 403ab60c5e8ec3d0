/* Stand-in libnvidia-ml.so.1: what a GPU answers. Structures follow the public NVML API reference. */
#include "nvml.h"

#include <stdio.h>
#include <string.h>

struct memory { unsigned long long total, free, used; };
struct pci { char legacy[16]; unsigned domain, bus, device, id, subsystem; char bus_id[32]; };
struct fabric { unsigned char cluster[16]; unsigned status, clique, state; };

static struct section mig_instances[MAX_GPUS];

#define NUMBER(function, key, type)                                   \
    int function(handle gpu, type *into)                              \
    {                                                                 \
        return nvml_number(gpu, #function, key, into, sizeof *into);       \
    }

int nvmlDeviceGetName(handle gpu, char *into, unsigned size)
{
    int failed = nvml_told(gpu, "nvmlDeviceGetName");
    return failed ? failed : nvml_text(scenario_get(gpu, "gpu"), into, size);
}

int nvmlDeviceGetCudaComputeCapability(handle gpu, int *major, int *minor)
{
    int failed = nvml_told(gpu, "nvmlDeviceGetCudaComputeCapability");
    const char *value = scenario_get(gpu, "cc");

    if (failed)
        return failed;
    return value && sscanf(value, "%d.%d", major, minor) == 2 ? SUCCESS : NOT_SUPPORTED;
}

int nvmlDeviceGetMemoryInfo(handle gpu, struct memory *into)
{
    int failed = nvml_told(gpu, "nvmlDeviceGetMemoryInfo");

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
    int failed = nvml_told(gpu, "nvmlDeviceGetPciInfo_v3");

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
    return nvml_number(gpu, "nvmlDeviceGetTemperature", "temperature", into, sizeof *into);
}

int nvmlDeviceGetEccMode(handle gpu, unsigned *current, unsigned *pending)
{
    int failed = nvml_number(gpu, "nvmlDeviceGetEccMode", "ecc", current, sizeof *current);
    *pending = *current;
    return failed;
}

int nvmlDeviceGetTotalEccErrors(handle gpu, unsigned kind, unsigned counter, unsigned long long *into)
{
    const char *key = kind == 1 && counter == 0 ? "ecc_errors" : "ecc_other_errors";
    return nvml_number(gpu, "nvmlDeviceGetTotalEccErrors", key, into, sizeof *into);
}

int nvmlDeviceGetRetiredPages(handle gpu, unsigned cause, unsigned *count, unsigned long long *into)
{
    unsigned pages, failed = nvml_number(gpu, "nvmlDeviceGetRetiredPages", cause ? "retired_double" : "retired_single", &pages,
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
    return nvml_number(gpu, "nvmlDeviceGetRemappedRows", "remap_failure", failure, sizeof *failure);
}
#endif

#ifndef WITHOUT_nvmlDeviceGetMigMode
int nvmlDeviceGetMigMode(handle gpu, unsigned *current, unsigned *pending)
{
    int failed = nvml_number(gpu, "nvmlDeviceGetMigMode", "mig", current, sizeof *current);
    *pending = *current;
    return failed;
}

int nvmlDeviceGetMaxMigDeviceCount(handle gpu, unsigned *into)
{
    *into = 7;
    return nvml_told(gpu, "nvmlDeviceGetMaxMigDeviceCount");
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
    unsigned running, failed = nvml_number(gpu, function, "processes", &running, sizeof running);

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
    int failed = nvml_told(gpu, "nvmlDeviceGetNvLinkState");

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
    return nvml_number(gpu, "nvmlDeviceGetGpuFabricInfo", "fabric", &into->state, sizeof into->state);
}
#endif
