namespace Relais.Imports.Moving;

/// <summary>Where what is moved in goes.</summary>
/// <param name="TenantId">Whose it becomes.</param>
/// <param name="Source">Name of the other system: its ids are its own.</param>
/// <param name="Number">The number its conversations were on, E.164; null: the tenant's first.</param>
/// <param name="DryRun">Everything is tried and nothing kept.</param>
internal sealed record MovingTarget(long TenantId, string Source, string? Number, bool DryRun);

/// <summary>What became of it.</summary>
internal sealed class MovingReport
{
    public const int MostProblems = 1000;

    /// <summary>Rows that are new here, by kind.</summary>
    public SortedDictionary<string, int> Added { get; } = new(StringComparer.Ordinal);

    /// <summary>Rows that were moved in before.</summary>
    public int Known { get; set; }

    /// <summary>The first of the rows that could not be moved in.</summary>
    public List<(long Row, string Sentence)> Problems { get; } = [];

    public int Refused { get; set; }

    public void Refuse(long row, string sentence)
    {
        Refused++;
        if (Problems.Count < MostProblems)
        {
            Problems.Add((row, sentence));
        }
    }
}
