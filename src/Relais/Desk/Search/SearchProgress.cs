using Relais.Storage;

namespace Relais.Desk.Search;

/// <summary>Up to where the index follows something.</summary>
internal sealed class SearchProgress
{
    public const string Changes = "changes";

    /// <summary>Where a list that is read downwards is over.</summary>
    public const long Over = -1;

    public string Name { get; init; } = "";

    public long Tenant { get; init; }

    public long Position { get; init; }

    public static Task<List<SearchProgress>> All(Tx tx) =>
        tx.Query<SearchProgress>("""SELECT name AS "Name", tenant AS "Tenant", position AS "Position" FROM search_progress""");

    /// <summary>False when another node was here first: then nothing may be written under it.</summary>
    public async Task<bool> Advance(Tx tx, long tenant, long position) => await tx.Execute("""
        UPDATE search_progress SET tenant = @tenant, position = @position WHERE name = @Name AND tenant = @was AND position = @from
        """, new { Name, was = Tenant, from = Position, tenant, position }) == 1;

    /// <summary>The change log no longer holds what comes next: everything is looked at again.</summary>
    public static async Task StartOver(Tx tx)
    {
        await tx.Execute("UPDATE search_progress SET position = (SELECT last_seq FROM change_numbering) WHERE name = 'changes'");
        await tx.Execute("UPDATE search_progress SET tenant = @most, position = @most WHERE name <> 'changes'", new { most = long.MaxValue });
    }
}
