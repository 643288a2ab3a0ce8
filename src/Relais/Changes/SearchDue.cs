using Relais.Storage;

namespace Relais.Changes;

/// <summary>What is searched for. The number is stored, and is the order in which they are shown.</summary>
internal enum SearchKind
{
    Contact = 1,
    Order = 2,
    Message = 3,
}

/// <summary>
/// Notes that a contact or an order has other words now, in the transaction that changed it. Whatever appends a change of a message or a
/// conversation need not: the search follows those by itself.
/// </summary>
internal static class SearchDue
{
    public static Task Note(Tx tx, long tenantId, SearchKind kind, long id) => tx.Execute("""
        INSERT INTO search_due (tenant_id, id, kind, noted) VALUES (@tenantId, @id, @kind, 1)
        ON CONFLICT (tenant_id, id) DO UPDATE SET noted = search_due.noted + 1
        """, new { tenantId, id, kind = (long)kind });
}
