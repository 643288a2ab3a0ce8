using System.CommandLine;
using Relais.Backups;
using Relais.Foundation;
using Relais.Imports;
using Relais.Imports.Moving;
using Relais.Storage;

namespace Relais.Commands;

/// <summary>What is asked of <c>relais import-from</c>.</summary>
/// <param name="Path">The file.</param>
/// <param name="Tenant">Name of the business.</param>
/// <param name="Kind">What the rows of a file are, or null.</param>
/// <param name="Source">Name of the other system.</param>
/// <param name="Number">Of its conversations, or null.</param>
/// <param name="Country">For numbers without one, or null.</param>
/// <param name="DryRun">Nothing is written.</param>
internal sealed record ImportRequest(string Path, string? Tenant, string? Kind, string Source, string? Number, string? Country, bool DryRun);

/// <summary><c>relais import-from</c>: moves the data of another system in. May run beside a server, and again.</summary>
internal static class ImportFromCommand
{
    public static Command Create()
    {
        var tenant = new Option<string?>("--tenant") { Description = "The business it becomes a part of; made when it is new. For d: only the concierge of this name." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would come in and what would not, and write nothing." };
        var number = new Option<string?>("--number") { Description = "The business's WhatsApp number its conversations were on, such as +33100000002." };
        var country = new Option<string?>("--country") { Description = "Country of phone numbers that have none, such as MA." };
        var what = new Option<string?>("--what") { Description = "What the rows are, where they do not say it: contacts, conversations, messages, conversation_events, faqs, products or orders." };
        var source = new Option<string>("--source") { Description = "A name for the other system; the same one each time.", DefaultValueFactory = _ => "import" };
        var d = new Command("d", "A concierge.db (SQLite): each concierge becomes a business of its own, its people get a link to choose a password.");
        var jsonl = new Command("jsonl", "A file with a JSON object on each line (mongoexport, Supabase).");
        var csv = new Command("csv", "A CSV file with a header (MySQL, spreadsheets).");
        foreach (var command in (Command[])[d, jsonl, csv])
        {
            var file = new Argument<string>("file");
            command.Add(file);
            foreach (var option in (Option[])(command == d ? [tenant, number, country, dryRun] : [tenant, what, source, number, country, dryRun]))
            {
                command.Add(option);
            }

            command.SetAction((parsed, cancel) => InstallationDoor.Run(place => Run(
                command.Name, place,
                new ImportRequest(parsed.GetValue(file)!, parsed.GetValue(tenant), command == d ? null : parsed.GetValue(what), command == d ? "d" : parsed.GetValue(source)!,
                    parsed.GetValue(number), parsed.GetValue(country), parsed.GetValue(dryRun)),
                Console.Out, cancel), cancel));
        }

        return new Command("import-from", "Move the data of another system in: a dry run first, and again as often as you like.") { d, jsonl, csv };
    }

    /// <returns>0 when every row came in or was there already, 2 when some were not.</returns>
    public static async Task<int> Run(string form, InstallationDoor place, ImportRequest asked, TextWriter to, CancellationToken cancel)
    {
        if (asked.Kind is not null && ForeignReading.KindOf(asked.Kind) is null)
        {
            throw new BackupRefusedException($"--what is one of {string.Join(", ", ForeignReading.KnownKinds)}.");
        }

        if (!File.Exists(asked.Path))
        {
            throw new BackupRefusedException($"There is no file {asked.Path}.");
        }

        var clock = new Clock();
        await new Migrator(place.Database, clock).Run(cancel);
        using var ids = new Ids(place.Database);
        var tenants = new MovingTenants(place.Database, ids, clock, place.Settings);
        if (form == "d")
        {
            return await Concierges(place, asked, tenants, ids, clock, to, cancel);
        }

        if (asked.Tenant is not { Length: > 0 } name)
        {
            throw new BackupRefusedException("Say which business it becomes a part of: --tenant NAME.");
        }

        var tenantId = await tenants.Find(name, make: !asked.DryRun, cancel);
        var kind = ForeignReading.KindOf(asked.Kind);
        var rows = form == "jsonl" ? ForeignFile.JsonLines(asked.Path, kind, asked.Country) : await ForeignFile.Csv(asked.Path, kind, asked.Country, cancel).ToListAsync(cancel);

        // Messages are numbered as they come in, and exports are in any order.
        var report = await Move(place.Database, ids, clock, new MovingTarget(tenantId, asked.Source, asked.Number, asked.DryRun), rows.OrderBy(Rank), to, cancel);
        return Conclude(report, asked.DryRun, to);
    }

    private static async Task<int> Concierges(InstallationDoor place, ImportRequest asked, MovingTenants tenants, Ids ids, Clock clock, TextWriter to, CancellationToken cancel)
    {
        using var file = new ConciergeFile(asked.Path);
        var all = file.Concierges().FindAll(c => asked.Tenant is null || string.Equals(c.Name, asked.Tenant, StringComparison.OrdinalIgnoreCase));
        if (all.Count == 0)
        {
            throw new BackupRefusedException(asked.Tenant is null ? "There is no concierge in this file." : $"There is no concierge named {asked.Tenant} in this file.");
        }

        var code = 0;
        foreach (var concierge in all)
        {
            await to.WriteLineAsync(concierge.Name);
            var tenantId = await tenants.Find(concierge.Name, make: !asked.DryRun, cancel);
            var target = new MovingTarget(tenantId, asked.Source, asked.Number, asked.DryRun);
            code = Math.Max(code, Conclude(await Move(place.Database, ids, clock, target, file.Of(concierge, asked.Country), to, cancel), asked.DryRun, to));
            if (!asked.DryRun)
            {
                await to.WriteLineAsync("  " + await tenants.Invite(tenantId, concierge.Email, concierge.Name, cancel));
                await to.WriteLineAsync($"  feature request: {await tenants.Wishes(tenantId, concierge.Email, [.. file.Wishes(concierge)], cancel)} came in");
            }
        }

        return code;
    }

    private static async Task<MovingReport> Move(
        Database database, Ids ids, Clock clock, MovingTarget target, IEnumerable<MovedRow> rows, TextWriter to, CancellationToken cancel)
    {
        var mover = new Mover(database, ids, clock, target);
        await mover.Run(rows, done =>
        {
            if (done % 10_000 == 0)
            {
                to.WriteLine($"  {done} rows …");
            }
        }, cancel);
        return mover.Report;
    }

    private static int Conclude(MovingReport report, bool dryRun, TextWriter to)
    {
        foreach (var (kind, count) in report.Added)
        {
            to.WriteLine($"  {kind}: {count} {(dryRun ? "would come in" : "came in")}");
        }

        to.WriteLine($"  {report.Known} were here already, {report.Refused} {(dryRun ? "would not come in" : "did not come in")}");
        foreach (var (row, sentence) in report.Problems)
        {
            to.WriteLine($"  row {row}: {sentence}");
        }

        return report.Refused == 0 ? 0 : 2;
    }

    /// <summary>Contacts before conversations before what was said in them, and that by time.</summary>
    private static (int Kind, long At) Rank(MovedRow row) => row.What switch
    {
        Moved.Contact => (0, 0),
        Moved.Conversation => (1, 0),
        Moved.Message or Moved.Event => (2, row.What.At ?? long.MaxValue),
        _ => (3, 0),
    };
}
