using Relais.Foundation;
using Relais.Outbox;
using Relais.Storage;

namespace Relais.Commands;

/// <summary>What <c>relais check</c> says of an installation that is there: its schema, its key, whether anything may leave. It changes nothing.</summary>
internal static class CheckInstallation
{
    /// <returns>Lines for a person; those that have to be mended are not good.</returns>
    public static async Task<List<(bool IsGood, string Line)>> Of(Database database, Settings settings, CancellationToken cancel)
    {
        var lines = new List<(bool, string)>();
        var (schema, known) = (await Migrator.Schema(database, cancel), (long)Migrator.All[^1].Number);
        lines.Add(schema switch
        {
            0 => (true, "Schema: none yet; the first start makes it."),
            _ when schema > known => (false, $"Schema: {schema}, and this program knows up to {known}. Run the newer version, or restore a backup made before the upgrade."),
            _ when schema < known => (true, $"Schema: {schema}; the next start brings it to {known}. Make a backup first: relais backup --to FILE."),
            _ => (true, $"Schema: {schema}, up to date."),
        });
        if (schema != known)
        {
            return lines;
        }

        var (hold, seal) = await database.Read(Scope.Directory, async tx => (
            await OutboundHold.Read(tx), await tx.QueryFirst<string>("SELECT access_token FROM inbox WHERE access_token IS NOT NULL LIMIT 1")), cancel);
        if (hold?.State == HoldRow.Unfinished)
        {
            lines.Add((false, "Restore: it did not end. Run `relais restore` again."));
        }
        else if (hold?.State == HoldRow.Held)
        {
            lines.Add((true, "Outbound: HELD since a restore, nothing is sent. `relais release` lets messages leave."));
        }

        lines.Add(Key(seal, settings.KeyFile));
        return lines;
    }

    private static (bool IsGood, string Line) Key(string? seal, string path)
    {
        if (!File.Exists(path))
        {
            return seal is null ? (true, $"Key file: none yet; the first start makes {path}.")
                : (false, $"Key file: {path} is not there, and keys in the database are sealed under it. Put it back, or set RELAIS_KEY_FILE.");
        }

        try
        {
            var keys = KeyRing.FromFile(path);
            var id = seal?.StartsWith(Secrets.Mark, StringComparison.Ordinal) == true ? seal[Secrets.Mark.Length..].Split(':')[0] : null;
            return id is not null && keys.Find(id) is null
                ? (false, $"Key file: {path} is not the one this database was made with. Put that one back, or set RELAIS_KEY_FILE.")
                : (true, keys.All.Count > 1 ? $"Key file: {path} holds {keys.All.Count} keys; `relais secrets rotate` ends the rotation." : $"Key file: {path} fits.");
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return (false, "Key file: " + e.Message);
        }
    }
}
