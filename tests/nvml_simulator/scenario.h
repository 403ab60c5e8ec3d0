/* What a scenario file says, for the stand-in libraries. Format: see README.md in this folder. */
#ifndef SCENARIO_H
#define SCENARIO_H

#define MAX_GPUS 16
#define MAX_KEYS 256
#define TEXT 128

struct entry { char key[TEXT]; char value[TEXT]; };
struct section { struct entry entries[MAX_KEYS]; int count; };
struct scenario { struct section machine; struct section gpus[MAX_GPUS]; int gpu_count; };

/* Reads $NVML_SCENARIO; aborts with a message when it is not there. */
void scenario_load(struct scenario *into);
/* The value of a key, or NULL. */
const char *scenario_get(const struct section *section, const char *key);
long long scenario_number(const struct section *section, const char *key, long long otherwise);
/* Carries out "hang", "abort" and "segv"; anything else is returned as a number. */
int scenario_behave(const char *value);

#endif
