using System.Diagnostics;
using Relais.Chaos.Load;
using Relais.Chaos.Machines;
using Relais.Rig;

namespace Relais.Chaos.Scenarios;

/// <summary>
/// The disk under SQLite fills up under load and is freed again (R4): whatever is answered 200 is stored, the process goes on,
/// and thirty seconds after there is space customers are answered.
/// </summary>
internal static class DiskFull
{
    private const int Megabytes = 64;

    /// <param name="full">How long there is no space.</param>
    /// <param name="plan">How much load.</param>
    /// <param name="seed">Repeats the run as far as chance decides it.</param>
    /// <param name="say">Where progress is told.</param>
    /// <exception cref="NotSupportedException">No loop device can be mounted here.</exception>
    public static async Task<Verdict> Run(TimeSpan full, LoadPlan plan, int seed, Action<string> say)
    {
        await using var volume = await Volume.Create(Megabytes, isCuttable: false);
        var folder = Directory.CreateDirectory(Path.Combine(volume.Root, "relais")).FullName;
        await using var database = TestDatabase.InFolder(folder);
        await using var run = await ChaosRun.Start(database, folder, plan, seed, say);
        await run.BeginLoad();
        await Task.Delay(TimeSpan.FromSeconds(5));
        var ballast = Path.Combine(volume.Root, "ballast");
        Fill(ballast);
        run.LedgerFile.Note("disk full");
        run.Wire.TakeAnswers();
        await Task.Delay(full);
        Fill(ballast + "2");
        var answers = run.Wire.TakeAnswers();
        var goesOn = run.Server.IsRunning;
        File.Delete(ballast);
        File.Delete(ballast + "2");
        var watch = Stopwatch.StartNew();
        await run.AnswersACustomer();
        var answered = watch.Elapsed;
        await Task.Delay(TimeSpan.FromSeconds(3));

        var told = string.Join(", ", answers.Select(a => $"{a.Key} × {a.Value}"));
        var verdict = await run.Finish($"no space for {full.TotalSeconds:F0} s; answers meanwhile: {told}; a customer answered {answered.TotalSeconds:F1} s after there was space");
        var integrity = (await run.Facts.Query<string>("PRAGMA integrity_check"))[0];
        return !goesOn || !run.Server.IsRunning ? verdict with { Failure = "the server's process ended" }
            : integrity != "ok" ? verdict with { Failure = $"integrity_check: {integrity}" }
            : !answers.ContainsKey("Meta 503") ? verdict with { Failure = "the disk did not become full" }
            : PostgresAway.Wrong(answers) is { Length: > 0 } wrong ? verdict with { Failure = $"wrong answers meanwhile: {wrong}" }
            : answered > TimeSpan.FromSeconds(30) ? verdict with { Failure = "it took more than 30 s to be back to normal" }
            : verdict;
    }

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var chunk = new byte[1 << 20]; chunk.Length > 512;)
        {
            try
            {
                file.Write(chunk);
                file.Flush(flushToDisk: true);
            }
            catch (IOException)
            {
                chunk = new byte[chunk.Length / 2];
            }
        }
    }
}
