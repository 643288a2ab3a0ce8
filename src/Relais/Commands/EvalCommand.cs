using System.CommandLine;
using Relais.Engine.Ai.Providers;
using Relais.Engine.Simulations;
using Relais.Engine.Simulations.Cases;
using Relais.Engine.Simulations.Running;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Commands;

/// <summary>
/// <c>relais eval</c>: runs simulations and ends with 1 when one fails. Beside a running server, or, where there is no database yet, against a
/// demo of its own that is thrown away: so it runs in CI without keys.
/// </summary>
internal static class EvalCommand
{
    private static readonly Option<string?> Of = new("--tenant") { Description = "Whose agent, by name; left out: the first tenant's." };
    private static readonly Option<string?> Suite = new("--suite") { Description = "A YAML file of cases, or a folder of them; left out: the tenant's own cases." };
    private static readonly Option<string> Answers = new("--model")
    {
        Description = "Who answers: builtin, configured (the tenant's models), recorded (their answers as kept beside the suite), or the name of one configured model.",
        DefaultValueFactory = _ => SimulatedModel.BuiltInName,
    };

    private static readonly Option<bool> Record = new("--record") { Description = "Ask the configured models and keep their answers beside the suite." };
    private static readonly Option<bool> OwnDemo = new("--demo") { Description = "Run against a fresh demo, whatever is configured." };
    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Print what was said, too." };

    public static Command Create()
    {
        var command = new Command("eval", "Run simulations of conversations and say which pass. Nothing is sent to anyone.")
        {
            Of, Suite, Answers, Record, OwnDemo, Verbose,
        };
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult parsed, CancellationToken cancel)
    {
        var settings = Settings.FromEnvironment();
        if (settings.Problems.Count > 0)
        {
            return ServeCommand.Refuse([.. settings.Problems]);
        }

        try
        {
            await using var rooms = await EvalRooms.Open(settings, parsed.GetValue(OwnDemo), cancel);
            return await Run(parsed, rooms, cancel);
        }
        catch (Exception e) when (e is NotSupportedException or FormatException or IOException or StorageUnavailableException)
        {
            return ServeCommand.Refuse(e.Message);
        }
    }

    private static async Task<int> Run(ParseResult parsed, EvalRooms rooms, CancellationToken cancel)
    {
        if (await rooms.FindTenant(parsed.GetValue(Of), cancel) is not { } tenantId)
        {
            return ServeCommand.Refuse($"There is no tenant named {parsed.GetValue(Of)}.");
        }

        var suite = parsed.GetValue(Suite) is { } path ? await EvalSuite.Read(path, cancel)
            : new EvalSuite(await rooms.StoredCases(tenantId, cancel), null);
        if (suite.Cases.Count == 0)
        {
            return ServeCommand.Refuse("This tenant has no cases. Name a file with --suite, or make some in the console (docs/simulations.md).");
        }

        var (isRecording, wanted) = (parsed.GetValue(Record), parsed.GetValue(Answers)!);
        if (suite.RecordingsPath is null && (isRecording || wanted == SimulatedModel.RecordedName))
        {
            return ServeCommand.Refuse("Recorded answers are kept beside a suite: name one with --suite.");
        }

        var recordings = suite.RecordingsPath is { } kept && (isRecording || wanted == SimulatedModel.RecordedName)
            ? isRecording ? new Recordings() : await Recordings.Read(kept, cancel) : null;
        var log = rooms.Get<ILoggerFactory>().CreateLogger<CaseRunner>();
        if (await Model(rooms, tenantId, isRecording && wanted == SimulatedModel.BuiltInName ? SimulatedModel.ConfiguredName : wanted, recordings, log, cancel) is not { } model)
        {
            return ServeCommand.Refuse($"No configured model is named {wanted}. Set a key (docs/operate/install.md), or leave --model out for the built-in agent.");
        }

        var business = await rooms.Get<Database>().Read(Scope.Tenant(tenantId), tx => SimulatedBusiness.Read(tx, tenantId), cancel);
        var results = await rooms.Get<SuiteRunner>().Run(suite.Cases, business, model, null, cancel);
        if (isRecording)
        {
            await recordings!.Write(suite.RecordingsPath!, cancel);
        }

        Console.Write(EvalReport.Text(results, model.Name, parsed.GetValue(Verbose)));
        return results.Any(r => r.Verdict == Verdict.Failed) ? 1 : 0;
    }

    private static async Task<SimulatedModel?> Model(
        EvalRooms rooms, long tenantId, string wanted, Recordings? recordings, ILogger log, CancellationToken cancel)
    {
        if (wanted == SimulatedModel.BuiltInName)
        {
            return SimulatedModel.BuiltIn(log);
        }

        if (wanted == SimulatedModel.RecordedName)
        {
            return SimulatedModel.Recorded(recordings!, log);
        }

        var directory = rooms.Get<ModelDirectory>();
        await directory.Load(cancel);
        var models = directory.Of(tenantId).Where(m => wanted == SimulatedModel.ConfiguredName || m.Setup.Name == wanted || m.Setup.ToString() == wanted).ToList();
        return models.Count == 0 ? null : SimulatedModel.Configured(models, recordings, log);
    }
}
