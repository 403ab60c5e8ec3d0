/* python3.dll: every name in it is forwarded to python311.dll by the list of exports */
int __stdcall DllMainCRTStartup(void *instance, unsigned reason, void *reserved)
{
    (void)instance, (void)reason, (void)reserved;
    return 1;
}
