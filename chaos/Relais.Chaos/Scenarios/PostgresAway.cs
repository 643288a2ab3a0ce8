using System.Diagnostics;
using Relais.Chaos.Load;
using Relais.Chaos.Machines;
using Relais.Rig;

namespace Relais.Chaos.Scenarios;

/// <summary>
/// PostgreSQL is gone for a while under load (R5): Twilio, which does not repeat, still gets 200 for every webhook; Meta gets
/// 200 or 503; the process goes on; ten seconds after PostgreSQL is back a customer is answered again.
/// </summary>
internal static class PostgresAway
{
    /// <param name="cluster">Stopped and started.</param>
    /// <param name="away">For how long.</param>
    /// <param name="plan">How much load.</param>
    /// <param name="seed">Repeats the run as far as chance decides it.</param>
    /// <param name="say">Where progress is told.</param>
    public static async Task<Verdict> Run(PostgresCluster cluster, TimeSpan away, LoadPlan plan, int seed, Action<string> say)
    {
        await using var database = await TestDatabase.CreateEmpty(DatabaseKind.Postgres, cluster.Superuser);
        await using var run = await ChaosRun.Start(database, null, plan, seed, say);
        await run.BeginLoad();
        await Task.Delay(TimeSpan.FromSeconds(5));
        run.AllowedUncertain += await run.Facts.OnTheWire();
        run.Wire.TakeAnswers();
        await cluster.Stop("immediate");
        await Task.Delay(away);
        var answers = run.Wire.TakeAnswers();
        await cluster.Start();
        var watch = Stopwatch.StartNew();
        await run.Server.Ready();
        var ready = watch.Elapsed;
        await run.AnswersACustomer();
        var answered = watch.Elapsed;
        await Task.Delay(TimeSpan.FromSeconds(5));

        var told = string.Join(", ", answers.Select(a => $"{a.Key} × {a.Value}"));
        var verdict = await run.Finish($"away {away.TotalSeconds:F0} s; answers meanwhile: {told}; ready {ready.TotalSeconds:F1} s and a customer "
            + $"answered {answered.TotalSeconds:F1} s after it was back");
        var wrong = Wrong(answers, twilioMayWait: false);
        return !run.Server.IsRunning ? verdict with { Failure = "the server's process ended" }
            : wrong.Length > 0 ? verdict with { Failure = $"wrong answers while PostgreSQL was away: {wrong}" }
            : answered > TimeSpan.FromSeconds(10) ? verdict with { Failure = "it took more than 10 s to be back to normal" }
            : verdict;
    }

    /// <summary>Answers other than taken, refused as forged, and "come again"; empty when there is none.</summary>
    public static string Wrong(IReadOnlyDictionary<string, int> answers, bool twilioMayWait = true) => string.Join(", ", answers.Keys.Where(
        a => a is not ("Meta 200" or "Meta 503" or "Meta 401" or "Twilio 200" or "Twilio 204" or "Twilio 401" or "Twilio 403")
            && !(twilioMayWait && a == "Twilio 503")));
}
