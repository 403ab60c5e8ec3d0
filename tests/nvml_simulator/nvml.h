/* Stand-in libnvidia-ml.so.1: what its two halves share. Codes follow the public NVML API reference. */
#ifndef NVML_H
#define NVML_H

#include "scenario.h"

#include <stddef.h>

enum {
    SUCCESS = 0,
    UNINITIALIZED = 1,
    INVALID_ARGUMENT = 2,
    NOT_SUPPORTED = 3,
    NOT_FOUND = 6,
    INSUFFICIENT_SIZE = 7,
    LIBRARY_NOT_FOUND = 12,
};

typedef const struct section *handle;  /* a handle is the address of a GPU's part of the scenario */

/* Whether a call is told to fail by "fail:<function> <code|hang|abort|segv>" of the GPU or of the machine. */
int nvml_told(handle gpu, const char *function);
/* Answers with a number of the GPU's, into an unsigned or an unsigned long long; "Not Supported" when it has none. */
int nvml_number(handle gpu, const char *function, const char *key, void *into, size_t size);
int nvml_text(const char *value, char *into, unsigned size);

#endif
