/* bcryptprimitives.dll: Wine 8 has none, and every program written in Rust takes its random numbers from it */
#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size)
{
    return RtlGenRandom(data, (ULONG)size);
}
