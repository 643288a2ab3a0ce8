using System.Globalization;
using System.Runtime;
using Relais.Tests.Support;
using Xunit;

namespace Relais.Tests.Fuzz;

/// <summary>What the storms have in common: a server that sends without pacing, their seed and their size.</summary>
internal static class FuzzHost
{
    public static int Seed(ITestOutputHelper log)
    {
        var seed = Number("RELAIS_TEST_SEED", Environment.TickCount & 0xFFFFFF);
        log.WriteLine($"seed {seed} (RELAIS_TEST_SEED={seed} repeats it)");
        return seed;
    }

    public static int Count(DatabaseKind kind, int onSqlite) =>
        Number("RELAIS_TEST_FUZZ", onSqlite) / (kind == DatabaseKind.Sqlite ? 1 : 10);

    public static Task<RelaisHost> Start(DatabaseKind kind, LogKeeper troubles) => RelaisHost.Start(
        kind, new() { ["RELAIS_LOG"] = "warning", ["RELAIS_SEND_RATE"] = "0", ["RELAIS_QUIET_MS"] = "0", ["RELAIS_PROVIDER_LOG"] = "off" }, troubles.ReplaceOutput);

    public static async Task<Fuzzer> Fuzzer(RelaisHost relais) => new(
        relais.Meta.Address, relais.Twilio.Address, relais.Twilio.Account,
        await relais.Facts.Count("SELECT id FROM inbox WHERE channel = 1"), await relais.Facts.Count("SELECT id FROM inbox WHERE channel = 2"));

    /// <summary>Bytes in use after everything that can go has gone.</summary>
    public static long Memory()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static int Number(string variable, int unset) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var value) ? value : unset;
}
