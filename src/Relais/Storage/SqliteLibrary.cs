using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Relais.Storage;

/// <summary>
/// Which SQLite is used: the system's when it is newer than the bundled one (3.35.5), because a distribution patches its own.
/// </summary>
internal static class SqliteLibrary
{
    /// <summary>sqlite3_libversion_number of SQLitePCLRaw.bundle_e_sqlite3 2.0.6.</summary>
    private const int BundledVersion = 3_035_005;

    private static readonly Lock Gate = new();
    private static bool chosen;

    private delegate int LibVersionNumber();

    /// <summary>Must run before the first connection; later calls do nothing.</summary>
    public static void Choose()
    {
        lock (Gate)
        {
            if (!chosen)
            {
                NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
                Batteries_V2.Init();

                // No connection is used by two threads at once, and nobody reads SQLite's own statistics of memory: both are
                // locks taken thousands of times a message for nothing.
                _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
                _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
                chosen = true;
            }
        }
    }

    public static string Version => raw.sqlite3_libversion().utf8_to_string();

    /// <summary>
    /// The file cannot be used now, whatever the statement: busy (5), locked (6), out of memory (7), read-only (8), I/O (10),
    /// full (13), cannot open (14). A statement that is wrong is none of these.
    /// </summary>
    public static bool IsAway(Exception e) => e is SqliteException { SqliteErrorCode: 5 or 6 or 7 or 8 or 10 or 13 or 14 };

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search)
    {
        if (name != "e_sqlite3")
        {
            return 0;
        }

        var system = OperatingSystem.IsWindows() ? "winsqlite3.dll"
            : OperatingSystem.IsMacOS() ? "libsqlite3.dylib" : "libsqlite3.so.0";
        if (NativeLibrary.TryLoad(system, out var handle)
            && NativeLibrary.TryGetExport(handle, "sqlite3_libversion_number", out var export)
            && Marshal.GetDelegateForFunctionPointer<LibVersionNumber>(export)() > BundledVersion)
        {
            return handle;
        }

        return 0;
    }
}
