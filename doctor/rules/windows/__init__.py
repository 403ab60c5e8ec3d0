"""DLL loading on Windows."""
