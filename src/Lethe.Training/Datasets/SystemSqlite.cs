using System.Reflection;
using System.Runtime.InteropServices;
using Lethe.Core.Errors;
using SQLitePCL;

namespace Lethe.Training.Datasets;

/// <summary>Puts the system's patched SQLite behind Microsoft.Data.Sqlite instead of the old one that its package carries.</summary>
internal static class SystemSqlite
{
    private const string Library = "libsqlite3.so.0";

    private static readonly Lazy<bool> Ready = new(Prepare);

    public static void Use() => _ = Ready.Value;

    private static bool Prepare()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        Batteries_V2.Init();
        return true;
    }

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? search)
    {
        if (!OperatingSystem.IsLinux()) return IntPtr.Zero;
        return NativeLibrary.TryLoad(Library, out IntPtr handle)
            ? handle
            : throw new LetheException($"The system's SQLite ({Library}) is missing. Install it: apt-get install libsqlite3-0");
    }
}
