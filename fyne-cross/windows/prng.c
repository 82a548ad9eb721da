// For trying only: Wine 8 has no bcryptprimitives.dll, from which Go takes its random
// numbers. This one takes them from advapi32, where they were before.
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID, ULONG); // RtlGenRandom

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) { return SystemFunction036(data, (ULONG)size); }
