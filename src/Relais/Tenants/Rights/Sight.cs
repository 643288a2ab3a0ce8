using Relais.Storage;

namespace Relais.Tenants.Rights;

/// <summary>
/// Which conversations and customers somebody sees who does not see all of them, as conditions of SQL. There is one place for it: lists add
/// the condition to theirs, and whatever is asked for by its id is looked at by <see cref="SightGuard"/> before its route is reached.
/// </summary>
/// <param name="AgentId">Who.</param>
/// <param name="Sees">Whose conversations.</param>
/// <param name="Contacts">These customers alone, and whom they were merged into; null: any.</param>
internal sealed record Sight(long AgentId, Sees Sees, IReadOnlyList<long>? Contacts)
{
    /// <summary>Null for whoever sees everything, who is asked nothing.</summary>
    public static Sight? Of(SignedIn who) => who.SeesEverything ? null : new Sight(who.AgentId, who.Sees, who.Contacts);

    /// <summary>A condition on a conversation; needs <c>@tenantId</c> and <see cref="Values"/>.</summary>
    /// <param name="c">The alias of its row.</param>
    public string OfConversation(string c)
    {
        var whose = Sees switch
        {
            Sees.Mine => $"{c}.agent_id = @sightAgent",
            Sees.Teams => $"""
                ({c}.agent_id = @sightAgent OR ({c}.assignee > 2 AND {c}.agent_id IS NULL AND {c}.team_id IS NULL)
                  OR {c}.team_id IN (SELECT t.team_id FROM team_member t WHERE t.tenant_id = @tenantId AND t.agent_id = @sightAgent))
                """,
            _ => null,
        };
        var customer = Contacts is null ? null : OfList($"{c}.contact_id");
        return whose is null ? customer ?? "1 = 1" : customer is null ? whose : $"{whose} AND {customer}";
    }

    /// <summary>A condition on a customer: one of the list, and one with whom there is a conversation that is seen.</summary>
    /// <param name="id">How the customer's id is written.</param>
    public string OfContact(string id)
    {
        var met = $"EXISTS (SELECT 1 FROM conversation seen WHERE seen.tenant_id = @tenantId AND seen.contact_id = {id} AND {OfConversation("seen")})";
        return Sees == Sees.All && Contacts is not null ? OfList(id) : met;
    }

    public IEnumerable<(string Name, object Value)> Values()
    {
        yield return ("sightAgent", AgentId);
        for (var i = 0; i < (Contacts?.Count ?? 0); i++)
        {
            yield return ($"sight{i}", Contacts![i]);
        }
    }

    /// <summary>With others of the statement.</summary>
    public Dictionary<string, object?> With(params ReadOnlySpan<(string Name, object? Value)> others)
    {
        var all = Values().ToDictionary(v => v.Name, v => (object?)v.Value, StringComparer.Ordinal);
        foreach (var (name, value) in others)
        {
            all[name] = value;
        }

        return all;
    }

    /// <summary>Those of these conversations that are seen.</summary>
    public async Task<HashSet<long>> Of(Tx tx, long tenantId, IReadOnlyCollection<long> conversations) => conversations.Count == 0 ? [] :
    [
        .. await tx.Query<long>($"""
            SELECT c.id FROM conversation c
            WHERE c.tenant_id = @tenantId AND c.id {tx.Dialect.In("ids")} AND {OfConversation("c")}
            """, With(("tenantId", tenantId), ("ids", conversations.ToArray()))),
    ];

    /// <summary>One of the list, or whoever one of them was merged into, however often: a key must not lose its customer to a merge.</summary>
    private string OfList(string id)
    {
        var list = string.Join(", ", Contacts!.Select((_, i) => $"@sight{i}"));
        return $"""
            ({id} IN ({list}) OR {id} IN (
              WITH RECURSIVE became (id) AS (
                SELECT m.merged_into FROM contact m WHERE m.tenant_id = @tenantId AND m.id IN ({list}) AND m.merged_into IS NOT NULL
                UNION SELECT m.merged_into FROM became b JOIN contact m ON m.tenant_id = @tenantId AND m.id = b.id WHERE m.merged_into IS NOT NULL)
              SELECT b.id FROM became b))
            """;
    }
}
