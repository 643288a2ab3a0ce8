using Relais.Tenants.Rights;

namespace Relais.Conversations.Lists;

/// <summary>
/// The conditions of a list in SQL. What an index is made for is written as in its <c>WHERE</c>, word by word: SQLite uses a
/// partial index for nothing else. Values are parameters only, so that the texts stay few.
/// </summary>
internal static class ListSql
{
    /// <summary>A condition a branch: a list of every state reads two indexes side by side.</summary>
    public static IReadOnlyList<string> Branches(ConversationFilter filter) => filter.View is not null || filter.LongestWaitFirst
        ? [Open]
        : filter.States switch
        {
            ListStates.Open => [Open],
            ListStates.Snoozed => ["c.status = 2"],
            ListStates.Closed => ["c.status > 1 AND c.status = 3"],
            ListStates.NotClosed => [Open, "c.status = 2"],
            _ => [Open, "c.status > 1"],
        };

    public const string Open = "c.status = 1 AND c.status <> 3";

    /// <summary>
    /// Everything else. Whose key is named (an agent's, a customer's) is looked up by it and sorted: they are few, so the tenant is kept
    /// from the index of the latest activity by a plus.
    /// </summary>
    public static string Where(ConversationFilter f)
    {
        var isByKey = f.ContactId is not null || (f is { View: ListView.Mine } or { AgentId: not null } or { Sight.Sees: Sees.Mine } && f.States is not (ListStates.Closed or ListStates.Every));
        var where = isByKey ? "+c.tenant_id = @tenantId" : "c.tenant_id = @tenantId";
        where += f.View switch
        {
            ListView.Mine => " AND c.assignee = 3 AND c.agent_id = @reader",
            ListView.Unassigned => " AND c.assignee > 2 AND c.agent_id IS NULL",
            ListView.Bot => " AND c.assignee < 3",
            _ => "",
        };
        where += f.Assignee is null ? "" : " AND c.assignee = @assignee";
        where += f.WithPeople switch { true => " AND c.assignee > 2", false => " AND c.assignee < 3", _ => "" };
        where += f.AgentId is null ? "" : " AND c.agent_id = @agent";
        where += f.TeamId is null ? "" : " AND c.team_id = @team";
        where += f.InboxId is null ? "" : " AND c.inbox_id = @inbox";
        where += f.ContactId is null ? "" : " AND c.contact_id = @contact";
        where += f.Language is null ? "" : " AND c.language = @language";
        where += f.Channel is null ? "" : " AND c.inbox_id IN (SELECT n.id FROM inbox n WHERE n.tenant_id = @tenantId AND n.channel = @channel)";
        for (var i = 0; i < f.Labels.Count; i++)
        {
            where += $" AND c.id IN (SELECT l.conversation_id FROM conversation_label l WHERE l.label_id = @label{i} AND l.tenant_id = @tenantId)";
        }

        where += f.Unread ? " AND c.unread > 0" : "";
        where += f.Waiting || f.LongestWaitFirst ? " AND c.waiting_since IS NOT NULL" : "";
        where += f.HeardAfter is null ? "" : " AND c.last_inbound_at > @heardAfter AND c.last_inbound_at <= @heardBefore AND c.last_message_at > @heardAfter";
        where += f.Text is null ? "" : " AND (lower(k.name) LIKE @text OR k.phone LIKE @text OR lower(c.last_message) LIKE @text)";
        where += f.Sight is null ? "" : $" AND {f.Sight.OfConversation("c")}";
        return where;
    }

    /// <summary>The contact is read only where its name or number is asked for.</summary>
    public static string From(ConversationFilter filter) => filter.Text is null
        ? "conversation c"
        : "conversation c JOIN contact k ON k.tenant_id = c.tenant_id AND k.id = c.contact_id";

    public static Dictionary<string, object?> Values(long tenantId, ConversationFilter f)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["tenantId"] = tenantId, ["reader"] = f.Reader, ["assignee"] = (long?)f.Assignee, ["agent"] = f.AgentId, ["team"] = f.TeamId,
            ["inbox"] = f.InboxId, ["contact"] = f.ContactId, ["language"] = f.Language, ["channel"] = f.Channel,
            ["heardAfter"] = f.HeardAfter, ["heardBefore"] = f.HeardBefore,
            ["text"] = f.Text is null ? null : $"%{f.Text.ToLowerInvariant()}%",
        };
        for (var i = 0; i < f.Labels.Count; i++)
        {
            values[$"label{i}"] = f.Labels[i];
        }

        foreach (var (name, value) in f.Sight?.Values() ?? [])
        {
            values[name] = value;
        }

        return values;
    }
}
