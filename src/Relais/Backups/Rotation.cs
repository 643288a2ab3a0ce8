using Relais.Foundation;
using Relais.Storage;

namespace Relais.Backups;

/// <summary>
/// Seals everything anew under a new key. Three steps that each may be the last before a crash: the new key is put before the old one in
/// the key file, which from then on seals with it; every sealed value is opened and sealed again, each in its own row; the old key
/// leaves the file when nothing is under it. Run again it goes on where it was. A server may run: it reads the file again.
/// </summary>
internal sealed class Rotation(Database database, string keyFile, Action<string> tell)
{
    private const int Batch = 200;

    /// <param name="settle">How long a server may take between reading the key and committing what it sealed.</param>
    /// <param name="keepOld">Leaves the old keys in the file, for other nodes that have it still to be copied to them.</param>
    /// <param name="cancel">Stops between two rows.</param>
    /// <returns>How many values were sealed anew.</returns>
    public async Task<int> Run(TimeSpan settle, bool keepOld, CancellationToken cancel)
    {
        var keys = KeyRing.FromFile(keyFile).All;
        if (keys.Count == 1)
        {
            Begin(keys);
        }

        var done = 0;
        var secrets = Secrets.FromFile(keyFile);
        while (true)
        {
            var round = await Reseal(secrets, cancel);
            done += round;
            await Task.Delay(settle, cancel);
            if (round == 0)
            {
                break;
            }
        }

        if (!keepOld)
        {
            KeyRing.Write(keyFile, [KeyRing.FromFile(keyFile).Current]);
        }

        return done;
    }

    /// <summary>The first step alone.</summary>
    public void Begin(IReadOnlyList<SealingKey> old) => KeyRing.Write(keyFile, [KeyRing.NewKey(), .. old]);

    /// <summary>The second step: what is under an old key, in whatever column it stands. A text that only looks sealed opens under no key and stays.</summary>
    public async Task<int> Reseal(Secrets secrets, CancellationToken cancel)
    {
        List<TableShape> tables = [];
        await database.Snapshot(async connection => tables = await TableReading.Tables(connection, database.Dialect), cancel);
        var done = 0;
        foreach (var table in tables)
        {
            foreach (var column in table.Columns.Where(c => c.Kind == CellKind.Text))
            {
                var found = await database.Read(Scope.Pipeline, tx => tx.Query<string>(
                    $"SELECT \"{column.Name}\" FROM \"{table.Name}\" WHERE \"{column.Name}\" LIKE '{Secrets.Mark}%'"), cancel);
                var anew = found.Select(old => (Old: old, New: secrets.Resealed(old))).Where(v => v.New is not null).ToList();
                foreach (var batch in anew.Chunk(Batch))
                {
                    done += await database.Write(Scope.Pipeline, async tx =>
                    {
                        var count = 0;
                        foreach (var (old, made) in batch)
                        {
                            // Every seal is unlike any other, so it names its row; one that was replaced meanwhile is left alone.
                            count += await tx.Execute($"UPDATE \"{table.Name}\" SET \"{column.Name}\" = @made WHERE \"{column.Name}\" = @old", new { made, old });
                        }

                        return count;
                    }, cancel);
                    CrashPoint.Pass(CrashPoint.RotationSealed);
                }

                if (anew.Count > 0)
                {
                    tell($"{table.Name}.{column.Name}: {anew.Count} sealed anew");
                }
            }
        }

        return done;
    }
}
